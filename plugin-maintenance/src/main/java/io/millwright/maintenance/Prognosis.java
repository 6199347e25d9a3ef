package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * How well a machine's remaining life is predicted, as the evaluation of a model of remaining life
 * tells it (error distribution of a prognostic model). Times are in the unit of the machine's life.
 *
 * @param every the time between two predictions, above 0
 * @param error the standard deviation of the logarithm of predicted over true remaining life, from
 *     0.01 to 3; half of its variance stays for a whole life
 * @param early the early life: a longer remaining life is only known to be longer; infinity when
 *     every life is predicted
 */
public record Prognosis(double every, double error, double early) {

  /** Checks. */
  public Prognosis {
    if (!(every > 0)
        || Double.isInfinite(every)
        || !(error >= 0.01 && error <= 3)
        || !(early > 0)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a prognosis every "
              + every
              + " with an error of "
              + error
              + " and an early life of "
              + early
              + "\nMaybe give the error on the scale of logarithms: 0.3 for about 30 %");
    }
  }
}
