package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Image;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Step;
import io.millwright.api.learn.Target;
import io.millwright.api.spi.Problems;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Samples as tables and numbers, checked: everything that is wrong with them is said at once,
 * before a job starts.
 *
 * @param schema the columns of all tables
 * @param tables the rows of each sequence: those of the samples, in order, then the copies without
 *     their beginning
 * @param labels for each sequence and row the number or the index of the class; NaN for none
 * @param sample for each sequence the sample it comes from
 * @param groups for each sample its group
 * @param classes the labels of classes, sorted; empty for a quantity
 * @param digest SHA-256 of the samples in canonical form
 */
record Encoded(
    Schema schema,
    List<Table> tables,
    List<double[]> labels,
    int[] sample,
    List<String> groups,
    List<String> classes,
    String digest) {

  private static final int MOST_PROBLEMS = 50;

  static <I, V> Encoded of(Recipe<I, V> recipe, Samples<I, V> samples) {
    Problems problems = new Problems("the training data");
    if (samples.all().isEmpty()) {
      problems.add(
          ErrorCode.TOO_FEW_DATA, "samples", "there are none", "give samples with labels.");
      problems.throwIfAny();
    }
    List<Table> tables = new ArrayList<>();
    List<double[]> labels = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    List<String> classes = classes(recipe.binding().target(), samples);
    for (int i = 0; i < samples.all().size() && problems.findings().size() < MOST_PROBLEMS; i++) {
      Sample<I, V> s = samples.all().get(i);
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
      if (s.labels().size() != 1 && s.labels().size() != table.rows()) {
        problems.add(
            ErrorCode.WRONG_SHAPE,
            place,
            "has " + s.labels().size() + " labels for " + table.rows() + " rows",
            "give one label, or one for each row.");
        labels.add(new double[0]);
      } else {
        labels.add(
            numbers(recipe.binding().target(), s.labels(), table.rows(), classes, place, problems));
      }
    }
    boolean any = labels.stream().anyMatch(l -> Arrays.stream(l).anyMatch(v -> !Double.isNaN(v)));
    if (!any && problems.findings().isEmpty()) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "samples",
          "none of " + samples.all().size() + " has a label",
          "give at least some samples their true answers.");
    }
    if (recipe.binding().target() instanceof Target.Category && classes.size() < 2) {
      problems.add(
          ErrorCode.BAD_LABEL,
          "samples",
          "all labels are " + classes,
          "give samples of at least two classes.");
    }
    recipe
        .decision()
        .filter(d -> !classes.contains(d.negative()))
        .ifPresent(
            d ->
                problems.add(
                    ErrorCode.BAD_LABEL,
                    "decision",
                    "there is no sample of the negative class \""
                        + d.negative()
                        + "\" among "
                        + classes,
                    "name one of these classes, or give samples of it."));
    problems.throwIfAny();
    int[] sample = new int[tables.size()];
    Arrays.setAll(sample, i -> i);
    Encoded whole =
        new Encoded(
            tables.get(0).schema(),
            tables,
            labels,
            sample,
            groups,
            classes,
            digest(tables, labels, groups, classes));
    return whole.withLateStarts(recipe);
  }

  /** The number of sequences that are samples as they were given. */
  int originals() {
    return groups.size();
  }

  /** The class of each sample by its last label, -1 for none; empty for a quantity. */
  List<Integer> sampleClasses() {
    if (classes.isEmpty()) {
      return List.of();
    }
    List<Integer> last = new ArrayList<>();
    for (int i = 0; i < originals(); i++) {
      last.add(
          (int)
              Arrays.stream(labels.get(i))
                  .filter(l -> !Double.isNaN(l))
                  .reduce(-1, (earlier, later) -> later));
    }
    return last;
  }

  private static <V> List<String> classes(Target<V> target, Samples<?, V> samples) {
    if (!(target instanceof Target.Category<V> category)) {
      return List.of();
    }
    TreeSet<String> found = new TreeSet<>();
    for (Sample<?, V> s : samples.all()) {
      for (@Nullable V label : s.labels()) {
        if (label != null) {
          found.add(category.label().apply(label));
        }
      }
    }
    return List.copyOf(found);
  }

  private static <V> double[] numbers(
      Target<V> target,
      List<@Nullable V> given,
      int rows,
      List<String> classes,
      String place,
      Problems problems) {
    double[] numbers = new double[rows];
    Arrays.fill(numbers, Double.NaN);
    int first = rows - given.size();
    for (int r = Math.max(0, first); r < rows; r++) {
      V label = given.get(r - first);
      if (label == null) {
        continue;
      }
      if (target instanceof Target.Quantity<V> q) {
        double number = q.number().applyAsDouble(label);
        if (!Double.isFinite(number)) {
          problems.add(
              ErrorCode.BAD_LABEL,
              place + ", row " + r,
              "the label is " + number,
              "leave the label out (null) where the truth is not known.");
        } else {
          numbers[r] = Math.max(q.low(), Math.min(q.high(), number));
        }
      } else if (target instanceof Target.Category<V> c) {
        numbers[r] = classes.indexOf(c.label().apply(label));
      }
    }
    return numbers;
  }

  /** Adds copies of sequences as they would be had recording begun later. */
  private Encoded withLateStarts(Recipe<?, ?> recipe) {
    double share =
        recipe.preparation().steps().stream()
            .mapToDouble(s -> s instanceof Step.Augment a ? a.lateStart() : 0)
            .max()
            .orElse(0);
    if (share == 0) {
      return this;
    }
    List<Table> more = new ArrayList<>(tables);
    List<double[]> moreLabels = new ArrayList<>(labels);
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
        moreLabels.add(Arrays.copyOfRange(labels.get(i), cut, rows));
        from.add(i);
      }
    }
    return new Encoded(
        schema,
        more,
        moreLabels,
        from.stream().mapToInt(Integer::intValue).toArray(),
        groups,
        classes,
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

  private static String digest(
      List<Table> tables, List<double[]> labels, List<String> groups, List<String> classes) {
    MessageDigest sha = sha256();
    text(sha, tables.get(0).schema().toString());
    text(sha, classes.toString());
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
        bytes.putDouble(labels.get(i)[r]);
        sha.update(bytes.flip());
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static void image(MessageDigest sha, @Nullable Image image) {
    if (image == null) {
      text(sha, "no image");
      return;
    }
    text(sha, image.format() + " " + image.width() + " x " + image.height());
    sha.update(image.bytes());
  }

  private static void text(MessageDigest sha, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    sha.update(bytes);
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
