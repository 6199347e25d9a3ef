package io.millwright.maintenance.internal.wear;

import java.util.List;

/**
 * What one reading that follows wear says: its paths in the units that failed. A unit has as long
 * to live as those had from where they were as worn as it is now, divided by how much faster than
 * they it wears. Its own speed counts as far as it can be known: units differ in speed (log-normal,
 * deviation {@link #UNITS}), and speeds do not stay ({@link #CHANGE}, and as much as this unit's
 * own changed so far); the mean of both is Bayes's. The constants were chosen on drawn wear, see
 * docs/experiments/remaining-life.md.
 *
 * @param column the reading that follows wear
 * @param falling whether it falls with wear
 * @param paths the units that failed, at least one
 */
record Wear(String column, boolean falling, List<WearPath> paths) {

  /** The deviation of the logarithm of the speed of units of one kind. */
  private static final double UNITS = 0.4;

  /** That of a speed from now on against the speed until now. */
  private static final double CHANGE = 0.2;

  /** The share of the record, its end, that the speed of a unit is told by. */
  private static final double RECENT = 0.5;

  /** So many times the whole wear beyond the worst failure no unit is worn. */
  private static final double WILD = 5;

  /** No reading is surer. */
  private static final double SUREST = 1e-3;

  private static final int SHORTEST = 8;
  private static final int BLOCKS = 5;

  /** A speed below this is taken for one that cannot be told. */
  private static final double SLOWEST = 0.05;

  Wear {
    paths = List.copyOf(paths);
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("there is no path of wear");
    }
  }

  /** Readings of which a larger one is more worn; what cannot be one is unknown. */
  double[] worn(double[] readings) {
    double[] worn = readings.clone();
    for (int i = 0; i < worn.length; i++) {
      worn[i] = isWild(worn[i]) ? Double.NaN : falling ? -worn[i] : worn[i];
    }
    return worn;
  }

  /** Whether a reading lies beyond all paths by several times the whole wear. */
  boolean isWild(double reading) {
    double worn = falling ? -reading : reading;
    double low = paths.stream().mapToDouble(p -> p.levels()[0]).min().orElseThrow();
    double high = paths.stream().mapToDouble(WearPath::end).max().orElseThrow();
    return worn < low - WILD * (high - low) || worn > high + WILD * (high - low);
  }

  /** Wear as the column says it. */
  double reading(double worn) {
    return falling ? -worn : worn;
  }

  /** The level at which units failed: where their paths end, the mean. */
  double end() {
    return paths.stream().mapToDouble(WearPath::end).average().orElseThrow();
  }

  /**
   * How far the reading alone leaves open how worn a unit is, as a share of the whole wear: by its
   * noise, and by the scatter of the level at which units failed.
   */
  double doubt() {
    double rise = paths.stream().mapToDouble(p -> p.end() - p.levels()[0]).average().orElseThrow();
    double noise = paths.stream().mapToDouble(WearPath::noise).average().orElseThrow();
    double end = end();
    double squares = paths.stream().mapToDouble(p -> Math.pow(p.end() - end, 2)).sum();
    double apart = Math.sqrt(squares / Math.max(1, paths.size() - 1));
    return Math.max(SUREST, Math.hypot(noise, apart) / rise);
  }

  /**
   * Where a unit stands.
   *
   * @param ages the age of each path at which it was as worn
   * @param speeds how many cycles of each path a cycle of this unit is, the median
   * @param spread the deviation of the logarithm of the speed
   * @param noise how far a single reading strays, in cycles of this unit
   * @param stray the same as wear
   */
  record Standing(double[] ages, double[] speeds, double spread, double noise, double stray) {}

  /** Where a unit stands after at least {@link WearPath#LEAST} known readings. */
  Standing standing(double[] worn) {
    double[] known = WearPath.filled(worn);
    double[] smooth = WearPath.smooth(known);
    int n = smooth.length;
    int recent = Math.min(n - 1, Math.max(SHORTEST, (int) (RECENT * n)));
    double[] ages = new double[paths.size()];
    double[] speeds = new double[paths.size()];
    double spread = 0;
    double noise = 0;
    double stray = 0;
    for (int p = 0; p < ages.length; p++) {
      WearPath path = paths.get(p);
      double[] along = new double[recent + 1];
      for (int i = 0; i <= recent; i++) {
        along[i] = path.age(smooth[n - 1 - recent + i]);
      }
      double speed = Math.max(SLOWEST, (along[recent] - along[0]) / recent);
      double known2 = 2 * Math.pow(unsteady(along, speed), 2) + CHANGE * CHANGE;
      double own = UNITS * UNITS / (UNITS * UNITS + known2);
      ages[p] = along[recent];
      speeds[p] = Math.exp(own * Math.log(speed));
      spread += UNITS * Math.sqrt(1 - own) / ages.length;
      double slope = path.slopeAt(ages[p]) * speeds[p];
      noise += path.noise() / Math.max(slope, 1e-12) / ages.length;
      stray += path.noise() / ages.length;
    }
    return new Standing(ages, speeds, spread, noise, stray);
  }

  /** The standard error of the logarithm of a mean speed, by the speeds of some stretches. */
  private static double unsteady(double[] along, double speed) {
    int last = along.length - 1;
    int blocks = Math.min(BLOCKS, last);
    double sum = 0;
    double squares = 0;
    for (int b = 0; b < blocks; b++) {
      int from = b * last / blocks;
      int to = (b + 1) * last / blocks;
      double one = Math.log(Math.max(0.1, (along[to] - along[from]) / (to - from) / speed));
      sum += one;
      squares += one * one;
    }
    double mean = sum / blocks;
    return Math.sqrt(Math.max(0, squares / blocks - mean * mean) / blocks);
  }

  /** How long a unit that stands so has until its failure. */
  WearLife life(Standing standing) {
    return until(standing, Double.POSITIVE_INFINITY);
  }

  /**
   * How long until it is so worn.
   *
   * @param level the wear; infinite for that of each path at its failure
   */
  WearLife until(Standing standing, double level) {
    double log = 0;
    for (int p = 0; p < paths.size(); p++) {
      WearPath path = paths.get(p);
      double at = Double.isInfinite(level) ? path.life() : path.age(level);
      double left = Math.max(0.5, at - standing.ages[p]);
      log += Math.log(left / standing.speeds[p]) / paths.size();
    }
    return new WearLife(Math.exp(log), standing.spread, standing.noise);
  }

  /**
   * The wear so many cycles from now.
   *
   * @param faster how much faster than in the middle
   */
  double ahead(Standing standing, double cycles, double faster) {
    double level = 0;
    for (int p = 0; p < paths.size(); p++) {
      double age = standing.ages[p] + faster * standing.speeds[p] * cycles;
      level += paths.get(p).level(age) / paths.size();
    }
    return level;
  }
}
