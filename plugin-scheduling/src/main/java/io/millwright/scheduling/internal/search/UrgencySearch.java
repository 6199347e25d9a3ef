package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tunes the {@link Urgency} of a {@link FloorWide} simulation to a shop and its objective: some
 * that are far apart, then neighbours of the best. Not thread-safe.
 */
final class UrgencySearch {

  private static final List<Urgency> APART =
      List.of(
          Urgency.BY_WORK,
          new Urgency(0.5, 5, 1, 1, 1),
          new Urgency(0, Double.POSITIVE_INFINITY, 0, 6, 0.2),
          new Urgency(0, 20, 0, 2, 1),
          new Urgency(0.3, 2, 2, 1, 3),
          new Urgency(0, 60, 1, 4, 0.5));

  /** So many operations are placed in neighbours, which are at least and at most so many. */
  private static final int EFFORT = 250_000;

  private static final int FEWEST = 6;
  private static final int MOST = 32;

  /** So many more are tried at most where there is time. */
  private static final int MOST_IN_TIME = 512;

  private final Goal goal;
  private final Timetable timetable;
  private final FloorWide floorWide;
  private final Draws draws;
  private final int neighbours;

  private @Nullable Plan best;
  private Urgency bestUrgency = Urgency.BY_WORK;

  UrgencySearch(Floor floor, Goal goal, Timetable timetable, Draws draws) {
    this.goal = goal;
    this.timetable = timetable;
    this.draws = draws;
    floorWide = new FloorWide(floor, goal);
    neighbours = Math.max(FEWEST, Math.min(MOST, EFFORT / Math.max(1, floor.n)));
  }

  /**
   * The best plan found.
   *
   * @param cancelled ends it without a plan
   * @param stop ends it once there is a plan
   * @return the plan, or null when cancelled
   */
  @Nullable Plan best(Stop cancelled, Stop stop) {
    for (Urgency urgency : APART) {
      if (goal.tardiness == 0 && urgency.ahead() < Double.POSITIVE_INFINITY) {
        continue;
      }
      if (!attempt(urgency, best == null ? cancelled : stop)) {
        return best;
      }
    }
    for (int i = 0; i < neighbours; i++) {
      Urgency near = bestUrgency.near(draws);
      if (!near.equals(bestUrgency) && !attempt(near, stop)) {
        break;
      }
    }
    return best;
  }

  /** Tries neighbours until it is told to stop, and returns the best plan found. */
  @Nullable Plan more(Stop stop) {
    for (int i = 0; i < MOST_IN_TIME && !stop.now(); i++) {
      Urgency near = bestUrgency.near(draws);
      if (!near.equals(bestUrgency) && !attempt(near, stop)) {
        break;
      }
    }
    return best;
  }

  private boolean attempt(Urgency urgency, Stop stop) {
    Plan plan = floorWide.run(urgency, stop);
    if (plan == null) {
      return false;
    }
    double cost = timetable.evaluate(plan);
    Plan known = best;
    if (known == null || cost < known.cost()) {
      best = new Plan(cost, plan.order(), plan.alternative(), plan.foundBy());
      bestUrgency = urgency;
    }
    return true;
  }
}
