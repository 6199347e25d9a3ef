package io.millwright.supplychain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a day against its problem and rules by walking every trip with the clock, without anything
 * of the search.
 */
public final class DayChecker {

  private static final double EPSILON = 1e-5;

  private DayChecker() {}

  /**
   * What is wrong with a day.
   *
   * @param problem the problem
   * @param rules the rules of the day
   * @param plan the plan
   * @return sentences; empty when the plan keeps every rule and says its figures rightly
   */
  public static List<String> faults(RoutingProblem problem, DayRules rules, DayPlan plan) {
    List<String> faults = new ArrayList<>();
    Map<String, Stop> stops = new HashMap<>();
    problem.stops().forEach(s -> stops.put(s.id(), s));
    Map<String, Vehicle> vehicles = new HashMap<>();
    problem.vehicles().forEach(v -> vehicles.put(v.id(), v));
    Set<String> seen = new HashSet<>();
    double cost = 0;
    double distance = 0;
    for (DayPlan.DayRoute route : plan.routes()) {
      String who = route.vehicle() + ' ' + route.number();
      Vehicle vehicle = vehicles.get(route.vehicle());
      if (vehicle == null || route.number() > vehicle.count() || problem.away().contains(who)) {
        faults.add(who + " is not there");
        continue;
      }
      if (route.trips().size() > rules.trips()) {
        faults.add(who + " makes " + route.trips().size() + " trips");
      }
      double way = 0;
      double free = vehicle.earliest();
      for (DayPlan.Trip trip : route.trips()) {
        if (trip.departure() < free - EPSILON) {
          faults.add(who + " departs at " + trip.departure() + ", but is free at " + free);
        }
        for (StopVisit visit : trip.visits()) {
          if (!stops.containsKey(visit.stop()) || !seen.add(visit.stop())) {
            faults.add("stop " + visit.stop() + " is unknown, or visited twice");
            return faults;
          }
        }
        way += walk(problem, rules, who, vehicle, trip, stops, faults);
        free = trip.arrival() + rules.reload();
      }
      duty(rules, who, route, faults);
      double lasting = route.arrival() - route.departure();
      if (route.arrival() > vehicle.latest() + EPSILON
          || lasting > vehicle.hours() + EPSILON
          || way > vehicle.longest() + EPSILON) {
        faults.add(who + " is back at " + route.arrival() + " after " + lasting + " and " + way);
      }
      distance += way;
      cost +=
          vehicle.fixedCost() + vehicle.costPerDistance() * way + vehicle.costPerTime() * lasting;
    }
    for (Stop stop : problem.stops()) {
      boolean out = plan.leftOut().contains(stop.id());
      if (seen.contains(stop.id()) == out || (out && stop.prize().isEmpty())) {
        faults.add("stop " + stop.id() + " is missing, or must not be left out");
      }
      cost += out ? stop.prize().orElse(0) : 0;
    }
    if (faults.isEmpty()
        && (Math.abs(cost - plan.cost()) > EPSILON * (1 + cost)
            || Math.abs(distance - plan.distance()) > EPSILON * (1 + distance))) {
      faults.add(
          "the cost is "
              + cost
              + " and the distance "
              + distance
              + ", the plan says "
              + plan.cost()
              + " and "
              + plan.distance());
    }
    return faults;
  }

  private static double walk(
      RoutingProblem problem,
      DayRules rules,
      String who,
      Vehicle vehicle,
      DayPlan.Trip trip,
      Map<String, Stop> stops,
      List<String> faults) {
    double way = 0;
    double clock = trip.departure();
    int at = vehicle.start();
    double[] load = new double[vehicle.capacity().size()];
    List<Stop> order = trip.visits().stream().map(v -> stops.get(v.stop())).toList();
    for (Stop stop : order) {
      for (int d = 0; d < load.length; d++) {
        load[d] += stop.deliver().isEmpty() ? 0 : stop.deliver().get(d);
      }
    }
    over(who, vehicle, load, faults);
    for (int k = 0; k < order.size(); k++) {
      Stop stop = order.get(k);
      StopVisit visit = trip.visits().get(k);
      double arrival = rules.arrival(clock, problem.travel().time(at, stop.location()));
      // A break may lie before the way or before the service, so that times are at least these.
      boolean sound =
          visit.arrival() >= arrival - EPSILON
              && visit.begin() >= Math.max(visit.arrival(), stop.ready()) - EPSILON
              && visit.begin() <= stop.due() + EPSILON
              && visit.departure() >= visit.begin() + stop.service() - EPSILON;
      if (!sound || !vehicle.skills().containsAll(stop.needs())) {
        faults.add(who + " cannot serve stop " + stop.id() + " as " + visit + " says");
      }
      for (int d = 0; d < load.length; d++) {
        load[d] -= stop.deliver().isEmpty() ? 0 : stop.deliver().get(d);
        load[d] += stop.collect().isEmpty() ? 0 : stop.collect().get(d);
      }
      over(who, vehicle, load, faults);
      way += problem.travel().distance(at, stop.location());
      clock = visit.departure();
      at = stop.location();
    }
    double back = rules.arrival(clock, problem.travel().time(at, vehicle.end()));
    way += problem.travel().distance(at, vehicle.end());
    if (trip.arrival() < back - EPSILON || Math.abs(way - trip.distance()) > EPSILON * (1 + way)) {
      faults.add(
          who
              + " is back at "
              + back
              + " after "
              + way
              + ", the plan says "
              + trip.arrival()
              + " after "
              + trip.distance());
    }
    return way;
  }

  private static void over(String who, Vehicle vehicle, double[] load, List<String> faults) {
    for (int d = 0; d < load.length; d++) {
      if (load[d] > vehicle.capacity().get(d) + EPSILON) {
        faults.add(who + " carries " + load[d] + ", above " + vehicle.capacity().get(d));
      }
    }
  }

  /** No stretch of the day without a break is too long. */
  private static void duty(
      DayRules rules, String who, DayPlan.DayRoute route, List<String> faults) {
    double since = route.departure();
    for (DayPlan.Break pause : route.breaks()) {
      if (pause.to() - pause.from() < rules.breakLasts() - EPSILON) {
        faults.add(who + " has too short a break from " + pause.from());
      }
      if (pause.from() - since > rules.breakAfter() + EPSILON) {
        faults.add(who + " is on duty from " + since + " to " + pause.from());
      }
      for (DayPlan.Trip trip : route.trips()) {
        for (StopVisit visit : trip.visits()) {
          if (visit.begin() < pause.to() - EPSILON && visit.departure() > pause.from() + EPSILON) {
            faults.add(who + " serves stop " + visit.stop() + " during a break");
          }
        }
      }
      since = pause.to();
    }
    if (route.arrival() - since > rules.breakAfter() + EPSILON) {
      faults.add(who + " is on duty from " + since + " to " + route.arrival());
    }
  }
}
