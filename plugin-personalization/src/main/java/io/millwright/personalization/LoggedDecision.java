package io.millwright.personalization;

import java.util.List;

/**
 * A decision that was made, and what came of it.
 *
 * @param context what was known
 * @param action what was done
 * @param propensity with which probability the policy of then did it
 * @param reward what came of it
 */
public record LoggedDecision(
    List<Double> context, String action, double propensity, double reward) {
  /** Copies. */
  public LoggedDecision {
    context = List.copyOf(context);
  }
}
