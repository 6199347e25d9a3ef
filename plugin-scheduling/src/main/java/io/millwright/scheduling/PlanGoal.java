package io.millwright.scheduling;

import io.millwright.api.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A goal or a rule of the host as a function over the plan (user-defined objective or hard
 * constraint). Users implement it; it must be pure, and is called from one thread at a time, once
 * for each plan that the search looks at. What it costs is added to the objective.
 */
public interface PlanGoal {

  /**
   * The name for people, as it stands beside its value.
   *
   * @return the name
   */
  String name();

  /**
   * What a plan costs by this goal.
   *
   * @param shop the shop
   * @param plan a complete plan that keeps the shop's own rules
   * @return the cost in units of the objective, 0 or more, finite
   */
  double cost(Shop shop, Schedule plan);

  /**
   * Where a plan breaks the rule. A search mends that first, and gives no plan that breaks it.
   *
   * @param shop the shop
   * @param plan the plan
   * @return every place where it is broken; empty for a plan that keeps it, and for a mere goal
   */
  default List<Finding> broken(Shop shop, Schedule plan) {
    return List.of();
  }

  /**
   * What the choice of machines costs, or anything else that is said of single operations: rates of
   * machines, cost of an alternative.
   *
   * @param name the name
   * @param cost what an operation costs where it stands, 0 or more
   * @return the goal
   */
  static PlanGoal costs(String name, ToDoubleFunction<Assignment> cost) {
    Objects.requireNonNull(cost, "cost");
    return new SimpleGoal(
        name, (shop, plan) -> plan.assignments().stream().mapToDouble(cost).sum());
  }

  /**
   * Work in the extra shifts of machines costs more (overtime).
   *
   * @param price what each tick of work in an extra window of its machine's calendar costs
   * @return the goal
   */
  static PlanGoal overtime(double price) {
    return new SimpleGoal(
        "overtime",
        (shop, plan) -> {
          double ticks = 0;
          Map<String, Set<Window>> taken = SimpleGoal.taken(plan);
          for (Machine m : shop.machines()) {
            for (Window w : taken.getOrDefault(m.id(), Set.of())) {
              for (Window extra : m.calendar().extra()) {
                long from = Math.max(w.from(), extra.from());
                long to = Math.min(w.to(), extra.to());
                if (from < to) {
                  ticks += SimpleGoal.beyond(m.calendar(), from, to);
                }
              }
            }
          }
          return price * ticks;
        });
  }

  /**
   * An even load (resource levelling): the sum over machines and spans of the squared load, as a
   * share of the span, weighed by its length; a machine that is busy half of each of two spans
   * costs half of one that is busy all of the first. A load of an oven counts once, and while its
   * calendar is closed a machine is not busy.
   *
   * @param span the ticks of a span, such as a day, at least 1
   * @param price what one machine that is busy all of one tick costs
   * @return the goal
   */
  static PlanGoal levelling(long span, double price) {
    if (span < 1) {
      throw new IllegalArgumentException("a span of " + span + " ticks, but it must be positive");
    }
    return new SimpleGoal(
        "load",
        (shop, plan) -> {
          Map<String, Set<Window>> taken = SimpleGoal.taken(plan);
          double squares = 0;
          for (Machine m : shop.machines()) {
            Map<Long, Double> own = new HashMap<>();
            for (Window w : taken.getOrDefault(m.id(), Set.of())) {
              for (Window busy : m.calendar().open(w.from(), w.to())) {
                for (long k = busy.from() / span; k * span < busy.to(); k++) {
                  double in = Math.min(busy.to(), (k + 1) * span) - Math.max(busy.from(), k * span);
                  own.merge(k, in / span, Double::sum);
                }
              }
            }
            squares += own.values().stream().mapToDouble(l -> l * l).sum();
          }
          return price * span * squares;
        });
  }
}
