package io.millwright.api.head;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Unit;

/** Intervals and quantiles around one prediction. Signed scores: each end has its own distance. */
record QuantityUncertainties(
    Scores scores, double predicted, double scale, Unit unit, double low, double high)
    implements Uncertainties {

  @Override
  public Uncertainty at(double level) {
    open("level", level);
    double[] ends = ends(scores, level);
    double from = limited(ends[0]);
    return new Uncertainty.Interval(
        level, from == Double.POSITIVE_INFINITY ? high : from, limited(ends[1]), unit);
  }

  /** The scores at both ends of the interval at a level. */
  static double[] ends(Scores scores, double level) {
    double tail = (1 - level) / 2;
    if (tail >= scores.leastTail() - 1e-12) {
      return new double[] {scores.lower(tail), scores.upper(1 - tail)};
    }
    if (1 - level >= scores.leastTail() - 1e-12) {
      // Too few groups for two tails; by size alone, errors have one.
      double most = scores.largest();
      return new double[] {-most, most};
    }
    return new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
  }

  @Override
  public double[] quantiles(double... probabilities) {
    double[] quantiles = new double[probabilities.length];
    for (int i = 0; i < quantiles.length; i++) {
      double p = probabilities[i];
      open("probability", p);
      quantiles[i] = limited(p < 0.5 ? scores.lower(p) : scores.upper(p));
    }
    return quantiles;
  }

  @Override
  public String toString() {
    return "90 % interval " + at(0.9);
  }

  private double limited(double score) {
    double value = Double.isInfinite(score) ? score : predicted + score * scale;
    return value >= high ? Double.POSITIVE_INFINITY : Math.max(low, value);
  }

  static void open(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          name + " is " + value + "\nMaybe choose one between 0 and 1, such as 0.9");
    }
  }
}
