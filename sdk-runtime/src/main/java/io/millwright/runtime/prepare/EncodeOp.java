package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;

/** Codes of labels become zeros and a one. */
final class EncodeOp extends Op {

  private final int[] sizes;
  private final String[] names;

  /**
   * @param sizes for each column before the step, how many columns it becomes; 0 for one that
   *     passes
   * @param names the names of the columns before the step
   */
  EncodeOp(int[] sizes, String[] names) {
    super(0);
    this.sizes = sizes;
    this.names = names;
  }

  @Override
  void apply(double[] x, double[] y, double[] s, int at, Notes notes) {
    int to = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == 0) {
        y[to++] = x[i];
        continue;
      }
      for (int k = 0; k < sizes[i]; k++) {
        y[to + k] = 0;
      }
      double code = x[i];
      if (code >= 0 && code < sizes[i]) {
        y[to + (int) code] = 1;
      } else {
        notes.flag(Flag.UNKNOWN_CATEGORY);
        if (notes.wants()) {
          notes.find(
              ErrorCode.BAD_LABEL,
              notes.place(names[i]),
              Double.isNaN(code) ? "has no label" : "has a label that training did not have",
              "");
        }
      }
      to += sizes[i];
    }
  }
}
