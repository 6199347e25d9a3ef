package io.millwright.supplychain.internal.routing;

import io.millwright.supplychain.DayPlan;
import io.millwright.supplychain.DayRules;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.Stop;
import io.millwright.supplychain.StopVisit;
import io.millwright.supplychain.Vehicle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks the trips of a vehicle with traffic and breaks. Immutable. */
record DayClock(RoutingProblem problem, DayRules rules) {

  private static final double EPSILON = 1e-9;
  private static final int HALVINGS = 40;

  /** Mutable state of one walk. */
  private static final class Duty {
    double clock;
    double since;
    final List<DayPlan.Break> breaks = new ArrayList<>();
  }

  /** The day of a vehicle that departs at some time; empty when it breaks a rule. */
  Optional<DayPlan.DayRoute> walk(
      Vehicle vehicle, int number, List<List<Stop>> trips, double departure) {
    Duty duty = new Duty();
    duty.clock = departure;
    duty.since = departure;
    List<DayPlan.Trip> walked = new ArrayList<>();
    double way = 0;
    for (int k = 0; k < trips.size(); k++) {
      if (k > 0) {
        // Loading is a rest where it is long enough.
        rest(duty, duty.clock + rules.reload());
      }
      Optional<DayPlan.Trip> trip = trip(vehicle, trips.get(k), duty);
      if (trip.isEmpty()) {
        return Optional.empty();
      }
      way += trip.get().distance();
      walked.add(trip.get());
    }
    boolean sound =
        departure >= vehicle.earliest() - EPSILON
            && duty.clock <= vehicle.latest() + EPSILON
            && way <= vehicle.longest() + EPSILON
            && duty.clock - walked.get(0).departure() <= vehicle.hours() + EPSILON;
    return sound
        ? Optional.of(new DayPlan.DayRoute(vehicle.id(), number, walked, duty.breaks))
        : Optional.empty();
  }

  private Optional<DayPlan.Trip> trip(Vehicle vehicle, List<Stop> stops, Duty duty) {
    double distance = 0;
    int at = vehicle.start();
    List<StopVisit> visits = new ArrayList<>();
    double departure = Double.NaN;
    for (Stop stop : stops) {
      if (!leg(duty, problem.travel().time(at, stop.location()))) {
        return Optional.empty();
      }
      departure = Double.isNaN(departure) ? duty.clock : departure;
      duty.clock = rules.arrival(duty.clock, problem.travel().time(at, stop.location()));
      double arrival = duty.clock;
      rest(duty, Math.max(duty.clock, stop.ready()));
      if (stop.service() > rules.breakAfter() + EPSILON) {
        return Optional.empty();
      }
      if (duty.clock + stop.service() - duty.since > rules.breakAfter() + EPSILON) {
        pause(duty);
      }
      if (duty.clock > stop.due() + EPSILON) {
        return Optional.empty();
      }
      double begin = duty.clock;
      duty.clock += stop.service();
      visits.add(new StopVisit(stop.id(), arrival, begin, duty.clock));
      distance += problem.travel().distance(at, stop.location());
      at = stop.location();
    }
    double home = problem.travel().time(at, vehicle.end());
    if (!leg(duty, home)) {
      return Optional.empty();
    }
    duty.clock = rules.arrival(duty.clock, home);
    distance += problem.travel().distance(at, vehicle.end());
    return Optional.of(new DayPlan.Trip(visits, departure, duty.clock, distance));
  }

  /** Takes a break before a way that would be too long without; false when it always is. */
  private boolean leg(Duty duty, double time) {
    if (rules.arrival(duty.clock, time) - duty.since > rules.breakAfter() + EPSILON) {
      pause(duty);
      return rules.arrival(duty.clock, time) - duty.since <= rules.breakAfter() + EPSILON;
    }
    return Double.isFinite(time);
  }

  private void pause(Duty duty) {
    if (duty.clock > duty.since) {
      duty.breaks.add(new DayPlan.Break(duty.clock, duty.clock + rules.breakLasts()));
      duty.clock += rules.breakLasts();
      duty.since = duty.clock;
    }
  }

  /** Waits; as long as a break, it is one. */
  private void rest(Duty duty, double until) {
    double waited = until - duty.clock;
    if (waited > 0 && waited >= rules.breakLasts() - EPSILON && rules.breakLasts() > 0) {
      duty.breaks.add(new DayPlan.Break(duty.clock, until));
      duty.since = until;
    }
    duty.clock = until;
  }

  /** The day that begins as late as it can without ending later than the earliest one. */
  Optional<DayPlan.DayRoute> latest(Vehicle vehicle, int number, List<List<Stop>> trips) {
    double low = Math.max(0, vehicle.earliest());
    Optional<DayPlan.DayRoute> first = walk(vehicle, number, trips, low);
    if (first.isEmpty()) {
      // With a limit on hours, leaving later can be what keeps it.
      for (int k = 1; k <= HALVINGS && first.isEmpty(); k++) {
        double span = reach(vehicle, trips) - low;
        low = Math.max(0, vehicle.earliest()) + span * k / HALVINGS;
        first = walk(vehicle, number, trips, low);
      }
      if (first.isEmpty()) {
        return first;
      }
    }
    double end = first.get().arrival();
    double high = Math.max(low, Math.min(end, reach(vehicle, trips)));
    Optional<DayPlan.DayRoute> best = first;
    for (int k = 0; k < HALVINGS && high - low > 1e-7 * (1 + high); k++) {
      double middle = (low + high) / 2;
      Optional<DayPlan.DayRoute> one = walk(vehicle, number, trips, middle);
      if (one.isPresent() && one.get().arrival() <= end + EPSILON) {
        low = middle;
        best = one;
      } else {
        high = middle;
      }
    }
    return best;
  }

  /** No first departure can be later than this. */
  private static double reach(Vehicle vehicle, List<List<Stop>> trips) {
    double due = trips.get(0).get(0).due();
    double end = Math.min(due, vehicle.latest());
    return Double.isFinite(end) ? end : Math.max(0, vehicle.earliest());
  }
}
