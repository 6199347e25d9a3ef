package io.millwright.runtime.prepare;

/** Shifts, stretches, cuts. */
final class ScaleOp extends Op {

  private final int[] columns;
  private final double[] offsets;
  private final double[] factors;
  private final double clip;

  ScaleOp(int[] columns, double[] offsets, double[] factors, double clip) {
    super(0);
    this.columns = columns;
    this.offsets = offsets;
    this.factors = factors;
    this.clip = clip;
  }

  @Override
  boolean inPlace() {
    return true;
  }

  @Override
  void apply(double[] x, double[] y, double[] s, int at, Notes notes) {
    for (int i = 0; i < columns.length; i++) {
      int c = columns[i];
      double v = (x[c] - offsets[i]) * factors[i];
      y[c] = clip > 0 ? Math.max(-clip, Math.min(clip, v)) : v;
    }
  }
}
