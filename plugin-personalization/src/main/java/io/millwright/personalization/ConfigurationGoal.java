package io.millwright.personalization;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the best completion minimises (objective of a configuration): a weighted sum of measures,
 * less what preferred choices are worth.
 *
 * @param weights for each measure what a unit of it costs, such as price 1 and days 20
 * @param worth for choices, as {@code feature=choice}, what they are worth in the same money, such
 *     as a recommender's or a preference profile's weights
 */
public record ConfigurationGoal(Map<String, Double> weights, Map<String, Double> worth) {

  /**
   * Checks and copies.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for a weight that is not finite
   */
  public ConfigurationGoal {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    worth = Collections.unmodifiableMap(new LinkedHashMap<>(worth));
    for (Map<String, Double> all : java.util.List.of(weights, worth)) {
      all.forEach(
          (name, value) -> {
            if (!Double.isFinite(value)) {
              throw new MillwrightException(
                  ErrorCode.BAD_OPTION,
                  "the weight of " + name + " is " + value + "\nMaybe use a finite number");
            }
          });
    }
  }

  /**
   * Minimises one measure.
   *
   * @param measure such as price
   * @return the goal
   */
  public static ConfigurationGoal least(String measure) {
    return new ConfigurationGoal(Map.of(measure, 1.0), Map.of());
  }

  /**
   * The same with one more measure.
   *
   * @param measure such as days
   * @param weight what a unit of it costs
   * @return the new goal
   */
  public ConfigurationGoal and(String measure, double weight) {
    Map<String, Double> more = new LinkedHashMap<>(weights);
    more.put(measure, weight);
    return new ConfigurationGoal(more, worth);
  }

  /**
   * The same where a choice is preferred.
   *
   * @param feature the feature
   * @param choice the choice
   * @param value what it is worth
   * @return the new goal
   */
  public ConfigurationGoal prefer(String feature, String choice, double value) {
    Map<String, Double> more = new LinkedHashMap<>(worth);
    more.put(feature + "=" + choice, value);
    return new ConfigurationGoal(weights, more);
  }
}
