package io.millwright.runtime.watch;

import java.util.Arrays;

/**
 * Prediction intervals that learn from each truth as it comes (online conformal prediction), around
 * point predictions of any model. Not thread-safe; the same stream gives the same intervals.
 */
public final class OnlineInterval {

  /** How scores become an interval. */
  private enum Kind {
    PLAIN,
    ADAPTIVE,
    VOLATILITY
  }

  /**
   * An interval, in the unit of the prediction.
   *
   * @param low its lower end
   * @param high its upper end
   */
  public record Range(double low, double high) {

    /**
     * Whether a value lies within, ends included.
     *
     * @param value the value
     * @return true when it does
     */
    public boolean contains(double value) {
      return value >= low && value <= high;
    }

    /**
     * The interval score (Gneiting and Raftery 2007): the width, and what a truth outside costs.
     *
     * @param truth the truth
     * @param level the level of the interval
     * @return lower is better
     */
    public double score(double truth, double level) {
      return high - low + 2 / (1 - level) * (Math.max(0, low - truth) + Math.max(0, truth - high));
    }
  }

  private final Kind kind;
  private final double level;
  private final double rate;
  private final double decay;
  private final double[] window;
  private int count;
  private int next;
  private double miss;
  private double volatility;

  private OnlineInterval(Kind kind, double level, double rate, double decay, double[] start) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level is " + level);
    }
    if (start.length == 0) {
      throw new IllegalArgumentException("no residuals to begin with");
    }
    for (int i = 0; i < start.length; i++) {
      if (!Double.isFinite(start[i])) {
        throw new IllegalArgumentException(
            "residual " + i + " is " + start[i] + "\nMaybe leave out rows without a truth");
      }
    }
    this.kind = kind;
    this.level = level;
    this.rate = rate;
    this.decay = decay;
    this.window = new double[Math.max(100, Math.min(start.length, 500))];
    this.miss = 1 - level;
    double mean = Arrays.stream(start).map(Math::abs).average().orElse(1);
    volatility = Math.max(mean, 1e-300);
    for (double r : start) {
      keep(Math.abs(r));
    }
  }

  /**
   * The plain split-conformal interval of constant width, which learns nothing (Papadopoulos 2002).
   *
   * @param level the probability to be held
   * @param residuals truths minus predictions on held-out data
   * @return the interval
   */
  public static OnlineInterval plain(double level, double... residuals) {
    return new OnlineInterval(Kind.PLAIN, level, 0, 0, residuals);
  }

  /**
   * Adaptive conformal inference (Gibbs and Candès 2021): each miss widens the next intervals, each
   * hit narrows them a little, so that in the long run the level is held whatever the data do.
   *
   * @param level the probability to be held
   * @param rate how fast, such as 0.02
   * @param residuals truths minus predictions on held-out data, oldest first
   * @return the interval
   */
  public static OnlineInterval adaptive(double level, double rate, double... residuals) {
    return new OnlineInterval(Kind.ADAPTIVE, level, rate, 1, residuals);
  }

  /**
   * The same, with scores divided by an exponentially weighted mean of recent absolute errors
   * (volatility), so that the width follows quiet and restless times.
   *
   * @param level the probability to be held
   * @param rate how fast the level is corrected, such as 0.02
   * @param decay the weight of the past in the volatility, such as 0.94
   * @param residuals truths minus predictions on held-out data, oldest first
   * @return the interval
   */
  public static OnlineInterval volatility(
      double level, double rate, double decay, double... residuals) {
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException("decay is " + decay);
    }
    return new OnlineInterval(Kind.VOLATILITY, level, rate, decay, residuals);
  }

  private void keep(double size) {
    window[next] = kind == Kind.VOLATILITY ? size / volatility : size;
    next = (next + 1) % window.length;
    count = Math.min(count + 1, window.length);
    if (kind == Kind.VOLATILITY) {
      volatility = Math.max(decay * volatility + (1 - decay) * size, 1e-300);
    }
  }

  /**
   * The interval around a prediction.
   *
   * @param prediction the prediction
   * @return the interval; as wide as 1.5 times the largest score of the window where the level asks
   *     for more than the window holds
   */
  public Range at(double prediction) {
    double[] sorted = Arrays.copyOf(window, count);
    Arrays.sort(sorted);
    double wanted = 1 - miss;
    double size;
    if (wanted <= 0) {
      size = 0;
    } else {
      int rank = (int) Math.ceil(wanted * (count + 1));
      size = rank > count ? 1.5 * sorted[count - 1] : sorted[Math.max(0, rank - 1)];
    }
    double half = kind == Kind.VOLATILITY ? size * volatility : size;
    return new Range(prediction - half, prediction + half);
  }

  /**
   * Learns from a truth.
   *
   * @param prediction what was predicted
   * @param truth what came; NaN and infinite ones are passed over
   * @return whether the interval held it
   */
  public boolean observe(double prediction, double truth) {
    boolean held = at(prediction).contains(truth);
    if (kind == Kind.PLAIN || !Double.isFinite(truth) || !Double.isFinite(prediction)) {
      return held;
    }
    miss += rate * ((1 - level) - (held ? 0 : 1));
    miss = Math.min(0.999, Math.max(-0.2, miss));
    keep(Math.abs(truth - prediction));
    return held;
  }
}
