package io.millwright.supplychain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What tours are expected to cost beyond their way when deliveries are uncertain (vehicle routing
 * with stochastic demand, a priori tours with returns to the depot: Bertsimas 1992). A vehicle
 * learns what a stop takes when it is there; when it runs out it goes to its depot, loads, comes
 * back to the same stop and goes on. The k-th return happens at the stop at which what was asked
 * for exceeds k capacities, so that its probability is a difference of two distributions of sums.
 *
 * <p>Stops take independently of each other. Each distribution counts as 24 equally likely
 * quantiles, laid on a grid of a hundredth of the smallest capacity in a way that keeps the mean;
 * at most four returns of a tour are counted. Returns shift no clock: windows, shifts and longest
 * ways are kept by the tour without them. Immutable and thread-safe; the same on every machine.
 */
public final class Recourse {

  private static final int POINTS = 24;
  private static final int GRID = 100;
  private static final int RETURNS = 4;

  private final List<Vehicle> vehicles;
  private final Travel travel;
  private final int[] location;
  private final double[] known;

  /** By stop: shares on the grid from {@link #first} on; empty where the load is known. */
  private final double[][] share;

  private final int[] first;
  private final double unit;
  private final Map<String, Integer> stops = new HashMap<>();
  private final Map<String, Integer> types = new HashMap<>();

  private Recourse(RoutingProblem problem) {
    vehicles = problem.vehicles();
    travel = problem.travel();
    List<Stop> all = problem.stops();
    location = all.stream().mapToInt(Stop::location).toArray();
    known = new double[all.size()];
    share = new double[all.size()][];
    first = new int[all.size()];
    unit =
        vehicles.stream().mapToDouble(Recourse::capacity).filter(c -> c > 0).min().orElse(1) / GRID;
    for (int t = 0; t < vehicles.size(); t++) {
      types.put(vehicles.get(t).id(), t);
    }
    for (int s = 0; s < all.size(); s++) {
      Stop stop = all.get(s);
      stops.put(stop.id(), s);
      share[s] = new double[0];
      if (stop.uncertain().map(Recourse::sure).orElse(true)) {
        known[s] = stop.deliver().isEmpty() ? 0 : stop.deliver().get(0);
      } else if (Double.isFinite(unit)) {
        lay(s, points(stop.uncertain().get()));
      }
    }
  }

  /**
   * Of a problem.
   *
   * @param problem with or without uncertain deliveries
   * @return what its tours are expected to cost beyond their way
   */
  public static Recourse of(RoutingProblem problem) {
    return new Recourse(problem);
  }

  /**
   * What is expected of one tour.
   *
   * @param cost of all returns, at the vehicle's costs of distance and time
   * @param number of returns
   * @param probability that there is at least one
   */
  public record Returns(double cost, double number, double probability) {}

  /**
   * The returns of a route.
   *
   * @param route of a plan for this problem
   * @return what is expected; zeros where all loads are known
   * @throws IllegalArgumentException when its vehicle or a stop is not in the problem
   */
  public Returns of(VehicleRoute route) {
    Integer type = types.get(route.vehicle());
    if (type == null || !stops.keySet().containsAll(route.stops())) {
      throw new IllegalArgumentException(route.name() + " is a route of another problem");
    }
    int[] order = route.stops().stream().mapToInt(id -> stops.getOrDefault(id, 0)).toArray();
    return of(type, order, order.length);
  }

  /**
   * The returns of a tour.
   *
   * @param type which of the problem's vehicles
   * @param order numbers of stops in the problem
   * @param count how many of them
   * @return what is expected; zeros where all loads are known
   */
  public Returns of(int type, int[] order, int count) {
    Vehicle vehicle = vehicles.get(type);
    double capacity = capacity(vehicle);
    boolean sure = true;
    for (int i = 0; i < count; i++) {
      sure &= share[order[i]].length == 0;
    }
    if (sure || !Double.isFinite(capacity)) {
      return new Returns(0, 0, 0);
    }
    int length = (int) Math.ceil(RETURNS * capacity / unit) + 1;
    double[] sum = {1};
    double given = 0;
    int from = 0;
    double[] below = new double[RETURNS];
    Arrays.fill(below, 1);
    double cost = 0;
    double number = 0;
    for (int i = 0; i < count; i++) {
      int s = order[i];
      if (share[s].length == 0) {
        given += known[s];
      } else {
        sum = added(sum, share[s], length);
        from += first[s];
      }
      double at = 0;
      int g = 0;
      for (int k = 0; k < RETURNS; k++) {
        // What rounding adds to a full load is no shortage.
        double room = ((k + 1) * capacity - given + 1e-6) / unit + 1e-9;
        for (; g < sum.length && from + g <= room; g++) {
          at += sum[g];
        }
        double p = Math.max(0, below[k] - at);
        below[k] = Math.min(below[k], at);
        number += p;
        cost += p * back(vehicle, location[s]);
      }
    }
    return new Returns(cost, number, Math.max(0, 1 - below[0]));
  }

  /** What is expected of a delivery: the mean of its points. */
  static double mean(Distribution amount) {
    return sure(amount)
        ? amount.quantiles().get(0)
        : Arrays.stream(points(amount)).average().orElse(0);
  }

  /** Whether all quantiles are alike. */
  private static boolean sure(Distribution amount) {
    return amount.quantiles().stream().distinct().count() == 1;
  }

  private static double[] points(Distribution amount) {
    double[] points = new double[POINTS];
    for (int j = 0; j < POINTS; j++) {
      points[j] = amount.quantile((j + 0.5) / POINTS);
    }
    return points;
  }

  private void lay(int s, double[] points) {
    int low = (int) Math.floor(points[0] / unit);
    double[] shares = new double[(int) Math.floor(points[POINTS - 1] / unit) - low + 2];
    for (double x : points) {
      int g = (int) Math.floor(x / unit);
      double part = x / unit - g;
      shares[g - low] += (1 - part) / POINTS;
      shares[g - low + 1] += part / POINTS;
    }
    first[s] = low;
    share[s] = shares;
  }

  private static double[] added(double[] sum, double[] more, int length) {
    double[] all = new double[Math.min(length, sum.length + more.length - 1)];
    for (int i = 0; i < sum.length; i++) {
      int most = Math.min(more.length, all.length - i);
      for (int j = 0; j < most; j++) {
        all[i + j] += sum[i] * more[j];
      }
    }
    return all;
  }

  private double back(Vehicle v, int stop) {
    double way = travel.distance(stop, v.end()) + travel.distance(v.start(), stop);
    double time =
        v.costPerTime() == 0 ? 0 : travel.time(stop, v.end()) + travel.time(v.start(), stop);
    return v.costPerDistance() * way + v.costPerTime() * time;
  }

  private static double capacity(Vehicle v) {
    return v.capacity().isEmpty() ? Double.POSITIVE_INFINITY : v.capacity().get(0);
  }
}
