package io.millwright.runtime.watch;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * F1 and cost of decisions between yes and no before the truth is known, from the probability of
 * the event, as {@link UnlabelledAccuracy} does for accuracy and within its limits. Immutable,
 * thread-safe and deterministic.
 */
public final class UnlabelledDecisions {

  private final Recalibration calibration;

  private UnlabelledDecisions(Recalibration calibration) {
    this.calibration = calibration;
  }

  /**
   * Learns from held-out answers.
   *
   * @param probability the stated probability of the event, 0 to 1
   * @param happened 1 where it came true, 0 where it did not
   * @return the estimator
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} below 100 answers, {@link
   *     ErrorCode#BAD_VALUE} for a number that is no probability
   */
  public static UnlabelledDecisions of(double[] probability, double[] happened) {
    return new UnlabelledDecisions(Recalibration.of(probability, happened));
  }

  /**
   * Estimates the F1 of the event in a window.
   *
   * @param probability the stated probability of the event, 0 to 1
   * @param alarmed whether each row was decided to be the event
   * @return the expected F1, 0 where nothing is alarmed; not known for an empty window
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} for other lengths, {@link
   *     ErrorCode#BAD_VALUE} for a number that is no probability
   */
  public UnlabelledEstimate f1(double[] probability, boolean[] alarmed) {
    checkLengths(probability, alarmed);
    return calibration.estimate(
        probability,
        happened -> {
          double found = 0;
          double events = 0;
          double alarms = 0;
          for (int i = 0; i < alarmed.length; i++) {
            events += happened[i];
            found += alarmed[i] ? happened[i] : 0;
            alarms += alarmed[i] ? 1 : 0;
          }
          return events + alarms == 0 ? 0 : 2 * found / (events + alarms);
        },
        "probabilities");
  }

  /**
   * Estimates the mean cost of a decision in a window.
   *
   * @param probability the stated probability of the event, 0 to 1
   * @param alarmed whether each row was decided to be the event
   * @param falseAlarm what an alarm without the event costs
   * @param miss what an event without alarm costs
   * @return the expected cost of a row; not known for an empty window
   * @throws MillwrightException as {@link #f1}
   */
  public UnlabelledEstimate cost(
      double[] probability, boolean[] alarmed, double falseAlarm, double miss) {
    checkLengths(probability, alarmed);
    return calibration.estimate(
        probability,
        happened -> {
          double sum = 0;
          for (int i = 0; i < alarmed.length; i++) {
            sum += alarmed[i] ? falseAlarm * (1 - happened[i]) : miss * happened[i];
          }
          return sum / alarmed.length;
        },
        "probabilities");
  }

  private static void checkLengths(double[] probability, boolean[] alarmed) {
    if (probability.length != alarmed.length) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          probability.length
              + " probabilities, but "
              + alarmed.length
              + " decisions\nMaybe give one decision for each probability");
    }
  }
}
