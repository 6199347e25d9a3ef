package io.millwright.maintenance;

import io.millwright.api.plan.LifeDistribution;
import java.util.List;
import java.util.function.Function;

/**
 * A regression of lives on what they lived under.
 *
 * @param coefficients accelerated life: {@code b0}, then one for each covariate, then {@code
 *     sigma}, of log life = b0 + b x + sigma e; proportional hazards: one for each covariate, of
 *     log hazard ratio. With standard errors and profile-likelihood bounds
 * @param logLikelihood the log-likelihood, or the partial one of proportional hazards
 * @param at the law of a life under covariates
 */
public record LifeRegression(
    List<LifeFit.Estimate> coefficients,
    double logLikelihood,
    Function<List<Double>, LifeDistribution> at) {

  /** Copies. */
  public LifeRegression {
    coefficients = List.copyOf(coefficients);
  }
}
