package io.millwright.personalization;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.Solution;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Configures one product, always validly: what is shown as possible can be completed. Choices are
 * kept by the caller, in an immutable {@link Configuration}. Thread-safe; calls wait for each
 * other. The same calls in the same order give the same answers.
 */
public interface Configurator {

  /**
   * The model.
   *
   * @return the model
   */
  ProductModel model();

  /**
   * What is worth knowing about the model itself: choices that no valid configuration has, features
   * that only one choice is left of, and rules that require each other in a ring.
   *
   * @return remarks for its author
   */
  List<String> remarks();

  /**
   * Nothing chosen yet.
   *
   * @return the beginning
   */
  Configuration start();

  /**
   * One more choice.
   *
   * @param now what is chosen so far
   * @param feature the feature; a choice that it had is replaced
   * @param choice the choice
   * @return the new state, with what is then possible (exactly)
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#NO_SOLUTION} when the choice is not possible; the message says
   *     why, as {@link #whyNot}
   */
  Configuration choose(Configuration now, String feature, String choice);

  /**
   * Takes a choice back.
   *
   * @param now what is chosen
   * @param feature the feature
   * @return the new state
   */
  Configuration release(Configuration now, String feature);

  /**
   * Why a choice is not possible: a smallest set of choices and rules in conflict with it. Without
   * any one of them the rest is no conflict.
   *
   * @param now what is chosen
   * @param feature the feature
   * @param choice the choice
   * @return the conflict; empty when the choice is possible
   */
  Conflict whyNot(Configuration now, String feature, String choice);

  /**
   * Any valid completion, by the solver of our own, near to the last ones.
   *
   * @param now what is chosen
   * @return for each feature a choice
   */
  Map<String, String> complete(Configuration now);

  /**
   * The best completion through CP-SAT.
   *
   * @param now what is chosen, which stays
   * @param goal what to minimise
   * @param budget when to stop; iterations are units of deterministic work
   * @return the job; its solution says whether it is proven
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#NO_ENGINE} when OR-Tools is not on the class path
   */
  Job<Solution<Completion>> best(Configuration now, ConfigurationGoal goal, Budget budget);

  /**
   * The valid configuration nearest to a wish that may contradict the rules: as many wishes kept as
   * possible; of numbers that cannot be, the nearest.
   *
   * @param wish for each feature the wished choice; may leave features out
   * @param budget when to stop
   * @return the job
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} for unknown features or choices, {@link
   *     io.millwright.api.ErrorCode#NO_ENGINE} when OR-Tools is not on the class path
   */
  Job<Solution<Completion>> nearest(Map<String, String> wish, Budget budget);

  /**
   * Reads a request in Chinese or English: names and other words of the model, numbers with units,
   * and words that are nearly those. Whatever the text says is looked up, never obeyed.
   *
   * @param text the request
   * @return what was understood, and what should be asked
   */
  RequestReading read(String text);

  /**
   * What is chosen, and what is then possible.
   *
   * @param chosen for each decided feature the choice
   * @param possible for each feature the choices that have a valid completion, exactly; a decided
   *     feature has the one
   */
  record Configuration(Map<String, String> chosen, Map<String, Set<String>> possible) {
    /** Copies. */
    public Configuration {
      chosen = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(chosen));
      possible = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(possible));
    }

    /**
     * Whether every feature has one choice left.
     *
     * @return true when nothing is to be asked
     */
    public boolean complete() {
      return possible.values().stream().allMatch(p -> p.size() == 1);
    }
  }

  /**
   * A smallest set in conflict.
   *
   * @param choices the choices that take part, such as {@code material = steel}, the wished one
   *     included
   * @param rules the names of the rules that take part
   */
  record Conflict(List<String> choices, List<String> rules) {
    /** Copies. */
    public Conflict {
      choices = List.copyOf(choices);
      rules = List.copyOf(rules);
    }

    /**
     * Whether there is no conflict.
     *
     * @return true when nothing is in conflict
     */
    public boolean isEmpty() {
      return choices.isEmpty() && rules.isEmpty();
    }

    @Override
    public String toString() {
      return String.join(" and ", choices)
          + (rules.isEmpty()
              ? ""
              : (choices.size() == 1 ? " breaks " : " break ")
                  + (rules.size() == 1 ? "rule " : "rules ")
                  + String.join(", ", rules));
    }
  }

  /**
   * A complete configuration.
   *
   * @param choices for each feature the choice
   * @param measures the sums, such as price
   * @param changed the features whose wish was not kept
   */
  record Completion(
      Map<String, String> choices, Map<String, Double> measures, List<String> changed) {
    /** Copies. */
    public Completion {
      choices = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(choices));
      measures = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(measures));
      changed = List.copyOf(changed);
    }
  }
}
