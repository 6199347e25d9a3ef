package io.millwright.core.relearn;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Finding;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Provenance;
import io.millwright.api.Trained;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Straight lines as models, in files of two numbers, with a store in memory. */
final class Lines {

  static final Schema SCHEMA = Schema.of(Column.number("x"), Column.number("y"));

  private Lines() {}

  /** A line, which answers for x up to its reach. */
  record Line(double offset, double slope, double reach) implements Trained<Table, Double> {

    Line(double offset, double slope) {
      this(offset, slope, Double.POSITIVE_INFINITY);
    }

    static Line fit(Table rows) {
      double[] x = rows.numbers("x");
      double[] y = rows.numbers("y");
      double mx = IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElse(0);
      double my = IntStream.range(0, x.length).mapToDouble(i -> y[i]).average().orElse(0);
      double xy = 0;
      double xx = 1e-9;
      for (int i = 0; i < x.length; i++) {
        xy += (x[i] - mx) * (y[i] - my);
        xx += (x[i] - mx) * (x[i] - mx);
      }
      return new Line(my - xy / xx * mx, xy / xx);
    }

    @Override
    public Evaluation evaluation() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Predictor<Table, Double> open() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void saveTo(Path bundle) {
      try {
        Files.writeString(bundle, offset + " " + slope + " " + reach);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public ModelInfo info() {
      throw new UnsupportedOperationException();
    }
  }

  static Job<Trained<Table, ?>> done(Line line) {
    return new Job<>() {
      @Override
      public State state() {
        return State.FINISHED;
      }

      @Override
      public Optional<Trained<Table, ?>> best() {
        return Optional.of(line);
      }

      @Override
      public Subscription onProgress(Consumer<? super io.millwright.api.Progress> listener) {
        return () -> {};
      }

      @Override
      public void cancel() {}

      @Override
      public Trained<Table, ?> await() {
        return line;
      }

      @Override
      public CompletionStage<Trained<Table, ?>> completion() {
        return CompletableFuture.completedStage(line);
      }
    };
  }

  private record Answering(Line line, ModelInfo info) implements Predictor<Table, Object> {
    @Override
    public Outcome<Object> predict(Table input) {
      if (Math.abs(input.number(0, 0)) > line.reach()) {
        return new Outcome.Abstention<>(
            ErrorCode.OUT_OF_RANGE,
            List.of(new Finding(ErrorCode.OUT_OF_RANGE, "x", "is far off", "look at it.")),
            info);
      }
      return new Outcome.Prediction<>(
          line.offset() + line.slope() * input.number(0, 0),
          Uncertainties.none("a line"),
          Set.of(),
          info);
    }

    @Override
    public List<Outcome<Object>> predictAll(List<? extends Table> inputs) {
      return inputs.stream().map(this::predict).toList();
    }

    @Override
    public Explanation explain(Table input, ExplainRequest how) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  /** Opens what the store holds. */
  static Millwright millwright(Store store) {
    ModelInfo info =
        ModelInfo.builder()
            .task("test.line")
            .taskVersion(1)
            .digest("0".repeat(64))
            .inputs(Schema.of(Column.number("x")))
            .provenance(Provenance.builder().producer("test").created(Instant.EPOCH).build())
            .build();
    return (Millwright)
        Proxy.newProxyInstance(
            Millwright.class.getClassLoader(),
            new Class<?>[] {Millwright.class},
            (proxy, method, args) -> {
              if (method.getName().equals("open") && args[0] instanceof ModelSource source) {
                return new Answering(store.line(source.toString()), info);
              }
              throw new UnsupportedOperationException(method.toString());
            });
  }

  /** Versions in memory, which may crash before or after any change. */
  static final class Store implements ModelStore {
    private final List<Line> lines = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private int production = 1;
    private final Runnable crash;

    Store(Line first, Runnable crash) {
      lines.add(first);
      notes.add(Note.none());
      this.crash = crash;
    }

    Line line(String reference) {
      return lines.get(find(reference).orElseThrow().number() - 1);
    }

    @Override
    public Version put(String model, Path bundle, Note note) {
      crash.run();
      try {
        List<Double> all =
            List.of(Files.readString(bundle).split(" ", -1)).stream().map(Double::valueOf).toList();
        lines.add(new Line(all.get(0), all.get(1), all.get(2)));
        notes.add(note);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      crash.run();
      return version(lines.size());
    }

    private Version version(int number) {
      return Version.builder()
          .model("press")
          .number(number)
          .stored(Instant.EPOCH)
          .digest("0".repeat(64))
          .aliases(List.of())
          .note(notes.get(number - 1))
          .build();
    }

    @Override
    public List<Version> list() {
      return IntStream.rangeClosed(1, lines.size()).mapToObj(this::version).toList();
    }

    @Override
    public Optional<Version> find(String reference) {
      String of = reference.substring("press:".length());
      int number = of.equals("production") ? production : Integer.parseInt(of);
      return number > lines.size() ? Optional.empty() : Optional.of(version(number));
    }

    @Override
    public Path path(String reference) {
      return Path.of(reference);
    }

    @Override
    public Version promote(String alias, String reference, Note note) {
      crash.run();
      production = find(reference).orElseThrow().number();
      crash.run();
      return version(production);
    }

    @Override
    public List<Promotion> history(String model, String alias) {
      return List.of();
    }

    @Override
    public Version rollBack(String model, String alias) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String reference) {}

    @Override
    public List<Finding> check() {
      return List.of();
    }

    @Override
    public List<Finding> repair() {
      return List.of();
    }
  }
}
