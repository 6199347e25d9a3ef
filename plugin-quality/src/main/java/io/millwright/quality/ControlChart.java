package io.millwright.quality;

import java.time.Instant;
import java.util.Objects;

/**
 * A control chart with its limits: plain data, to be kept with the process. Its constants (c4, d2,
 * …) are computed from the sizes of subgroups when it is used.
 *
 * @param plan the kind of chart
 * @param centre the mean of the process; of a p chart the share of defectives
 * @param sigma the standard deviation of single readings within subgroups; of a p chart that of one
 *     part
 * @param baseline how many subgroups the two were estimated from; 0 when they were given
 * @param made when
 */
public record ControlChart(
    ChartPlan plan, double centre, double sigma, int baseline, Instant made) {

  /** Checks. */
  public ControlChart {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(made, "made");
    if (!Double.isFinite(centre) || !(sigma > 0) || Double.isInfinite(sigma) || baseline < 0) {
      throw new IllegalArgumentException(
          "centre is "
              + centre
              + ", sigma "
              + sigma
              + ", baseline "
              + baseline
              + ", but must be finite, above 0, and at least 0");
    }
    if (plan instanceof ChartPlan.Shares && !(centre > 0 && centre < 1)) {
      throw new IllegalArgumentException(
          "the share of defectives is " + centre + ", but must lie between 0 and 1, both excluded");
    }
  }
}
