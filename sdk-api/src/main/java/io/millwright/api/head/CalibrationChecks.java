package io.millwright.api.head;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.List;

/** What calibration asks of its data. */
final class CalibrationChecks {

  private CalibrationChecks() {}

  static void quantity(double[] predicted, double[] truth, List<String> groups) {
    lengths(predicted.length, groups);
    if (truth.length != predicted.length) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          predicted.length
              + " predictions with "
              + truth.length
              + " truths\nMaybe one was filtered and the other not");
    }
    for (int i = 0; i < predicted.length; i++) {
      if (!Double.isFinite(predicted[i]) || !Double.isFinite(truth[i])) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "held-out sample "
                + i
                + " has prediction "
                + predicted[i]
                + ", truth "
                + truth[i]
                + "\nMaybe leave out samples that the model abstains from");
      }
    }
  }

  static void classes(double[][] probabilities, int[] truth, List<String> groups) {
    lengths(truth.length, groups);
    if (probabilities.length != truth.length) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          probabilities.length
              + " predictions with "
              + truth.length
              + " truths\nMaybe one was filtered and the other not");
    }
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] < 0 || truth[i] >= probabilities[i].length) {
        throw new MillwrightException(
            ErrorCode.BAD_LABEL,
            "held-out sample "
                + i
                + " is of class "
                + truth[i]
                + ", but there are "
                + probabilities[i].length
                + "\nMaybe classes are counted from 0");
      }
      for (double p : probabilities[i]) {
        if (!(p >= 0 && p <= 1 + 1e-6)) {
          throw new MillwrightException(
              ErrorCode.BAD_VALUE,
              "held-out sample "
                  + i
                  + " has a probability of "
                  + p
                  + "\nMaybe apply a softmax to logits");
        }
      }
    }
  }

  private static void lengths(int samples, List<String> groups) {
    if (samples == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "there are no held-out samples to calibrate on\nMaybe hold out a larger share");
    }
    if (!groups.isEmpty() && groups.size() != samples) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          samples
              + " held-out samples with "
              + groups.size()
              + " groups\nMaybe name a group for every sample, or none");
    }
  }
}
