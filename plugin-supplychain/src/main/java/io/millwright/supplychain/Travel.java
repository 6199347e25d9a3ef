package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Optional;

/**
 * Distances and travel times between locations, which are numbered from 0: a full matrix, or points
 * in the plane. Distance and time are in units of the caller's choice, the same for the whole
 * problem; they need neither be symmetric nor keep the triangle inequality. {@link
 * Double#POSITIVE_INFINITY} says that there is no way. Immutable and thread-safe.
 */
public final class Travel {

  /** Rounding alone makes a direct way longer by no more than this. */
  private static final double LONGER = 1.001;

  /** Triples of more locations than this take too long. */
  private static final int MOST_LOOKED_THROUGH = 500;

  private final int size;
  private final double[] x;
  private final double[] y;
  private final double digits;
  private final Rounding rounding;
  private final double[] distances;
  private final double[] times;

  /** How Euclidean distances become figures. */
  public enum Rounding {
    /** Double precision as it is. */
    NONE,
    /** To the nearest integer, as TSPLIB's EUC_2D. */
    NEAREST,
    /** Cut after one decimal, as DIMACS and CVRPLIB do with Solomon's instances. */
    DOWN_TO_TENTH
  }

  private Travel(
      int size, double[] x, double[] y, Rounding rounding, double[] distances, double[] times) {
    this.size = size;
    this.x = x;
    this.y = y;
    this.rounding = rounding;
    this.digits = rounding == Rounding.DOWN_TO_TENTH ? 10 : 1;
    this.distances = distances;
    this.times = times;
  }

  /**
   * Euclidean distances; the time is the distance.
   *
   * @param x abscissae, one for each location
   * @param y ordinates, as many
   * @param rounding how distances are rounded
   * @return the distances
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} when lengths differ or a
   *     coordinate is not finite
   */
  public static Travel plane(double[] x, double[] y, Rounding rounding) {
    if (x.length != y.length) {
      throw bad("there are " + x.length + " abscissae and " + y.length + " ordinates");
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        throw bad("location " + i + " has the coordinates " + x[i] + ", " + y[i]);
      }
    }
    return new Travel(x.length, x.clone(), y.clone(), rounding, new double[0], new double[0]);
  }

  /**
   * A matrix that is both distance and time.
   *
   * @param distances {@code [from][to]}, square, no entry negative or NaN
   * @return the distances
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} naming the first wrong entry
   */
  public static Travel matrix(double[][] distances) {
    double[] flat = flat(distances, "distance");
    return new Travel(distances.length, new double[0], new double[0], Rounding.NONE, flat, flat);
  }

  /**
   * A matrix of distances and one of times.
   *
   * @param distances {@code [from][to]}, square, no entry negative or NaN
   * @param times the same shape
   * @return the distances and times
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} naming the first wrong entry
   */
  public static Travel matrix(double[][] distances, double[][] times) {
    double[] flat = flat(distances, "distance");
    double[] flatTimes = flat(times, "time");
    if (times.length != distances.length) {
      throw bad(
          "distances are for " + distances.length + " locations and times for " + times.length);
    }
    return new Travel(
        distances.length, new double[0], new double[0], Rounding.NONE, flat, flatTimes);
  }

  private static double[] flat(double[][] matrix, String what) {
    int n = matrix.length;
    if (n > 20_000) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "a matrix of " + n + " locations is too large\nMaybe give coordinates: Travel.plane");
    }
    double[] flat = new double[n * n];
    for (int i = 0; i < n; i++) {
      if (matrix[i].length != n) {
        throw bad(
            "row "
                + i
                + " of the "
                + what
                + " matrix has "
                + matrix[i].length
                + " entries, not "
                + n);
      }
      for (int j = 0; j < n; j++) {
        double v = matrix[i][j];
        if (!(v >= 0)) {
          throw bad("the " + what + " from location " + i + " to " + j + " is " + v);
        }
        flat[i * n + j] = v;
      }
    }
    return flat;
  }

  private static MillwrightException bad(String message) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE,
        message
            + "\nMaybe a row is missing or holds text; distances are finite or infinite, never"
            + " negative");
  }

  /**
   * How many locations there are.
   *
   * @return the number
   */
  public int size() {
    return size;
  }

  /**
   * The distance.
   *
   * @param from a location
   * @param to a location
   * @return the distance, infinite without a way
   */
  public double distance(int from, int to) {
    if (distances.length > 0) {
      return distances[from * size + to];
    }
    double dx = x[from] - x[to];
    double dy = y[from] - y[to];
    double d = Math.sqrt(dx * dx + dy * dy);
    return switch (rounding) {
      case NONE -> d;
      case NEAREST -> Math.floor(d + 0.5);
      case DOWN_TO_TENTH -> Math.floor(d * digits) / digits;
    };
  }

  /**
   * The travel time.
   *
   * @param from a location
   * @param to a location
   * @return the time, infinite without a way
   */
  public double time(int from, int to) {
    return times.length > 0 ? times[from * size + to] : distance(from, to);
  }

  /**
   * Coordinates, for maps.
   *
   * @param location a location
   * @return abscissa and ordinate, or an empty array when the distances came as a matrix
   */
  public double[] coordinates(int location) {
    return x.length == 0 ? new double[0] : new double[] {x[location], y[location]};
  }

  /**
   * A direct way that is longer than one by a third location: where the triangle inequality does
   * not hold. Plans take distances as they are given, and such a one is often a slip.
   *
   * @param from a location
   * @param to a location
   * @param by a location between
   * @param direct the distance from one to the other
   * @param around the distance by way of the third
   */
  public record Detour(int from, int to, int by, double direct, double around) {}

  /**
   * The direct way that is longest beside one by a third location.
   *
   * @return empty where every direct way is the shortest (but for a thousandth), for coordinates,
   *     and for more than 500 locations, which are not looked through
   */
  public Optional<Detour> detour() {
    Detour worst = null;
    double most = LONGER;
    for (int by = 0; x.length == 0 && size <= MOST_LOOKED_THROUGH && by < size; by++) {
      for (int from = 0; from < size; from++) {
        double first = distances[from * size + by];
        for (int to = 0; from != by && to < size && first < Double.POSITIVE_INFINITY; to++) {
          double around = first + distances[by * size + to];
          double direct = distances[from * size + to];
          if (to != from && to != by && direct > most * around) {
            worst = new Detour(from, to, by, direct, around);
            most = around > 0 ? direct / around : Double.POSITIVE_INFINITY;
          }
        }
      }
    }
    return Optional.ofNullable(worst);
  }

  /**
   * The same locations with other times, as after news of a jam.
   *
   * @param change gets distance and time of a pair and gives the time
   * @return distances as they are and the new times
   */
  public Travel withTimes(TimeChange change) {
    double[] d = new double[size * size];
    double[] t = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        d[i * size + j] = distance(i, j);
        t[i * size + j] = change.time(i, j, time(i, j));
        if (!(t[i * size + j] >= 0)) {
          throw bad("the time from location " + i + " to " + j + " is " + t[i * size + j]);
        }
      }
    }
    return new Travel(size, x, y, rounding, d, t);
  }

  /** Changes travel times. */
  @FunctionalInterface
  public interface TimeChange {
    /**
     * The new time.
     *
     * @param from a location
     * @param to a location
     * @param time the time so far
     * @return the new time
     */
    double time(int from, int to, double time);
  }

  @Override
  public String toString() {
    return "Travel of " + size + " locations";
  }
}
