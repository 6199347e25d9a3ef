package io.millwright.personalization;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A feature of a product: exactly one of its choices is taken. An option that can be there or not
 * is a feature with the choices {@code no} and {@code yes}; a dimension is one with a number for
 * each choice.
 *
 * @param name the name, unique in the model
 * @param words other words for it in requests, in any language
 * @param choices what can be chosen, at least one
 * @param unit the unit of the choices' numbers, such as {@code m}; empty for none
 */
public record Feature(String name, List<String> words, List<Choice> choices, String unit) {

  /** The choice of an option that is there. */
  public static final String YES = "yes";

  /** The choice of an option that is not there. */
  public static final String NO = "no";

  /**
   * One choice.
   *
   * @param name the name, unique in the feature
   * @param words other words for it in requests
   * @param number what it counts or measures; NaN where it is none
   * @param measures what it adds to sums over the product, such as price, weight and days; absent
   *     ones add 0
   */
  public record Choice(
      String name, List<String> words, double number, Map<String, Double> measures) {
    /** Copies. */
    public Choice {
      words = List.copyOf(words);
      measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }
  }

  /**
   * Checks and copies.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when there is no choice, or two
   *     of one name
   */
  public Feature {
    words = List.copyOf(words);
    choices = List.copyOf(choices);
    Set<String> names = new HashSet<>();
    for (Choice c : choices) {
      if (!names.add(c.name)) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "feature " + name + " has two choices \"" + c.name + "\"\nMaybe rename one");
      }
    }
    if (choices.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "feature " + name + " has no choice\nMaybe leave it out");
    }
  }

  /**
   * Whether it is an option that is there or not.
   *
   * @return true when the choices are no and yes
   */
  public boolean isOption() {
    return choices.size() == 2 && choices.get(0).name.equals(NO) && choices.get(1).name.equals(YES);
  }

  /**
   * Whether its choices are numbers.
   *
   * @return true when all are
   */
  public boolean isNumeric() {
    return choices.stream().noneMatch(c -> Double.isNaN(c.number));
  }

  /**
   * The place of a choice.
   *
   * @param choice its name
   * @return its place from 0, or -1
   */
  public int indexOf(String choice) {
    for (int k = 0; k < choices.size(); k++) {
      if (choices.get(k).name.equals(choice)) {
        return k;
      }
    }
    return -1;
  }
}
