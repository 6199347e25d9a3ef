package io.millwright.benchmarks.speed;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Times two things in turns, so that a busy machine slows both, and gives the ratio of their times
 * with a bootstrap interval of its median.
 */
final class Pairs {

  private static final int RESAMPLES = 10_000;

  private Pairs() {}

  /**
   * @param ours gives the seconds of one unit of our work
   * @param theirs gives the seconds of one unit of the peer's work
   */
  static void compare(
      String name, int warmUp, int pairs, DoubleSupplier ours, DoubleSupplier theirs) {
    double warm = 0;
    for (int i = 0; i < warmUp; i++) {
      warm += ours.getAsDouble() + theirs.getAsDouble();
    }
    if (Double.isNaN(warm)) {
      throw new IllegalStateException(name + " gives no numbers");
    }
    double[] ratio = new double[pairs];
    double[] a = new double[pairs];
    double[] b = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      boolean first = i % 2 == 0;
      a[i] = first ? ours.getAsDouble() : 0;
      b[i] = theirs.getAsDouble();
      a[i] = first ? a[i] : ours.getAsDouble();
      ratio[i] = a[i] / b[i];
    }
    SplittableRandom random = new SplittableRandom(1);
    double[] medians = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double[] drawn = new double[pairs];
      Arrays.setAll(drawn, i -> ratio[random.nextInt(pairs)]);
      medians[r] = median(drawn);
    }
    Arrays.sort(medians);
    System.out.printf(
        Locale.ROOT,
        "%-44s ours %10.2f us  peer %10.2f us  ratio %.3f  [%.3f, %.3f]  %d pairs%n",
        name,
        1e6 * median(a),
        1e6 * median(b),
        median(ratio),
        medians[(int) (0.025 * RESAMPLES)],
        medians[(int) (0.975 * RESAMPLES)],
        pairs);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
