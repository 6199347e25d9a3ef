package io.millwright.runtime.prepare;

import io.millwright.api.Flag;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.learn.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The course of every column. A value that is not a number counts as the one before it.
 *
 * <p>State of a column: number of values, last value, for each weight the mean before and the share
 * still missing for bias correction, baselines, cumulative mean, sum and moment of the line's
 * values, and these values as a ring. State of the sequence: number of rows. The sums of the ring
 * are taken anew each time it has gone round, so that rounding errors cannot pile up.
 */
final class TrendsOp extends Op {

  private final int[] columns;
  private final int[] passing;
  private final int age;
  private final boolean wantsAge;
  private final double[] weights;
  private final int[] baselines;
  private final boolean cumulative;
  private final int line;
  private final int each;
  private final int shortest;

  /**
   * @param columns the columns of numbers
   * @param passing the other columns but the age
   * @param age the column of the age, or -1
   */
  TrendsOp(Step.Trends spec, int[] columns, int[] passing, int age) {
    super(1 + columns.length * stateOfOne(spec));
    this.columns = columns;
    this.passing = passing;
    this.age = age;
    wantsAge = spec.age();
    weights = spec.weights().stream().mapToDouble(Double::doubleValue).toArray();
    baselines = spec.baselines().stream().mapToInt(Integer::intValue).toArray();
    cumulative = spec.cumulative();
    line = spec.line();
    each = stateOfOne(spec);
    int least = Integer.MAX_VALUE;
    for (int b : baselines) {
      least = Math.min(least, b);
    }
    shortest = baselines.length > 0 ? least : Math.min(line, 2);
  }

  private static int stateOfOne(Step.Trends spec) {
    return 2
        + 2 * spec.weights().size()
        + spec.baselines().size()
        + 1
        + (spec.line() > 0 ? 2 + spec.line() : 0);
  }

  /** The columns after the step. */
  static List<Column> after(Step.Trends spec, List<Column> before) {
    List<Column> after = new ArrayList<>();
    for (Column column : before) {
      String name = column.name();
      if (column.type() == ColumnType.CATEGORY || column.type() == PlanBuilder.ASIDE) {
        after.add(column);
      } else if (column.type() == ColumnType.NUMBER) {
        spec.weights().forEach(w -> after.add(Column.number(name + " mean " + w)));
        spec.baselines().forEach(b -> after.add(Column.number(name + " from first " + b)));
        if (spec.cumulative()) {
          after.add(Column.number(name + " mean"));
        }
        if (spec.line() > 0) {
          after.add(Column.number(name + " level " + spec.line()));
          after.add(Column.number(name + " slope " + spec.line()));
        }
      }
    }
    if (spec.age()) {
      after.add(Column.number("age / 200"));
      after.add(Column.number("ln(1 + age)"));
      after.add(Column.number("age known"));
    }
    return after;
  }

  @Override
  void start(double[] s, int at) {
    for (int c = 0; c < columns.length; c++) {
      for (int w = 0; w < weights.length; w++) {
        s[at + 1 + c * each + 3 + 2 * w] = 1;
      }
    }
  }

  @Override
  boolean accepts(double[] s, int at) {
    boolean sound = isCount(s[at]);
    for (int c = 0; c < columns.length && sound; c++) {
      sound = isCount(s[at + 1 + c * each]) && s[at + 1 + c * each] <= s[at];
    }
    return sound;
  }

  @Override
  void apply(double[] x, double[] y, double[] s, int at, Notes notes) {
    // Columns of labels pass at their place, so input order decides.
    int to = 0;
    int p = 0;
    for (int c = 0; c < columns.length; c++) {
      while (p < passing.length && passing[p] < columns[c]) {
        y[to++] = x[passing[p++]];
      }
      to = describe(x[columns[c]], y, to, s, at + 1 + c * each);
    }
    while (p < passing.length) {
      y[to++] = x[passing[p++]];
    }
    double rows = s[at];
    s[at] = rows + 1;
    boolean shortHistory = rows + 1 < shortest;
    if (wantsAge) {
      double known = age < 0 ? rows : x[age];
      boolean isKnown = !Double.isNaN(known) && !Double.isInfinite(known);
      double a = isKnown ? Math.max(0, known) : rows;
      y[to] = a / 200;
      y[to + 1] = Math.log1p(a);
      y[to + 2] = isKnown ? 1 : 0;
      shortHistory |= !isKnown;
    }
    if (shortHistory) {
      notes.flag(Flag.SHORT_HISTORY);
    }
  }

  private int describe(double value, double[] y, int start, double[] s, int own) {
    int to = start;
    double n = s[own];
    double v = value;
    if (Double.isNaN(v) || Double.isInfinite(v)) {
      if (n == 0) {
        int features =
            weights.length + baselines.length + (cumulative ? 1 : 0) + (line > 0 ? 2 : 0);
        java.util.Arrays.fill(y, to, to + features, Double.NaN);
        return to + features;
      }
      v = s[own + 1];
    }
    s[own + 1] = v;
    int i = own + 2;
    double fast = v;
    for (int w = 0; w < weights.length; w++, i += 2) {
      s[i] += weights[w] * (v - s[i]);
      s[i + 1] *= 1 - weights[w];
      double mean = s[i] / (1 - s[i + 1]);
      if (w == 0) {
        fast = mean;
      }
      y[to++] = mean;
    }
    for (int b = 0; b < baselines.length; b++, i++) {
      if (n < baselines[b]) {
        s[i] += (v - s[i]) / (n + 1);
      }
      y[to++] = fast - s[i];
    }
    s[i] += (v - s[i]) / (n + 1);
    if (cumulative) {
      y[to++] = s[i];
    }
    i++;
    if (line > 0) {
      to = line(v, n, y, to, s, i);
    }
    s[own] = n + 1;
    return to;
  }

  /** Least squares over the ring by its sum and its moment about the oldest place. */
  private int line(double v, double n, double[] y, int to, double[] s, int i) {
    int ring = i + 2;
    int length;
    if (n < line) {
      s[i] += v;
      s[i + 1] += n * v;
      s[ring + (int) n] = v;
      length = (int) n + 1;
    } else {
      int place = (int) ((long) n % line);
      double old = s[ring + place];
      s[i + 1] += (line - 1) * v - (s[i] - old);
      s[i] += v - old;
      s[ring + place] = v;
      length = line;
      if (place == line - 1) {
        double sum = 0;
        double moment = 0;
        for (int k = 0; k < line; k++) {
          sum += s[ring + k];
          moment += k * s[ring + k];
        }
        s[i] = sum;
        s[i + 1] = moment;
      }
    }
    double half = (length - 1) / 2.0;
    double slope =
        length == 1
            ? 0
            : (s[i + 1] - s[i] * half) * 12 / ((double) length * ((double) length * length - 1));
    y[to] = s[i] / length + slope * half;
    y[to + 1] = slope;
    return to + 2;
  }
}
