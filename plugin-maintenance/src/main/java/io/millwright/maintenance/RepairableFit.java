package io.millwright.maintenance;

import java.util.List;

/**
 * What repairs tell of systems that are repaired (power law process, recurrent events).
 *
 * @param beta the shape of the power law (Crow 1974): expected repairs by age t are lambda t^beta;
 *     above 1 the systems wear out, below 1 they improve; bounds by profile likelihood
 * @param lambda the scale of the power law
 * @param logLikelihood its log-likelihood
 * @param trend the probability of so much trend, to either side, when there is none (the test of
 *     MIL-HDBK-189: chi-square)
 * @param meanCumulative the mean cumulative function, one point for each age with repairs
 * @param words what it means
 */
public record RepairableFit(
    LifeFit.Estimate beta,
    LifeFit.Estimate lambda,
    double logLikelihood,
    double trend,
    List<MeanCumulative> meanCumulative,
    String words) {

  /**
   * A point of the mean cumulative function (Nelson 1988, 2003).
   *
   * @param age the age
   * @param atRisk how many systems were watched at it
   * @param repairs how many repairs there were at it
   * @param mean the mean number of repairs of a system by then
   * @param error its standard error, robust to repairs of a system depending on each other (Lawless
   *     and Nadeau 1995)
   * @param low the lower end of its interval on the logarithmic scale, Student's with one less than
   *     the systems at risk, so that few systems give wide ones
   * @param high the upper end
   */
  public record MeanCumulative(
      double age, int atRisk, int repairs, double mean, double error, double low, double high) {}

  /** Copies. */
  public RepairableFit {
    meanCumulative = List.copyOf(meanCumulative);
  }
}
