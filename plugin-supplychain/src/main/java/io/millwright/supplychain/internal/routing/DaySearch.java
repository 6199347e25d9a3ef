package io.millwright.supplychain.internal.routing;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.supplychain.DayPlan;
import io.millwright.supplychain.DayRules;
import io.millwright.supplychain.RoutePlan;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.Stop;
import io.millwright.supplychain.StopVisit;
import io.millwright.supplychain.Vehicle;
import io.millwright.supplychain.VehicleRoute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Plans a day in rounds: the plain problem is solved with travel times that carry the traffic and
 * the breaks on average, its tours become trips of vehicles by the clock of the day, and where they
 * do not fit the next round's travel times are longer, where they do a little shorter. The cheapest
 * day that fits is kept. Used once, by one thread.
 */
final class DaySearch {

  static final int ROUNDS = 6;

  /** More rounds of little search, when none fitted. */
  private static final int MORE = 8;

  private static final double LONGER = 1.1;
  private static final double SHORTER = 0.96;
  private static final double MUCH_SHORTER = 0.8;

  private final RoutingProblem problem;
  private final DayRules rules;
  private final DayClock clock;
  private final Map<String, Stop> stops = new HashMap<>();
  private String why = "";

  DaySearch(RoutingProblem problem, DayRules rules) {
    if (problem.stops().stream().anyMatch(s -> s.uncertain().isPresent())) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "deliveries of \""
              + problem.name()
              + "\" are uncertain, which plans of a day do not count"
              + "\nMaybe plan routes without traffic, breaks and trips, or give what is expected");
    }
    if (problem.draft().isPresent() || !problem.begun().isEmpty()) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "the problem "
              + problem.name()
              + " has a draft or begun routes, which days with traffic, breaks and trips do not"
              + " know\n"
              + "Maybe plan it without these rules, or from the start");
    }
    for (Vehicle v : problem.vehicles()) {
      if (rules.trips() > 1 && v.start() != v.end()) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "vehicle \""
                + v.id()
                + "\" starts and ends at different locations, so it cannot make several trips"
                + "\nMaybe give it one trip, or one depot");
      }
    }
    this.problem = problem;
    this.rules = rules;
    this.clock = new DayClock(problem, rules);
    problem.stops().forEach(s -> stops.put(s.id(), s));
  }

  /**
   * Searches.
   *
   * @param plain plans a problem in one round's share of the budget
   */
  DayPlan run(
      Function<RoutingProblem, RoutePlan> plain, java.util.function.BooleanSupplier stopped) {
    double stretch = 1;
    Optional<DayPlan> best = Optional.empty();
    for (int round = 0; round < ROUNDS + MORE; round++) {
      if ((round >= ROUNDS || stopped.getAsBoolean()) && best.isPresent()) {
        break;
      }
      Optional<DayPlan> day;
      try {
        day = day(plain.apply(stretched(stretch)));
      } catch (MillwrightException e) {
        if (e.code().equals(ErrorCode.JOB_CANCELLED) || best.isPresent() || stretch < 0.2) {
          if (best.isPresent()) {
            break;
          }
          throw e;
        }
        // Averages can be too long where the day itself is not.
        why = String.valueOf(e.getMessage());
        stretch *= MUCH_SHORTER;
        continue;
      }
      if (day.isPresent() && (best.isEmpty() || day.get().cost() < best.get().cost())) {
        best = day;
      }
      stretch *= day.isPresent() ? SHORTER : LONGER;
    }
    return best.orElseThrow(
        () ->
            new MillwrightException(
                ErrorCode.NO_SOLUTION,
                "no day was found that keeps traffic, breaks and shifts: "
                    + why
                    + "\nMaybe more vehicles, more trips, a longer shift or wider windows"));
  }

  /** The plain problem: average traffic and breaks in its times, a vehicle for each trip. */
  private RoutingProblem stretched(double stretch) {
    RoutingProblem.Builder builder =
        problem.toBuilder()
            .travel(problem.travel().withTimes((from, to, time) -> stretch * average() * time))
            .withoutVehicles();
    for (Vehicle v : problem.vehicles()) {
      double most = Math.min(v.latest() - v.earliest(), v.hours());
      double breaks =
          Double.isFinite(most) ? Math.floor(most / rules.breakAfter()) * rules.breakLasts() : 0;
      boolean cut = rules.trips() == 1 && breaks > 0 && Double.isFinite(v.latest());
      Vehicle.Builder one =
          Vehicle.builder(v.id())
              .count(v.count() * rules.trips())
              .capacity(v.capacity().stream().mapToDouble(c -> c).toArray())
              .between(v.start(), v.end())
              .shift(v.earliest(), cut ? Math.max(v.earliest(), v.latest() - breaks) : v.latest())
              .costs(v.fixedCost() / rules.trips(), v.costPerDistance(), v.costPerTime())
              .longest(v.longest())
              .hours(v.hours())
              .skills(v.skills().toArray(String[]::new));
      builder.vehicle(one.build());
    }
    return builder.build();
  }

  /** The mean factor over the shifts, or over the spans of traffic. */
  private double average() {
    double from = Double.POSITIVE_INFINITY;
    double to = 0;
    for (Vehicle v : problem.vehicles()) {
      from = Math.min(from, v.earliest());
      to = Math.max(to, Double.isFinite(v.latest()) ? v.latest() : 0);
    }
    if (rules.traffic().isEmpty()) {
      return 1;
    }
    int last = rules.traffic().size() - 1;
    to = to > from ? to : rules.traffic().get(last).to();
    from = Double.isFinite(from) ? Math.min(from, to) : rules.traffic().get(0).from();
    if (!(to > from)) {
      return 1;
    }
    double sum = to - from;
    for (DayRules.Traffic t : rules.traffic()) {
      double inside = Math.min(to, t.to()) - Math.max(from, t.from());
      sum += Math.max(0, inside) * (t.factor() - 1);
    }
    return Math.max(0.1, sum / (to - from));
  }

  /** One trip of the plain plan. */
  private record Tour(Vehicle vehicle, List<Stop> stops, double due) {}

  /** The tours of a plain plan as days of vehicles; empty when one of them fits nowhere. */
  private Optional<DayPlan> day(RoutePlan plan) {
    Map<String, Vehicle> types = new HashMap<>();
    problem.vehicles().forEach(v -> types.put(v.id(), v));
    List<Tour> tours = new ArrayList<>();
    for (VehicleRoute route : plan.routes()) {
      Vehicle type = types.get(route.vehicle());
      List<Stop> order = new ArrayList<>();
      for (StopVisit visit : route.visits()) {
        Stop stop = stops.get(visit.stop());
        if (stop != null) {
          order.add(stop);
        }
      }
      if (type != null) {
        double due = order.stream().mapToDouble(Stop::due).min().orElse(0);
        tours.add(new Tour(type, order, due));
      }
    }
    tours.sort(
        Comparator.comparingDouble(Tour::due).thenComparingDouble(t -> t.stops().get(0).ready()));
    Map<String, List<List<Stop>>> days = new HashMap<>();
    for (Tour tour : tours) {
      String where = "";
      double latest = Double.NEGATIVE_INFINITY;
      for (int number = 1; number <= tour.vehicle.count(); number++) {
        String name = tour.vehicle.id() + ' ' + number;
        List<List<Stop>> now = days.getOrDefault(name, List.of());
        if (problem.away().contains(name) || now.size() >= rules.trips()) {
          continue;
        }
        List<List<Stop>> with = new ArrayList<>(now);
        with.add(tour.stops);
        Optional<DayPlan.DayRoute> walked = clock.latest(tour.vehicle, number, with);
        // The vehicle that is under way the longest: others stay free, or at home.
        double key =
            now.isEmpty() ? -1e300 - number : walked.map(DayPlan.DayRoute::arrival).orElse(0.0);
        if (walked.isPresent() && key > latest) {
          latest = key;
          where = name;
        }
      }
      if (where.isEmpty()) {
        why =
            "the trip to "
                + String.join(", ", tour.stops.stream().map(Stop::id).limit(5).toList())
                + (tour.stops.size() > 5 ? ", …" : "")
                + " fits no "
                + tour.vehicle.id();
        return Optional.empty();
      }
      days.computeIfAbsent(where, k -> new ArrayList<>()).add(tour.stops);
    }
    return Optional.of(plan(days, plan.leftOut()));
  }

  private DayPlan plan(Map<String, List<List<Stop>>> days, List<String> leftOut) {
    List<DayPlan.DayRoute> routes = new ArrayList<>();
    double cost = 0;
    double distance = 0;
    for (Vehicle vehicle : problem.vehicles()) {
      for (int number = 1; number <= vehicle.count(); number++) {
        List<List<Stop>> trips = days.get(vehicle.id() + ' ' + number);
        if (trips == null) {
          continue;
        }
        DayPlan.DayRoute route = clock.latest(vehicle, number, trips).orElseThrow();
        double way = route.trips().stream().mapToDouble(DayPlan.Trip::distance).sum();
        routes.add(route);
        distance += way;
        cost +=
            vehicle.fixedCost()
                + vehicle.costPerDistance() * way
                + vehicle.costPerTime() * (route.arrival() - route.departure());
      }
    }
    for (String id : leftOut) {
      Stop stop = stops.get(id);
      cost += stop == null ? 0 : stop.prize().orElse(0);
    }
    return new DayPlan(routes, leftOut, cost, distance);
  }
}
