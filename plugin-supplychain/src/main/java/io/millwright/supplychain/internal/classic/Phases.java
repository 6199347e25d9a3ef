package io.millwright.supplychain.internal.classic;

import org.jspecify.annotations.Nullable;

/**
 * One season by classical decomposition: what the phases are beside a centred moving mean, which is
 * drawn on as a line to both ends of the series. Old cycles count less, by a memory that would have
 * foretold each cycle best from those before it; the phases are drawn towards none by as much as
 * chance alone makes them differ (James and Stein 1961, for seasons Miller and Williams 2003).
 *
 * @param multiplied whether the phases are factors
 * @param values a factor or an addend for each phase of the cycle to come, counted from the first
 *     value
 * @param past the same for each period of the series
 * @param changing whether old cycles count less
 * @param skill which share of the deviations from the level each cycle foretold of the next
 * @param cycles how many cycles there are
 */
record Phases(
    boolean multiplied,
    double[] values,
    double[] past,
    boolean changing,
    double skill,
    double cycles) {

  private static final double[] MEMORIES = {1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4};

  /** Memories of lines through the cycles of a phase, for seasons that keep changing one way. */
  private static final double[] MOVING = {1, 0.9, 0.8, 0.7};

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
    double keep = MEMORIES[0];
    boolean moving = false;
    double least = Memory.squares(part, weight, length, keep, moving);
    for (int k = 1; changing && k < MEMORIES.length + MOVING.length; k++) {
      boolean line = k >= MEMORIES.length;
      double other = line ? MOVING[k - MEMORIES.length] : MEMORIES[k];
      double squares = Memory.squares(part, weight, length, other, line);
      if (squares < least) {
        least = squares;
        keep = other;
        moving = line;
      }
    }
    Memory best = Memory.of(part, weight, length, keep, moving);
    double skill = best.level > 0 ? 1 - best.squares / best.level : 0;
    double[] around = best.keep < 1 || best.moving ? around(part, weight, length, best) : null;
    return drawn(best, around, multiplied, skill, n);
  }

  private static Phases drawn(
      Memory memory, double @Nullable [] around, boolean multiplied, double skill, int n) {
    int length = memory.phases.length;
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
      values[p] = season(kept * (memory.phases[p] - mean), mean, multiplied);
    }
    double[] past = new double[n];
    for (int t = 0; t < n; t++) {
      past[t] =
          around == null ? values[t % length] : season(kept * (around[t] - mean), mean, multiplied);
    }
    return new Phases(multiplied, values, past, around != null, skill, n / (double) length);
  }

  private static double season(double deviation, double mean, boolean multiplied) {
    return multiplied ? Math.max(LEAST_FACTOR, 1 + deviation / (1 + mean)) : deviation;
  }

  /**
   * What a changing season was at each period: the weighted mean of the same phase in the cycles
   * before and after it; in the last cycle, what was foretold of it.
   */
  private static double[] around(double[] part, double[] weight, int length, Memory memory) {
    int n = part.length;
    double[] around = new double[n];
    for (int p = 0; p < length; p++) {
      Fading before = new Fading(memory.keep, memory.moving);
      int last = (n - 1 - p) / length;
      double[] sum = new double[last + 1];
      double[] mass = new double[last + 1];
      for (int c = 0; c <= last; c++) {
        int t = p + c * length;
        around[t] = before.isKnown() ? before.next() : 0;
        sum[c] = memory.keep * before.wy;
        mass[c] = memory.keep * before.w;
        before.add(part[t], weight[t]);
      }
      Fading after = new Fading(memory.keep, false);
      for (int c = last; c >= 0; c--) {
        int t = p + c * length;
        if (after.isKnown()) {
          around[t] = (sum[c] + memory.keep * after.wy) / (mass[c] + memory.keep * after.w);
        }
        after.add(part[t], weight[t]);
      }
    }
    return around;
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
   * @param keep by how much weights fall from cycle to cycle
   * @param moving whether a line goes through the cycles, not a mean
   * @param phases what is foretold of the next cycle
   * @param shares the variances of that, in units of one value's noise
   * @param squares the squared errors of foretelling each cycle by those before it
   * @param level the squared deviations themselves
   * @param noise the variance of one value
   */
  private record Memory(
      double keep,
      boolean moving,
      double[] phases,
      double[] shares,
      double squares,
      double level,
      double noise) {

    /** The squared errors alone. */
    static double squares(double[] part, double[] weight, int length, double keep, boolean moving) {
      Fading[] fading = fading(length, keep, moving);
      double squares = 0;
      for (int t = 0, p = 0; t < part.length; t++, p = p + 1 == length ? 0 : p + 1) {
        Fading own = fading[p];
        if (own.isKnown()) {
          double e = part[t] - own.next();
          squares += weight[t] * e * e;
        }
        own.add(part[t], weight[t]);
      }
      return squares;
    }

    private static Fading[] fading(int length, double keep, boolean moving) {
      Fading[] fading = new Fading[length];
      for (int p = 0; p < length; p++) {
        fading[p] = new Fading(keep, moving);
      }
      return fading;
    }

    static Memory of(double[] part, double[] weight, int length, double keep, boolean moving) {
      Fading[] fading = fading(length, keep, moving);
      double squares = 0;
      double level = 0;
      double count = 0;
      for (int t = 0; t < part.length; t++) {
        Fading own = fading[t % length];
        double w = weight[t];
        if (own.isKnown()) {
          double e = part[t] - own.next();
          squares += w * e * e;
          level += w * part[t] * part[t];
          count += w * (1 + own.share());
        }
        own.add(part[t], w);
        own.vary(w);
      }
      double[] phases = new double[length];
      double[] shares = new double[length];
      for (int p = 0; p < length; p++) {
        phases[p] = fading[p].isKnown() ? fading[p].next() : 0;
        shares[p] = fading[p].isKnown() ? fading[p].share() : 1;
      }
      double noise = count > 0 ? squares / count : 0;
      return new Memory(keep, moving, phases, shares, squares, level, noise);
    }
  }

  /**
   * One phase over the cycles: their mean, or a line through them, with weights that fall by a
   * factor from cycle to cycle. All sums are over ages, 0 being the newest.
   */
  private static final class Fading {
    /** So many squared cycles draw the slope of a line to none. */
    private static final double FLAT = 2;

    private final double keep;
    private final boolean moving;
    private double w;
    private double wa;
    private double waa;
    private double wy;
    private double way;
    private double v;
    private double va;
    private double vaa;

    Fading(double keep, boolean moving) {
      this.keep = keep;
      this.moving = moving;
    }

    boolean isKnown() {
      return w > 0;
    }

    void add(double value, double weight) {
      if (moving) {
        waa = keep * (waa + 2 * wa + w);
        wa = keep * (wa + w);
        way = keep * (way + wy);
      }
      wy = keep * wy + weight * value;
      w = keep * w + weight;
    }

    /** Follows the variance of what is foretold. */
    void vary(double weight) {
      double kept = keep * keep;
      vaa = kept * (vaa + 2 * va + v);
      va = kept * (va + v);
      v = kept * v + weight * weight;
    }

    /** What the next cycle is foretold to have. */
    double next() {
      double mean = wy / w;
      if (!moving) {
        return mean;
      }
      double age = wa / w;
      return mean - (way - age * wy) / (waa - age * wa + FLAT) * (1 + age);
    }

    /** The variance of what is foretold, in units of one value's. */
    double share() {
      double mean = v / (w * w);
      if (!moving) {
        return mean;
      }
      double age = wa / w;
      double factor = (1 + age) / (waa - age * wa + FLAT);
      double turned = vaa - 2 * age * va + age * age * v;
      return mean + factor * factor * Math.max(0, turned) - 2 * factor * (va - age * v) / w;
    }
  }
}
