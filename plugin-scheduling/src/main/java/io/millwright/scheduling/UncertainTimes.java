package io.millwright.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.plan.BookedTime;
import io.millwright.api.plan.TimeDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is uncertain about the times of a shop (stochastic job shop): durations and set-ups as
 * distributions of the ratio of the real time to the planned one, and breakdowns. Operations of one
 * order may be slow together: their ratios then share a part of their luck (Gaussian copula).
 * Ratios that were {@linkplain TimeDistribution.Observed observed} carry the doubt of their mean,
 * which is that of a sample of this size. Immutable and thread-safe.
 */
public final class UncertainTimes {

  /** The logarithm of this law is standard normal. */
  private static final TimeDistribution.Lognormal SCORES =
      new TimeDistribution.Lognormal(Math.exp(0.5), Math.sqrt(Math.E * (Math.E - 1)));

  /** Below so many bookings a machine borrows from all others. */
  private static final int ENOUGH = 30;

  private static final int MOST_KEPT = 1_000;

  private static final TimeDistribution PLANNED = new TimeDistribution.Constant(1);

  private final TimeDistribution durations;
  private final TimeDistribution setups;
  private final Map<String, TimeDistribution> durationsOn;
  private final Map<String, TimeDistribution> setupsOn;
  private final Map<String, Breakdowns> breakdowns;
  private final double together;
  private final double doubt;

  private UncertainTimes(Builder from) {
    durations = from.durations;
    setups = from.setups;
    durationsOn = Collections.unmodifiableMap(new LinkedHashMap<>(from.durationsOn));
    setupsOn = Collections.unmodifiableMap(new LinkedHashMap<>(from.setupsOn));
    breakdowns = Collections.unmodifiableMap(new LinkedHashMap<>(from.breakdowns));
    together = from.together;
    doubt = from.doubt;
    if (!(doubt >= 0 && doubt < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "doubt is " + doubt + "\nMaybe use 0.02 for 2 % of the mean");
    }
    if (!(together >= 0 && together < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "together is "
              + together
              + "\nMaybe use 0 where operations of an order have nothing in common, and less than"
              + " 1");
    }
  }

  /**
   * Starts a builder of times that are all as planned.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The same distribution of durations on every machine.
   *
   * @param ratio real over planned
   * @return the times
   */
  public static UncertainTimes of(TimeDistribution ratio) {
    return builder().durations(ratio).build();
  }

  /**
   * Learns from booked times: a distribution for each machine, in which those of all machines stand
   * in for what a machine with fewer than 30 bookings lacks, and what operations of an order have
   * in common (intraclass correlation of normal scores, by analysis of variance), where orders are
   * named.
   *
   * @param booked at least one booking
   * @return the times, without breakdowns: those are in the bookings
   */
  public static UncertainTimes learnt(List<BookedTime> booked) {
    if (booked.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "there is no booked time\nMaybe give distributions by hand");
    }
    Builder builder = builder();
    for (boolean setup : new boolean[] {false, true}) {
      Map<String, List<Double>> byMachine = new LinkedHashMap<>();
      List<Double> all = new ArrayList<>();
      for (BookedTime b : booked) {
        if (b.setup() == setup) {
          all.add(b.actual() / b.planned());
          byMachine
              .computeIfAbsent(b.machine(), m -> new ArrayList<>())
              .add(b.actual() / b.planned());
        }
      }
      if (all.isEmpty()) {
        continue;
      }
      TimeDistribution common = new TimeDistribution.Observed(thinned(all));
      builder = setup ? builder.setups(common) : builder.durations(common);
      for (Map.Entry<String, List<Double>> e : byMachine.entrySet()) {
        List<Double> own = new ArrayList<>(e.getValue());
        int lacks = ENOUGH - own.size();
        for (int i = 0; i < lacks; i++) {
          own.add(common.quantile((i + 0.5) / lacks));
        }
        TimeDistribution law = new TimeDistribution.Observed(thinned(own));
        builder = setup ? builder.setups(e.getKey(), law) : builder.durations(e.getKey(), law);
      }
    }
    double together = inCommon(booked);
    double orders = booked.stream().map(BookedTime::order).distinct().count();
    return builder
        .together(together)
        .doubt(Math.min(0.5, Math.sqrt(together / orders) * deviation(booked)))
        .build();
  }

  /** The relative standard deviation of the ratios of operations. */
  private static double deviation(List<BookedTime> booked) {
    double[] ratios =
        booked.stream()
            .filter(b -> !b.setup())
            .mapToDouble(b -> b.actual() / b.planned())
            .toArray();
    double mean = Arrays.stream(ratios).average().orElse(1);
    double squares = Arrays.stream(ratios).map(r -> (r - mean) * (r - mean)).sum();
    return mean == 0 || ratios.length < 2 ? 0 : Math.sqrt(squares / (ratios.length - 1)) / mean;
  }

  /** At most so many values, as quantiles of all. */
  private static List<Double> thinned(List<Double> values) {
    if (values.size() <= MOST_KEPT) {
      return values;
    }
    TimeDistribution all = new TimeDistribution.Observed(values);
    List<Double> some = new ArrayList<>();
    for (int i = 0; i < MOST_KEPT; i++) {
      some.add(all.quantile((i + 0.5) / MOST_KEPT));
    }
    return some;
  }

  /** The intraclass correlation of normal scores of durations within orders. */
  private static double inCommon(List<BookedTime> booked) {
    Map<String, List<BookedTime>> byMachine = new LinkedHashMap<>();
    for (BookedTime b : booked) {
      if (!b.setup() && !b.order().isEmpty()) {
        byMachine.computeIfAbsent(b.machine(), m -> new ArrayList<>()).add(b);
      }
    }
    Map<String, List<Double>> scores = new LinkedHashMap<>();
    for (List<BookedTime> own : byMachine.values()) {
      own.sort((a, b) -> Double.compare(a.actual() / a.planned(), b.actual() / b.planned()));
      for (int i = 0; i < own.size(); i++) {
        scores
            .computeIfAbsent(own.get(i).order(), o -> new ArrayList<>())
            .add(Math.log(SCORES.quantile((i + 0.5) / own.size())));
      }
    }
    scores.values().removeIf(s -> s.size() < 2);
    int groups = scores.size();
    double n = scores.values().stream().mapToInt(List::size).sum();
    if (groups < 10) {
      return 0;
    }
    double mean =
        scores.values().stream().flatMap(List::stream).mapToDouble(z -> z).average().orElse(0);
    double between = 0;
    double within = 0;
    double squares = 0;
    for (List<Double> s : scores.values()) {
      double own = s.stream().mapToDouble(z -> z).average().orElse(0);
      between += s.size() * (own - mean) * (own - mean);
      within += s.stream().mapToDouble(z -> (z - own) * (z - own)).sum();
      squares += (double) s.size() * s.size();
    }
    double usual = (n - squares / n) / (groups - 1);
    double msb = between / (groups - 1);
    double msw = within / Math.max(1, n - groups);
    double rho = (msb - msw) / (msb + (usual - 1) * msw);
    return rho > 0 ? Math.min(0.95, rho) : 0;
  }

  /**
   * The ratio of real to planned durations on a machine.
   *
   * @param machine the machine's name
   * @return its distribution
   */
  public TimeDistribution durations(String machine) {
    return durationsOn.getOrDefault(machine, durations);
  }

  /**
   * The ratio of real to planned set-up times of a machine.
   *
   * @param machine the machine's name
   * @return its distribution
   */
  public TimeDistribution setups(String machine) {
    return setupsOn.getOrDefault(machine, setups);
  }

  /**
   * How a machine breaks down.
   *
   * @param machine the machine's name
   * @return its breakdowns; empty when it never does
   */
  public Optional<Breakdowns> breakdowns(String machine) {
    return Optional.ofNullable(breakdowns.get(machine));
  }

  /**
   * What operations of one order have in common.
   *
   * @return the correlation of the normal scores of their ratios, 0 to below 1
   */
  public double together() {
    return together;
  }

  /**
   * How little is known of all ratios together: the bookings may come from orders that were slow.
   *
   * @return the relative standard error that the means of all machines share, 0 to below 1
   */
  public double doubt() {
    return doubt;
  }

  /**
   * Refuses machines that a shop does not have.
   *
   * @param shop the shop
   * @return this
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} that names them
   */
  public UncertainTimes checked(Shop shop) {
    List<String> unknown = new ArrayList<>();
    unknown.addAll(durationsOn.keySet());
    unknown.addAll(setupsOn.keySet());
    unknown.addAll(breakdowns.keySet());
    shop.machines().forEach(m -> unknown.removeIf(m.id()::equals));
    if (!unknown.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the uncertain times name the machines "
              + unknown.stream().distinct().limit(5).toList()
              + ", which shop \""
              + shop.name()
              + "\" does not have\nMaybe leave them out, or check their names");
    }
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UncertainTimes that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "UncertainTimes" + parts();
  }

  private List<Object> parts() {
    return List.of(durations, setups, durationsOn, setupsOn, breakdowns, together, doubt);
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private TimeDistribution durations = PLANNED;
    private TimeDistribution setups = PLANNED;
    private final Map<String, TimeDistribution> durationsOn = new LinkedHashMap<>();
    private final Map<String, TimeDistribution> setupsOn = new LinkedHashMap<>();
    private final Map<String, Breakdowns> breakdowns = new LinkedHashMap<>();
    private double together;
    private double doubt;

    private Builder() {}

    /**
     * Sets the ratio of durations on machines that are not named.
     *
     * @param ratio real over planned
     * @return this
     */
    public Builder durations(TimeDistribution ratio) {
      durations = Objects.requireNonNull(ratio, "ratio");
      return this;
    }

    /**
     * Sets the ratio of durations on one machine.
     *
     * @param machine the machine's name
     * @param ratio real over planned
     * @return this
     */
    public Builder durations(String machine, TimeDistribution ratio) {
      durationsOn.put(machine, Objects.requireNonNull(ratio, "ratio"));
      return this;
    }

    /**
     * Sets the ratio of set-up times on machines that are not named.
     *
     * @param ratio real over planned
     * @return this
     */
    public Builder setups(TimeDistribution ratio) {
      setups = Objects.requireNonNull(ratio, "ratio");
      return this;
    }

    /**
     * Sets the ratio of set-up times on one machine.
     *
     * @param machine the machine's name
     * @param ratio real over planned
     * @return this
     */
    public Builder setups(String machine, TimeDistribution ratio) {
      setupsOn.put(machine, Objects.requireNonNull(ratio, "ratio"));
      return this;
    }

    /**
     * Lets a machine break down.
     *
     * @param machine the machine's name
     * @param how how often and how long
     * @return this
     */
    public Builder breakdowns(String machine, Breakdowns how) {
      breakdowns.put(machine, Objects.requireNonNull(how, "how"));
      return this;
    }

    /**
     * Sets what operations of one order have in common.
     *
     * @param correlation of the normal scores of their ratios, 0 to below 1
     * @return this
     */
    public Builder together(double correlation) {
      together = correlation;
      return this;
    }

    /**
     * Sets how little is known of all ratios together.
     *
     * @param error the relative standard error that all means share, 0 to below 1
     * @return this
     */
    public Builder doubt(double error) {
      doubt = error;
      return this;
    }

    /**
     * Checks the values and makes the object.
     *
     * @return the new object
     */
    public UncertainTimes build() {
      return new UncertainTimes(this);
    }
  }
}
