package io.millwright.supplychain;

import java.util.Objects;

/**
 * The effect of one covariate on demand (regression coefficient as a factor, all series together).
 *
 * @param name the covariate
 * @param kept whether it has a weight in forecasts
 * @param gain by what share errors at rolling origins were less with it alone; below 0 they were
 *     more
 * @param factor what demand is multiplied by when the covariate rises by {@code unit}; 1 when it is
 *     not kept
 * @param unit a rise of 10 % for covariates that act by their logarithm, otherwise a rise by 1
 */
public record CovariateEffect(String name, boolean kept, double gain, double factor, String unit) {

  /** Checks. */
  public CovariateEffect {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
  }
}
