package io.millwright.maintenance.internal.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Faults planted in normal readings, to see which method misses the fewest: of one sensor a changed
 * level, a drift, an oscillation, another's course in time (it no longer goes with the others), its
 * last value for good, and a delay (changed dynamics); of several sensors at once a changed level
 * in a random direction.
 */
final class PlantedFaults {

  private static final double[] SIZES = {1, 2, 4};
  private static final int SENSORS = 4;
  private static final double PERIOD = 7;
  private static final int DELAY = 3;

  /** A reading changed by a fault. */
  private interface Fault {
    /** What column {@code j} reads {@code t} readings after the onset. */
    double value(double[][] rows, int at, int t, int j);
  }

  private final List<Fault> faults = new ArrayList<>();
  private final int[] used;

  /**
   * Draws faults.
   *
   * @param other normal readings of another time
   * @param used the columns that may be faulty
   * @param scale the deviation of each of them
   */
  PlantedFaults(double[][] other, int[] used, double[] scale, long key) {
    this.used = used;
    Random random = new Random(key);
    for (int n = 0; n < SENSORS; n++) {
      int i = random.nextInt(used.length);
      int sensor = used[i];
      int sign = random.nextBoolean() ? 1 : -1;
      double[] direction = new double[used.length];
      double length = 0;
      for (int k = 0; k < direction.length; k++) {
        direction[k] = random.nextGaussian();
        length += direction[k] * direction[k];
      }
      double unit = 1 / Math.sqrt(length);
      for (double size : SIZES) {
        double by = sign * size * scale[i];
        faults.add((x, at, t, j) -> x[at][j] + (j == sensor ? by : 0));
        faults.add((x, at, t, j) -> x[at][j] + (j == sensor ? by * t / (x.length - at + t) : 0));
        faults.add(
            (x, at, t, j) ->
                x[at][j] + (j == sensor ? by * Math.sin(2 * Math.PI * (t + 1) / PERIOD) : 0));
        faults.add(
            (x, at, t, j) -> {
              int k = place(j);
              return x[at][j] + (k < 0 ? 0 : size * direction[k] * unit * scale[k]);
            });
      }
      faults.add((x, at, t, j) -> j == sensor ? other[(at + t) % other.length][j] : x[at][j]);
      faults.add((x, at, t, j) -> j == sensor ? x[at - t][j] : x[at][j]);
      faults.add((x, at, t, j) -> j == sensor ? x[at - Math.min(at, DELAY)][j] : x[at][j]);
    }
  }

  private int place(int column) {
    return java.util.Arrays.binarySearch(used, column);
  }

  /**
   * How much of each fault limits miss.
   *
   * @param rows normal readings that the limits do not know
   * @param onset where faults begin
   * @return the share of faulty readings within the limits, for each fault
   */
  double[] missed(Limits limits, double[][] rows, int onset) {
    double[] missed = new double[faults.size()];
    for (int f = 0; f < missed.length; f++) {
      Limits.Watch watch = limits.begin();
      for (int r = 0; r < rows.length; r++) {
        double[] row = rows[r];
        if (r >= onset) {
          row = row.clone();
          for (int j : used) {
            row[j] = faults.get(f).value(rows, r, r - onset, j);
          }
        }
        boolean quiet = watch.take(row).ratio() <= 1;
        missed[f] += r >= onset && quiet ? 1.0 / (rows.length - onset) : 0;
      }
    }
    return missed;
  }
}
