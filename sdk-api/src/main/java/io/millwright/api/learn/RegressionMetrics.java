package io.millwright.api.learn;

/**
 * Figures by which predictions of a quantity are judged. Every method takes truths and predictions
 * of the same length, in the same order and unit, changes neither, and is deterministic; all are
 * thread-safe. Each throws {@link io.millwright.api.MillwrightException} with {@link
 * io.millwright.api.ErrorCode#TOO_FEW_DATA} when there are none, {@link
 * io.millwright.api.ErrorCode#WRONG_SHAPE} when the lengths differ, and {@link
 * io.millwright.api.ErrorCode#BAD_VALUE} when a truth is NaN or infinite or a prediction is NaN,
 * naming the place.
 */
public final class RegressionMetrics {

  private RegressionMetrics() {}

  /**
   * The mean square error, 1/n Σ (p − y)².
   *
   * @param truth the true values y
   * @param predicted the predicted values p
   * @return the error, in the square of the unit
   */
  public static double mse(double[] truth, double[] predicted) {
    MetricChecks.pairs(truth, predicted);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      double d = predicted[i] - truth[i];
      sum += d * d;
    }
    return sum / truth.length;
  }

  /**
   * The mean square error with weights, Σ w (p − y)² / Σ w.
   *
   * @param truth the true values y
   * @param predicted the predicted values p
   * @param weights the weight w of each, not negative, not all 0
   * @return the error, in the square of the unit
   */
  public static double mse(double[] truth, double[] predicted, double[] weights) {
    MetricChecks.pairs(truth, predicted);
    double total = MetricChecks.weights(truth.length, weights);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      double d = predicted[i] - truth[i];
      sum += weights[i] * d * d;
    }
    return sum / total;
  }

  /**
   * The root mean square error, the square root of {@link #mse(double[], double[])}.
   *
   * @param truth the true values
   * @param predicted the predicted values
   * @return the error, in the unit
   */
  public static double rmse(double[] truth, double[] predicted) {
    return Math.sqrt(mse(truth, predicted));
  }

  /**
   * The root mean square error with weights.
   *
   * @param truth the true values
   * @param predicted the predicted values
   * @param weights the weight of each, not negative, not all 0
   * @return the error, in the unit
   */
  public static double rmse(double[] truth, double[] predicted, double[] weights) {
    return Math.sqrt(mse(truth, predicted, weights));
  }

  /**
   * The mean absolute error, 1/n Σ |p − y|.
   *
   * @param truth the true values y
   * @param predicted the predicted values p
   * @return the error, in the unit
   */
  public static double mae(double[] truth, double[] predicted) {
    MetricChecks.pairs(truth, predicted);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      sum += Math.abs(predicted[i] - truth[i]);
    }
    return sum / truth.length;
  }

  /**
   * The mean absolute error with weights, Σ w |p − y| / Σ w.
   *
   * @param truth the true values y
   * @param predicted the predicted values p
   * @param weights the weight w of each, not negative, not all 0
   * @return the error, in the unit
   */
  public static double mae(double[] truth, double[] predicted, double[] weights) {
    MetricChecks.pairs(truth, predicted);
    double total = MetricChecks.weights(truth.length, weights);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      sum += weights[i] * Math.abs(predicted[i] - truth[i]);
    }
    return sum / total;
  }

  /**
   * The mean error, 1/n Σ (p − y): positive when predictions are too high.
   *
   * @param truth the true values y
   * @param predicted the predicted values p
   * @return the bias, in the unit
   */
  public static double bias(double[] truth, double[] predicted) {
    MetricChecks.pairs(truth, predicted);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      sum += predicted[i] - truth[i];
    }
    return sum / truth.length;
  }

  /**
   * The coefficient of determination, 1 − Σ (p − y)² / Σ (y − ȳ)²: 1 for perfect predictions, 0 for
   * what the mean of these truths would give, negative for worse.
   *
   * @param truth the true values y
   * @param predicted the predicted values p
   * @return the coefficient; NaN when all truths are the same
   */
  public static double r2(double[] truth, double[] predicted) {
    MetricChecks.pairs(truth, predicted);
    double mean = 0;
    for (int i = 0; i < truth.length; i++) {
      mean += (truth[i] - mean) / (i + 1);
    }
    double left = 0;
    double all = 0;
    for (int i = 0; i < truth.length; i++) {
      left += (predicted[i] - truth[i]) * (predicted[i] - truth[i]);
      all += (truth[i] - mean) * (truth[i] - mean);
    }
    return all == 0 ? Double.NaN : 1 - left / all;
  }

  /**
   * The score of the PHM 2008 challenge for remaining lives in cycles (Saxena, Goebel, Simon and
   * Eklund 2008): Σ exp(−d/13) − 1 for early predictions and Σ exp(d/10) − 1 for late ones, d = p −
   * y. A sum, not a mean: it grows with the number of units. Smaller is better, 0 is best.
   *
   * @param truth the true remaining lives y, in cycles
   * @param predicted the predicted remaining lives p, in cycles
   * @return the score; infinite when a prediction is absurdly late
   */
  public static double nasaScore(double[] truth, double[] predicted) {
    MetricChecks.pairs(truth, predicted);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      double d = predicted[i] - truth[i];
      sum += Math.expm1(d < 0 ? -d / 13 : d / 10);
    }
    return sum;
  }

  /**
   * The pinball loss of a predicted quantile, 1/n Σ max(q (y − p), (q − 1) (y − p)) (Koenker and
   * Bassett 1978); least, on average, for the true quantile.
   *
   * @param truth the true values y
   * @param predicted the predicted quantiles p
   * @param quantile which quantile q, between 0 and 1, both excluded
   * @return the loss, in the unit
   */
  public static double pinball(double[] truth, double[] predicted, double quantile) {
    MetricChecks.pairs(truth, predicted);
    MetricChecks.open("quantile", quantile);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      double d = truth[i] - predicted[i];
      sum += d >= 0 ? quantile * d : (quantile - 1) * d;
    }
    return sum / truth.length;
  }

  /**
   * The share of truths that lie in their intervals, ends included.
   *
   * @param truth the true values
   * @param low the lower ends; negative infinity when open
   * @param high the upper ends, not below the lower; positive infinity when open
   * @return the share, between 0 and 1
   */
  public static double coverage(double[] truth, double[] low, double[] high) {
    MetricChecks.intervals(truth, low, high);
    int inside = 0;
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] >= low[i] && truth[i] <= high[i]) {
        inside++;
      }
    }
    return (double) inside / truth.length;
  }

  /**
   * The mean interval score (Gneiting and Raftery 2007, equation 43): the width, plus 2/α times the
   * distance of a truth outside from the nearer end. Narrow intervals that hold the truth are best.
   * Infinite for an open interval: close it at the limit of the quantity first.
   *
   * @param truth the true values
   * @param low the lower ends
   * @param high the upper ends, not below the lower
   * @param level the probability 1 − α that the intervals claim, between 0 and 1, both excluded
   * @return the score, in the unit; smaller is better
   */
  public static double intervalScore(double[] truth, double[] low, double[] high, double level) {
    MetricChecks.intervals(truth, low, high);
    MetricChecks.open("level", level);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      double outside = Math.max(0, Math.max(low[i] - truth[i], truth[i] - high[i]));
      sum += high[i] - low[i] + 2 / (1 - level) * outside;
    }
    return sum / truth.length;
  }
}
