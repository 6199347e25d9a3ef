package io.millwright.personalization;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.Solution;

/**
 * Customised design: the best valid configuration whose property is good enough with enough
 * certainty, by a learned model. Thread-safe.
 */
public interface Designer {

  /**
   * Searches. The property's one-sided bound at the level is taken from the predictor's quantiles;
   * configurations for which the predictor abstains, flags inputs outside its training range, or
   * has no calibrated quantiles are not answers.
   *
   * @param goal what to minimise, such as the lightest: {@code ConfigurationGoal.least("weight")}
   * @param least the property must be at least this
   * @param level with this probability, 0.5 to 1, such as 0.95
   * @param budget when to stop; iterations are predictions
   * @return the job. {@code OPTIMAL} only where all valid configurations were looked at
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} for a level outside its range
   */
  Job<Solution<Design>> optimize(ConfigurationGoal goal, double least, double level, Budget budget);

  /**
   * A design.
   *
   * @param configuration the choices and measures
   * @param property the predicted property
   * @param bound what the property reaches with the asked probability
   * @param predictions how many configurations were predicted
   */
  record Design(
      Configurator.Completion configuration, double property, double bound, long predictions) {}
}
