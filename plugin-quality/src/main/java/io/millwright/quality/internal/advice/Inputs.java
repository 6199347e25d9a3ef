package io.millwright.quality.internal.advice;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Knob;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knobs and given columns as numbers of about -1 to 1. */
final class Inputs {

  /** A given number may lie beyond the runs by half of what they span. */
  private static final double FAR = 2;

  private final AdviceProblem problem;
  private final List<String> given;
  private final int[] starts;
  private final double[] centres;
  private final double[] halves;
  private final double[] fixed;

  /** The encoded rows of the runs; NaN where a cell is missing. */
  final double[][] rows;

  private Inputs(AdviceProblem problem) {
    this.problem = problem;
    given = List.copyOf(problem.given().keySet().stream().sorted().toList());
    int k = problem.knobs().size();
    starts = new int[k + given.size() + 1];
    for (int c = 0; c < k; c++) {
      starts[c + 1] = c + 1;
      type(problem.knobs().get(c).column(), true);
    }
    for (int c = 0; c < given.size(); c++) {
      boolean number = type(given.get(c), false) == ColumnType.NUMBER;
      int width = number ? 1 : problem.runs().distinct(given.get(c)).size();
      starts[k + c + 1] = starts[k + c] + width;
    }
    int d = starts[starts.length - 1];
    centres = new double[d];
    halves = new double[d];
    Arrays.fill(halves, 1);
    fixed = new double[d];
    rows = new double[problem.runs().rows()][d];
    for (int c = 0; c < k; c++) {
      Knob knob = problem.knobs().get(c);
      double[] tried = problem.runs().numbers(knob.column());
      within(knob, tried);
      scale(c, tried, knob.low(), knob.high());
    }
    for (int c = 0; c < given.size(); c++) {
      give(given.get(c), starts[k + c], starts[k + c + 1]);
    }
  }

  static Inputs of(AdviceProblem problem) {
    return new Inputs(problem);
  }

  private ColumnType type(String name, boolean knob) {
    for (Column column : problem.runs().schema().columns()) {
      if (column.name().equals(name)) {
        ColumnType type = column.type();
        if (type == ColumnType.NUMBER || !knob && type == ColumnType.CATEGORY) {
          return type;
        }
        throw new MillwrightException(
            ErrorCode.WRONG_TYPE,
            "column '"
                + name
                + "' is of "
                + type
                + "\nMaybe give it, or ask for each of its values: a knob is a number");
      }
    }
    throw new MillwrightException(
        ErrorCode.MISSING_COLUMN,
        "the runs have no column '"
            + name
            + "'\nMaybe one of "
            + problem.runs().schema().columns().stream().map(Column::name).toList());
  }

  /** Runs that all lie elsewhere are of another process, or in another unit. */
  private static void within(Knob knob, double[] tried) {
    double[] known = Arrays.stream(tried).filter(Double::isFinite).sorted().toArray();
    if (known.length > 0
        && Arrays.stream(known).noneMatch(v -> v >= knob.low() && v <= knob.high())) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "no run has '"
              + knob.column()
              + "' within "
              + knob.low()
              + " to "
              + knob.high()
              + ": they have "
              + known[0]
              + " to "
              + known[known.length - 1]
              + "\nMaybe the limits are in another unit, or of another column");
    }
  }

  private void scale(int at, double[] values, double low, double high) {
    centres[at] = (low + high) / 2;
    halves[at] = (high - low) / 2;
    for (int r = 0; r < rows.length; r++) {
      rows[r][at] = scaled(at, values[r]);
    }
  }

  private double scaled(int at, double value) {
    return Double.isInfinite(value) ? Double.NaN : (value - centres[at]) / halves[at];
  }

  private void give(String name, int from, int to) {
    String value = problem.given().getOrDefault(name, "");
    Table runs = problem.runs();
    if (type(name, false) == ColumnType.NUMBER) {
      double[] x = runs.numbers(name);
      double low = Arrays.stream(x).filter(Double::isFinite).min().orElse(0);
      double high = Arrays.stream(x).filter(Double::isFinite).max().orElse(1);
      scale(from, x, low, high > low ? high : low + 1);
      try {
        fixed[from] = scaled(from, Double.parseDouble(value));
      } catch (NumberFormatException e) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE, "'" + name + "' is given as '" + value + "'\nMaybe a number", e);
      }
      if (Double.isNaN(fixed[from])) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE, "'" + name + "' is given as " + value + "\nMaybe a number");
      }
      if (Math.abs(fixed[from]) > FAR) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "'"
                + name
                + "' is given as "
                + value
                + ", far from the runs, which have "
                + low
                + " to "
                + high
                + "\nMaybe it is in another unit, or make runs there");
      }
      return;
    }
    List<String> levels = runs.distinct(name);
    if (!levels.contains(value)) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "'" + name + "' is given as '" + value + "', of which there is no run\nMaybe " + levels);
    }
    List<@Nullable String> labels = runs.labels(name);
    for (int r = 0; r < rows.length; r++) {
      String label = labels.get(r);
      for (int j = from; j < to; j++) {
        rows[r][j] = label == null ? Double.NaN : label.equals(levels.get(j - from)) ? 0.5 : 0;
      }
    }
    fixed[from + levels.indexOf(value)] = 0.5;
  }

  int size() {
    return centres.length;
  }

  int knobs() {
    return problem.knobs().size();
  }

  /** Knob settings with what is given, as the surface reads them. */
  double[] encode(double[] settings) {
    double[] out = fixed.clone();
    for (int c = 0; c < settings.length; c++) {
      out[c] = (settings[c] - centres[c]) / halves[c];
    }
    return out;
  }

  /** The settings of today. */
  double[] current() {
    double[] out = new double[knobs()];
    for (int c = 0; c < out.length; c++) {
      Knob knob = problem.knobs().get(c);
      Double stated = problem.current().get(knob.column());
      double at = stated != null ? stated : median(problem.runs().numbers(knob.column()));
      out[c] = stated != null ? stated : knob.nearest(at);
      if (!(at >= knob.low() && at <= knob.high())) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "'"
                + knob.column()
                + "' stands at "
                + at
                + (stated != null ? "" : " (the median of the runs)")
                + ", outside "
                + knob.low()
                + " to "
                + knob.high()
                + "\nMaybe widen the limits, or say where it stands");
      }
    }
    return out;
  }

  /** The least and the largest setting of a knob among the runs. */
  double[] tried(String knob) {
    double[] x =
        Arrays.stream(problem.runs().numbers(knob)).filter(Double::isFinite).sorted().toArray();
    return new double[] {x[0], x[x.length - 1]};
  }

  private static double median(double[] values) {
    double[] x = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    return x.length == 0 ? Double.NaN : (x[(x.length - 1) / 2] + x[x.length / 2]) / 2;
  }

  /** Settings by name, those that are not named as today. */
  double[] settings(Map<String, Double> named) {
    double[] out = current();
    for (Map.Entry<String, Double> one : named.entrySet()) {
      int at = -1;
      for (int c = 0; c < out.length; c++) {
        at = problem.knobs().get(c).column().equals(one.getKey()) ? c : at;
      }
      if (at < 0 || !Double.isFinite(one.getValue())) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "setting " + one + " is none of a knob\nMaybe one of " + problem.knobs());
      }
      out[at] = one.getValue();
    }
    return out;
  }

  Map<String, Double> named(double[] settings) {
    Map<String, Double> out = new HashMap<>();
    for (int c = 0; c < settings.length; c++) {
      out.put(problem.knobs().get(c).column(), settings[c]);
    }
    return out;
  }
}
