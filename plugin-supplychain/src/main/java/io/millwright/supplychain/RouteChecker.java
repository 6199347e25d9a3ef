package io.millwright.supplychain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Checks a plan against its problem by walking every route with the clock, without anything of the
 * search.
 */
public final class RouteChecker {

  private static final double EPSILON = 1e-5;

  private RouteChecker() {}

  /**
   * What is wrong with a plan.
   *
   * @param problem the problem
   * @param plan the plan
   * @return sentences; empty when the plan keeps every rule and says its figures rightly
   */
  public static List<String> faults(RoutingProblem problem, RoutePlan plan) {
    List<String> faults = new ArrayList<>();
    Map<String, Stop> stops = new HashMap<>();
    problem.stops().forEach(s -> stops.put(s.id(), s));
    Map<String, Vehicle> vehicles = new HashMap<>();
    problem.vehicles().forEach(v -> vehicles.put(v.id(), v));
    Set<String> seen = new HashSet<>();
    Set<String> names = new HashSet<>();
    Recourse recourse = Recourse.of(problem);
    double cost = 0;
    double distance = 0;
    double time = 0;
    for (VehicleRoute route : plan.routes()) {
      Vehicle vehicle = vehicles.get(route.vehicle());
      if (vehicle == null || route.number() < 1 || route.number() > vehicle.count()) {
        faults.add("vehicle " + route.name() + " is not in the problem");
        continue;
      }
      if (problem.away().contains(route.name())) {
        faults.add("vehicle " + route.name() + " is away");
      }
      if (!names.add(route.name())) {
        faults.add("vehicle " + route.name() + " has two routes");
      }
      for (StopVisit visit : route.visits()) {
        if (!stops.containsKey(visit.stop())) {
          faults.add("stop " + visit.stop() + " is not in the problem");
        } else if (!seen.add(visit.stop())) {
          faults.add("stop " + visit.stop() + " is visited twice");
        }
      }
      if (faults.isEmpty()) {
        walk(problem, vehicle, route, stops, faults);
        loads(problem, vehicle, route, stops, faults);
        cost += faults.isEmpty() ? recourse.of(route).cost() : 0;
      }
      double lasting = route.arrival() - route.departure();
      distance += route.distance();
      time += lasting;
      cost += vehicle.fixedCost() + vehicle.costPerDistance() * route.distance();
      cost += vehicle.costPerTime() == 0 ? 0 : vehicle.costPerTime() * lasting;
    }
    for (Stop stop : problem.stops()) {
      boolean out = plan.leftOut().contains(stop.id());
      if (seen.contains(stop.id()) == out) {
        faults.add("stop " + stop.id() + (out ? " is visited and left out" : " is missing"));
      } else if (out && stop.prize().isEmpty()) {
        faults.add("stop " + stop.id() + " must be visited and is left out");
      } else if (out) {
        cost += stop.prize().getAsDouble();
      }
    }
    if (faults.isEmpty()) {
      figure("distance", distance, plan.distance(), faults);
      figure("cost", cost, plan.cost(), faults);
      figure("time", time, plan.time(), faults);
    }
    return faults;
  }

  private static void figure(String name, double is, double said, List<String> faults) {
    if (!(Math.abs(is - said) <= EPSILON * Math.max(1, Math.abs(is)))) {
      faults.add("the " + name + " is " + is + ", and the plan says " + said);
    }
  }

  private static void walk(
      RoutingProblem problem,
      Vehicle vehicle,
      VehicleRoute route,
      Map<String, Stop> stops,
      List<String> faults) {
    String who = route.name();
    double clock = route.departure();
    double way = 0;
    int at = vehicle.start();
    if (clock < vehicle.earliest() - EPSILON) {
      faults.add(who + " departs at " + clock + ", before its shift");
    }
    for (StopVisit visit : route.visits()) {
      Stop stop = Objects.requireNonNull(stops.get(visit.stop()));
      way += problem.travel().distance(at, stop.location());
      clock += problem.travel().time(at, stop.location());
      figure("arrival at stop " + stop.id(), clock, visit.arrival(), faults);
      clock = Math.max(clock, stop.ready());
      figure("begin at stop " + stop.id(), clock, visit.begin(), faults);
      if (clock > stop.due() + EPSILON) {
        faults.add(who + " serves stop " + stop.id() + " at " + clock + ", after its window");
      }
      clock += stop.service();
      figure("departure from stop " + stop.id(), clock, visit.departure(), faults);
      if (!vehicle.skills().containsAll(stop.needs())) {
        faults.add(who + " lacks what stop " + stop.id() + " needs");
      }
      at = stop.location();
    }
    way += problem.travel().distance(at, vehicle.end());
    clock += problem.travel().time(at, vehicle.end());
    figure("distance of " + who, way, route.distance(), faults);
    figure("return of " + who, clock, route.arrival(), faults);
    if (clock > vehicle.latest() + EPSILON) {
      faults.add(who + " returns at " + clock + ", after its shift");
    }
    if (way > vehicle.longest() + EPSILON) {
      faults.add(who + " drives " + way + ", more than its longest route");
    }
    if (clock - route.departure() > vehicle.hours() + EPSILON) {
      faults.add(who + " is under way for " + (clock - route.departure()) + ", above its hours");
    }
  }

  private static void loads(
      RoutingProblem problem,
      Vehicle vehicle,
      VehicleRoute route,
      Map<String, Stop> stops,
      List<String> faults) {
    List<String> order = route.stops();
    List<Stop> way = order.stream().map(id -> Objects.requireNonNull(stops.get(id))).toList();
    for (Shipment s : problem.shipments()) {
      int from = order.indexOf(s.from());
      int to = order.indexOf(s.to());
      if ((from < 0) != (to < 0) || from > to) {
        faults.add(
            route.name() + " breaks the shipment from stop " + s.from() + " to stop " + s.to());
      }
    }
    for (int d = 0; d < vehicle.capacity().size(); d++) {
      double load = 0;
      for (Stop stop : way) {
        load += amount(stop.deliver(), d);
      }
      double peak = load;
      for (Stop stop : way) {
        load -= amount(stop.deliver(), d);
        load += amount(stop.collect(), d);
        for (Shipment s : problem.shipments()) {
          load += s.from().equals(stop.id()) ? s.amounts().get(d) : 0;
          load -= s.to().equals(stop.id()) ? s.amounts().get(d) : 0;
        }
        peak = Math.max(peak, load);
      }
      if (peak > vehicle.capacity().get(d) + EPSILON) {
        faults.add(
            route.name()
                + " carries "
                + peak
                + ", above its capacity "
                + vehicle.capacity().get(d));
      }
    }
  }

  private static double amount(List<Double> amounts, int d) {
    return amounts.isEmpty() ? 0 : amounts.get(d);
  }
}
