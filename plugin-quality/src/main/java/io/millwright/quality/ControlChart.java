package io.millwright.quality;

import java.time.Instant;
import java.util.Objects;

/**
 * A control chart with its limits: plain data, to be kept with the process. Its constants (c4, d2,
 * …) are computed from the sizes of subgroups when it is used.
 *
 * @param plan the kind of chart
 * @param centre the mean of the process; of an attribute chart the share of defectives or the
 *     defects per unit
 * @param sigma the standard deviation of single readings within subgroups; of an attribute chart
 *     that of one part or unit
 * @param adjustment what is done to values before they are charted; centre and sigma are on the
 *     adjusted scale
 * @param baseline how many subgroups the two were estimated from; 0 when they were given
 * @param made when
 */
public record ControlChart(
    ChartPlan plan,
    double centre,
    double sigma,
    Adjustment adjustment,
    int baseline,
    Instant made) {

  /** Checks. */
  public ControlChart {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(adjustment, "adjustment");
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
    if (plan instanceof ChartPlan.Attributes a
        && !(centre > 0 && (centre < 1 || !a.attribute().parts()))) {
      throw new IllegalArgumentException(
          "the centre is "
              + centre
              + ", but must be above 0"
              + (a.attribute().parts() ? " and, as a share of parts, below 1" : ""));
    }
    if (!(adjustment instanceof Adjustment.AsIs) && plan instanceof ChartPlan.Attributes) {
      throw new IllegalArgumentException("counts are charted as they are, without adjustment");
    }
  }

  /**
   * A chart of values as they are, with given limits.
   *
   * @param plan the kind of chart
   * @param centre the mean
   * @param sigma the standard deviation of single readings, or of one part or unit
   * @param made when
   * @return the chart
   */
  public static ControlChart given(ChartPlan plan, double centre, double sigma, Instant made) {
    return new ControlChart(plan, centre, sigma, new Adjustment.AsIs(), 0, made);
  }
}
