package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;

/**
 * Compares numbers with the range of training and says so when nothing at all is known. Changes
 * nothing.
 */
final class SeenOp extends Op {

  /** How far outside the range of training is remarkable, as a share of the range. */
  private static final double MARGIN = 0.1;

  private final int[] columns;
  private final String[] names;
  private final double[] low;
  private final double[] high;
  private final int[] inputs;
  private final int[] runs;

  /**
   * @param inputs the columns that tell something about the row: all but the age and texts
   * @param runs the counts of texts, of which one tells something where it is not 0
   */
  SeenOp(int[] columns, String[] names, double[] low, double[] high, int[] inputs, int[] runs) {
    super(0);
    this.columns = columns;
    this.names = names;
    this.inputs = inputs;
    this.runs = runs;
    this.low = new double[low.length];
    this.high = new double[high.length];
    for (int i = 0; i < low.length; i++) {
      // Where training did not vary, rounding alone must not be remarkable.
      double margin =
          MARGIN * (high[i] - low[i]) + 1e-9 * Math.max(Math.abs(low[i]), Math.abs(high[i]));
      this.low[i] = low[i] - margin;
      this.high[i] = high[i] + margin;
    }
  }

  @Override
  boolean inPlace() {
    return true;
  }

  @Override
  void apply(double[] x, double[] y, double[] s, int at, Notes notes) {
    boolean known = inputs.length + runs.length == 0;
    for (int k = 0; k < inputs.length && !known; k++) {
      known = !Double.isNaN(x[inputs[k]]);
    }
    for (int k = 0; k < runs.length && !known; k++) {
      known = x[runs[k]] != 0;
    }
    if (!known) {
      notes.giveUp();
      if (notes.wants()) {
        notes.find(
            ErrorCode.MISSING_VALUE,
            notes.place(),
            "every input is missing",
            "check the connection to the data.");
      }
    }
    for (int i = 0; i < columns.length; i++) {
      double v = x[columns[i]];
      if ((v < low[i] || v > high[i]) && !Double.isInfinite(v)) {
        notes.flag(Flag.OUTSIDE_TRAINING_RANGE);
        if (!notes.wants()) {
          continue;
        }
        notes.find(
            ErrorCode.OUT_OF_RANGE,
            notes.place(names[i]),
            "is "
                + v
                + ", far outside the training data, which lie in about "
                + low[i]
                + " to "
                + high[i],
            "");
      }
    }
  }
}
