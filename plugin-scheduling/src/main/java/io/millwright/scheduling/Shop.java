package io.millwright.scheduling;

import io.millwright.api.Finding;
import io.millwright.api.data.Unit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A shop floor and the work that waits for it: the problem of scheduling. Times are whole ticks,
 * counted from wherever the user starts to count. Job shop, flexible job shop and flow shop are
 * special cases.
 *
 * <p>Immutable and thread-safe; two with equal parts are equal.
 */
public final class Shop {

  private record Parts(
      String name,
      Unit tick,
      long start,
      List<Machine> machines,
      List<Resource> resources,
      List<ShopJob> jobs,
      List<Pin> pins,
      boolean permutation,
      Optional<Schedule> draft,
      Optional<Tariff> tariff,
      List<Transport> transports,
      List<Stock> stocks) {}

  private final Parts parts;

  /** Whether nothing was found wrong with it before, which stays so. */
  private volatile boolean sound;

  private Shop(Builder b) {
    parts =
        new Parts(
            b.name,
            b.tick,
            b.start,
            b.machines,
            b.resources,
            b.jobs,
            b.pins,
            b.permutation,
            b.draft,
            b.tariff,
            b.transports,
            b.stocks);
  }

  /**
   * A shop that begins at tick 0, with minutes as ticks and nothing pinned.
   *
   * @param name what messages call it
   * @param machines the machines
   * @param jobs the jobs
   * @return the shop
   */
  public static Shop of(String name, List<Machine> machines, List<ShopJob> jobs) {
    return builder(name, machines, jobs).build();
  }

  /**
   * A builder of a shop.
   *
   * @param name what messages call it
   * @param machines the machines, at least one
   * @param jobs the jobs, at least one
   * @return the builder
   */
  public static Builder builder(String name, List<Machine> machines, List<ShopJob> jobs) {
    return new Builder(name, machines, jobs);
  }

  /** {@return a builder that begins with the parts of this one} */
  public Builder toBuilder() {
    Builder builder = new Builder(parts.name, parts.machines, parts.jobs);
    builder.tick = parts.tick;
    builder.start = parts.start;
    builder.resources = parts.resources;
    builder.pins = parts.pins;
    builder.permutation = parts.permutation;
    builder.draft = parts.draft;
    builder.tariff = parts.tariff;
    builder.transports = parts.transports;
    builder.stocks = parts.stocks;
    return builder;
  }

  /** {@return what messages call it} */
  public String name() {
    return parts.name;
  }

  /** {@return the unit of one tick, such as {@code min}} */
  public Unit tick() {
    return parts.tick;
  }

  /**
   * The tick at which planning begins; nothing starts before it, except what is pinned at a time,
   * and a set-up that a machine could begin when what it did before was done.
   *
   * @return the tick
   */
  public long start() {
    return parts.start;
  }

  /** {@return the machines, at least one} */
  public List<Machine> machines() {
    return parts.machines;
  }

  /** {@return the secondary resources} */
  public List<Resource> resources() {
    return parts.resources;
  }

  /** {@return the jobs, at least one} */
  public List<ShopJob> jobs() {
    return parts.jobs;
  }

  /** {@return what is decided already} */
  public List<Pin> pins() {
    return parts.pins;
  }

  /** {@return whether every machine takes the jobs in the same order (permutation flow shop)} */
  public boolean permutation() {
    return parts.permutation;
  }

  /**
   * A plan to start from: the search keeps its machines and sequences unless it finds better ones;
   * it names every operation, and its times need not be possible.
   *
   * @return the plan
   */
  public Optional<Schedule> draft() {
    return parts.draft;
  }

  /** {@return what electricity costs, where somebody counts} */
  public Optional<Tariff> tariff() {
    return parts.tariff;
  }

  /**
   * How long parts take from one machine to another; a pair that is not named takes no time.
   *
   * @return the transports
   */
  public List<Transport> transports() {
    return parts.transports;
  }

  /** {@return the tanks, buffers and components that operations fill and empty} */
  public List<Stock> stocks() {
    return parts.stocks;
  }

  /**
   * The same shop with other jobs.
   *
   * @param others the jobs
   * @return the new shop
   */
  public Shop withJobs(List<ShopJob> others) {
    return toBuilder().jobs(others).build();
  }

  /**
   * The same shop with other machines.
   *
   * @param others the machines
   * @return the new shop
   */
  public Shop withMachines(List<Machine> others) {
    return toBuilder().machines(others).build();
  }

  /**
   * The same shop with other secondary resources.
   *
   * @param others the resources
   * @return the new shop
   */
  public Shop withResources(List<Resource> others) {
    return toBuilder().resources(others).build();
  }

  /**
   * The same shop with other pins.
   *
   * @param others what is decided already
   * @return the new shop
   */
  public Shop withPins(List<Pin> others) {
    return toBuilder().pins(others).build();
  }

  /**
   * The same shop, planned from another tick on.
   *
   * @param time the tick at which planning begins
   * @return the new shop
   */
  public Shop startingAt(long time) {
    return toBuilder().start(time).build();
  }

  /** {@return the same shop, in which every machine takes the jobs in the same order} */
  public Shop asPermutation() {
    return toBuilder().permutation(true).build();
  }

  /**
   * The same shop with a plan to start from.
   *
   * @param plan names every operation
   * @return the new shop
   */
  public Shop withDraft(Schedule plan) {
    return toBuilder().draft(plan).build();
  }

  /** {@return the same shop, started without a draft} */
  public Shop withoutDraft() {
    return toBuilder().draft(Optional.empty()).build();
  }

  /**
   * The same shop with a price of electricity.
   *
   * @param prices what it costs
   * @return the new shop
   */
  public Shop paying(Tariff prices) {
    return toBuilder().tariff(prices).build();
  }

  /** {@return how many operations the jobs have in all} */
  public int operationCount() {
    return jobs().stream().mapToInt(j -> j.operations().size()).sum();
  }

  /**
   * Everything that is wrong with this shop, each with its job, operation or machine.
   *
   * @return the findings; empty when the shop can be planned
   */
  public List<Finding> findings() {
    List<Finding> findings =
        sound ? List.of() : new ShopRules(this, new Looks(() -> {})).findings();
    sound = findings.isEmpty();
    return findings;
  }

  /**
   * Throws when something is wrong.
   *
   * @return this shop
   * @throws io.millwright.api.MillwrightException with all that is wrong
   */
  public Shop checked() {
    return checked(() -> {});
  }

  /**
   * The same, in which somebody can look up now and then.
   *
   * @param look runs every few hundred operations, on this thread; what it throws ends the check
   * @return this shop
   * @throws io.millwright.api.MillwrightException with all that is wrong
   */
  public Shop checked(Runnable look) {
    sound = sound || new ShopRules(this, new Looks(look)).areKept();
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shop o && parts.equals(o.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public String toString() {
    return "Shop" + parts.toString().substring("Parts".length());
  }

  /** Collects the parts. Not thread-safe. */
  public static final class Builder {

    private String name;
    private Unit tick = Unit.of("min");
    private long start = 0;
    private List<Machine> machines;
    private List<Resource> resources = List.of();
    private List<ShopJob> jobs;
    private List<Pin> pins = List.of();
    private boolean permutation = false;
    private Optional<Schedule> draft = Optional.empty();
    private Optional<Tariff> tariff = Optional.empty();
    private List<Transport> transports = List.of();
    private List<Stock> stocks = List.of();

    private Builder(String name, List<Machine> machines, List<ShopJob> jobs) {
      this.name = Objects.requireNonNull(name, "name");
      this.machines = List.copyOf(machines);
      this.jobs = List.copyOf(jobs);
    }

    /**
     * Sets what messages call it.
     *
     * @param value the name
     * @return this builder
     */
    public Builder name(String value) {
      name = Objects.requireNonNull(value, "name");
      return this;
    }

    /**
     * Sets the unit of one tick, such as {@code min}.
     *
     * @param value the unit
     * @return this builder
     */
    public Builder tick(Unit value) {
      tick = Objects.requireNonNull(value, "tick");
      return this;
    }

    /**
     * Sets the tick at which planning begins; nothing starts before it, except what is pinned at a
     * time, and a set-up that a machine could begin when what it did before was done.
     *
     * @param value the tick
     * @return this builder
     */
    public Builder start(long value) {
      start = value;
      return this;
    }

    /**
     * Sets the machines, at least one.
     *
     * @param value the machines
     * @return this builder
     */
    public Builder machines(List<Machine> value) {
      machines = List.copyOf(value);
      return this;
    }

    /**
     * Sets the secondary resources.
     *
     * @param value the resources
     * @return this builder
     */
    public Builder resources(List<Resource> value) {
      resources = List.copyOf(value);
      return this;
    }

    /**
     * Sets the jobs, at least one.
     *
     * @param value the jobs
     * @return this builder
     */
    public Builder jobs(List<ShopJob> value) {
      jobs = List.copyOf(value);
      return this;
    }

    /**
     * Sets what is decided already.
     *
     * @param value the pins
     * @return this builder
     */
    public Builder pins(List<Pin> value) {
      pins = List.copyOf(value);
      return this;
    }

    /**
     * Sets whether every machine takes the jobs in the same order (permutation flow shop).
     *
     * @param value true for a permutation flow shop
     * @return this builder
     */
    public Builder permutation(boolean value) {
      permutation = value;
      return this;
    }

    /**
     * Sets a plan to start from: the search keeps its machines and sequences unless it finds better
     * ones; it names every operation, and its times need not be possible.
     *
     * @param value the plan
     * @return this builder
     */
    public Builder draft(Schedule value) {
      draft = Optional.of(value);
      return this;
    }

    /**
     * Sets a plan to start from: the search keeps its machines and sequences unless it finds better
     * ones; it names every operation, and its times need not be possible, or takes it away.
     *
     * @param value the plan, or empty
     * @return this builder
     */
    public Builder draft(Optional<Schedule> value) {
      draft = Objects.requireNonNull(value, "draft");
      return this;
    }

    /**
     * Sets what electricity costs, where somebody counts.
     *
     * @param value the tariff
     * @return this builder
     */
    public Builder tariff(Tariff value) {
      tariff = Optional.of(value);
      return this;
    }

    /**
     * Sets what electricity costs, where somebody counts, or takes it away.
     *
     * @param value the tariff, or empty
     * @return this builder
     */
    public Builder tariff(Optional<Tariff> value) {
      tariff = Objects.requireNonNull(value, "tariff");
      return this;
    }

    /**
     * Sets how long parts take from one machine to another; a pair that is not named takes no time.
     *
     * @param value the transports
     * @return this builder
     */
    public Builder transports(List<Transport> value) {
      transports = List.copyOf(value);
      return this;
    }

    /**
     * Sets the tanks, buffers and components that operations fill and empty.
     *
     * @param value see {@link Shop#stocks()}
     * @return this builder
     */
    public Builder stocks(List<Stock> value) {
      stocks = List.copyOf(value);
      return this;
    }

    /**
     * Sets the tanks, buffers and components that operations fill and empty.
     *
     * @param value see {@link Shop#stocks()}
     * @return this builder
     */
    public Builder stocks(Stock... value) {
      return stocks(List.of(value));
    }

    /**
     * Puts the parts together.
     *
     * @return the shop
     */
    public Shop build() {
      return new Shop(this);
    }
  }
}
