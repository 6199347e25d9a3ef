package io.millwright.api.head;

import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Unit;

/**
 * Intervals and quantiles around one prediction, between those of the two runs beside it.
 *
 * @param lower the errors of the run below
 * @param upper those of the run above
 * @param share how far the prediction is from the one to the other, 0 to 1
 */
record LocalUncertainties(
    Scores lower, Scores upper, double share, double predicted, Unit unit, double low, double high)
    implements Uncertainties {

  @Override
  public Uncertainty at(double level) {
    QuantityUncertainties.open("level", level);
    double[] one = QuantityUncertainties.ends(lower, level);
    double[] other = QuantityUncertainties.ends(upper, level);
    double from = limited(between(one[0], other[0]));
    double to = limited(between(one[1], other[1]));
    return new Uncertainty.Interval(
        level, from == Double.POSITIVE_INFINITY ? high : from, to, unit);
  }

  @Override
  public double[] quantiles(double... probabilities) {
    double[] quantiles = new double[probabilities.length];
    for (int i = 0; i < quantiles.length; i++) {
      double p = probabilities[i];
      QuantityUncertainties.open("probability", p);
      quantiles[i] =
          limited(
              p < 0.5
                  ? between(lower.lower(p), upper.lower(p))
                  : between(lower.upper(p), upper.upper(p)));
    }
    return quantiles;
  }

  @Override
  public String toString() {
    return "90 % interval " + at(0.9);
  }

  private double between(double one, double other) {
    if (share == 0 || share == 1 || Double.isInfinite(one) || Double.isInfinite(other)) {
      return share == 0 ? one : share == 1 ? other : Double.isInfinite(one) ? one : other;
    }
    return one + share * (other - one);
  }

  private double limited(double error) {
    double value = Double.isInfinite(error) ? error : predicted + error;
    return value >= high ? Double.POSITIVE_INFINITY : Math.max(low, value);
  }
}
