package io.millwright.maintenance;

import io.millwright.api.plan.LifeDistribution;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Modes that compete: each fitted with the others taken as censored, which is right when modes are
 * independent; the unit fails by whichever comes first.
 *
 * @param modes the fit of each mode, by its name
 * @param logLikelihood the sum of their log-likelihoods
 * @param distribution the life of the unit
 */
public record CompetingModes(
    Map<String, LifeFit> modes, double logLikelihood, LifeDistribution distribution) {

  /** Copies. */
  public CompetingModes {
    Objects.requireNonNull(distribution, "distribution");
    modes = Collections.unmodifiableMap(new LinkedHashMap<>(modes));
  }
}
