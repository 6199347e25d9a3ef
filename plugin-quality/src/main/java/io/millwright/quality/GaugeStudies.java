package io.millwright.quality;

import java.util.List;
import java.util.Map;

/**
 * Measurement systems analysis (AIAG, Measurement Systems Analysis, 4th edition 2010): how much of
 * what is seen is the gauge. Obtained from {@link Quality#gauge}; thread-safe.
 */
public interface GaugeStudies {

  /**
   * Gauge R&amp;R where every appraiser measures every part as often as the others, by analysis of
   * variance. The interaction is merged into repeatability where it is far from significant.
   *
   * @param measurements at least 2 parts, 2 appraisers and 2 trials; balanced
   * @param plan level, tolerance, and when to merge
   * @return the study
   * @throws io.millwright.api.MillwrightException naming the parts that are measured more or less
   *     often than others
   */
  GaugeStudy crossed(List<Measurement> measurements, GaugePlan plan);

  /**
   * Gauge R&amp;R where every appraiser measures parts of their own, as many as the others, such as
   * in destructive tests.
   *
   * @param measurements at least 2 parts of each of at least 2 appraisers, 2 trials; balanced
   * @param plan level and tolerance
   * @return the study
   * @throws io.millwright.api.MillwrightException as {@link #crossed}
   */
  GaugeStudy nested(List<Measurement> measurements, GaugePlan plan);

  /**
   * Gauge R&amp;R by averages and ranges, as the AIAG form computes it, with constants of four
   * decimals as it prints them.
   *
   * @param measurements as for {@link #crossed}
   * @return the figures of the form
   */
  AverageRange averageRange(List<Measurement> measurements);

  /**
   * Agreement of appraisers who sort parts into classes.
   *
   * @param ratings every appraiser rates every part as often as the others
   * @param truth the right class of each part, or empty when none is known
   * @param level the level of the intervals
   * @return shares and kappas
   */
  Agreement agreement(List<Rating> ratings, Map<String, String> truth, double level);

  /**
   * One measurement.
   *
   * @param part the part
   * @param appraiser who measured, or with what
   * @param value what was read
   */
  record Measurement(String part, String appraiser, double value) {}

  /**
   * One rating.
   *
   * @param part the part
   * @param appraiser who rated
   * @param label the class
   */
  record Rating(String part, String appraiser, String label) {}

  /**
   * The figures of the AIAG form, as standard deviations.
   *
   * @param meanRange R-double-bar, the mean range of trials
   * @param appraiserDifference the difference of the appraisers' largest and least mean
   * @param partRange the range of the parts' means
   * @param ev equipment variation, repeatability
   * @param av appraiser variation, reproducibility; 0 when it would be imaginary
   * @param grr gauge repeatability and reproducibility
   * @param pv part variation
   * @param tv total variation
   * @param percentGrr 100 grr / tv
   * @param ndc 1.41 pv / grr, the number of distinct categories, not cut to a whole number
   */
  record AverageRange(
      double meanRange,
      double appraiserDifference,
      double partRange,
      double ev,
      double av,
      double grr,
      double pv,
      double tv,
      double percentGrr,
      double ndc) {}
}
