package io.millwright.runtime.prepare;

/** Some of the columns. */
final class KeepOp extends Op {

  private final int[] columns;

  KeepOp(int[] columns) {
    super(0);
    this.columns = columns;
  }

  @Override
  void apply(double[] x, double[] y, double[] s, int at, Notes notes) {
    for (int i = 0; i < columns.length; i++) {
      y[i] = x[columns[i]];
    }
  }
}
