package io.millwright.maintenance.internal.sensors;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Since when a sensor lies: where its errors leave their own level for another one, or for a
 * straight line away from it, by least squares over the last errors.
 */
final class Onset {

  /** So many errors before tell a level. */
  private static final int BEFORE = 8;

  /** And so many after. */
  private static final int AFTER = 4;

  /** Errors further ago are another time of the unit. */
  private static final int REACH = 120;

  /** A change of fewer standard errors is none. */
  private static final double CLEAR = 4;

  private Onset() {}

  /**
   * The first lying reading.
   *
   * @param errors of the estimate, oldest first; NaN for missing
   * @param ramp whether the errors go away from their level rather than jump
   * @return its place; 0 where no change stands out
   */
  static int of(double[] errors, boolean ramp) {
    int first = Math.max(0, errors.length - REACH);
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    double change = 0;
    for (int s = first + BEFORE; s <= errors.length - AFTER; s++) {
      double[] fit = fit(errors, first, s, ramp);
      if (fit[0] < least) {
        least = fit[0];
        change = fit[1];
        best = s;
      }
    }
    return Math.abs(change) > CLEAR ? best : 0;
  }

  /** The squares that are left when errors change at a place, and by how many standard errors. */
  private static double[] fit(double[] errors, int first, int at, boolean ramp) {
    int[] known =
        IntStream.range(first, errors.length).filter(r -> Double.isFinite(errors[r])).toArray();
    double[] x =
        Arrays.stream(known).mapToDouble(r -> r < at ? 0 : ramp ? r - at + 1 : 1).toArray();
    double n = known.length;
    double mx = Arrays.stream(x).average().orElse(0);
    double my = Arrays.stream(known).mapToDouble(r -> errors[r]).average().orElse(0);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < known.length; i++) {
      double dx = x[i] - mx;
      double dy = errors[known[i]] - my;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
    double slope = xx > 0 ? xy / xx : 0;
    double rest = Math.max(0, yy - slope * xy);
    double error = n > 2 && xx > 0 ? Math.sqrt(rest / (n - 2) / xx) : Double.POSITIVE_INFINITY;
    return new double[] {rest, error > 0 ? slope / error : slope == 0 ? 0 : Double.MAX_VALUE};
  }
}
