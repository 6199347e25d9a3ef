package io.millwright.supplychain.internal.routing;

import io.millwright.supplychain.Recourse;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.Shipment;
import io.millwright.supplychain.Stop;
import io.millwright.supplychain.Travel;
import io.millwright.supplychain.Vehicle;
import io.millwright.supplychain.VehicleRoute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A routing problem in arrays. Nodes are the stops in order, then the locations where vehicles
 * start and end; vehicles are numbered one by one, those of a type together. Immutable once made.
 */
final class Model {

  /** Above this many nodes distances are computed when asked for. */
  private static final int MATRIX = 3000;

  /** How many near stops each stop knows. */
  private static final int NEAR = 120;

  static final double EPSILON = 1e-6;

  final RoutingProblem problem;
  final int stops;
  final int nodes;
  final int dims;
  final int vehicles;

  final int[] location;
  final double[] ready;
  final double[] due;
  final double[] service;

  /** The price of leaving a stop out; infinite for one that must be visited. */
  final double[] prize;

  /** What comes from the depot, {@code [stop * dims + d]}. */
  final double[] brought;

  /** What stays on board after the stop; negative where a shipment ends. */
  final double[] taken;

  /** The other end of a shipment, or -1. */
  final int[] mate;

  final boolean[] pickup;

  final int[] type;

  /** By type: its first vehicle. */
  final int[] firstOfType;

  final int[] start;
  final int[] end;
  final double[] capacity;
  final double[] fixed;
  final double[] perDistance;
  final double[] perTime;
  final double[] longest;
  final double[] hours;
  final double[] shiftStart;
  final double[] shiftEnd;
  final String[] vehicleName;

  /** Where the draft has each stop, or -1. */
  final int[] home;

  /** What returns to the depot are expected to cost, or null where all loads are known. */
  final @Nullable Recourse recourse;

  /** Whether clocks matter. */
  final boolean timed;

  /** Whether the largest load on the way is not the sum of all loads. */
  final boolean mixed;

  final boolean pairs;
  final boolean limitedDistance;
  final boolean fewSkills;

  /** By type and stop: whether the type may visit it. */
  final boolean[] may;

  /** The nearest stops of each, the nearest first. */
  final int[][] near;

  private final Travel travel;

  /** From row to column, or empty where there are too many nodes. */
  final double[] distances;

  /** From column to row; the same array where distances are symmetric. */
  final double[] towards;

  private final double[] times;

  Model(RoutingProblem problem) {
    this.problem = problem;
    travel = problem.travel();
    recourse =
        problem.stops().stream().anyMatch(s -> s.uncertain().isPresent())
            ? Recourse.of(problem)
            : null;
    List<Stop> all = problem.stops();
    stops = all.size();
    dims = problem.dimensions();
    ready = new double[stops];
    due = new double[stops];
    service = new double[stops];
    prize = new double[stops];
    brought = new double[stops * dims];
    taken = new double[stops * dims];
    mate = new int[stops];
    pickup = new boolean[stops];
    home = new int[stops];
    Arrays.fill(mate, -1);
    Arrays.fill(home, -1);
    List<Integer> places = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    boolean windows = false;
    boolean both = false;
    for (int i = 0; i < stops; i++) {
      Stop s = all.get(i);
      numbers.put(s.id(), i);
      places.add(s.location());
      ready[i] = s.ready();
      due[i] = s.due();
      service[i] = s.service();
      prize[i] = s.prize().orElse(Double.POSITIVE_INFINITY);
      for (int d = 0; d < dims; d++) {
        brought[i * dims + d] = s.deliver().isEmpty() ? 0 : s.deliver().get(d);
        taken[i * dims + d] = s.collect().isEmpty() ? 0 : s.collect().get(d);
        both |= taken[i * dims + d] > 0;
      }
      windows |= s.ready() > Double.NEGATIVE_INFINITY || s.due() < Double.POSITIVE_INFINITY;
    }
    for (Shipment s : problem.shipments()) {
      int from = numbers.getOrDefault(s.from(), -1);
      int to = numbers.getOrDefault(s.to(), -1);
      mate[from] = to;
      mate[to] = from;
      pickup[from] = true;
      for (int d = 0; d < dims; d++) {
        taken[from * dims + d] += s.amounts().get(d);
        taken[to * dims + d] -= s.amounts().get(d);
      }
    }
    pairs = !problem.shipments().isEmpty();
    mixed = dims > 0 && (both || pairs);

    vehicles = problem.vehicles().stream().mapToInt(v -> ready(v).length).sum();
    type = new int[vehicles];
    firstOfType = new int[problem.vehicles().size()];
    start = new int[vehicles];
    end = new int[vehicles];
    capacity = new double[vehicles * dims];
    fixed = new double[vehicles];
    perDistance = new double[vehicles];
    perTime = new double[vehicles];
    longest = new double[vehicles];
    hours = new double[vehicles];
    shiftStart = new double[vehicles];
    shiftEnd = new double[vehicles];
    vehicleName = new String[vehicles];
    Map<Integer, Integer> depots = new HashMap<>();
    boolean clocks = windows;
    boolean limited = false;
    int at = 0;
    for (int t = 0; t < problem.vehicles().size(); t++) {
      Vehicle v = problem.vehicles().get(t);
      firstOfType[t] = at;
      clocks |=
          v.latest() < Double.POSITIVE_INFINITY
              || v.hours() < Double.POSITIVE_INFINITY
              || v.costPerTime() > 0;
      limited |= v.longest() < Double.POSITIVE_INFINITY;
      for (int number : ready(v)) {
        type[at] = t;
        start[at] = node(v.start(), depots, places);
        end[at] = node(v.end(), depots, places);
        for (int d = 0; d < dims; d++) {
          capacity[at * dims + d] =
              v.capacity().isEmpty() ? Double.POSITIVE_INFINITY : v.capacity().get(d);
        }
        fixed[at] = v.fixedCost();
        perDistance[at] = v.costPerDistance();
        perTime[at] = v.costPerTime();
        longest[at] = v.longest();
        hours[at] = v.hours();
        shiftStart[at] = v.earliest();
        shiftEnd[at] = v.latest();
        vehicleName[at] = v.id() + ' ' + number;
        at++;
      }
    }
    timed = clocks;
    limitedDistance = limited;
    nodes = places.size();
    location = places.stream().mapToInt(Integer::intValue).toArray();
    may = new boolean[problem.vehicles().size() * stops];
    boolean restricted = false;
    for (int t = 0; t < problem.vehicles().size(); t++) {
      for (int s = 0; s < stops; s++) {
        may[t * stops + s] = problem.vehicles().get(t).skills().containsAll(all.get(s).needs());
        restricted |= !may[t * stops + s];
      }
    }
    fewSkills = restricted;
    boolean sameTime = true;
    if (nodes <= MATRIX) {
      distances = new double[nodes * nodes];
      double[] clock = new double[nodes * nodes];
      for (int i = 0; i < nodes; i++) {
        for (int j = 0; j < nodes; j++) {
          distances[i * nodes + j] = travel.distance(location[i], location[j]);
          clock[i * nodes + j] = travel.time(location[i], location[j]);
          sameTime &= distances[i * nodes + j] == clock[i * nodes + j];
        }
      }
      times = sameTime ? distances : clock;
      towards = towards();
    } else {
      distances = new double[0];
      towards = distances;
      times = distances;
    }
    near = near();
  }

  /** The numbers of a type's vehicles that are there: no more than could ever be used. */
  private int[] ready(Vehicle v) {
    return IntStream.rangeClosed(1, v.count())
        .filter(k -> !problem.away().contains(v.id() + ' ' + k))
        .limit(Math.max(stops, highestInDraft(v)))
        .toArray();
  }

  private int highestInDraft(Vehicle v) {
    return problem.draft().stream()
        .flatMap(d -> d.routes().stream())
        .filter(r -> r.vehicle().equals(v.id()))
        .mapToInt(VehicleRoute::number)
        .max()
        .orElse(0);
  }

  private double[] towards() {
    double[] turned = new double[nodes * nodes];
    boolean same = true;
    for (int i = 0; i < nodes; i++) {
      for (int j = 0; j < nodes; j++) {
        turned[j * nodes + i] = distances[i * nodes + j];
        same &= distances[i * nodes + j] == distances[j * nodes + i];
      }
    }
    return same ? distances : turned;
  }

  private int node(int place, Map<Integer, Integer> depots, List<Integer> places) {
    return depots.computeIfAbsent(
        place,
        p -> {
          places.add(p);
          return places.size() - 1;
        });
  }

  double distance(int from, int to) {
    return distances.length > 0
        ? distances[from * nodes + to]
        : travel.distance(location[from], location[to]);
  }

  double time(int from, int to) {
    return distances.length > 0
        ? times[from * nodes + to]
        : travel.time(location[from], location[to]);
  }

  boolean may(int vehicle, int stop) {
    return !fewSkills || may[type[vehicle] * stops + stop];
  }

  private int[][] near() {
    int[][] lists = new int[stops][];
    int keep = Math.min(stops - 1, stops <= 600 ? stops : NEAR);
    if (stops > MATRIX) {
      return Near.grid(this, keep);
    }
    long[] sorted = new long[Math.max(0, stops - 1)];
    for (int i = 0; i < stops; i++) {
      int k = 0;
      for (int j = 0; j < stops; j++) {
        if (j != i) {
          float d = (float) Math.min(distance(i, j), distance(j, i));
          sorted[k++] = ((long) Float.floatToIntBits(d) << 32) | j;
        }
      }
      Arrays.sort(sorted);
      lists[i] = new int[keep];
      for (k = 0; k < keep; k++) {
        lists[i][k] = (int) sorted[k];
      }
    }
    return lists;
  }
}
