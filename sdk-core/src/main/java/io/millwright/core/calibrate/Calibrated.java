package io.millwright.core.calibrate;

import io.millwright.api.Uncertainties;
import io.millwright.api.data.Unit;
import java.util.List;

/** What calibration learnt, as plain data. */
public sealed interface Calibrated {

  /** Nothing was calibrated. */
  record None(String why) implements Calibrated {}

  /**
   * Errors of a quantity.
   *
   * @param scores signed errors over local size, rising; at most 1000
   * @param below the share of calibration below each score
   * @param upTo the share of calibration up to and including each score
   * @param groups how many independent groups there were
   * @param scale the local size of errors
   */
  record Quantity(List<Double> scores, List<Double> below, List<Double> upTo, int groups, LocalScale scale)
      implements Calibrated {
    /** Copies. */
    public Quantity {
      scores = List.copyOf(scores);
      below = List.copyOf(below);
      upTo = List.copyOf(upTo);
    }

    /**
     * How sure a prediction is.
     *
     * @param predicted the prediction, between the limits
     * @param spread the standard deviation of the members' predictions; 0 for one member
     * @param unit the unit of both
     * @param low the least value there is; negative infinity for no limit
     * @param high the largest value that can be told apart; positive infinity for no limit
     */
    public Uncertainties uncertainties(double predicted, double spread, Unit unit, double low, double high) {
      throw new UnsupportedOperationException();
    }
  }

  /** Probabilities and label sets. */
  record Classes(double temperature, List<Double> scores, List<Double> upTo, int groups) implements Calibrated {
    /** Copies. */
    public Classes {
      scores = List.copyOf(scores);
      upTo = List.copyOf(upTo);
    }

    /** The calibrated probabilities of a network's probabilities. */
    public double[] probabilities(double[] raw) {
      throw new UnsupportedOperationException();
    }

    /** Label sets at every level, from calibrated probabilities. */
    public Uncertainties uncertainties(double[] calibrated, List<String> labels) {
      throw new UnsupportedOperationException();
    }
  }

  /**
   * Calibrates a quantity on held-out predictions.
   *
   * @param normalised whether errors are divided by their local size
   * @param predicted the predictions
   * @param spread the standard deviation of the members' predictions, 0 for one member
   * @param truth the truths, cut to the target's limits
   * @param groups the group of each; groups weigh the same; empty when each sample stands for itself
   */
  static Quantity quantity(boolean normalised, double[] predicted, double[] spread, double[] truth, List<String> groups) {
    throw new UnsupportedOperationException();
  }

  /**
   * Calibrates classes on held-out predictions.
   *
   * @param probabilities the network's probabilities
   * @param truth the index of the true class
   * @param groups as in {@link #quantity}
   */
  static Classes classes(double[][] probabilities, int[] truth, List<String> groups) {
    throw new UnsupportedOperationException();
  }
}
