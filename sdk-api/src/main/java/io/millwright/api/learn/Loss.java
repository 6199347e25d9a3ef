package io.millwright.api.learn;

import java.util.List;

/**
 * What training makes small: the weighted mean over samples of the loss of one. Quantities are
 * measured on the scaled target. Where several numbers are learnt at once, the loss of a sample is
 * the mean over those that are known.
 */
public sealed interface Loss {

  /** The squared error. */
  record SquaredError() implements Loss {}

  /** The absolute error. */
  record AbsoluteError() implements Loss {}

  /**
   * Half the squared error up to a distance, linear beyond (Huber 1964).
   *
   * @param delta the distance, in units of the scaled target
   */
  record Huber(double delta) implements Loss {
    /** Checks. */
    public Huber {
      if (!(delta > 0) || Double.isInfinite(delta)) {
        throw new IllegalArgumentException("delta is " + delta + ", but must be positive");
      }
    }
  }

  /**
   * The quantile (pinball) loss (Koenker and Bassett 1978), averaged over several quantiles; the
   * network has one output for each, one target's quantiles after the other's. The middle one is
   * the answer.
   *
   * @param probabilities rising values between 0 and 1, both excluded; an odd number
   */
  record Quantile(List<Double> probabilities) implements Loss {
    /** Checks and copies. */
    public Quantile {
      probabilities = List.copyOf(probabilities);
      if (probabilities.size() % 2 == 0) {
        throw new IllegalArgumentException(
            "probabilities are " + probabilities + ", but there must be an odd number of them");
      }
      double last = 0;
      for (double p : probabilities) {
        if (!(p > last && p < 1)) {
          throw new IllegalArgumentException(
              "probabilities are " + probabilities + ", but must rise between 0 and 1");
        }
        last = p;
      }
    }
  }

  /** The cross entropy of classes, from the softmax of one output for each class. */
  record CrossEntropy() implements Loss {}

  /**
   * The squared error.
   *
   * @return the loss
   */
  static Loss mse() {
    return new SquaredError();
  }

  /**
   * The absolute error.
   *
   * @return the loss
   */
  static Loss mae() {
    return new AbsoluteError();
  }

  /**
   * The Huber loss.
   *
   * @param delta the distance where it turns linear, in units of the scaled target
   * @return the loss
   */
  static Loss huber(double delta) {
    return new Huber(delta);
  }

  /**
   * The quantile loss.
   *
   * @param probabilities rising values between 0 and 1; an odd number
   * @return the loss
   */
  static Loss quantile(Double... probabilities) {
    return new Quantile(List.of(probabilities));
  }

  /**
   * The cross entropy.
   *
   * @return the loss
   */
  static Loss crossEntropy() {
    return new CrossEntropy();
  }
}
