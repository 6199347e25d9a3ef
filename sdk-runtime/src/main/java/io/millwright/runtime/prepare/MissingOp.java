package io.millwright.runtime.prepare;

/** Adds 1 for what is missing and 0 for what is not. */
final class MissingOp extends Op {

  private final int width;
  private final int[] watched;

  /**
   * @param width how many columns there are before the step
   * @param watched those that are followed by an indicator, in its order
   */
  MissingOp(int width, int[] watched) {
    super(0);
    this.width = width;
    this.watched = watched;
  }

  @Override
  void apply(double[] x, double[] y, double[] s, int at, Notes notes) {
    System.arraycopy(x, 0, y, 0, width);
    for (int i = 0; i < watched.length; i++) {
      y[width + i] = Double.isFinite(x[watched[i]]) ? 0 : 1;
    }
  }
}
