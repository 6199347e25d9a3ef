package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.TableLearning;
import io.millwright.api.Task;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.head.Head;
import io.millwright.api.head.Heads;
import io.millwright.api.head.HeldOut;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.spi.Jobs;
import io.millwright.core.large.LargeLearning;
import io.millwright.core.large.LargePlan;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.RecipeData;
import io.millwright.runtime.prepare.Notes;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Learns from tables that do not fit into memory, on the runtimes of one host. */
public final class DefaultLargeLearning implements LargeLearning {

  /** So many rows fit a preparation as well as all of them. */
  private static final int SAMPLE = 50_000;

  private static final int LEAST = 1000;

  /** One row in so many judges, and one stops the training early. */
  private static final int ONE_IN = 50;

  private static final int MOST_JUDGED = 100_000;

  private final DefaultLearningToolkit toolkit;

  /**
   * @param toolkit learns
   */
  public DefaultLargeLearning(DefaultLearningToolkit toolkit) {
    this.toolkit = toolkit;
  }

  @Override
  public Job<Trained<Table, Object>> train(Rows rows, LargePlan plan) {
    return toolkit
        .jobs()
        .background()
        .start(
            "learn " + plan.target() + " out of core",
            Optional.empty(),
            control -> learnt(rows, plan, control));
  }

  private Trained<Table, Object> learnt(
      Rows rows, LargePlan plan, Jobs.Control<Trained<Table, Object>> control) {
    Drawn drawn = new Drawn(plan, control);
    rows.each(drawn::take);
    Table sample = drawn.table();
    Column target = sample.schema().column(plan.target());
    return target.type().isText()
        ? new Run<>(this, classes(), (t, r, c) -> text(t.label(r, c)), rows, plan, control, sample)
            .trained()
        : new Run<>(
                this,
                number(target),
                (t, r, c) -> finite(t.number(r, c)),
                rows,
                plan,
                control,
                sample)
            .trained();
  }

  private static @Nullable String text(@Nullable String label) {
    return label == null || label.isBlank() ? null : label;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }

  private static Binding<Table, String, Object> classes() {
    return binding(TableLearning.CLASSES, Heads.classes());
  }

  private static Binding<Table, Double, Object> number(Column target) {
    return binding(TableLearning.NUMBER, Heads.number(target.unit()));
  }

  private static <L, V> Binding<Table, L, Object> binding(Task<Table, V> task, Head<L, V> head) {
    return new Binding<>(
        new Task<>(task.id(), task.version(), Table.class, Object.class),
        table -> table,
        head.answering((Function<V, Object>) v -> v));
  }

  /** A sample of rows, each as likely as any other (reservoir sampling, Vitter 1985). */
  private static final class Drawn {
    private final LargePlan plan;
    private final Jobs.Control<?> control;
    private final KeyedRandom random;
    private final List<Object[]> kept = new ArrayList<>();
    private @Nullable Schema schema;
    private long seen;

    Drawn(LargePlan plan, Jobs.Control<?> control) {
      this.plan = plan;
      this.control = control;
      random = KeyedRandom.of(plan.learning().key(), Purpose.SPLIT, -3);
    }

    void take(Table batch) {
      control.checkpoint();
      if (schema == null) {
        schema = batch.schema();
        if (!schema.names().contains(plan.target())) {
          throw new MillwrightException(
              ErrorCode.WRONG_SHAPE,
              "the rows have no column \"" + plan.target() + "\"\nMaybe one of " + schema.names());
        }
      }
      for (int r = 0; r < batch.rows(); r++) {
        seen++;
        if (kept.size() < SAMPLE) {
          kept.add(cells(batch, r));
        } else if (random.nextDouble() * seen < SAMPLE) {
          kept.set((int) (random.nextDouble() * SAMPLE), cells(batch, r));
        }
      }
    }

    // Cells of a text or image that is missing are null, as the builder takes them.
    @SuppressWarnings("NullAway")
    private static Object[] cells(Table table, int row) {
      Object[] cells = new Object[table.schema().size()];
      for (int c = 0; c < cells.length; c++) {
        cells[c] =
            switch (table.schema().columns().get(c).type()) {
              case NUMBER, AGE -> table.number(row, c);
              case CATEGORY, TEXT -> table.label(row, c);
              case TIME -> java.time.Instant.ofEpochMilli(table.time(row, c));
              case IMAGE -> table.image(row, c);
            };
      }
      return cells;
    }

    Table table() {
      if (schema == null || seen < LEAST) {
        throw few(seen);
      }
      TableBuilder table = Table.builder(schema, kept.size());
      kept.forEach(table::add);
      return table.build();
    }
  }

  private static MillwrightException few(long rows) {
    return new MillwrightException(
        ErrorCode.TOO_FEW_DATA,
        "there are "
            + rows
            + " rows, fewer than "
            + LEAST
            + "\nMaybe learn in memory: millwright.learning()");
  }

  /** Reads the truth of a row; null where it is not known. */
  @FunctionalInterface
  private interface Truth<L> {
    @Nullable L of(Table table, int row, int column);
  }

  /** One training. */
  private record Run<L>(
      DefaultLargeLearning owner,
      Binding<Table, L, Object> binding,
      Truth<L> truth,
      Rows rows,
      LargePlan plan,
      Jobs.Control<Trained<Table, Object>> control,
      Table sample) {

    Trained<Table, Object> trained() {
      Recipe<Table, L, Object> recipe =
          Recipe.of(binding)
              .network(plan.network())
              .learning(plan.learning())
              .split(Split.holdOut(0.02).by(Split.By.ROW).validation(0.02))
              .build();
      List<String> inputs =
          sample.schema().columns().stream()
              .filter(c -> !c.name().equals(plan.target()) && isInput(c.type()))
              .map(Column::name)
              .toList();
      Encoded<L> encoded = Encoded.of(recipe, samples(inputs));
      Training<Table, L, Object> training =
          owner.toolkit.training(recipe, "large", encoded, Optional.empty());
      Prepared<L, Object> prepared = training.prepare(control::checkpoint);
      try (MappedItems items = written(prepared, inputs)) {
        if (items.size() < LEAST) {
          throw few(items.size());
        }
        return owner.toolkit.trained(binding, model(recipe, encoded, training, prepared, items));
      } catch (IOException | UncheckedIOException e) {
        throw new MillwrightException(
            ErrorCode.IO_FAILED,
            "prepared rows cannot be kept in "
                + plan.folder()
                + ": "
                + e
                + "\nMaybe the disk is full",
            e);
      }
    }

    private static boolean isInput(ColumnType type) {
      return type.isNumeric() || type == ColumnType.CATEGORY;
    }

    private Samples<Table, L> samples(List<String> inputs) {
      Table given = sample.select(inputs);
      int column = sample.schema().indexOf(plan.target());
      List<Sample<Table, L>> all = new ArrayList<>();
      for (int r = 0; r < sample.rows(); r++) {
        L label = truth.of(sample, r, column);
        if (label != null) {
          all.add(Sample.of("row " + r, given.slice(r, r + 1), label));
        }
      }
      return new Samples<>(all);
    }

    /** Prepares all rows into the file. */
    private MappedItems written(Prepared<L, Object> prepared, List<String> inputs)
        throws IOException {
      int width = prepared.plan().input().size();
      int targets = prepared.head().targets();
      try (MappedItems.Writer writer = new MappedItems.Writer(plan.folder(), width, targets)) {
        float[] features = new float[width];
        float[] target = new float[targets];
        Notes notes = Notes.quiet();
        rows.each(
            batch -> {
              control.checkpoint();
              Table given = batch.select(inputs);
              int column = batch.schema().indexOf(plan.target());
              for (int r = 0; r < batch.rows(); r++) {
                L label = truth.of(batch, r, column);
                if (label == null) {
                  continue;
                }
                Arrays.fill(target, Float.NaN);
                prepared.head().target(label, target, 0);
                notes.clear();
                prepared.preparation().plan().row(given, r, notes, features, 0);
                if (!Float.isNaN(target[0]) && !notes.hopeless()) {
                  add(writer, features, target);
                }
              }
            });
        return writer.items();
      }
    }

    private static void add(MappedItems.Writer writer, float[] features, float[] target) {
      try {
        writer.add(features, target);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Model model(
        Recipe<Table, L, Object> recipe,
        Encoded<L> encoded,
        Training<Table, L, Object> training,
        Prepared<L, Object> prepared,
        MappedItems items) {
      long key = plan.learning().key();
      int step = Math.max(ONE_IN, (items.size() + MOST_JUDGED - 1) / MOST_JUDGED);
      int offset = (int) (KeyedRandom.of(key, Purpose.SPLIT, -4).nextDouble() * step);
      int[] judged = every(items.size(), step, offset);
      int[] validation = every(items.size(), step, (offset + 1) % step);
      int[] learnt =
          IntStream.range(0, items.size())
              .filter(i -> i % step != offset && i % step != (offset + 1) % step)
              .toArray();
      float[] weights = new float[items.size()];
      Arrays.fill(weights, 1);
      Member member =
          new Member(
              new Fitting(
                  "member 1 of 1",
                  KeyedRandom.of(key, Purpose.OTHER, 0, 0).nextLong(),
                  plan.learning(),
                  SampleVariation.NONE,
                  prepared.plan(),
                  Optional.empty(),
                  prepared.objective(),
                  items,
                  learnt,
                  plan.learning().patience() > 0 ? validation : new int[0],
                  weights),
              judged);
      control.report(
          new Progress(
              items.size() + " rows prepared",
              OptionalDouble.of(0),
              control.elapsed(),
              Optional.empty(),
              Map.of()));
      training.fit(prepared, List.of(member), List.of(member), control);
      float[] outputs = member.judgedOutputs();
      if (outputs == null) {
        throw new MillwrightException(
            ErrorCode.JOB_CANCELLED, "the training was stopped before its first epoch ended");
      }
      return owner
          .toolkit
          .assembly()
          .model(
              recipe,
              Optional.empty(),
              digested(encoded, items.digest()),
              prepared,
              List.of(Voice.of("network", plan.network(), prepared.plan(), List.of(member))),
              heldOut(prepared, items, judged, outputs),
              Map.of(),
              Optional.<RecipeData.ChoiceData>empty(),
              "one row in "
                  + step
                  + " of "
                  + items.size()
                  + " held out; preparation fitted to a sample of "
                  + sample.rows());
    }

    private static int[] every(int size, int step, int offset) {
      return IntStream.range(0, size).filter(i -> i % step == offset).toArray();
    }

    private static <L> Encoded<L> digested(Encoded<L> of, String digest) {
      return new Encoded<>(
          of.schema(), of.tables(), of.labels(), of.sample(), of.groups(), of.head(), digest);
    }

    private HeldOut heldOut(
        Prepared<L, Object> prepared, MappedItems items, int[] judged, float[] outputs) {
      int width = prepared.plan().outputs();
      double[][] said = new double[judged.length][width];
      float[][] targets = new float[judged.length][items.targetWidth()];
      List<String> groups = new ArrayList<>(judged.length);
      for (int i = 0; i < judged.length; i++) {
        prepared.head().say(outputs, i * width, said[i], 0, 1);
        items.targets(new int[] {judged[i]}, 1, targets[i]);
        groups.add(Integer.toString(judged[i]));
      }
      return new HeldOut(said, targets, groups);
    }
  }
}
