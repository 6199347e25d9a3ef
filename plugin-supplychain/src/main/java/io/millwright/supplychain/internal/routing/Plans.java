package io.millwright.supplychain.internal.routing;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.supplychain.RoutePlan;
import io.millwright.supplychain.StopVisit;
import io.millwright.supplychain.VehicleRoute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tours to plans with clock times, and back. */
final class Plans {
  private Plans() {}

  static RoutePlan plan(Model m, int[][] orders, int[] absent) {
    List<VehicleRoute> routes = new ArrayList<>();
    double cost = 0;
    double distance = 0;
    double time = 0;
    // Vehicles of a type are alike, so that they are numbered as they come, unless a draft or a
    // breakdown tells them apart.
    boolean alike = m.problem.draft().isEmpty() && m.problem.away().isEmpty();
    int[] used = new int[m.firstOfType.length];
    for (int v = 0; v < orders.length; v++) {
      if (orders[v].length > 0) {
        VehicleRoute route =
            route(m, alike ? m.firstOfType[m.type[v]] + used[m.type[v]]++ : v, orders[v]);
        routes.add(route);
        double lasting = m.timed ? route.arrival() - route.departure() : 0;
        cost += m.fixed[v] + m.perDistance[v] * route.distance() + m.perTime[v] * lasting;
        if (m.recourse != null) {
          cost += m.recourse.of(m.type[v], orders[v], orders[v].length).cost();
        }
        distance += route.distance();
        time += route.arrival() - route.departure();
      }
    }
    int[] sorted = absent.clone();
    Arrays.sort(sorted);
    List<String> leftOut = new ArrayList<>();
    for (int s : sorted) {
      leftOut.add(m.problem.stops().get(s).id());
      cost += m.prize[s];
    }
    return new RoutePlan(routes, leftOut, cost, distance, time);
  }

  /** The clock of one tour: the latest departure that ends as early as can be. */
  private static VehicleRoute route(Model m, int v, int[] order) {
    double departure = departure(m, v, order);
    double clock = departure;
    double distance = 0;
    int p = m.start[v];
    List<StopVisit> visits = new ArrayList<>(order.length);
    for (int s : order) {
      distance += m.distance(p, s);
      double arrival = clock + m.time(p, s);
      double begin = Math.max(arrival, m.ready[s]);
      clock = begin + m.service[s];
      visits.add(new StopVisit(m.problem.stops().get(s).id(), arrival, begin, clock));
      p = s;
    }
    distance += m.distance(p, m.end[v]);
    String name = m.vehicleName[v];
    int blank = name.lastIndexOf(' ');
    return new VehicleRoute(
        name.substring(0, blank),
        Integer.parseInt(name.substring(blank + 1)),
        visits,
        departure,
        clock + m.time(p, m.end[v]),
        distance);
  }

  private static double departure(Model m, int v, int[] order) {
    double time = 0;
    double earliest = m.shiftStart[v];
    double latest = m.shiftEnd[v];
    int p = m.start[v];
    for (int s : order) {
      double reach = time + m.time(p, s);
      double wait = Math.max(m.ready[s] - reach - latest, 0);
      earliest = Math.max(m.ready[s] - reach, earliest) - wait;
      latest = Math.min(m.due[s] - reach, latest);
      time = reach + wait + m.service[s];
      p = s;
    }
    return earliest;
  }

  /**
   * The tours of a plan.
   *
   * @throws MillwrightException when a name is unknown or stands twice, unless lenient
   */
  static int[][] tours(Model m, RoutePlan plan, boolean lenient) {
    Map<String, Integer> vehicles = new HashMap<>();
    for (int v = 0; v < m.vehicles; v++) {
      vehicles.put(m.vehicleName[v], v);
    }
    Map<String, Integer> stops = new HashMap<>();
    for (int s = 0; s < m.stops; s++) {
      stops.put(m.problem.stops().get(s).id(), s);
    }
    int[][] tours = new int[m.vehicles][0];
    Set<Integer> seen = new HashSet<>();
    for (VehicleRoute route : plan.routes()) {
      Integer v = vehicles.get(route.name());
      if (v == null) {
        if (lenient) {
          continue;
        }
        throw unknown("vehicle \"" + route.name() + "\" is not in the problem");
      }
      List<Integer> order = new ArrayList<>();
      for (StopVisit visit : route.visits()) {
        Integer s = stops.get(visit.stop());
        if (s == null || !seen.add(s)) {
          if (lenient) {
            continue;
          }
          throw unknown(
              "stop \"" + visit.stop() + (s == null ? "\" is not in the problem" : "\" twice"));
        }
        order.add(s);
      }
      tours[v] = order.stream().mapToInt(Integer::intValue).toArray();
    }
    return tours;
  }

  private static MillwrightException unknown(String message) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE, message + "\nMaybe the plan was made for another problem");
  }
}
