package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;

/** Codes of labels become ids from 1 on; 0 stands for a label that is missing or not known. */
final class IdsOp extends Op {

  private final int[] columns;
  private final int[] labels;
  private final String[] names;

  /**
   * @param columns where the columns of labels stand
   * @param labels how many labels each of them has
   * @param names their names
   */
  IdsOp(int[] columns, int[] labels, String[] names) {
    super(0);
    this.columns = columns;
    this.labels = labels;
    this.names = names;
  }

  @Override
  boolean inPlace() {
    return true;
  }

  @Override
  void apply(double[] x, double[] y, double[] s, int at, Notes notes) {
    for (int i = 0; i < columns.length; i++) {
      double code = x[columns[i]];
      if (code >= 0 && code < labels[i]) {
        y[columns[i]] = code + 1;
      } else {
        y[columns[i]] = 0;
        notes.flag(Flag.UNKNOWN_CATEGORY);
        if (notes.wants()) {
          notes.find(
              ErrorCode.BAD_LABEL,
              notes.place(names[i]),
              Double.isNaN(code) ? "has no label" : "has a label that training did not have",
              "");
        }
      }
    }
  }
}
