package io.millwright.series.internal;

/**
 * A season as the latest cycles of a history show it, its phases counted from the period that
 * follows the history. Where all values are positive it is a factor of the level, otherwise an
 * addend.
 *
 * @param phases the season of each phase; an empty array for none
 * @param multiplied whether it is a factor
 */
record Cycles(double[] phases, boolean multiplied) {

  private static final double LEAST_FACTOR = 0.02;

  /**
   * The mean of some cycles, each without its own line.
   *
   * @param y the history without gaps
   * @param length the length of the season; none is seen in less than two cycles
   * @param most how many cycles at most
   */
  static Cycles of(double[] y, int length, int most) {
    int n = y.length;
    int cycles = length < 2 ? 0 : n / length;
    if (cycles < 2) {
      return new Cycles(new double[0], false);
    }
    int count = Math.min(most, cycles);
    // The line is taken from two cycles even where the season is that of the last one alone.
    int span = Math.max(2, count);
    double[] means = new double[span];
    boolean positive = true;
    for (int j = 0; j < span; j++) {
      for (int p = 0; p < length; p++) {
        double v = y[n - (j + 1) * length + p];
        means[j] += v / length;
        positive &= v > 0;
      }
    }
    double slope = (means[0] - means[span - 1]) / ((double) (span - 1) * length);
    double[] phases = new double[length];
    for (int j = 0; j < count; j++) {
      for (int p = 0; p < length; p++) {
        double line = means[j] + slope * (p - (length - 1) / 2.0);
        double v = y[n - (j + 1) * length + p];
        double floor = Math.abs(means[j]) * LEAST_FACTOR;
        phases[p] += (positive ? v / Math.max(floor, line) : v - line) / count;
      }
    }
    double mean = 0;
    for (double v : phases) {
      mean += v / length;
    }
    for (int p = 0; p < length; p++) {
      phases[p] = positive ? Math.max(LEAST_FACTOR, phases[p] / mean) : phases[p] - mean;
    }
    return new Cycles(phases, positive);
  }

  boolean any() {
    return phases.length > 0;
  }

  /**
   * Takes the season out of a value.
   *
   * @param at the period, 0 for the first that follows the history
   */
  double out(double value, int at) {
    return !any() ? value : multiplied ? value / phase(at) : value - phase(at);
  }

  /** Puts it back. */
  double in(double value, int at) {
    return !any() ? value : multiplied ? value * phase(at) : value + phase(at);
  }

  private double phase(int at) {
    return phases[Math.floorMod(at, phases.length)];
  }
}
