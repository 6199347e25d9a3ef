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
 * @param name what messages call it
 * @param tick the unit of one tick, such as {@code min}
 * @param start the tick at which planning begins; nothing starts before it, except what is pinned
 *     at a time
 * @param machines the machines, at least one
 * @param resources the secondary resources
 * @param jobs the jobs, at least one
 * @param pins what is decided already
 * @param permutation whether every machine takes the jobs in the same order (permutation flow shop)
 * @param draft a plan to start from: the search keeps its machines and sequences unless it finds
 *     better ones; it names every operation, and its times need not be possible
 * @param tariff what electricity costs, or empty when nobody counts
 */
public record Shop(
    String name,
    Unit tick,
    long start,
    List<Machine> machines,
    List<Resource> resources,
    List<ShopJob> jobs,
    List<Pin> pins,
    boolean permutation,
    Optional<Schedule> draft,
    Optional<Tariff> tariff) {

  /** Checks for nulls and copies. Whether it all fits together, {@link #findings} tells. */
  public Shop {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(tick, "tick");
    Objects.requireNonNull(draft, "draft");
    Objects.requireNonNull(tariff, "tariff");
    machines = List.copyOf(machines);
    resources = List.copyOf(resources);
    jobs = List.copyOf(jobs);
    pins = List.copyOf(pins);
  }

  /**
   * A shop in which nobody counts energy.
   *
   * @param name what messages call it
   * @param tick the unit of one tick
   * @param start the tick at which planning begins
   * @param machines the machines
   * @param resources the secondary resources
   * @param jobs the jobs
   * @param pins what is decided already
   * @param permutation whether every machine takes the jobs in the same order
   * @param draft a plan to start from
   */
  public Shop(
      String name,
      Unit tick,
      long start,
      List<Machine> machines,
      List<Resource> resources,
      List<ShopJob> jobs,
      List<Pin> pins,
      boolean permutation,
      Optional<Schedule> draft) {
    this(name, tick, start, machines, resources, jobs, pins, permutation, draft, Optional.empty());
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
    return new Shop(
        name, Unit.of("min"), 0, machines, List.of(), jobs, List.of(), false, Optional.empty());
  }

  /**
   * The same shop with other jobs.
   *
   * @param others the jobs
   * @return the new shop
   */
  public Shop withJobs(List<ShopJob> others) {
    return new Shop(
        name, tick, start, machines, resources, others, pins, permutation, draft, tariff);
  }

  /**
   * The same shop with other machines.
   *
   * @param others the machines
   * @return the new shop
   */
  public Shop withMachines(List<Machine> others) {
    return new Shop(name, tick, start, others, resources, jobs, pins, permutation, draft, tariff);
  }

  /**
   * The same shop with other secondary resources.
   *
   * @param others the resources
   * @return the new shop
   */
  public Shop withResources(List<Resource> others) {
    return new Shop(name, tick, start, machines, others, jobs, pins, permutation, draft, tariff);
  }

  /**
   * The same shop with other pins.
   *
   * @param others what is decided already
   * @return the new shop
   */
  public Shop withPins(List<Pin> others) {
    return new Shop(
        name, tick, start, machines, resources, jobs, others, permutation, draft, tariff);
  }

  /**
   * The same shop, planned from another tick on.
   *
   * @param time the tick at which planning begins
   * @return the new shop
   */
  public Shop startingAt(long time) {
    return new Shop(name, tick, time, machines, resources, jobs, pins, permutation, draft, tariff);
  }

  /**
   * The same shop, in which every machine takes the jobs in the same order.
   *
   * @return the new shop
   */
  public Shop asPermutation() {
    return new Shop(name, tick, start, machines, resources, jobs, pins, true, draft, tariff);
  }

  /**
   * The same shop with a plan to start from.
   *
   * @param plan names every operation
   * @return the new shop
   */
  public Shop withDraft(Schedule plan) {
    return new Shop(
        name, tick, start, machines, resources, jobs, pins, permutation, Optional.of(plan), tariff);
  }

  /**
   * The same shop, started without a draft.
   *
   * @return the new shop
   */
  public Shop withoutDraft() {
    return new Shop(
        name, tick, start, machines, resources, jobs, pins, permutation, Optional.empty(), tariff);
  }

  /**
   * The same shop with a price of electricity.
   *
   * @param prices what it costs
   * @return the new shop
   */
  public Shop paying(Tariff prices) {
    return new Shop(
        name,
        tick,
        start,
        machines,
        resources,
        jobs,
        pins,
        permutation,
        draft,
        Optional.of(prices));
  }

  /**
   * How many operations the jobs have in all.
   *
   * @return the number
   */
  public int operationCount() {
    return jobs.stream().mapToInt(j -> j.operations().size()).sum();
  }

  /**
   * Everything that is wrong with this shop, each with its job, operation or machine.
   *
   * @return the findings; empty when the shop can be planned
   */
  public List<Finding> findings() {
    return new ShopRules(this).findings();
  }

  /**
   * Throws when something is wrong.
   *
   * @return this shop
   * @throws io.millwright.api.MillwrightException with all that is wrong
   */
  public Shop checked() {
    new ShopRules(this).throwIfAny();
    return this;
  }
}
