package io.millwright.runtime.prepare;

/** Adds products and quotients. */
final class InteractionsOp extends Op {

  private final int width;
  private final int[] left;
  private final int[] right;
  private final double[] least;

  /**
   * @param width how many columns there are before
   * @param least for a quotient what the divisor is kept away from 0 by; 0 for a product
   */
  InteractionsOp(int width, int[] left, int[] right, double[] least) {
    super(0);
    this.width = width;
    this.left = left;
    this.right = right;
    this.least = least;
  }

  @Override
  void apply(double[] x, double[] y, double[] s, int at, Notes notes) {
    System.arraycopy(x, 0, y, 0, width);
    for (int i = 0; i < left.length; i++) {
      double a = x[left[i]];
      double b = x[right[i]];
      if (least[i] == 0) {
        y[width + i] = a * b;
      } else {
        y[width + i] = a / (least[i] > 0 ? Math.max(b, least[i]) : Math.min(b, least[i]));
      }
    }
  }
}
