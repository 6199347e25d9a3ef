package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.spi.Problems;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is supplied over several days from their own stock (inventory routing, vendor-managed
 * inventory; Coelho, Cordeau and Laporte 2014): when each site is visited, how much it gets, and
 * the routes of each day. A delivery arrives before the day's use. Immutable.
 *
 * @param name the name of the problem
 * @param travel distances and times; location 0 and others as the vehicles say
 * @param vehicles the fleet of each day
 * @param sites who is supplied, at least one
 * @param days how many days, 1 to 60
 * @param draft the plan to start from
 */
public record TransportProblem(
    String name,
    Travel travel,
    List<Vehicle> vehicles,
    List<Site> sites,
    int days,
    Optional<TransportDraft> draft) {

  /**
   * Without a draft.
   *
   * @param name the name of the problem
   * @param travel distances and times
   * @param vehicles the fleet of each day
   * @param sites who is supplied
   * @param days how many days
   */
  public TransportProblem(
      String name, Travel travel, List<Vehicle> vehicles, List<Site> sites, int days) {
    this(name, travel, vehicles, sites, days, Optional.empty());
  }

  /**
   * With a plan to start from.
   *
   * @param draft the plan
   * @return the new problem
   */
  public TransportProblem from(TransportDraft draft) {
    return new TransportProblem(name, travel, vehicles, sites, days, Optional.of(draft));
  }

  /**
   * One site.
   *
   * @param id its name
   * @param location where it is
   * @param stock its pieces at first, from {@code least} to {@code most}
   * @param least the pieces that it must have at the end of each day, 0 or more
   * @param most the pieces that it can hold after a delivery
   * @param use the pieces that it uses on each day, one number a day, none negative, and none above
   *     {@code most - least}
   * @param service how long a visit takes
   * @param load what a piece takes of each of a vehicle's capacities, such as volume and weight
   * @param holding the cost of a piece that is there at the end of a day, 0 or more
   * @param closed the days, from 0, on which nothing can be brought
   */
  public record Site(
      String id,
      int location,
      double stock,
      double least,
      double most,
      List<Double> use,
      double service,
      List<Double> load,
      double holding,
      Set<Integer> closed) {
    /**
     * A site that is never closed.
     *
     * @param id its name
     * @param location where it is
     * @param stock its pieces at first
     * @param least the pieces that it must have at the end of each day
     * @param most the pieces that it can hold after a delivery
     * @param use the pieces that it uses on each day
     * @param service how long a visit takes
     * @param load what a piece takes of each of a vehicle's capacities
     * @param holding the cost of a piece that is there at the end of a day
     */
    public Site(
        String id,
        int location,
        double stock,
        double least,
        double most,
        List<Double> use,
        double service,
        List<Double> load,
        double holding) {
      this(id, location, stock, least, most, use, service, load, holding, Set.of());
    }

    /** Copies. */
    public Site {
      Objects.requireNonNull(id, "id");
      use = List.copyOf(use);
      load = List.copyOf(load);
      closed = Collections.unmodifiableSortedSet(new TreeSet<>(closed));
    }
  }

  /**
   * Checks all of it and copies.
   *
   * @throws io.millwright.api.MillwrightException with all faults, naming the sites
   */
  public TransportProblem {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(travel, "travel");
    vehicles = List.copyOf(vehicles);
    sites = List.copyOf(sites);
    Problems problems = new Problems("the transport problem " + name);
    if (days < 1 || days > 60 || sites.isEmpty() || vehicles.isEmpty()) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "problem",
          days + " days, " + sites.size() + " sites, " + vehicles.size() + " types of vehicle",
          "give 1 to 60 days, a site and a vehicle");
    }
    Set<String> names = new HashSet<>();
    for (Site site : sites) {
      check(problems, site, names, days, travel.size(), vehicles);
    }
    Objects.requireNonNull(draft, "draft");
    if (problems.findings().isEmpty() && draft.isPresent()) {
      check(problems, draft.get(), sites, names, days);
    }
    problems.throwIfAny();
  }

  private static void check(
      Problems problems,
      Site site,
      Set<String> names,
      int days,
      int locations,
      List<Vehicle> vehicles) {
    String place = "site " + site.id;
    if (!names.add(site.id) || site.location < 0 || site.location >= locations) {
      problems.add(
          ErrorCode.BAD_VALUE,
          place,
          "its name stands twice, or its location is " + site.location,
          "give each site a name and a location of the travel");
    }
    if (!site.closed.stream().allMatch(d -> d >= 0 && d < days)) {
      problems.add(
          ErrorCode.BAD_VALUE,
          place,
          "it is closed on the days " + site.closed + ", counted from 0",
          "let them lie from 0 to " + (days - 1));
    }
    boolean holds =
        site.least >= 0
            && site.stock >= site.least
            && site.most >= site.stock
            && Double.isFinite(site.most);
    if (!holds) {
      problems.add(
          ErrorCode.BAD_VALUE,
          place,
          "its stock is " + site.stock + ", its least " + site.least + ", its most " + site.most,
          "let stock lie from least to most");
    }
    if (site.use.size() != days) {
      problems.add(
          ErrorCode.WRONG_SHAPE,
          place,
          "it has a use for " + site.use.size() + " days of " + days,
          "give one number for each day");
    }
    for (int d = 0; d < site.use.size() && holds; d++) {
      double use = site.use.get(d);
      if (!(use >= 0 && use <= site.most - site.least)) {
        problems.add(
            ErrorCode.BAD_VALUE,
            place,
            "it uses " + use + " pieces on day " + (d + 1),
            "give a number from 0 to what it can hold, " + (site.most - site.least));
        break;
      }
    }
    boolean loads =
        site.load.stream().allMatch(l -> l >= 0 && Double.isFinite(l))
            && vehicles.stream().allMatch(v -> v.capacity().size() == site.load.size());
    if (!loads) {
      problems.add(
          ErrorCode.BAD_VALUE,
          place,
          "a piece of it loads " + site.load,
          "give a number of 0 or more for each capacity of the vehicles");
    }
    if (!(site.service >= 0 && site.holding >= 0)
        || Double.isInfinite(site.service + site.holding)) {
      problems.add(
          ErrorCode.BAD_VALUE,
          place,
          "a visit takes " + site.service + ", and holding costs " + site.holding,
          "give numbers of 0 or more");
    }
  }

  private static void check(
      Problems problems, TransportDraft draft, List<Site> sites, Set<String> names, int days) {
    int drafted = draft.delivered().size();
    boolean sound = drafted <= days && draft.kept() >= 0 && draft.kept() <= drafted;
    if (!sound || !(draft.change() >= 0) || Double.isInfinite(draft.change())) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "draft",
          drafted + " days, of which " + draft.kept() + " stay, changes cost " + draft.change(),
          "give at most the " + days + " days of the problem, and a cost of 0 or more");
      return;
    }
    for (int d = 0; d < drafted; d++) {
      for (Map.Entry<String, Double> visit : draft.delivered().get(d).entrySet()) {
        if (!names.contains(visit.getKey())
            || !(visit.getValue() >= 0)
            || Double.isInfinite(visit.getValue())) {
          problems.add(
              ErrorCode.BAD_VALUE,
              "draft, day " + (d + 1),
              "it brings " + visit.getValue() + " pieces to " + visit.getKey(),
              "name a site of the problem, and pieces that can be brought");
        }
      }
    }
    for (Site site : sites) {
      double stock = site.stock;
      for (int d = 0; d < draft.kept(); d++) {
        double before = stock + draft.delivered().get(d).getOrDefault(site.id, 0.0);
        stock = before - site.use.get(d);
        double near = 1e-9 * (1 + site.most);
        if (before > site.most + near || stock < site.least - near) {
          problems.add(
              ErrorCode.BAD_VALUE,
              "draft, day " + (d + 1) + ", site " + site.id,
              "the day stays as it is, but the site has "
                  + before
                  + " pieces after the delivery and "
                  + stock
                  + " in the evening; it can hold "
                  + site.most
                  + " and needs "
                  + site.least,
              "change the draft, or keep fewer days");
          break;
        }
      }
    }
  }
}
