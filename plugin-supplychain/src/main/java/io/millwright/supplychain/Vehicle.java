package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.spi.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A type of vehicle (ISA-95: equipment class) and how many of them stand ready. All times are on
 * one axis of the caller's choice, such as minutes after midnight. Immutable.
 */
public final class Vehicle {

  private final Builder b;

  private Vehicle(Builder b) {
    this.b = b;
  }

  /**
   * Begins a type: one vehicle without limits, from location 0 and back, that costs 1 a unit of
   * distance.
   *
   * @param id its name
   * @return the builder
   */
  public static Builder builder(String id) {
    return new Builder(id);
  }

  /**
   * Its name.
   *
   * @return the name
   */
  public String id() {
    return b.id;
  }

  /**
   * How many of them stand ready.
   *
   * @return at least 1
   */
  public int count() {
    return b.count;
  }

  /**
   * What it can carry, one figure for each dimension of load.
   *
   * @return the capacities; empty without a limit
   */
  public List<Double> capacity() {
    return b.capacity;
  }

  /**
   * Where it starts.
   *
   * @return a location
   */
  public int start() {
    return b.start;
  }

  /**
   * Where it ends.
   *
   * @return a location
   */
  public int end() {
    return b.end;
  }

  /**
   * The earliest departure.
   *
   * @return the time
   */
  public double earliest() {
    return b.earliest;
  }

  /**
   * The latest return.
   *
   * @return the time
   */
  public double latest() {
    return b.latest;
  }

  /**
   * The cost of using one of them at all.
   *
   * @return the cost
   */
  public double fixedCost() {
    return b.fixedCost;
  }

  /**
   * The cost of a unit of distance.
   *
   * @return the cost
   */
  public double costPerDistance() {
    return b.costPerDistance;
  }

  /**
   * The cost of a unit of time from departure to return, waiting included.
   *
   * @return the cost
   */
  public double costPerTime() {
    return b.costPerTime;
  }

  /**
   * The longest route.
   *
   * @return the distance, infinite without a limit
   */
  public double longest() {
    return b.longest;
  }

  /**
   * The driver's hours: the longest time from departure to return.
   *
   * @return the time, infinite without a limit
   */
  public double hours() {
    return b.hours;
  }

  /**
   * What it can do that some stops need, such as a tail lift.
   *
   * @return names in order
   */
  public Set<String> skills() {
    return b.skills;
  }

  /** Builds a type. Not thread-safe. */
  public static final class Builder {
    private final String id;
    private int count = 1;
    private List<Double> capacity = List.of();
    private int start;
    private int end;
    private double earliest;
    private double latest = Double.POSITIVE_INFINITY;
    private double fixedCost;
    private double costPerDistance = 1;
    private double costPerTime;
    private double longest = Double.POSITIVE_INFINITY;
    private double hours = Double.POSITIVE_INFINITY;
    private Set<String> skills = Set.of();

    private Builder(String id) {
      this.id = id;
    }

    private Builder(Builder of) {
      id = of.id;
      count = of.count;
      capacity = of.capacity;
      start = of.start;
      end = of.end;
      earliest = of.earliest;
      latest = of.latest;
      fixedCost = of.fixedCost;
      costPerDistance = of.costPerDistance;
      costPerTime = of.costPerTime;
      longest = of.longest;
      hours = of.hours;
      skills = of.skills;
    }

    /**
     * How many.
     *
     * @param vehicles at least 1
     * @return this
     */
    public Builder count(int vehicles) {
      count = vehicles;
      return this;
    }

    /**
     * What it carries.
     *
     * @param amounts one for each dimension of load, such as pieces, kilograms, cubic metres
     * @return this
     */
    public Builder capacity(double... amounts) {
      capacity = Arrays.stream(amounts).boxed().toList();
      return this;
    }

    /**
     * Where it starts and ends.
     *
     * @param from a location
     * @param to a location
     * @return this
     */
    public Builder between(int from, int to) {
      start = from;
      end = to;
      return this;
    }

    /**
     * When it may be on the road.
     *
     * @param from the earliest departure
     * @param to the latest return
     * @return this
     */
    public Builder shift(double from, double to) {
      earliest = from;
      latest = to;
      return this;
    }

    /**
     * What it costs.
     *
     * @param fixed for using one at all
     * @param perDistance for a unit of distance
     * @param perTime for a unit of time between departure and return
     * @return this
     */
    public Builder costs(double fixed, double perDistance, double perTime) {
      fixedCost = fixed;
      costPerDistance = perDistance;
      costPerTime = perTime;
      return this;
    }

    /**
     * The longest route.
     *
     * @param distance the limit
     * @return this
     */
    public Builder longest(double distance) {
      longest = distance;
      return this;
    }

    /**
     * The driver's hours.
     *
     * @param time the longest time from departure to return
     * @return this
     */
    public Builder hours(double time) {
      hours = time;
      return this;
    }

    /**
     * What it can do.
     *
     * @param names free words that stops name as well
     * @return this
     */
    public Builder skills(String... names) {
      skills = java.util.Collections.unmodifiableSet(new TreeSet<>(Arrays.asList(names)));
      return this;
    }

    /**
     * Builds it; a problem checks it.
     *
     * @return the type
     */
    public Vehicle build() {
      return new Vehicle(new Builder(this));
    }
  }

  void check(Problems problems, int locations, int dimensions) {
    String place = "vehicle \"" + b.id + '"';
    if (b.count < 1) {
      problems.add(ErrorCode.BAD_OPTION, place, "its count is " + b.count, "leave it out");
    }
    for (int location : new int[] {b.start, b.end}) {
      if (location < 0 || location >= locations) {
        problems.add(
            ErrorCode.BAD_OPTION,
            place,
            "location " + location + " is none of the " + locations + " locations",
            "number locations from 0");
      }
    }
    if (!b.capacity.isEmpty() && b.capacity.size() != dimensions) {
      problems.add(
          ErrorCode.BAD_OPTION,
          place,
          "it has " + b.capacity.size() + " capacities, and stops have " + dimensions + " amounts",
          "give as many figures everywhere");
    }
    double[] figures = {b.fixedCost, b.costPerDistance, b.costPerTime, b.longest, b.hours};
    String[] names = {"fixed cost", "cost of distance", "cost of time", "longest route", "hours"};
    for (int i = 0; i < figures.length; i++) {
      if (!(figures[i] >= 0) || (i < 3 && Double.isInfinite(figures[i]))) {
        problems.add(
            ErrorCode.BAD_OPTION, place, "its " + names[i] + " is " + figures[i], "use 0 or more");
      }
    }
    for (double c : b.capacity) {
      if (!(c >= 0)) {
        problems.add(ErrorCode.BAD_OPTION, place, "a capacity is " + c, "use 0 or more");
      }
    }
    if (!(b.earliest <= b.latest) || Double.isInfinite(b.earliest)) {
      problems.add(
          ErrorCode.BAD_OPTION,
          place,
          "its shift lasts from " + b.earliest + " to " + b.latest,
          "let it begin before it ends");
    }
  }

  @Override
  public String toString() {
    return "Vehicle " + b.id + (b.count == 1 ? "" : " × " + b.count);
  }
}
