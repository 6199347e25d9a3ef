package io.millwright.runtime.prepare;

import io.millwright.api.data.ColumnType;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the columns whose being missing tells of the answer: by the difference between the mean
 * answers of the rows with and without a value, in its standard deviations (Welch 1947), at a level
 * that allows for the number of tests (Bonferroni).
 */
final class MissingFinder {

  /** How often a table whose values are lost by chance may give one. */
  private static final double LEVEL = 0.02;

  private static final int LEAST = 10;

  private final Frame frame;
  private final double[] answers;
  private final int classes;

  /**
   * @param answers the answer of each row; NaN for none
   * @param classes how many classes answers are indices of; 0 for a quantity
   */
  MissingFinder(Frame frame, double[] answers, int classes) {
    this.frame = frame;
    this.answers = answers;
    this.classes = classes;
  }

  /** The columns, in their order. */
  FittedStep.MissingIndicators find() {
    // Of two classes one is enough: the other says the same.
    int outputs = classes <= 2 ? 1 : classes;
    double critical = Math.sqrt(2 * Math.log(Math.max(1.0, frame.width() * outputs) / LEVEL));
    List<String> found = new ArrayList<>();
    for (int c = 0; answers.length > 0 && c < frame.width(); c++) {
      ColumnType type = frame.columns().get(c).type();
      if (type != ColumnType.NUMBER && type != ColumnType.CATEGORY) {
        continue;
      }
      double[] values = frame.values(c);
      double most = 0;
      for (int k = 0; k < outputs; k++) {
        most = Math.max(most, strength(values, k));
      }
      if (most > critical) {
        found.add(frame.name(c));
      }
    }
    return new FittedStep.MissingIndicators(found);
  }

  /**
   * How far the means lie apart, in standard deviations of their difference; 0 for too few rows.
   */
  private double strength(double[] values, int output) {
    int[] n = new int[2];
    double[] mean = new double[2];
    double[] squares = new double[2];
    for (int r = 0; r < values.length; r++) {
      double answer = answers[r];
      if (Double.isNaN(answer)) {
        continue;
      }
      double y = classes > 0 ? (answer == output ? 1 : 0) : answer;
      int side = Double.isFinite(values[r]) ? 0 : 1;
      n[side]++;
      double d = y - mean[side];
      mean[side] += d / n[side];
      squares[side] += d * (y - mean[side]);
    }
    if (n[0] < LEAST || n[1] < LEAST) {
      return 0;
    }
    // Pooled where one side does not vary at all, as few rows of a rare class may not.
    double pooled = (squares[0] + squares[1]) / (n[0] + n[1] - 2);
    double variance = 0;
    for (int side = 0; side < 2; side++) {
      variance += (squares[side] > 0 ? squares[side] / (n[side] - 1) : pooled) / n[side];
    }
    return variance > 0 ? Math.abs(mean[0] - mean[1]) / Math.sqrt(variance) : 0;
  }
}
