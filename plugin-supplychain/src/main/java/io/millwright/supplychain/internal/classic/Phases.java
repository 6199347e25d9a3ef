package io.millwright.supplychain.internal.classic;

/**
 * One season by classical decomposition: what the phases are beside a centred moving mean, which is
 * drawn on as a line to both ends of the series. Old cycles count less, by a memory that would have
 * foretold each cycle best from those before it; the phases are drawn towards none by as much as
 * chance alone makes them differ (James and Stein 1961, for seasons Miller and Williams 2003).
 *
 * @param multiplied whether the phases are factors
 * @param values a factor or an addend for each phase, counted from the first value
 * @param skill which share of the deviations from the level each cycle foretold of the next
 * @param cycles how many cycles there are
 */
record Phases(boolean multiplied, double[] values, double skill, double cycles) {

  private static final double[] MEMORIES = {1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4};

  /** With fewer cycles, nothing says that a season changes. */
  private static final int CHANGING = 5;

  /** What a value counts whose level was drawn on, not measured. */
  private static final double AT_ENDS = 0.5;

  private static final double LEAST_FACTOR = 0.01;

  /** Whether the cycles foretell each other so well that chance would hardly do it. */
  boolean isEvident() {
    return skill > (cycles < 4 ? 0.1 : 0.05);
  }

  static Phases of(double[] y, int length, boolean multiplied) {
    int n = y.length;
    double[] trend = trend(y, length);
    double[] part = new double[n];
    double[] weight = new double[n];
    int half = length / 2;
    for (int t = 0; t < n; t++) {
      boolean sound = !multiplied || trend[t] > 0;
      part[t] = multiplied ? (sound ? y[t] / trend[t] - 1 : 0) : y[t] - trend[t];
      weight[t] = sound ? (t < half || t >= n - half ? AT_ENDS : 1) : 0;
    }
    boolean changing = n >= CHANGING * length;
    Memory best = Memory.of(part, weight, length, MEMORIES[0]);
    for (int k = 1; changing && k < MEMORIES.length; k++) {
      Memory other = Memory.of(part, weight, length, MEMORIES[k]);
      best = other.squares < best.squares ? other : best;
    }
    double skill = best.level > 0 ? 1 - best.squares / best.level : 0;
    return new Phases(multiplied, drawn(best, length, multiplied), skill, n / (double) length);
  }

  private static double[] drawn(Memory memory, int length, boolean multiplied) {
    double mean = 0;
    double chance = 0;
    for (int p = 0; p < length; p++) {
      mean += memory.phases[p] / length;
      chance += memory.shares[p] / length;
    }
    double between = 0;
    for (int p = 0; p < length; p++) {
      between += (memory.phases[p] - mean) * (memory.phases[p] - mean);
    }
    chance *= memory.noise;
    double kept = length > 3 && between > 0 ? Math.max(0, 1 - (length - 3) * chance / between) : 1;
    double[] values = new double[length];
    for (int p = 0; p < length; p++) {
      double season = kept * (memory.phases[p] - mean);
      values[p] = multiplied ? Math.max(LEAST_FACTOR, 1 + season / (1 + mean)) : season;
    }
    return values;
  }

  /** The centred moving mean over one cycle, and straight on beyond it. */
  private static double[] trend(double[] y, int length) {
    int n = y.length;
    int half = length / 2;
    boolean even = length % 2 == 0;
    double[] trend = new double[n];
    double[] sums = new double[n + 1];
    for (int t = 0; t < n; t++) {
      sums[t + 1] = sums[t] + y[t];
    }
    int first = half;
    int last = n - half - 1;
    for (int t = first; t <= last; t++) {
      double sum = sums[t + half + 1] - sums[t - half];
      trend[t] = (even ? sum - 0.5 * (y[t - half] + y[t + half]) : sum) / length;
    }
    int reach = Math.min(length, last - first);
    double rise = reach > 0 ? (trend[first + reach] - trend[first]) / reach : 0;
    double fall = reach > 0 ? (trend[last] - trend[last - reach]) / reach : 0;
    for (int k = 1; k <= half; k++) {
      trend[first - k] = trend[first] - k * rise;
    }
    for (int t = last + 1; t < n; t++) {
      trend[t] = trend[last] + (t - last) * fall;
    }
    return trend;
  }

  /**
   * What a memory makes of the cycles.
   *
   * @param phases the weighted means
   * @param shares the variances of the means, in units of one value's noise
   * @param squares the squared errors of foretelling each cycle by those before it
   * @param level the squared deviations themselves
   * @param noise the variance of one value
   */
  private record Memory(
      double[] phases, double[] shares, double squares, double level, double noise) {

    static Memory of(double[] part, double[] weight, int length, double keep) {
      double[] sum = new double[length];
      double[] mass = new double[length];
      double[] mass2 = new double[length];
      double squares = 0;
      double level = 0;
      double count = 0;
      for (int t = 0; t < part.length; t++) {
        int p = t % length;
        double w = weight[t];
        if (mass[p] > 0) {
          double e = part[t] - sum[p] / mass[p];
          squares += w * e * e;
          level += w * part[t] * part[t];
          count += w * (1 + mass2[p] / (mass[p] * mass[p]));
        }
        sum[p] = keep * sum[p] + w * part[t];
        mass[p] = keep * mass[p] + w;
        mass2[p] = keep * keep * mass2[p] + w * w;
      }
      for (int p = 0; p < length; p++) {
        mass2[p] = mass[p] > 0 ? mass2[p] / (mass[p] * mass[p]) : 1;
        sum[p] = mass[p] > 0 ? sum[p] / mass[p] : 0;
      }
      return new Memory(sum, mass2, squares, level, count > 0 ? squares / count : 0);
    }
  }
}
