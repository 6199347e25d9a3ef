package io.millwright.supplychain.internal.routing;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Problems;
import io.millwright.supplychain.Stop;
import java.util.Arrays;
import java.util.List;

/** What makes a stop impossible for every vehicle, even for one that visits nothing else. */
final class Alone {
  private Alone() {}

  /**
   * Looks at each stop by itself.
   *
   * @throws MillwrightException with every stop that no vehicle can visit, and why
   */
  static void check(Model m) {
    Problems problems = new Problems("routing problem \"" + m.problem.name() + '"');
    Tours tours = new Tours(m);
    Shipping shipping = new Shipping(m, tours);
    int[] at = new int[2];
    for (int s = 0; s < m.stops; s++) {
      if (m.prize[s] < Double.POSITIVE_INFINITY || m.mate[s] >= 0 && !m.pickup[s]) {
        continue;
      }
      boolean can = false;
      int earlier = -1;
      for (int v = 0; v < m.vehicles && !can; v++) {
        if (earlier >= 0 && m.type[v] == m.type[earlier]) {
          continue;
        }
        earlier = v;
        if (m.mate[s] >= 0) {
          can =
              m.may(v, s)
                  && m.may(v, m.mate[s])
                  && shipping.pair(s, m.mate[s], v, Tours.NO, at) < Tours.NO;
        } else {
          can = tours.fits(s, v) && tours.insertion(s, v, 0, Tours.NO) < Tours.NO;
        }
      }
      if (!can) {
        Stop stop = m.problem.stops().get(s);
        problems.add(
            ErrorCode.NO_SOLUTION,
            "stop \"" + stop.id() + '"',
            "no vehicle can visit it: " + why(m, tours, s),
            "change that, or give the stop a prize so that it may be left out");
      }
    }
    problems.throwIfAny();
  }

  private static String why(Model m, Tours tours, int s) {
    Stop stop = m.problem.stops().get(s);
    boolean skilled = false;
    boolean loaded = false;
    boolean reached = false;
    boolean clocked = false;
    double soonest = Double.POSITIVE_INFINITY;
    for (int v = 0; v < m.vehicles; v++) {
      if (!m.may(v, s)) {
        continue;
      }
      skilled = true;
      if (!tours.fits(s, v)) {
        continue;
      }
      loaded = true;
      double way = m.distance(m.start[v], s) + m.distance(s, m.end[v]);
      double there = m.time(m.start[v], s);
      if (Double.isInfinite(way + there)) {
        continue;
      }
      reached = true;
      soonest = Math.min(soonest, m.shiftStart[v] + there);
      clocked |= m.shiftStart[v] + there <= m.due[s];
    }
    if (!skilled) {
      return "none has what it needs, " + stop.needs();
    }
    if (!loaded) {
      return "its load of "
          + (stop.deliver().isEmpty() ? stop.collect() : stop.deliver())
          + " is above every capacity";
    }
    if (!reached) {
      return "there is no way to it or back";
    }
    if (!clocked) {
      return "its window ends at "
          + number(stop.due())
          + ", and the first vehicle could be there at "
          + number(soonest);
    }
    return m.mate[s] >= 0
        ? "its shipment does not fit into windows, hours, distance or capacity of any vehicle"
        : "with its service and the way back it exceeds hours, shift or longest route of every"
            + " vehicle";
  }

  /** The stops that found no place in any plan. */
  static MillwrightException fleetTooSmall(Model m, int[] absent) {
    List<String> names =
        Arrays.stream(absent)
            .filter(s -> m.prize[s] == Double.POSITIVE_INFINITY)
            .sorted()
            .mapToObj(s -> '"' + m.problem.stops().get(s).id() + '"')
            .toList();
    return new MillwrightException(
        ErrorCode.NO_SOLUTION,
        "no plan was found that visits all stops: "
            + names.size()
            + " of "
            + m.stops
            + " stayed without a vehicle, such as "
            + String.join(", ", names.subList(0, Math.min(5, names.size())))
            + load(m)
            + "\nMaybe add vehicles, widen windows or shifts, search longer, or give stops a prize"
            + " so that they may be left out");
  }

  private static String load(Model m) {
    for (int d = 0; d < m.dims; d++) {
      double demand = 0;
      double room = 0;
      for (int s = 0; s < m.stops; s++) {
        demand += m.brought[s * m.dims + d];
      }
      for (int v = 0; v < m.vehicles; v++) {
        room += m.capacity[v * m.dims + d];
      }
      if (demand > room) {
        return "; together they need " + number(demand) + ", and the fleet carries " + number(room);
      }
    }
    return "";
  }

  private static String number(double v) {
    return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : Double.toString(v);
  }
}
