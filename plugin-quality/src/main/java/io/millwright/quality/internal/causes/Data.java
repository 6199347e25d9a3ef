package io.millwright.quality.internal.causes;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whole rows of columns of numbers and categories. Numbers are as they are; a category is its place
 * in the order of the alphabet.
 */
final class Data {

  final List<String> names;
  final double[][] values;

  /** How many categories a column has; 0 for numbers. */
  final int[] levels;

  private Data(List<String> names, double[][] values, int[] levels) {
    this.names = names;
    this.values = values;
    this.levels = levels;
  }

  int rows() {
    return values[0].length;
  }

  int columns() {
    return values.length;
  }

  /** Numbers and categories of a table. */
  static List<String> usable(Table table) {
    return table.schema().columns().stream()
        .filter(c -> c.type() == ColumnType.NUMBER || c.type() == ColumnType.CATEGORY)
        .map(Column::name)
        .toList();
  }

  /** Those of them that may say something of a row: its number says none, but where it stands. */
  static List<String> telling(Table table) {
    return usable(table).stream().filter(name -> !counts(table, name)).toList();
  }

  private static boolean counts(Table table, String name) {
    if (table.schema().column(name).type() != ColumnType.NUMBER) {
      return false;
    }
    double[] column = table.numbers(name);
    for (int r = 1; r < column.length; r++) {
      if (column[r] != column[r - 1] + 1) {
        return false;
      }
    }
    return column.length > 2;
  }

  static Data of(Table table, List<String> names) {
    return of(List.of(table), names).get(0);
  }

  /** Several tables, with the same places for the same categories; rows with gaps left out. */
  static List<Data> of(List<Table> tables, List<String> names) {
    if (names.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN, "no column of numbers or categories\nMaybe state their types");
    }
    int[] levels = new int[names.size()];
    List<double[][]> all = new ArrayList<>();
    for (int t = 0; t < tables.size(); t++) {
      all.add(new double[names.size()][]);
    }
    for (int c = 0; c < levels.length; c++) {
      if (!usable(tables.get(0)).contains(names.get(c))) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            "column '"
                + names.get(c)
                + "' is not one of numbers or categories\nMaybe one of "
                + usable(tables.get(0)));
      }
      String name = names.get(c);
      boolean numbers =
          tables.get(0).schema().columns().stream()
              .anyMatch(k -> k.name().equals(name) && k.type() == ColumnType.NUMBER);
      TreeSet<String> words = new TreeSet<>();
      for (Table table : tables) {
        words.addAll(numbers ? List.of() : table.distinct(name));
      }
      List<String> order = List.copyOf(words);
      levels[c] = order.size();
      for (int t = 0; t < tables.size(); t++) {
        all.get(t)[c] =
            numbers ? tables.get(t).numbers(name) : codes(tables.get(t).labels(name), order);
      }
    }
    return all.stream().map(v -> new Data(List.copyOf(names), whole(v), levels)).toList();
  }

  private static double[] codes(List<@Nullable String> labels, List<String> order) {
    return labels.stream().mapToDouble(s -> s == null ? Double.NaN : order.indexOf(s)).toArray();
  }

  private static double[][] whole(double[][] values) {
    int n = values[0].length;
    int[] kept = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      boolean whole = true;
      for (double[] column : values) {
        whole &= Double.isFinite(column[i]);
      }
      if (whole) {
        kept[count++] = i;
      }
    }
    return chosen(values, Arrays.copyOf(kept, count));
  }

  private static double[][] chosen(double[][] values, int[] rows) {
    double[][] out = new double[values.length][rows.length];
    for (int c = 0; c < out.length; c++) {
      for (int i = 0; i < rows.length; i++) {
        out[c][i] = values[c][rows[i]];
      }
    }
    return out;
  }

  Data rows(int[] chosen) {
    return new Data(names, chosen(values, chosen), levels);
  }

  /** As many rows again, drawn with replacement. */
  Data drawn(java.util.SplittableRandom random) {
    return rows(random.ints(rows(), 0, rows()).toArray());
  }

  /** A column as inputs of a linear model: numbers themselves, categories but the first as 0/1. */
  double[][] inputs(int column, boolean scores) {
    if (levels[column] == 0) {
      return new double[][] {scores ? Ranks.scores(values[column]) : values[column]};
    }
    double[][] out = new double[Math.max(0, levels[column] - 1)][rows()];
    for (int i = 0; i < rows(); i++) {
      int k = (int) values[column][i];
      if (k > 0) {
        out[k - 1][i] = 1;
      }
    }
    return out;
  }
}
