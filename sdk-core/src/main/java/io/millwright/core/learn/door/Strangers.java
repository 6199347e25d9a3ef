package io.millwright.core.learn.door;

import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Numbers that are far from all others: a value that stands several times may be a code for
 * "missing" (-999, 9999, 1E+30), single ones may be mistyped or broken readings. They are told and
 * never changed: only the plant knows.
 */
final class Strangers {

  /** So many times the spread of the middle half lies no reading of a plant by chance. */
  private static final double FAR = 20;

  private static final int MOST_NAMED = 3;
  private static final int LEAST_ROWS = 20;

  private Strangers() {}

  /** What is strange in the columns of numbers. */
  static List<String> in(Table inputs) {
    List<String> remarks = new ArrayList<>();
    for (int c = 0; c < inputs.schema().size(); c++) {
      Column column = inputs.schema().columns().get(c);
      if (!column.type().isNumeric()) {
        continue;
      }
      double[] values = new double[inputs.rows()];
      for (int r = 0; r < values.length; r++) {
        values[r] = inputs.number(r, c);
      }
      infinite(column.name(), values, remarks);
      of("column \"" + column.name() + "\"", values, remarks);
    }
    return remarks;
  }

  private static void infinite(String name, double[] values, List<String> remarks) {
    List<String> rows = new ArrayList<>();
    for (int r = 0; r < values.length; r++) {
      if (Double.isInfinite(values[r])) {
        rows.add(Integer.toString(r + 1));
      }
    }
    if (!rows.isEmpty()) {
      remarks.add(
          "column \""
              + name
              + "\" is infinite in row "
              + String.join(", ", rows.subList(0, Math.min(MOST_NAMED, rows.size())))
              + (rows.size() > MOST_NAMED ? " and " + (rows.size() - MOST_NAMED) + " more" : "")
              + ", which is no measured value: the usual value takes its place. Correct an overflow"
              + " or a division by zero, or leave the cell empty where the value is not known");
    }
  }

  /**
   * Adds what is strange in numbers.
   *
   * @param name what they are
   * @param values the numbers, NaN where missing, in the order of rows
   * @param remarks where it is said
   */
  static void of(String name, double[] values, List<String> remarks) {
    List<Integer> far = far(values, FAR);
    if (far.isEmpty()) {
      return;
    }
    double spread = spread(values);
    double first = values[far.get(0)];
    if (far.size() > 1 && far.stream().allMatch(r -> values[r] == first)) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%s holds %s in %d rows, far from all others (the middle half lies within %s): a code"
                  + " for \"missing\"? If so, say it as a missing word when the table is read",
              name,
              text(first),
              far.size(),
              text(spread)));
      return;
    }
    List<String> named =
        far.stream().limit(MOST_NAMED).map(r -> text(values[r]) + " in row " + (r + 1)).toList();
    remarks.add(
        String.format(
            Locale.ROOT,
            "%s has %d values far from all others (the middle half lies within %s): %s%s",
            name,
            far.size(),
            text(spread),
            String.join(", ", named),
            far.size() > MOST_NAMED ? ", …" : ""));
  }

  /**
   * The places of numbers far from all others; none where more than a fifth would be.
   *
   * @param times so many times the range of the middle half is far
   */
  static List<Integer> far(double[] values, double times) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    double spread = spread(values);
    List<Integer> far = new ArrayList<>();
    if (sorted.length < LEAST_ROWS || !(spread > 0)) {
      return far; // more than half are the same: nothing says what is far
    }
    double middle = sorted[sorted.length / 2];
    for (int r = 0; r < values.length; r++) {
      if (Double.isFinite(values[r]) && Math.abs(values[r] - middle) > times * spread) {
        far.add(r);
      }
    }
    // More than a fifth of all is no accident but how such data are.
    return 5 * far.size() > sorted.length ? new ArrayList<>() : far;
  }

  /** The range of the middle half. */
  private static double spread(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[3 * sorted.length / 4] - sorted[sorted.length / 4];
  }

  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
