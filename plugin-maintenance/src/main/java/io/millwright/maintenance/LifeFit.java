package io.millwright.maintenance;

import io.millwright.api.plan.LifeDistribution;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A law fitted to lives by maximum likelihood.
 *
 * @param law the law
 * @param parameters its parameters in the order that {@link LifeLaw} names them
 * @param quantiles the lives that 1, 5, 10, 50, 90 and 99 % fail by
 * @param logLikelihood the logarithm of the likelihood at its largest, of densities in the unit of
 *     the lives
 * @param failures how many lives ended
 * @param running how many still ran
 * @param distance the largest distance of the fitted from the nonparametric survival function
 * @param goodness the probability of at least that distance when the law holds, by resampling;
 *     empty when it was not asked for
 * @param distribution the fitted law
 * @param words what to think of the fit
 */
public record LifeFit(
    LifeLaw law,
    List<Estimate> parameters,
    List<Quantile> quantiles,
    double logLikelihood,
    double failures,
    double running,
    double distance,
    OptionalDouble goodness,
    LifeDistribution distribution,
    String words) {

  /**
   * A parameter.
   *
   * @param name its name
   * @param value its estimate
   * @param error its standard error from the observed information
   * @param low the lower bound by profile likelihood
   * @param high the upper bound by profile likelihood; infinity where the likelihood never falls
   */
  public record Estimate(String name, double value, double error, double low, double high) {}

  /**
   * A quantile of life.
   *
   * @param share the share that fails by then
   * @param value its estimate
   * @param low the lower bound by profile likelihood
   * @param high the upper bound
   */
  public record Quantile(double share, double value, double low, double high) {}

  /** Copies. */
  public LifeFit {
    Objects.requireNonNull(law, "law");
    Objects.requireNonNull(goodness, "goodness");
    Objects.requireNonNull(distribution, "distribution");
    Objects.requireNonNull(words, "words");
    parameters = List.copyOf(parameters);
    quantiles = List.copyOf(quantiles);
  }

  /**
   * Akaike's criterion: less is better, between laws fitted to the same lives.
   *
   * @return 2 parameters - 2 log-likelihood
   */
  public double aic() {
    return 2.0 * parameters.size() - 2 * logLikelihood;
  }

  /**
   * The estimate of a parameter.
   *
   * @param name its name
   * @return the parameter
   */
  public Estimate parameter(String name) {
    return parameters.stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no parameter \"" + name + "\" in " + parameters));
  }
}
