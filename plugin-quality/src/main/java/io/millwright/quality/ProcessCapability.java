package io.millwright.quality;

import java.util.Objects;
import java.util.Optional;

/**
 * How well a process keeps within its limits of specification (capability and performance indices).
 * Cp and Cpk use the standard deviation within subgroups (what the process can do), Pp and Ppk that
 * of all readings (what it did). With one limit only, Cp, Pp and Cpm do not exist; of other laws
 * than the normal there are Pp and Ppk alone, by the quantiles at 0.135 %, 50 % and 99.865 % (ISO
 * 22514-4).
 *
 * @param readings how many readings it was computed from
 * @param mean their mean
 * @param deviation their standard deviation (divisor n - 1)
 * @param within the standard deviation within subgroups: mean moving range / d2 of single readings,
 *     mean standard deviation / c4 of subgroups
 * @param cp (upper - lower) / (6 within); its interval takes {@code within} as chi with the degrees
 *     of freedom that its variance has, of moving ranges 0.62 (n - 1) (Boyles 1997)
 * @param cpk the distance from the mean to the nearer limit / (3 within), with Bissell's interval
 *     (1990)
 * @param pp (upper - lower) / (6 deviations), with its interval from the chi-square distribution
 *     (Montgomery 2013, equation 8.19)
 * @param ppk the distance from the mean to the nearer limit / (3 deviations), with Bissell's
 *     interval (1990; Montgomery 2013, equation 8.21)
 * @param cpm (upper - lower) / (6 sqrt(deviation^2 + (mean - target)^2)), with the interval of
 *     Boyles (1991); empty without a target
 * @param beyond the share of parts expected beyond the limits, in parts per million, by the fitted
 *     law
 * @param law what the readings were taken as, with its parameters, in words
 * @param level the level of the intervals
 */
public record ProcessCapability(
    int readings,
    double mean,
    double deviation,
    double within,
    Optional<Index> cp,
    Optional<Index> cpk,
    Optional<Index> pp,
    Index ppk,
    Optional<Index> cpm,
    double beyond,
    String law,
    double level) {

  /**
   * An index with its interval.
   *
   * @param value its estimate
   * @param low the lower end
   * @param high the upper end
   */
  public record Index(double value, double low, double high) {}

  /** Checks. */
  public ProcessCapability {
    Objects.requireNonNull(cp, "cp");
    Objects.requireNonNull(cpk, "cpk");
    Objects.requireNonNull(pp, "pp");
    Objects.requireNonNull(ppk, "ppk");
    Objects.requireNonNull(cpm, "cpm");
    Objects.requireNonNull(law, "law");
  }
}
