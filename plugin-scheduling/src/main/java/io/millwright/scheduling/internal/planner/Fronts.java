package io.millwright.scheduling.internal.planner;

import io.millwright.api.Budget;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.ParetoFront;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Search;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Looks for plans of which none is better by both of two objectives: both ends first, then between
 * two neighbours by the weights that value them alike (dichotomic search, Aneja and Nair 1979).
 * Plans met on the way count as well. For one use.
 */
public final class Fronts {

  /** So many searches at most share the budget. */
  private static final int SEARCHES = 11;

  private final Shop shop;
  private final Objective first;
  private final Objective second;
  private final Budget each;
  private final Executor executor;
  private final int workers;
  private final Stop stop;
  private final List<ParetoFront.Point> points = new ArrayList<>();

  private record Segment(ParetoFront.Point low, ParetoFront.Point high) {}

  public Fronts(
      Shop shop,
      Objective first,
      Objective second,
      Budget budget,
      Executor executor,
      int workers,
      Stop stop) {
    this.shop = shop;
    this.first = first;
    this.second = second;
    this.executor = executor;
    this.workers = workers;
    this.stop = stop;
    Budget part =
        budget.iterations().isPresent()
            ? Budget.iterations(Math.max(1, budget.iterations().getAsLong() / SEARCHES))
            : Budget.of(budget.time().orElse(Duration.ofSeconds(11)).dividedBy(SEARCHES));
    each =
        budget.iterations().isPresent() && budget.time().isPresent()
            ? part.atMost(budget.time().get().dividedBy(SEARCHES))
            : part;
  }

  /** The front; without points when no plan was found. */
  public ParetoFront run() {
    ParetoFront.Point low = solve(List.of(first, second), shop);
    ParetoFront.Point high =
        low == null || stop.now()
            ? null
            : solve(List.of(second, first), shop.withDraft(low.plan()));
    Deque<Segment> open = new ArrayDeque<>();
    if (low != null && high != null) {
      open.add(new Segment(low, high));
    }
    for (int i = 2; i < SEARCHES && !open.isEmpty() && !stop.now(); i++) {
      Segment s = open.poll();
      double a = s.low().second() - s.high().second();
      double b = s.high().first() - s.low().first();
      if (!(a > 0 && b > 0)) {
        i--;
        continue;
      }
      Objective between = weighed(a / (a + b), b / (a + b));
      ParetoFront.Point middle = solve(List.of(between), shop.withDraft(s.low().plan()));
      if (middle != null
          && a * middle.first() + b * middle.second()
              < (a * s.low().first() + b * s.low().second()) * (1 - 1e-9)) {
        open.add(new Segment(s.low(), middle));
        open.add(new Segment(middle, s.high()));
      }
    }
    points.sort(Comparator.comparingDouble(ParetoFront.Point::first));
    return new ParetoFront(first, second, points);
  }

  private Objective weighed(double a, double b) {
    List<Objective.Term> terms = new ArrayList<>();
    first.terms().forEach(t -> terms.add(new Objective.Term(t.measure(), a * t.weight())));
    second.terms().forEach(t -> terms.add(new Objective.Term(t.measure(), b * t.weight())));
    return new Objective(terms);
  }

  private ParetoFront.@Nullable Point solve(List<Objective> objectives, Shop from) {
    Search search = new Search(from, objectives, each, 1, workers, executor, null, stop);
    Timetable timetable = new Timetable(search.floor(), new Goal(objectives, search.floor()));
    Plan best = search.run(stop, plan -> keep(timetable, plan));
    return keep(timetable, best);
  }

  /** A plan as a point, which is kept unless another is at least as good by both. */
  private ParetoFront.@Nullable Point keep(Timetable timetable, Plan plan) {
    Schedule schedule = timetable.schedule(plan);
    if (!timetable.feasible()) {
      return null;
    }
    ParetoFront.Point point =
        new ParetoFront.Point(schedule, first.of(shop, schedule), second.of(shop, schedule));
    for (ParetoFront.Point p : points) {
      if (p.first() <= point.first() && p.second() <= point.second()) {
        return point;
      }
    }
    points.removeIf(p -> p.first() >= point.first() && p.second() >= point.second());
    points.add(point);
    return point;
  }
}
