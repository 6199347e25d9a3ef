package io.millwright.api.plan;

/**
 * How long a unit lives until it fails, as a probability law (lifetime distribution): what policies
 * and plans take from reliability, whoever fitted it. Immutable and thread-safe. Time is in the
 * unit that the lives were given in, from 0 when the unit is new.
 */
public interface LifeDistribution {

  /**
   * The distribution function.
   *
   * @param time 0 or more
   * @return the probability of having failed by then, 0 to 1
   */
  double cdf(double time);

  /**
   * The time by which a share has failed: B10 for 0.1.
   *
   * @param probability 0 or more and below 1
   * @return the time; infinity when so many never fail
   */
  double quantile(double probability);

  /**
   * The mean life.
   *
   * @return the mean; infinity when it does not exist
   */
  double mean();

  /**
   * The hazard: the rate of failures among those that still live.
   *
   * @param time above 0
   * @return failures for each unit of time
   */
  double hazard(double time);

  /**
   * The survival function.
   *
   * @param time 0 or more
   * @return the probability of living longer
   */
  default double survival(double time) {
    return 1 - cdf(time);
  }
}
