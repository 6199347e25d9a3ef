package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who is to be visited by whom (the vehicle routing problem). Immutable; {@link Builder#build}
 * finds all its faults at once.
 */
public final class RoutingProblem {

  private final String name;
  private final Travel travel;
  private final List<Vehicle> vehicles;
  private final List<Stop> stops;
  private final List<Shipment> shipments;
  private final Optional<RoutePlan> draft;
  private final double changePrice;
  private final Map<String, Integer> begun;
  private final Set<String> away;
  private final int dimensions;

  private RoutingProblem(Builder b, int dimensions) {
    name = b.name;
    travel = b.travel;
    vehicles = List.copyOf(b.vehicles);
    stops = List.copyOf(b.stops);
    shipments = List.copyOf(b.shipments);
    draft = b.draft;
    changePrice = b.changePrice;
    begun = Map.copyOf(b.begun);
    away = Set.copyOf(b.away);
    this.dimensions = dimensions;
  }

  /**
   * Begins a problem.
   *
   * @param name its name, for reports
   * @param travel distances and times
   * @return the builder
   */
  public static Builder builder(String name, Travel travel) {
    return new Builder(name, travel);
  }

  /**
   * The same with changes, as after news.
   *
   * @return a builder that holds what this problem holds
   */
  public Builder toBuilder() {
    Builder b = new Builder(name, travel);
    b.vehicles.addAll(vehicles);
    b.stops.addAll(stops);
    b.shipments.addAll(shipments);
    b.draft = draft;
    b.changePrice = changePrice;
    b.begun.putAll(begun);
    b.away.addAll(away);
    return b;
  }

  /**
   * Its name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Distances and times.
   *
   * @return the travel
   */
  public Travel travel() {
    return travel;
  }

  /**
   * The fleet.
   *
   * @return at least one type
   */
  public List<Vehicle> vehicles() {
    return vehicles;
  }

  /**
   * The stops.
   *
   * @return at least one
   */
  public List<Stop> stops() {
    return stops;
  }

  /**
   * Goods that go from stop to stop.
   *
   * @return the shipments
   */
  public List<Shipment> shipments() {
    return shipments;
  }

  /**
   * A plan to begin from.
   *
   * @return the plan, or empty
   */
  public Optional<RoutePlan> draft() {
    return draft;
  }

  /**
   * What it costs to hand a stop to another vehicle than in the draft.
   *
   * @return the price
   */
  public double changePrice() {
    return changePrice;
  }

  /**
   * How many visits of each vehicle of the draft have begun and stay as they are.
   *
   * @return numbers by vehicle, such as {@code van 2}
   */
  public Map<String, Integer> begun() {
    return begun;
  }

  /**
   * The vehicles that are not there, such as after a breakdown.
   *
   * @return names such as {@code van 2}
   */
  public Set<String> away() {
    return away;
  }

  /**
   * How many figures a load has.
   *
   * @return the number, 0 when nothing is carried
   */
  public int dimensions() {
    return dimensions;
  }

  /** Builds a problem. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private Travel travel;
    private final List<Vehicle> vehicles = new ArrayList<>();
    private final List<Stop> stops = new ArrayList<>();
    private final List<Shipment> shipments = new ArrayList<>();
    private Optional<RoutePlan> draft = Optional.empty();
    private double changePrice;
    private final Map<String, Integer> begun = new HashMap<>();
    private final Set<String> away = new HashSet<>();

    private Builder(String name, Travel travel) {
      this.name = Objects.requireNonNull(name, "name");
      this.travel = Objects.requireNonNull(travel, "travel");
    }

    /**
     * Other distances and times.
     *
     * @param other for the same locations, and more
     * @return this
     */
    public Builder travel(Travel other) {
      travel = Objects.requireNonNull(other, "other");
      return this;
    }

    /**
     * Adds a type of vehicle.
     *
     * @param type the type
     * @return this
     */
    public Builder vehicle(Vehicle type) {
      vehicles.add(type);
      return this;
    }

    /**
     * Takes all types away, for another fleet.
     *
     * @return this
     */
    public Builder withoutVehicles() {
      vehicles.clear();
      return this;
    }

    /**
     * Adds a stop.
     *
     * @param stop the stop
     * @return this
     */
    public Builder stop(Stop stop) {
      stops.add(stop);
      return this;
    }

    /**
     * Takes a stop away, with its shipment and its visit in the draft.
     *
     * @param id the stop
     * @return this
     */
    public Builder withoutStop(String id) {
      stops.removeIf(s -> s.id().equals(id));
      shipments.removeIf(s -> s.from().equals(id) || s.to().equals(id));
      return this;
    }

    /**
     * Adds goods that go from one stop to another with the same vehicle.
     *
     * @param from the stop where they are taken up
     * @param to the stop where they are brought
     * @param amounts one for each dimension of load
     * @return this
     */
    public Builder shipment(String from, String to, double... amounts) {
      shipments.add(new Shipment(from, to, Arrays.stream(amounts).boxed().toList()));
      return this;
    }

    /**
     * A plan to begin from, and to stay close to. Stops that the problem no longer has are passed
     * over, those of vehicles that it no longer has are planned anew.
     *
     * @param plan the plan
     * @param price what it costs to hand one stop to another vehicle, 0 or more
     * @return this
     */
    public Builder draft(RoutePlan plan, double price) {
      draft = Optional.of(plan);
      changePrice = price;
      return this;
    }

    /**
     * That a vehicle of the draft is under way: its first visits stay as they are.
     *
     * @param vehicle the vehicle, such as {@code van 2}
     * @param visits how many visits have begun
     * @return this
     */
    public Builder begun(String vehicle, int visits) {
      begun.put(vehicle, visits);
      return this;
    }

    /**
     * That a vehicle is not there, as after a breakdown; its stops of the draft are planned anew.
     *
     * @param vehicle the vehicle, such as {@code van 2}
     * @return this
     */
    public Builder away(String vehicle) {
      away.add(vehicle);
      return this;
    }

    /**
     * Checks everything and builds.
     *
     * @return the problem
     * @throws io.millwright.api.MillwrightException with all faults
     */
    public RoutingProblem build() {
      Problems problems = new Problems("routing problem \"" + name + '"');
      int dimensions = 0;
      for (Vehicle v : vehicles) {
        dimensions = Math.max(dimensions, v.capacity().size());
      }
      for (Stop s : stops) {
        dimensions = Math.max(dimensions, Math.max(s.deliver().size(), s.collect().size()));
      }
      for (Shipment s : shipments) {
        dimensions = Math.max(dimensions, s.amounts().size());
      }
      if (vehicles.isEmpty()) {
        problems.add(ErrorCode.BAD_OPTION, "vehicles", "there is none", "add a Vehicle");
      }
      if (stops.isEmpty()) {
        problems.add(ErrorCode.BAD_OPTION, "stops", "there is none", "add a Stop");
      }
      if (!(changePrice >= 0)) {
        problems.add(ErrorCode.BAD_OPTION, "draft", "the price is " + changePrice, "use 0 or more");
      }
      Set<String> names = new HashSet<>();
      for (Vehicle v : vehicles) {
        v.check(problems, travel.size(), dimensions);
        if (!names.add("v" + v.id())) {
          problems.add(
              ErrorCode.BAD_OPTION,
              "vehicle \"" + v.id() + '"',
              "the name stands twice",
              "raise the count instead");
        }
      }
      for (Stop s : stops) {
        s.check(problems, travel.size(), dimensions);
        if (!names.add("s" + s.id())) {
          problems.add(
              ErrorCode.BAD_OPTION,
              "stop \"" + s.id() + '"',
              "the name stands twice",
              "name each visit differently");
        }
      }
      checkNames(problems);
      checkShipments(problems, names, dimensions);
      checkUncertain(problems, dimensions);
      problems.throwIfAny();
      return new RoutingProblem(this, dimensions);
    }

    /** Where deliveries are uncertain, vehicles do nothing else, and load where they end. */
    private void checkUncertain(Problems problems, int dimensions) {
      if (stops.stream().allMatch(s -> s.uncertain().isEmpty())) {
        return;
      }
      String why = "deliveries are uncertain, and ";
      if (dimensions != 1) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "stops",
            why + "loads have " + dimensions + " dimensions",
            "give one, the one that runs out first");
      }
      if (!shipments.isEmpty()
          || stops.stream().anyMatch(s -> s.collect().stream().anyMatch(c -> c > 0))) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "stops",
            why + "goods are collected too",
            "plan what is collected by itself");
      }
      for (Vehicle v : vehicles) {
        if (v.start() != v.end()) {
          problems.add(
              ErrorCode.BAD_OPTION,
              "vehicle \"" + v.id() + '"',
              why + "it ends elsewhere than it starts",
              "let it end where it loads");
        }
      }
    }

    private void checkNames(Problems problems) {
      Set<String> named = new HashSet<>(away);
      named.addAll(begun.keySet());
      for (Vehicle v : vehicles) {
        named.removeIf(
            n ->
                n.startsWith(v.id() + ' ')
                    && n.substring(v.id().length() + 1).matches("[1-9][0-9]{0,8}")
                    && Integer.parseInt(n.substring(v.id().length() + 1)) <= v.count());
      }
      for (String n : named) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "vehicle \"" + n + '"',
            "it is not in the fleet",
            "name a vehicle by type and number, such as \"van 2\"");
      }
      begun.forEach(
          (n, visits) -> {
            if (visits < 0) {
              problems.add(
                  ErrorCode.BAD_OPTION,
                  "vehicle \"" + n + '"',
                  visits + " visits have begun",
                  "use 0 or more");
            }
          });
    }

    private void checkShipments(Problems problems, Set<String> names, int dimensions) {
      Set<String> ends = new HashSet<>();
      for (Shipment s : shipments) {
        String place = "shipment from \"" + s.from() + "\" to \"" + s.to() + '"';
        for (String end : List.of(s.from(), s.to())) {
          if (!names.contains("s" + end)) {
            problems.add(
                ErrorCode.BAD_OPTION, place, "there is no stop \"" + end + '"', "add the stop");
          } else if (!ends.add(end)) {
            problems.add(
                ErrorCode.BAD_OPTION,
                place,
                "stop \"" + end + "\" is an end of two shipments",
                "use one stop for each end; they may share a location");
          }
        }
        if (s.amounts().size() != dimensions || s.amounts().stream().anyMatch(a -> !(a >= 0))) {
          problems.add(
              ErrorCode.BAD_OPTION,
              place,
              "its amounts are " + s.amounts(),
              "give " + dimensions + " figures of 0 or more");
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RoutingProblem " + name + " of " + stops.size() + " stops";
  }
}
