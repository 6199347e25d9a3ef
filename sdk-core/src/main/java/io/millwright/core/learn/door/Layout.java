package io.millwright.core.learn.door;

import io.millwright.api.ErrorCode;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table divided into inputs, truth and what rows belong together.
 *
 * @param whole the rows in the order of time, where one was named
 * @param target the column that is learnt
 * @param inputs the columns of inputs of the same rows
 * @param leftOut the columns that are no inputs, though nobody named them
 * @param labels what is known of each row
 * @param groups the group of each row; empty when none was named
 * @param unknown how many rows have no target
 * @param withheld what is said of rows with a target that are not learnt from
 * @param said what the user said
 */
record Layout<L>(
    Table whole,
    String target,
    Table inputs,
    List<Column> leftOut,
    List<@Nullable L> labels,
    List<String> groups,
    int unknown,
    List<String> withheld,
    Said said) {

  /** A sequence that stands alone is cut into so many pieces, the last of which judge. */
  private static final int PIECES = 20;

  /** No measured value is larger; squares of such leave doubles no room. */
  private static final double LARGEST = 1e100;

  private static final int MOST_PROBLEMS = 5;
  private static final int MANY_ROWS = 20_000;
  private static final int FEW_GROUPS = 4;
  private static final int GROUPS_FOR_FOLDS = 10;

  static <L> Layout<L> of(Table data, String target, Answer<L, ?> answer, Said said) {
    check(data, target, answer, said);
    Table ordered = said.time().map(column -> sorted(data, column)).orElse(data);
    boolean words =
        said.preparation()
            .map(p -> p.steps().stream().anyMatch(s -> s instanceof Step.Text))
            .orElse(said.window().isEmpty());
    Table whole =
        words && said.preparation().isEmpty() ? FreeTexts.typed(ordered, target) : ordered;
    List<String> inputs = new ArrayList<>();
    List<Column> leftOut = new ArrayList<>();
    boolean calendar =
        said.preparation()
            .map(p -> p.steps().stream().anyMatch(s -> s instanceof Step.Calendar))
            .orElse(true);
    for (Column column : whole.schema().columns()) {
      String name = column.name();
      boolean time = column.type() == ColumnType.TIME;
      if (name.equals(target)
          || named(said.group(), name)
          || (named(said.time(), name) && !(time && calendar))) {
        continue;
      }
      switch (column.type()) {
        case NUMBER, CATEGORY, AGE -> inputs.add(name);
        case TIME -> {
          if (calendar) {
            inputs.add(name);
          } else {
            leftOut.add(column);
          }
        }
        case TEXT -> {
          if (words && (said.preparation().isPresent() || FreeTexts.holds(whole, name))) {
            inputs.add(name);
          } else {
            leftOut.add(column);
          }
        }
        case IMAGE -> leftOut.add(column);
      }
    }
    if (inputs.isEmpty()) {
      Problems problems = new Problems("the table");
      problems.add(
          ErrorCode.WRONG_SHAPE,
          "columns",
          "none is left as input, of " + whole.schema().names(),
          "give columns of numbers or categories beside the target.");
      problems.throwIfAny();
    }
    int at = whole.schema().indexOf(target);
    List<@Nullable L> labels = new ArrayList<>(whole.rows());
    for (int r = 0; r < whole.rows(); r++) {
      labels.add(answer.label().of(whole, r, at));
    }
    vary(labels, target);
    List<String> groups =
        said.group().map(column -> texts(whole, whole.schema().indexOf(column))).orElse(List.of());
    Table seen = whole.select(inputs);
    int unknown = (int) labels.stream().filter(l -> l == null).count();
    List<String> withheld = new ArrayList<>();
    if (!answer.classes() && !said.trusts(target)) {
      double[] targets = whole.numbers(target);
      Set<Integer> rows = Mistyped.rows(seen, targets);
      if (!rows.isEmpty()) {
        withheld.add(Mistyped.remark(rows, targets, target));
        rows.forEach(r -> labels.set(r, null));
      }
    }
    if (!answer.classes()) {
      learnable(whole, data, labels, target);
    }
    // A machine that stands still repeats its readings: only single rows can be copies.
    Set<Integer> copies = said.window().isPresent() ? Set.of() : Copies.rows(seen, labels);
    if (!copies.isEmpty()) {
      withheld.add(Copies.remark(copies));
      copies.forEach(r -> labels.set(r, null));
    }
    return new Layout<>(
        whole, target, seen, leftOut, labels, groups, unknown, List.copyOf(withheld), said);
  }

  /** The name of a column that must be there. */
  static String require(Table data, String column) {
    if (!data.schema().names().contains(column)) {
      Problems problems = new Problems("the table");
      problems.add(
          ErrorCode.WRONG_SHAPE,
          "column \"" + column + "\"",
          "is not there",
          "name one of " + data.schema().names() + ".");
      problems.throwIfAny();
    }
    return column;
  }

  /** Refuses a target that is the same wherever it is known. */
  private static void vary(List<? extends @Nullable Object> labels, String target) {
    List<? extends @Nullable Object> known = labels.stream().filter(l -> l != null).toList();
    if (!known.isEmpty() && known.stream().allMatch(l -> l.equals(known.get(0)))) {
      Object same = known.get(0);
      Problems problems = new Problems("the table");
      problems.add(
          ErrorCode.BAD_LABEL,
          "target \"" + target + "\"",
          "is "
              + same
              + " in all "
              + known.size()
              + " rows that have one: there is nothing to learn",
          "check the column, which does not vary, or add rows in which it does.");
      problems.throwIfAny();
    }
  }

  /** Refuses targets that no model can learn. */
  private static <L> void learnable(
      Table whole, Table data, List<@Nullable L> labels, String target) {
    Problems problems = new Problems("the table");
    double[] own = data.numbers(target);
    double[] ordered = whole.numbers(target);
    for (int r = 0; r < ordered.length && problems.findings().size() < MOST_PROBLEMS; r++) {
      if (labels.get(r) != null && !(Math.abs(ordered[r]) < LARGEST)) {
        double value = ordered[r];
        int row = IntStream.range(0, own.length).filter(i -> own[i] == value).findFirst().orElse(r);
        problems.add(
            ErrorCode.BAD_LABEL,
            "row " + (row + 1) + ", column \"" + target + "\"",
            "is " + value + ", which is no measured value and cannot be learnt",
            "correct the cell, or leave it empty where the truth is not known.");
      }
    }
    problems.throwIfAny();
  }

  private static boolean named(Optional<String> said, String column) {
    return said.isPresent() && said.get().equals(column);
  }

  private static void check(Table data, String target, Answer<?, ?> answer, Said said) {
    said.group().ifPresent(column -> require(data, column));
    said.time().ifPresent(column -> require(data, column));
    Problems problems = new Problems("the table");
    if (!answer.classes() && data.schema().column(target).type() != ColumnType.NUMBER) {
      problems.add(
          ErrorCode.WRONG_SHAPE,
          "target \"" + target + "\"",
          "is a column of " + data.schema().column(target).type() + ", not of numbers",
          "learn classes of it, or read it as numbers.");
    }
    if (said.time().isPresent()) {
      ColumnType type = data.schema().column(said.time().get()).type();
      if (type != ColumnType.TIME && !type.isNumeric()) {
        problems.add(
            ErrorCode.WRONG_SHAPE,
            "time \"" + said.time().get() + "\"",
            "is a column of " + type,
            "name a column of times or of numbers that rise.");
      }
    }
    problems.throwIfAny();
  }

  private static Table sorted(Table data, String column) {
    int at = data.schema().indexOf(column);
    boolean time = data.schema().columns().get(at).type() == ColumnType.TIME;
    Comparator<Integer> order =
        time
            ? Comparator.comparingLong(r -> data.time(r, at))
            : Comparator.comparingDouble(r -> data.number(r, at));
    // Stable: rows of one moment stay as they stand.
    return data.rows(
        IntStream.range(0, data.rows())
            .boxed()
            .sorted(order)
            .mapToInt(Integer::intValue)
            .toArray());
  }

  private static List<String> texts(Table table, int column) {
    ColumnType type = table.schema().columns().get(column).type();
    List<String> texts = new ArrayList<>(table.rows());
    for (int r = 0; r < table.rows(); r++) {
      texts.add(
          type.isText()
              ? String.valueOf(table.label(r, column))
              : type == ColumnType.TIME
                  ? Long.toString(table.time(r, column))
                  : Double.toString(table.number(r, column)));
    }
    return texts;
  }

  /** The same without some inputs, of which others must be left. */
  Layout<L> without(Set<String> columns) {
    if (columns.isEmpty()) {
      return this;
    }
    Table fewer = inputs.without(columns.toArray(String[]::new));
    return new Layout<>(whole, target, fewer, leftOut, labels, groups, unknown, withheld, said);
  }

  /** The inputs that are free text. */
  List<String> texts() {
    return inputs.schema().columns().stream()
        .filter(c -> c.type() == ColumnType.TEXT)
        .map(Column::name)
        .toList();
  }

  /** Whether an input holds times. */
  boolean timed() {
    return inputs.schema().columns().stream().anyMatch(c -> c.type() == ColumnType.TIME);
  }

  /** How many rows have a label. */
  int learnt() {
    return (int) labels.stream().filter(l -> l != null).count();
  }

  /** The rows of each group in their order; one group of all when none was named. */
  Map<String, List<Integer>> rowsOfGroups() {
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int r = 0; r < whole.rows(); r++) {
      rows.computeIfAbsent(groups.isEmpty() ? "all" : groups.get(r), g -> new ArrayList<>()).add(r);
    }
    return rows;
  }

  /** Whether one or a few sequences must be judged by their own last rows. */
  private boolean byPieces() {
    return said.window().isPresent() && rowsOfGroups().size() < FEW_GROUPS;
  }

  /** What is learnt from. */
  Samples<Table, L> samples() {
    List<Sample<Table, L>> samples = new ArrayList<>();
    if (said.window().isEmpty()) {
      for (int r = 0; r < whole.rows(); r++) {
        L label = labels.get(r);
        if (label != null) {
          String group = groups.isEmpty() ? "row " + r : groups.get(r);
          samples.add(Sample.of(group, inputs.slice(r, r + 1), label));
        }
      }
      return new Samples<>(samples);
    }
    int pieces = byPieces() ? PIECES : 1;
    int context = pieces > 1 ? said.window().getAsInt() - 1 : 0;
    for (int p = 0; p < pieces; p++) {
      for (Map.Entry<String, List<Integer>> group : rowsOfGroups().entrySet()) {
        List<Integer> rows = group.getValue();
        int from = (int) ((long) p * rows.size() / pieces);
        int to = (int) ((long) (p + 1) * rows.size() / pieces);
        if (from < to) {
          String name = pieces > 1 ? group.getKey() + ", piece " + p : group.getKey();
          samples.add(sample(name, rows.subList(Math.max(0, from - context), to), to - from));
        }
      }
    }
    return new Samples<>(samples);
  }

  /** A piece of a sequence, of which the last rows are learnt and those before are seen only. */
  private Sample<Table, L> sample(String name, List<Integer> rows, int learnt) {
    List<@Nullable L> own = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      own.add(i < rows.size() - learnt ? null : labels.get(rows.get(i)));
    }
    return new Sample<>(
        name, inputs.rows(rows.stream().mapToInt(Integer::intValue).toArray()), own);
  }

  /** How data are held out when nobody said it. */
  Split split() {
    int count = groups.isEmpty() ? 0 : rowsOfGroups().size();
    if (byPieces() || (said.time().isPresent() && count < FEW_GROUPS)) {
      return Split.holdOut(0.2).by(Split.By.TIME);
    }
    if (count >= FEW_GROUPS) {
      return Split.folds(count >= GROUPS_FOR_FOLDS ? 5 : 2).by(Split.By.GROUP);
    }
    Split rows = learnt() > MANY_ROWS ? Split.holdOut(0.2) : Split.folds(5);
    return rows.by(Split.By.ROW);
  }
}
