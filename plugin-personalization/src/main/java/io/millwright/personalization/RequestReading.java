package io.millwright.personalization;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was understood of a request (slot filling).
 *
 * @param understood for features the choice, with how sure it is and the words it came from
 * @param questions what should be asked, in the words of the model
 * @param unread the words that said nothing to the model
 */
public record RequestReading(
    List<Understood> understood, List<String> questions, List<String> unread) {

  /** Copies. */
  public RequestReading {
    understood = List.copyOf(understood);
    questions = List.copyOf(questions);
    unread = List.copyOf(unread);
  }

  /**
   * One thing that was understood.
   *
   * @param feature the feature
   * @param choice the choice
   * @param confidence 0 to 1: 1 for the model's own words, less for words that are nearly those,
   *     for numbers that were rounded, and where another reading is possible. A score, not a
   *     calibrated probability
   * @param words the words of the request it came from
   */
  public record Understood(String feature, String choice, double confidence, String words) {}

  /**
   * The wish that was understood with at least some confidence.
   *
   * @param confidence the least
   * @return for each feature the choice, for {@link Configurator#nearest}
   */
  public Map<String, String> wish(double confidence) {
    Map<String, String> wish = new LinkedHashMap<>();
    for (Understood u : understood) {
      if (u.confidence >= confidence) {
        wish.put(u.feature, u.choice);
      }
    }
    return Collections.unmodifiableMap(wish);
  }
}
