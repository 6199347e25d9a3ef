package io.millwright.runtime.watch;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;

/**
 * The accuracy of a classifier before the truth is known (confidence-based performance estimation):
 * on held-out data it learns how often an answer of each confidence was right, and expects the same
 * of new answers. That holds while only inputs change; when the relation between inputs and truth
 * changes, no estimate without truth can see it, and none is given where the confidences themselves
 * are unlike those of the held-out data.
 *
 * <p>A window of n answers of which a share p is right strays from its expectation by the root of p
 * (1 - p) / n by chance alone: to be within 2 points in nine windows of ten takes some 600 answers
 * at 90 %, 200 at 97 %. Immutable, thread-safe and deterministic.
 */
public final class UnlabelledAccuracy {

  private final Recalibration calibration;

  private UnlabelledAccuracy(Recalibration calibration) {
    this.calibration = calibration;
  }

  /**
   * Learns from held-out answers.
   *
   * @param confidence the probability of each answered class, 0 to 1
   * @param correct 1 where the answer was right, 0 where it was wrong
   * @return the estimator
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} below 100 answers, {@link
   *     ErrorCode#BAD_VALUE} for a number that is no probability
   */
  public static UnlabelledAccuracy of(double[] confidence, double[] correct) {
    return new UnlabelledAccuracy(Recalibration.of(confidence, correct));
  }

  /**
   * Estimates the accuracy of a window of answers whose truth is not known.
   *
   * @param confidence the probability of each answered class, 0 to 1
   * @return the expected share of right answers; not known for an empty window
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} for a number that is no
   *     probability
   */
  public UnlabelledEstimate estimate(double... confidence) {
    return calibration.estimate(
        confidence, right -> Arrays.stream(right).average().orElse(0), "confidences");
  }
}
