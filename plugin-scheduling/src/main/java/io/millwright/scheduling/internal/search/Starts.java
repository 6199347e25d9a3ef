package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Orders;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** First plans: the user's draft, the best of the dispatching rules, and of tuned urgencies. */
public final class Starts {

  /** Fewer operations the search arranges by itself in no time. */
  private static final int WIDE = 100;

  /**
   * Of so many operations on moves win little where a simulation of the floor more still does, so
   * that as many are made as there is time for.
   */
  private static final int LARGE = 5_000;

  private Starts() {}

  /**
   * The best first plan.
   *
   * @param timed whether a clock ends the trying, and not a number of moves
   * @param stop ends the trying of rules once there is a plan
   * @param cancelled ends it at once
   * @throws io.millwright.api.MillwrightException with JOB_CANCELLED when cancelled without a plan
   */
  static Plan best(Floor floor, Goal goal, Draws draws, boolean timed, Stop stop, Stop cancelled) {
    Timetable timetable = new Timetable(floor, goal);
    Plan best = null;
    if (floor.shop.draft().isPresent()) {
      Plan draft = ofSchedule(floor, floor.shop.draft().get(), "draft");
      best = priced(timetable, floor.shop.permutation() ? permutation(floor, draft) : draft);
    }
    if (floor.shop.permutation()) {
      Plan neh = new FlowShopIsland(floor, draws, 0).best();
      neh = goal.makespanOnly() ? neh : priced(timetable, neh);
      for (Rule rule : goal.makespanOnly() ? new Rule[0] : Rule.values()) {
        Plan ruled = new Dispatch(floor, rule, 1, 0, draws).run(cancelled);
        Plan plan = ruled == null ? neh : priced(timetable, permutation(floor, ruled));
        neh = plan.cost() < neh.cost() ? plan : neh;
      }
      return best == null || neh.cost() < best.cost() ? neh : best;
    }
    if (floor.conditions.any) {
      ConditionedStarts starts = new ConditionedStarts(floor, goal);
      if (best != null) {
        starts.offer(best);
      }
      Rule[] rules = trials(goal).stream().map(Trial::rule).distinct().toArray(Rule[]::new);
      return starts.ruled(draws, rules, stop, cancelled);
    }
    UrgencySearch wide = null;
    if (FloorWide.fits(floor) && floor.n >= WIDE && (floor.staffed || !goal.makespanOnly())) {
      wide = new UrgencySearch(floor, goal, timetable, draws);
      best = better(best, wide.best(best == null ? cancelled : stop, stop));
      if (timed && floor.staffed && floor.n >= LARGE) {
        // A rule takes ten times as long there, and gives staff to whose machine asks first.
        best = better(best, wide.more(stop));
      }
    }
    for (Trial trial : trials(goal)) {
      if (best != null && stop.now()) {
        return best;
      }
      Plan ruled =
          new Dispatch(floor, trial.rule(), trial.scale(), 0, draws)
              .run(best == null ? cancelled : stop);
      if (ruled == null) {
        if (best == null) {
          throw Floor.stopped();
        }
        return best;
      }
      Plan plan = priced(timetable, ruled);
      best = best == null || plan.cost() < best.cost() ? plan : best;
    }
    return wide != null && timed && floor.n >= LARGE
        ? Objects.requireNonNull(better(best, wide.more(stop)))
        : Objects.requireNonNull(best);
  }

  private static @Nullable Plan better(@Nullable Plan one, @Nullable Plan other) {
    return one == null || other != null && other.cost() < one.cost() ? other : one;
  }

  /** A rule with its look-ahead, relative to the usual one. */
  private record Trial(Rule rule, double scale) {}

  /**
   * What is tried, the most promising first: where time runs out on a large shop the rest is left
   * out, so that no plan is worse than the best rule that was tried.
   */
  private static List<Trial> trials(Goal goal) {
    List<Trial> trials = new ArrayList<>();
    if (goal.tardiness > 0) {
      for (double scale : new double[] {1, 0.3, 3}) {
        trials.add(new Trial(Rule.ATC, scale));
      }
      trials.add(new Trial(Rule.WEIGHTED_DUE, 1));
      trials.add(new Trial(Rule.WSPT, 1));
      trials.add(new Trial(Rule.EDD, 1));
    } else if (goal.flow > 0) {
      trials.add(new Trial(Rule.WSPT, 1));
    } else {
      trials.add(new Trial(Rule.FDD_MWKR, 1));
      trials.add(new Trial(Rule.MWKR, 1));
    }
    for (Rule rule : Rule.values()) {
      if (trials.stream().noneMatch(t -> t.rule() == rule)) {
        trials.add(new Trial(rule, 1));
      }
    }
    return trials;
  }

  /** The plan in which every machine takes the jobs in the order of the plan's first stage. */
  public static Plan permutation(Floor floor, Plan plan) {
    int stages = floor.n / floor.jobs;
    int[] order = new int[floor.n];
    int filled = 0;
    for (int x : plan.order()) {
      if (floor.before[x].length == 0) {
        for (int k = 0; k < stages; k++) {
          order[filled++] = x + k;
        }
      }
    }
    return new Plan(plan.cost(), order, plan.alternative(), plan.foundBy());
  }

  private static Plan priced(Timetable timetable, Plan plan) {
    double cost = timetable.evaluate(plan);
    return new Plan(cost, plan.order(), plan.alternative(), plan.foundBy(), plan.notBefore());
  }

  /**
   * The order and machines of a schedule; precedence comes before its times. Where electricity has
   * a price a late start may be meant, so it is kept as a wait.
   */
  public static Plan ofSchedule(Floor floor, Schedule schedule, String name) {
    Map<List<String>, Assignment> byName = new HashMap<>();
    schedule.assignments().forEach(a -> byName.put(List.of(a.job(), a.operation()), a));
    int[] alternative = new int[floor.n];
    long[] start = new long[floor.n];
    long[] end = new long[floor.n];
    for (int j = 0; j < floor.jobs; j++) {
      var job = floor.shop.jobs().get(j);
      for (int x = floor.jobStart[j]; x < floor.jobStart[j + 1]; x++) {
        String operation = job.operations().get(x - floor.jobStart[j]).id();
        Assignment a = byName.get(List.of(job.id(), operation));
        if (a == null && floor.rejection[j] < Double.POSITIVE_INFINITY) {
          start[x] = job.release();
          end[x] = start[x];
          alternative[x] = ~floor.altStart[x];
          continue;
        }
        if (a == null) {
          throw new IllegalArgumentException("no assignment for " + job.id() + "/" + operation);
        }
        start[x] = a.start();
        end[x] = a.end();
        alternative[x] = Math.max(floor.altStart[x], floor.alternative(x, a));
        if (floor.pinnedAlt[x] >= 0) {
          alternative[x] = floor.pinnedAlt[x];
        }
        if (floor.fixed[x] >= 0) {
          start[x] = floor.fixed[x];
        }
      }
    }
    int[] order = Orders.byTimes(floor, start, end);
    if (floor.conditions.ovens) {
      joinLoads(floor, order, alternative, start);
    }
    return floor.shop.tariff().isPresent()
        ? new Plan(Double.POSITIVE_INFINITY, order, alternative, name, start)
        : new Plan(Double.POSITIVE_INFINITY, order, alternative, name);
  }

  /** Lets what begins on an oven when another does be part of its load. */
  public static void joinLoads(Floor floor, int[] order, int[] alternative, long[] start) {
    Set<List<Long>> begun = new HashSet<>();
    for (int x : order) {
      if (alternative[x] >= 0
          && !begun.add(List.of((long) floor.altMachine[alternative[x]], start[x]))) {
        alternative[x] = floor.conditions.joining(alternative[x]);
      }
    }
  }

  /** The operations by a time, then as they stand in an order. */
  static int[] byTime(long[] time, int[] order) {
    Integer[] sorted = new Integer[order.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = order[i];
    }
    Arrays.sort(sorted, Comparator.comparingLong(x -> time[x]));
    return Arrays.stream(sorted).mapToInt(x -> x).toArray();
  }
}
