package io.millwright.scheduling;

import io.millwright.api.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a plan is to minimise (objective function): a weighted sum of measures. Several objectives
 * in a list are lexicographic: the first counts, the next break ties.
 *
 * @param terms the measures with their weights, at least one
 */
public record Objective(List<Term> terms) {

  private static final Unit MIXED = Unit.of("cost");

  /**
   * One measure of the sum.
   *
   * @param measure the measure
   * @param weight what one unit of it costs, positive
   */
  public record Term(Measure measure, double weight) {

    /** Checks. */
    public Term {
      Objects.requireNonNull(measure, "measure");
      if (!(weight > 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException(
            "the weight of " + measure.label() + " is " + weight + ", but must be positive");
      }
    }
  }

  /** Checks and copies. */
  public Objective {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("an objective needs at least one term");
    }
  }

  /**
   * One measure alone.
   *
   * @param measure the measure
   * @return the objective
   */
  public static Objective of(Measure measure) {
    return new Objective(List.of(new Term(measure, 1)));
  }

  /**
   * This objective and one more measure.
   *
   * @param weight what one unit of the measure costs
   * @param measure the measure
   * @return the new objective
   */
  public Objective plus(double weight, Measure measure) {
    List<Term> all = new ArrayList<>(terms);
    all.add(new Term(measure, weight));
    return new Objective(all);
  }

  /**
   * The objective's name for people, such as {@code makespan} or {@code weighted tardiness + 0.5
   * setup time}.
   *
   * @return the name
   */
  public String name() {
    return terms.stream()
        .map(t -> t.weight() == 1 ? t.measure().label() : t.weight() + " " + t.measure().label())
        .collect(Collectors.joining(" + "));
  }

  /**
   * The unit of the weighted sum.
   *
   * @param shop the shop that is planned
   * @return the money of its tariff when every measure is energy cost, its tick when none is, and
   *     {@code cost} when ticks and money are added, or jobs can be left out: their weights then
   *     turn both into what the planner counts in
   */
  public Unit unit(Shop shop) {
    if (terms.stream().anyMatch(t -> t.measure() == Measure.REJECTION_COST)) {
      return MIXED;
    }
    long money = terms.stream().filter(t -> t.measure() == Measure.ENERGY_COST).count();
    if (money == 0) {
      return shop.tick();
    }
    return money == terms.size() ? shop.tariff().map(Tariff::currency).orElse(Unit.NONE) : MIXED;
  }

  /**
   * Measures a plan.
   *
   * @param shop the shop it is for
   * @param plan the plan
   * @return the weighted sum
   */
  public double of(Shop shop, Schedule plan) {
    double sum = 0;
    for (Term t : terms) {
      sum += t.weight() * t.measure().of(shop, plan);
    }
    return sum;
  }
}
