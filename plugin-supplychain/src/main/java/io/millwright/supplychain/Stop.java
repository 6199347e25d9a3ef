package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.spi.Problems;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A customer to visit: goods brought from the depot or taken back to it, a time window for the
 * beginning of service, and what the vehicle must be able to do. Goods that go from one stop to
 * another are a {@link RoutingProblem.Builder#shipment shipment} between two stops. Immutable.
 */
public final class Stop {

  private final Builder b;

  private Stop(Builder b) {
    this.b = b;
  }

  /**
   * Begins a stop without load, window and service time, which must be visited.
   *
   * @param id its name
   * @param location where it is
   * @return the builder
   */
  public static Builder builder(String id, int location) {
    return new Builder(id, location);
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
   * Where it is.
   *
   * @return a location
   */
  public int location() {
    return b.location;
  }

  /**
   * What is brought from the depot, by dimension of load.
   *
   * @return amounts; empty for none
   */
  public List<Double> deliver() {
    return b.deliver;
  }

  /**
   * What may be brought, where that is known when the vehicle is there ({@link Recourse}).
   *
   * @return its distribution, or empty when it is known before
   */
  public Optional<Distribution> uncertain() {
    return Optional.ofNullable(b.uncertain);
  }

  /**
   * What is taken to the depot, by dimension of load.
   *
   * @return amounts; empty for none
   */
  public List<Double> collect() {
    return b.collect;
  }

  /**
   * When service may begin at the earliest; who comes before waits.
   *
   * @return the time
   */
  public double ready() {
    return b.ready;
  }

  /**
   * When service may begin at the latest.
   *
   * @return the time
   */
  public double due() {
    return b.due;
  }

  /**
   * How long service takes.
   *
   * @return the time
   */
  public double service() {
    return b.service;
  }

  /**
   * What it costs to leave the stop out.
   *
   * @return the prize that a visit earns, or empty when it must be visited
   */
  public OptionalDouble prize() {
    return b.prize;
  }

  /**
   * What the vehicle must be able to do.
   *
   * @return names in order
   */
  public Set<String> needs() {
    return b.needs;
  }

  /** Builds a stop. Not thread-safe. */
  public static final class Builder {
    private final String id;
    private final int location;
    private List<Double> deliver = List.of();
    private @Nullable Distribution uncertain;
    private List<Double> collect = List.of();
    private double ready = Double.NEGATIVE_INFINITY;
    private double due = Double.POSITIVE_INFINITY;
    private double service;
    private OptionalDouble prize = OptionalDouble.empty();
    private Set<String> needs = Set.of();

    private Builder(String id, int location) {
      this.id = id;
      this.location = location;
    }

    private Builder(Builder of) {
      id = of.id;
      location = of.location;
      deliver = of.deliver;
      uncertain = of.uncertain;
      collect = of.collect;
      ready = of.ready;
      due = of.due;
      service = of.service;
      prize = of.prize;
      needs = of.needs;
    }

    /**
     * What is brought from the depot.
     *
     * @param amounts one for each dimension of load
     * @return this
     */
    public Builder deliver(double... amounts) {
      deliver = Arrays.stream(amounts).boxed().toList();
      uncertain = null;
      return this;
    }

    /**
     * What is brought from the depot, where only its distribution is known before the vehicle is
     * there: capacities are kept by what is expected, and plans count what it costs to go back to
     * the depot when more is asked for ({@link Recourse}). One dimension of load.
     *
     * @param amount quantiles, 0 or more; beyond the outer ones the outer ones count
     * @return this
     */
    public Builder deliver(Distribution amount) {
      deliver = List.of(Recourse.mean(amount));
      uncertain = amount;
      return this;
    }

    /**
     * What is taken to the depot.
     *
     * @param amounts one for each dimension of load
     * @return this
     */
    public Builder collect(double... amounts) {
      collect = Arrays.stream(amounts).boxed().toList();
      return this;
    }

    /**
     * When service may begin.
     *
     * @param from at the earliest
     * @param to at the latest
     * @return this
     */
    public Builder window(double from, double to) {
      ready = from;
      due = to;
      return this;
    }

    /**
     * How long service takes.
     *
     * @param time 0 or more
     * @return this
     */
    public Builder service(double time) {
      service = time;
      return this;
    }

    /**
     * That it may be left out.
     *
     * @param cost what that costs
     * @return this
     */
    public Builder prize(double cost) {
      prize = OptionalDouble.of(cost);
      return this;
    }

    /**
     * What the vehicle must be able to do.
     *
     * @param names skills of vehicles
     * @return this
     */
    public Builder needs(String... names) {
      needs = Collections.unmodifiableSet(new TreeSet<>(Arrays.asList(names)));
      return this;
    }

    /**
     * Builds it; a problem checks it.
     *
     * @return the stop
     */
    public Stop build() {
      return new Stop(new Builder(this));
    }
  }

  void check(Problems problems, int locations, int dimensions) {
    String place = "stop \"" + b.id + '"';
    if (b.location < 0 || b.location >= locations) {
      problems.add(
          ErrorCode.BAD_OPTION,
          place,
          "location " + b.location + " is none of the " + locations + " locations",
          "number locations from 0");
    }
    for (List<Double> amounts : List.of(b.deliver, b.collect)) {
      if (!amounts.isEmpty() && amounts.size() != dimensions) {
        problems.add(
            ErrorCode.BAD_OPTION,
            place,
            "it has " + amounts.size() + " amounts, and others " + dimensions,
            "give as many figures everywhere");
      }
      for (double a : amounts) {
        if (!(a >= 0) || Double.isInfinite(a)) {
          problems.add(
              ErrorCode.BAD_OPTION,
              place,
              "an amount is " + a,
              "use collect for goods that go back to the depot");
        }
      }
    }
    if (b.uncertain != null && b.uncertain.quantiles().get(0) < 0) {
      problems.add(
          ErrorCode.BAD_OPTION,
          place,
          "its delivery may be " + b.uncertain.quantiles().get(0),
          "give quantiles of 0 or more");
    }
    if (!(b.ready <= b.due)) {
      problems.add(
          ErrorCode.BAD_OPTION,
          place,
          "its window lasts from " + b.ready + " to " + b.due,
          "let it begin before it ends");
    }
    if (!(b.service >= 0) || Double.isInfinite(b.service)) {
      problems.add(ErrorCode.BAD_OPTION, place, "its service takes " + b.service, "use 0 or more");
    }
    if (b.prize.isPresent() && !(b.prize.getAsDouble() >= 0)) {
      problems.add(
          ErrorCode.BAD_OPTION, place, "its prize is " + b.prize.getAsDouble(), "use 0 or more");
    }
  }

  @Override
  public String toString() {
    return "Stop " + b.id;
  }
}
