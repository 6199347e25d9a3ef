package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Image;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Head;
import io.millwright.api.head.Labels;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Variation;
import io.millwright.api.spi.Problems;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Samples as tables and numbers, checked: everything that is wrong with them is said at once,
 * before a job starts.
 *
 * @param schema the columns of all tables
 * @param tables the rows of each sequence: those of the samples, in order, then the copies without
 *     their beginning
 * @param labels for each sequence what is known of each row; null for nothing
 * @param sample for each sequence the sample it comes from
 * @param groups for each sample its group
 * @param head the head fitted to all labels, for what does not depend on which of them are seen
 * @param digest SHA-256 of the samples in canonical form
 * @param <L> one label
 */
record Encoded<L>(
    Schema schema,
    List<Table> tables,
    List<List<@Nullable L>> labels,
    int[] sample,
    List<String> groups,
    FittedHead<L, ?> head,
    String digest) {

  private static final int MOST_PROBLEMS = 50;

  static <I, L, V> Encoded<L> of(Recipe<I, L, V> recipe, Samples<I, L> samples) {
    Head<L, V> head = recipe.binding().head();
    Problems problems = new Problems("the training data");
    if (samples.all().isEmpty()) {
      problems.add(
          ErrorCode.TOO_FEW_DATA, "samples", "there are none", "give samples with labels.");
      problems.throwIfAny();
    }
    List<Table> tables = new ArrayList<>();
    List<List<@Nullable L>> labels = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < samples.all().size() && problems.findings().size() < MOST_PROBLEMS; i++) {
      Sample<I, L> s = samples.all().get(i);
      String place = "sample " + i + " of group \"" + s.group() + "\"";
      Table table = recipe.binding().encoder().encode(s.input());
      tables.add(table);
      groups.add(s.group());
      if (table.rows() == 0) {
        problems.add(ErrorCode.TOO_FEW_DATA, place, "has no rows", "leave it out.");
      }
      if (!table.schema().equals(tables.get(0).schema())) {
        problems.add(
            ErrorCode.WRONG_SHAPE,
            place,
            "has the columns "
                + table.schema().columns()
                + ", but the first has "
                + tables.get(0).schema().columns(),
            "give all samples the same columns, types and units.");
      }
      int given = s.labels().size();
      if (given > 1 && given != table.rows()) {
        problems.add(
            ErrorCode.WRONG_SHAPE,
            place,
            "has " + given + " labels for " + table.rows() + " rows",
            "give one label, or one for each row.");
        labels.add(List.of());
      } else {
        labels.add(aligned(head, s.labels(), table.rows(), place, problems));
      }
    }
    List<L> known = known(labels);
    if (known.isEmpty() && !head.reconstructs() && problems.findings().isEmpty()) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "samples",
          "none of " + samples.all().size() + " has a label",
          "give at least some samples their true answers.");
    }
    problems.throwIfAny();
    FittedHead<L, V> fitted = head.fit(new Labels<>(known, known, 0, recipe.learning().loss()));
    recipe.decision().ifPresent(fitted::check);
    int[] sample = new int[tables.size()];
    Arrays.setAll(sample, i -> i);
    Encoded<L> whole =
        new Encoded<>(
            tables.get(0).schema(),
            tables,
            labels,
            sample,
            groups,
            fitted,
            digest(tables, labels, groups, fitted));
    return whole.withLateStarts(recipe);
  }

  /** One label for each row: a single one belongs to the last. */
  private static <L> List<@Nullable L> aligned(
      Head<L, ?> head, List<@Nullable L> given, int rows, String place, Problems problems) {
    List<@Nullable L> aligned = new ArrayList<>(Collections.nCopies(rows, null));
    int first = rows - given.size();
    for (int r = Math.max(0, first); r < rows; r++) {
      L label = given.get(r - first);
      Optional<String> fault = label == null ? Optional.empty() : head.fault(label);
      if (fault.isPresent()) {
        problems.add(
            ErrorCode.BAD_LABEL,
            place + ", row " + r,
            fault.get(),
            "leave the label out (null) where the truth is not known.");
      } else {
        aligned.set(r, label);
      }
    }
    return aligned;
  }

  private static <L> List<L> known(List<List<@Nullable L>> labels) {
    List<L> known = new ArrayList<>();
    for (List<@Nullable L> all : labels) {
      for (L label : all) {
        if (label != null) {
          known.add(label);
        }
      }
    }
    return known;
  }

  /** The labels of the samples as they were given: all, or those that the training may see. */
  List<L> known(boolean @Nullable [] seen) {
    List<List<@Nullable L>> chosen = new ArrayList<>();
    for (int s = 0; s < originals(); s++) {
      if (seen == null || seen[s]) {
        chosen.add(labels.get(s));
      }
    }
    return known(chosen);
  }

  /** The number of sequences that are samples as they were given. */
  int originals() {
    return groups.size();
  }

  /** The kind of each sample by its last label, -1 for none; empty where kinds do not matter. */
  List<Integer> sampleStrata() {
    if (head.strata() == 0) {
      return List.of();
    }
    List<Integer> last = new ArrayList<>();
    float[] target = new float[head.targets()];
    for (int i = 0; i < originals(); i++) {
      int stratum = -1;
      for (L label : labels.get(i)) {
        if (label != null) {
          Arrays.fill(target, Float.NaN);
          head.target(label, target, 0);
          stratum = head.stratum(target, 0);
        }
      }
      last.add(stratum);
    }
    return last;
  }

  /** Adds copies of sequences as they would be had recording begun later. */
  private Encoded<L> withLateStarts(Recipe<?, L, ?> recipe) {
    double share = recipe.variation() instanceof Variation.Rows rows ? rows.lateStart() : 0;
    if (share == 0) {
      return this;
    }
    List<Table> more = new ArrayList<>(tables);
    List<List<@Nullable L>> moreLabels = new ArrayList<>(labels);
    List<Integer> from = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      from.add(i);
    }
    for (int i = 0; i < tables.size(); i++) {
      KeyedRandom random = KeyedRandom.of(recipe.learning().key(), Purpose.AUGMENT, -1, i);
      int rows = tables.get(i).rows();
      if (random.nextDouble() < share && rows > 2) {
        int cut = 1 + random.nextInt(rows - 2);
        more.add(withoutAge(tables.get(i).slice(cut, rows)));
        moreLabels.add(labels.get(i).subList(cut, rows));
        from.add(i);
      }
    }
    return new Encoded<>(
        schema,
        more,
        moreLabels,
        from.stream().mapToInt(Integer::intValue).toArray(),
        groups,
        head,
        digest);
  }

  private static Table withoutAge(Table table) {
    List<Column> columns = table.schema().columns();
    if (columns.stream().noneMatch(c -> c.type() == ColumnType.AGE)) {
      return table;
    }
    double[] unknown = new double[table.rows()];
    Arrays.fill(unknown, Double.NaN);
    Table ageless = table;
    for (Column column : columns) {
      if (column.type() == ColumnType.AGE) {
        ageless = ageless.with(column, unknown);
      }
    }
    return ageless;
  }

  private static <L> String digest(
      List<Table> tables,
      List<List<@Nullable L>> labels,
      List<String> groups,
      FittedHead<L, ?> head) {
    Digest sha = new Digest();
    for (Column column : tables.get(0).schema().columns()) {
      text(sha, column.name());
      text(sha, column.type().name());
      text(sha, column.unit().symbol());
    }
    sha.add(Json.write(head.data(), PlainData.class));
    float[] target = new float[head.targets()];
    ByteBuffer known = ByteBuffer.allocate(Float.BYTES * target.length);
    for (int i = 0; i < tables.size(); i++) {
      text(sha, groups.get(i));
      Table t = tables.get(i);
      ByteBuffer bytes = ByteBuffer.allocate(8 * (t.schema().size() + 1));
      for (int r = 0; r < t.rows(); r++) {
        bytes.clear();
        for (int c = 0; c < t.schema().size(); c++) {
          switch (t.schema().columns().get(c).type()) {
            case NUMBER, AGE -> bytes.putDouble(t.number(r, c));
            case CATEGORY, TEXT -> text(sha, String.valueOf(t.label(r, c)));
            case TIME -> bytes.putLong(t.time(r, c));
            case IMAGE -> image(sha, t.image(r, c));
          }
        }
        sha.add(bytes.flip());
        Arrays.fill(target, Float.NaN);
        L label = labels.get(i).get(r);
        if (label != null) {
          head.target(label, target, 0);
        }
        known.clear();
        for (float value : target) {
          known.putFloat(value);
        }
        sha.add(known.flip());
      }
    }
    return sha.hex();
  }

  private static void image(Digest sha, @Nullable Image image) {
    if (image == null) {
      text(sha, "no image");
      return;
    }
    text(sha, image.format().name() + " " + image.width() + " x " + image.height());
    sha.add(image.bytes());
  }

  private static void text(Digest sha, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.add(ByteBuffer.allocate(4).putInt(bytes.length).array()).add(bytes);
  }
}
