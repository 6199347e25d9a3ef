package io.millwright.quality;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A multivariate control chart with what its limits follow from: plain data, to be kept with the
 * process.
 *
 * @param plan the kind of chart
 * @param variables the names of the variables, or of the coefficients of a profile
 * @param mean the mean of each
 * @param covariance their covariance within subgroups, row by row, symmetric and positive definite
 * @param residual of profiles the standard deviation about the curve; 0 otherwise
 * @param baseline from how many readings they were estimated; 0 when they were given
 * @param made when
 */
public record MultivariateChart(
    MultivariatePlan plan,
    List<String> variables,
    List<Double> mean,
    List<List<Double>> covariance,
    double residual,
    int baseline,
    Instant made) {

  /** Copies and checks sizes. */
  public MultivariateChart {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(made, "made");
    variables = List.copyOf(variables);
    mean = List.copyOf(mean);
    covariance = covariance.stream().map(List::copyOf).toList();
    int p = variables.size();
    if (p < 1
        || mean.size() != p
        || covariance.size() != p
        || covariance.stream().anyMatch(row -> row.size() != p)) {
      throw new IllegalArgumentException(
          "there are "
              + p
              + " variables, "
              + mean.size()
              + " means and "
              + covariance.size()
              + " rows of covariance; they must be as many");
    }
  }
}
