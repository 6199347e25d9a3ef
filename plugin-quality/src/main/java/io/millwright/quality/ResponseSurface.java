package io.millwright.quality;

import java.util.Map;

/**
 * How a characteristic depends on settings, learnt from runs (response surface; Gaussian process
 * regression). Thread-safe.
 */
public interface ResponseSurface {

  /**
   * The mean of the characteristic.
   *
   * @param settings one for each knob; those that are not named stand as today
   * @return the mean, with its interval at the problem's confidence
   */
  Span mean(Map<String, Double> settings);

  /**
   * One part.
   *
   * @param settings one for each knob; those that are not named stand as today
   * @return the mean, with the interval of a part at the problem's confidence
   */
  Span part(Map<String, Double> settings);

  /**
   * The share of the variance of runs that is predicted when they are left out (leave-one-out R2).
   *
   * @return at most 1; 0 or less where the settings tell nothing
   */
  double explained();

  /**
   * What settings do not tell: the standard deviation of parts made alike.
   *
   * @return in units of the characteristic
   */
  double noise();

  /**
   * What kind of surface was chosen and from how many runs.
   *
   * @return for people
   */
  String words();
}
