package io.millwright.api.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/** What the metrics ask of their arguments, in one place so that they all say it the same way. */
final class MetricChecks {

  private MetricChecks() {}

  static void pairs(double[] truth, double[] predicted) {
    sameLength("truths", truth.length, "predictions", predicted.length);
    finite("truth", truth);
    notNaN("prediction", predicted);
  }

  static void intervals(double[] truth, double[] low, double[] high) {
    sameLength("truths", truth.length, "lower ends", low.length);
    sameLength("truths", truth.length, "upper ends", high.length);
    finite("truth", truth);
    notNaN("lower end", low);
    notNaN("upper end", high);
    for (int i = 0; i < low.length; i++) {
      if (low[i] > high[i]) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "interval " + i + " goes from " + low[i] + " to " + high[i] + "\nMaybe swap its ends");
      }
    }
  }

  static void sameLength(String one, int length, String other, int otherLength) {
    if (length != otherLength) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          length
              + " "
              + one
              + " with "
              + otherLength
              + " "
              + other
              + "\nMaybe one was filtered and the other not");
    }
    if (length == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "there are no " + one + " to judge by\nMaybe the split left nothing over");
    }
  }

  static void finite(String what, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw bad(what, i, values[i]);
      }
    }
  }

  static void notNaN(String what, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        throw bad(what, i, values[i]);
      }
    }
  }

  private static MillwrightException bad(String what, int place, double value) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE,
        what
            + " "
            + place
            + " is "
            + value
            + ", which cannot be judged\nMaybe leave out samples without an answer");
  }

  static double weights(int length, double[] weights) {
    sameLength("values", length, "weights", weights.length);
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "weight "
                + i
                + " is "
                + weights[i]
                + "\nMaybe use weights that are finite and not negative");
      }
      total += weights[i];
    }
    if (total == 0) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE, "all weights are 0\nMaybe leave the weights out");
    }
    return total;
  }

  static void open(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          name + " is " + value + "\nMaybe choose one between 0 and 1, such as 0.9");
    }
  }
}
