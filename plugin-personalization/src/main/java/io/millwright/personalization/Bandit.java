package io.millwright.personalization;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A contextual bandit, which learns offers from feedback. Thread-safe; decisions wait for each
 * other.
 */
public interface Bandit extends Policy {

  /**
   * Decides.
   *
   * @param context what is known; as many finite numbers as the bandit has features
   * @param consented the actions that the customer agreed to; others are never taken
   * @return the decision with its exact propensity, or empty without consent to any
   */
  Optional<Decision> decide(List<Double> context, Set<String> consented);

  /**
   * Learns from what came of a decision.
   *
   * @param decision what was decided
   * @param reward what came of it, finite
   * @return the row to log
   */
  LoggedDecision learn(Decision decision, double reward);

  /**
   * A decision.
   *
   * @param context what was known
   * @param action what to do
   * @param propensity with which probability it was chosen
   */
  record Decision(List<Double> context, String action, double propensity) {
    /** Copies. */
    public Decision {
      context = List.copyOf(context);
    }
  }
}
