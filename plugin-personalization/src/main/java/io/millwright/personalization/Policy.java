package io.millwright.personalization;

import java.util.List;
import java.util.Map;

/** Decides by a context, with probabilities. Implemented by users; must be pure. */
@FunctionalInterface
public interface Policy {

  /**
   * With which probability each action is taken.
   *
   * @param context what is known
   * @return probabilities by action, summing to 1; absent actions have 0
   */
  Map<String, Double> probabilities(List<Double> context);
}
