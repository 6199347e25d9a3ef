package io.millwright.runtime.prepare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mends dirty values. State of a number: last good value, last raw value, length of its run; of a
 * label: last code.
 */
final class CleanOp extends Op {

  private final boolean last;
  private final FittedStep.CleanNumber[] numbers;
  private final int[] numberAt;
  private final String[] labels;
  private final double[] typical;
  private final int[] labelAt;
  private final List<List<String>> known;

  /**
   * @param labels the names of the columns of labels
   * @param typical the code of each one's most frequent label
   * @param known the labels of each, by code
   */
  CleanOp(
      boolean last,
      FittedStep.CleanNumber[] numbers,
      int[] numberAt,
      String[] labels,
      double[] typical,
      int[] labelAt,
      List<List<String>> known) {
    super(3 * numbers.length + labels.length);
    this.last = last;
    this.numbers = numbers;
    this.numberAt = numberAt;
    this.labels = labels;
    this.typical = typical;
    this.labelAt = labelAt;
    this.known = List.copyOf(known);
  }

  @Override
  boolean inPlace() {
    return true;
  }

  @Override
  void start(double[] s, int at) {
    for (int i = 0; i < numbers.length; i++) {
      s[at + 3 * i] = Double.NaN;
      s[at + 3 * i + 1] = Double.NaN;
    }
    for (int i = 0; i < labels.length; i++) {
      s[at + 3 * numbers.length + i] = Double.NaN;
    }
  }

  @Override
  boolean accepts(double[] s, int at) {
    for (int i = 0; i < labels.length; i++) {
      double code = s[at + 3 * numbers.length + i];
      boolean aLabel = code == Math.rint(code) && code < known.get(i).size();
      if (!Double.isNaN(code) && !aLabel) {
        return false;
      }
    }
    return true;
  }

  @Override
  void apply(double[] x, double[] y, double[] s, int at, Notes notes) {
    for (int i = 0; i < numbers.length; i++) {
      FittedStep.CleanNumber column = numbers[i];
      int own = at + 3 * i;
      double v = x[numberAt[i]];
      CleaningReport.Kind kind = judge(column, v, s, own);
      if (kind == null) {
        s[own] = v;
      } else {
        double now = last && !Double.isNaN(s[own]) ? s[own] : column.typical();
        y[numberAt[i]] = now;
        if (!notes.wants()) {
          notes.replaced(kind);
          continue;
        }
        notes.mended(kind, column.column(), Double.toString(v), Double.toString(now));
      }
    }
    for (int i = 0; i < labels.length; i++) {
      int own = at + 3 * numbers.length + i;
      double code = x[labelAt[i]];
      if (Double.isNaN(code)) {
        double now = last && !Double.isNaN(s[own]) ? s[own] : typical[i];
        y[labelAt[i]] = now;
        if (!notes.wants()) {
          notes.replaced(CleaningReport.Kind.MISSING);
          continue;
        }
        String text = now < 0 ? "the last label" : known.get(i).get((int) now);
        notes.mended(CleaningReport.Kind.MISSING, labels[i], "", text);
      } else {
        s[own] = code;
      }
    }
  }

  private static CleaningReport.@Nullable Kind judge(
      FittedStep.CleanNumber column, double v, double[] s, int own) {
    if (Double.isNaN(v)) {
      return CleaningReport.Kind.MISSING;
    }
    if (Double.isInfinite(v)) {
      return CleaningReport.Kind.INFINITE;
    }
    if (column.stuck() > 0) {
      if (v == s[own + 1]) {
        s[own + 2]++;
      } else {
        s[own + 1] = v;
        s[own + 2] = 1;
      }
    }
    if (v < column.low() || v > column.high()) {
      return CleaningReport.Kind.OUT_OF_RANGE;
    }
    if (v < column.outlierLow() || v > column.outlierHigh()) {
      return CleaningReport.Kind.OUTLIER;
    }
    return column.stuck() > 0 && s[own + 2] > column.stuck() ? CleaningReport.Kind.STUCK : null;
  }
}
