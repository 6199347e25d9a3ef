package io.millwright.quality.internal.fit;

/**
 * Mean, standard deviation and first autocorrelation, by two passes with sums corrected for
 * rounding (Chan, Golub and LeVeque 1983; Neumaier 1974).
 *
 * @param count how many values
 * @param mean their mean
 * @param deviation their standard deviation, divisor n - 1
 * @param autocorrelation of each with the one before; NaN when nothing varies
 */
public record Summary(int count, double mean, double deviation, double autocorrelation) {

  /**
   * Summarises.
   *
   * @param values at least 2, finite
   * @return the summary
   */
  public static Summary of(double[] values) {
    int n = values.length;
    Sum sum = new Sum();
    for (double v : values) {
      sum.add(v);
    }
    double high = sum.value() / n;
    // The mean to twice the precision, since deviations may be tiny beside it.
    Sum rest = new Sum();
    for (double v : values) {
      rest.add(v - high);
    }
    double low = rest.value() / n;
    Sum squares = new Sum();
    Sum lagged = new Sum();
    Sum off = new Sum();
    double before = 0;
    for (int i = 0; i < n; i++) {
      double d = values[i] - high - low;
      off.add(d);
      squares.add(d * d);
      if (i > 0) {
        lagged.add(d * before);
      }
      before = d;
    }
    double total = squares.value() - off.value() * off.value() / n;
    return new Summary(
        n, high + low, Math.sqrt(total / (n - 1)), total > 0 ? lagged.value() / total : Double.NaN);
  }

  /** A sum that keeps what rounding loses. */
  static final class Sum {
    private double high;
    private double low;

    void add(double value) {
      double sum = high + value;
      low += Math.abs(high) >= Math.abs(value) ? (high - sum) + value : (value - sum) + high;
      high = sum;
    }

    double value() {
      return high + low;
    }
  }
}
