package io.millwright.personalization;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A rule that every valid configuration keeps. */
public sealed interface ProductRule {

  /**
   * The rule's name, as conflicts show it.
   *
   * @return the name, unique in the model
   */
  String name();

  /**
   * That a feature has one of some choices.
   *
   * @param feature the feature's name
   * @param choices the choices' names
   */
  record Condition(String feature, Set<String> choices) {
    /** Copies. */
    public Condition {
      choices = Set.copyOf(choices);
    }

    /**
     * Whether it holds.
     *
     * @param configuration for each feature the choice
     * @return true when it does
     */
    public boolean holds(Map<String, String> configuration) {
      return choices.contains(configuration.get(feature));
    }
  }

  /**
   * If all conditions of the first list hold, at least one of the second does: requires; and
   * excludes, with an empty second list.
   *
   * @param name the rule's name
   * @param when all of these
   * @param then at least one of these
   */
  record Implies(String name, List<Condition> when, List<Condition> then) implements ProductRule {
    /** Copies. */
    public Implies {
      when = List.copyOf(when);
      then = List.copyOf(then);
    }
  }

  /**
   * How many of some conditions hold: cardinality.
   *
   * @param name the rule's name
   * @param of the conditions
   * @param least at least so many
   * @param most at most so many
   */
  record Count(String name, List<Condition> of, int least, int most) implements ProductRule {
    /** Copies. */
    public Count {
      of = List.copyOf(of);
    }
  }

  /**
   * A term of a sum.
   *
   * @param factor times
   * @param of the number of a numeric feature, or a measure summed over the whole product
   * @param measure whether it is a measure
   */
  record Term(double factor, String of, boolean measure) {}

  /**
   * A linear sum over numbers and measures within limits: arithmetic over dimensions, price and
   * weight.
   *
   * @param name the rule's name
   * @param when the limit holds where all of these do
   * @param terms the sum
   * @param low the least, or negative infinity
   * @param high the most, or infinity
   */
  record Limit(String name, List<Condition> when, List<Term> terms, double low, double high)
      implements ProductRule {
    /** Copies. */
    public Limit {
      when = List.copyOf(when);
      terms = List.copyOf(terms);
    }
  }
}
