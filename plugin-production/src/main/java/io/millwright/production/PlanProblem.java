package io.millwright.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A master plan to be made: how much of which item to make, buy and move in which period
 * (capacitated lot sizing; Pochet and Wolsey 2006). An item is an article at a site: the same
 * article at two sites is two items, which lanes join. Built by {@link #builder}. Immutable.
 */
public final class PlanProblem {

  /**
   * An article at a site.
   *
   * @param name its name
   * @param demand what customers want of it in each period; empty for none
   * @param stock what is there at the beginning
   * @param holding the cost of a unit at the end of a period
   * @param backlog the cost of a unit owed at the end of a period; 0 when nothing may be owed
   * @param safety stock that should be there at the end of each period; empty for none
   * @param safetyPrice the cost of a unit missing to it, for each period
   * @param outsourcing the cost of a unit bought elsewhere
   * @param outsourceLimit how much of it can be bought in a period; 0 for none
   */
  public record Item(
      String name,
      List<Double> demand,
      double stock,
      double holding,
      double backlog,
      List<Double> safety,
      double safetyPrice,
      double outsourcing,
      double outsourceLimit) {
    /** Copies. */
    public Item {
      demand = List.copyOf(demand);
      safety = List.copyOf(safety);
    }

    /**
     * An item without stock whose demand must be met in its period.
     *
     * @param name its name
     * @param holding the cost of a unit at the end of a period
     * @param demand the demand of each period; empty for a component
     * @return the item
     */
    public static Item of(String name, double holding, List<Double> demand) {
      return new Item(name, demand, 0, holding, 0, List.of(), 0, 0, 0);
    }

    /**
     * The same with stock at the beginning.
     *
     * @param units how much
     * @return the new item
     */
    public Item stocked(double units) {
      return new Item(
          name, demand, units, holding, backlog, safety, safetyPrice, outsourcing, outsourceLimit);
    }

    /**
     * The same, but demand may be owed.
     *
     * @param cost the cost of a unit owed at the end of a period, above 0
     * @return the new item
     */
    public Item owing(double cost) {
      return new Item(
          name, demand, stock, holding, cost, safety, safetyPrice, outsourcing, outsourceLimit);
    }

    /**
     * The same with a safety stock: the distance of a quantile of the demand from the plan's
     * demand, period by period.
     *
     * @param quantile the quantile of the demand of each period, such as that of 0.95
     * @param price the cost of a unit missing to it, for each period
     * @return the new item
     */
    public Item safe(List<Double> quantile, double price) {
      List<Double> above = new ArrayList<>();
      for (int t = 0; t < quantile.size(); t++) {
        double q = PlanChecks.quantile(name, t, quantile.get(t));
        above.add(Math.max(0, q - (t < demand.size() ? demand.get(t) : 0)));
      }
      return new Item(
          name, demand, stock, holding, backlog, above, price, outsourcing, outsourceLimit);
    }

    /**
     * The same, but it can be bought.
     *
     * @param cost the cost of a unit
     * @param limit how much in a period
     * @return the new item
     */
    public Item bought(double cost, double limit) {
      return new Item(name, demand, stock, holding, backlog, safety, safetyPrice, cost, limit);
    }
  }

  /**
   * A work centre.
   *
   * @param name its name
   * @param capacity its time in each period
   * @param overtime how much more can be had in each period
   * @param overtimeCost its cost for a unit of time
   * @param carryOver whether the set-up at the end of a period is still there in the next
   */
  public record Resource(
      String name, List<Double> capacity, double overtime, double overtimeCost, boolean carryOver) {
    /** Copies. */
    public Resource {
      capacity = List.copyOf(capacity);
    }
  }

  /**
   * A way to make an item.
   *
   * @param item the item
   * @param resource the work centre
   * @param time its time for a unit
   * @param setupTime its time for a set-up, in each period in which it makes the item
   * @param setupCost the cost of a set-up
   * @param family the family whose set-up it needs besides; empty for none
   */
  public record Operation(
      String item,
      String resource,
      double time,
      double setupTime,
      double setupCost,
      String family) {}

  /**
   * A set-up that items share.
   *
   * @param name its name, by which operations of one work centre refer to it
   * @param resource the work centre
   * @param setupTime its time in each period in which one of them is made
   * @param setupCost its cost
   */
  public record Family(String name, String resource, double setupTime, double setupCost) {}

  /**
   * A line of a bill of materials.
   *
   * @param item what is made
   * @param component what goes into it
   * @param quantity how much of it for a unit
   * @param leadTime how many periods before it is needed
   */
  public record Component(String item, String component, double quantity, int leadTime) {}

  /**
   * A way to move one item to another site, where it is another item.
   *
   * @param from the item there
   * @param to the item here
   * @param leadTime how many periods it takes
   * @param cost the cost of a unit
   * @param limit how much can leave in a period
   */
  public record Lane(String from, String to, int leadTime, double cost, double limit) {}

  /**
   * A quantity of an earlier plan.
   *
   * @param item the item
   * @param resource the work centre
   * @param period the period, from 0
   * @param quantity how much was planned
   */
  public record Earlier(String item, String resource, int period, double quantity) {}

  private final Builder b;

  private PlanProblem(Builder b) {
    this.b = b;
  }

  /**
   * A problem.
   *
   * @param periods how many periods, 1 to 1000
   * @return an empty builder
   */
  public static Builder builder(int periods) {
    return new Builder(periods);
  }

  /**
   * A problem of one work centre in the form of Trigeiro, Thomas and McClain (1989): numbers of
   * items and periods, a number without use, the capacity, a line for each item (time, holding
   * cost, set-up time, set-up cost), then the demand, a period a line; more than 15 items in
   * blocks.
   *
   * @param text the text; what follows the numbers is left out
   * @return the problem
   * @throws io.millwright.api.MillwrightException with {@link ErrorCode#BAD_FILE}
   */
  public static PlanProblem parseTrigeiro(String text) {
    return TrigeiroText.parse(text);
  }

  /**
   * The number of periods.
   *
   * @return the number
   */
  public int periods() {
    return b.periods;
  }

  /**
   * The items.
   *
   * @return in the order in which they were given
   */
  public List<Item> items() {
    return List.copyOf(b.items);
  }

  /**
   * The work centres.
   *
   * @return in their order
   */
  public List<Resource> resources() {
    return List.copyOf(b.resources);
  }

  /**
   * The ways to make items.
   *
   * @return in their order
   */
  public List<Operation> operations() {
    return List.copyOf(b.operations);
  }

  /**
   * The families.
   *
   * @return in their order
   */
  public List<Family> families() {
    return List.copyOf(b.families);
  }

  /**
   * The bill of materials.
   *
   * @return in its order
   */
  public List<Component> components() {
    return List.copyOf(b.components);
  }

  /**
   * The lanes.
   *
   * @return in their order
   */
  public List<Lane> lanes() {
    return List.copyOf(b.lanes);
  }

  /**
   * The earlier plan.
   *
   * @return its quantities
   */
  public List<Earlier> earlier() {
    return List.copyOf(b.earlier);
  }

  /**
   * How many first periods keep the earlier plan as it is.
   *
   * @return the frozen horizon
   */
  public int frozen() {
    return b.frozen;
  }

  /**
   * The price of a unit by which a later period departs from the earlier plan (nervousness).
   *
   * @return the price, 0 for none
   */
  public double changePrice() {
    return b.changePrice;
  }

  /** Collects a problem and checks all of it at once. Not thread-safe. */
  public static final class Builder {
    private final int periods;
    private final List<Item> items = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Family> families = new ArrayList<>();
    private final List<Component> components = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Earlier> earlier = new ArrayList<>();
    private int frozen;
    private double changePrice;

    private Builder(int periods) {
      this.periods = periods;
    }

    /**
     * Adds an item.
     *
     * @param item the item
     * @return this
     */
    public Builder item(Item item) {
      items.add(item);
      return this;
    }

    /**
     * Adds a work centre.
     *
     * @param resource the work centre
     * @return this
     */
    public Builder resource(Resource resource) {
      resources.add(resource);
      return this;
    }

    /**
     * Adds a work centre with the same time in all periods, without overtime and carry-over.
     *
     * @param name its name
     * @param capacity its time in a period
     * @return this
     */
    public Builder resource(String name, double capacity) {
      return resource(
          new Resource(
              name, java.util.Collections.nCopies(Math.max(0, periods), capacity), 0, 0, false));
    }

    /**
     * Adds a way to make an item.
     *
     * @param operation the operation
     * @return this
     */
    public Builder operation(Operation operation) {
      operations.add(operation);
      return this;
    }

    /**
     * Adds a family.
     *
     * @param family the family
     * @return this
     */
    public Builder family(Family family) {
      families.add(family);
      return this;
    }

    /**
     * Adds a line of the bill of materials.
     *
     * @param component the line
     * @return this
     */
    public Builder component(Component component) {
      components.add(component);
      return this;
    }

    /**
     * Adds a lane.
     *
     * @param lane the lane
     * @return this
     */
    public Builder lane(Lane lane) {
      lanes.add(lane);
      return this;
    }

    /**
     * Takes an earlier plan into account.
     *
     * @param plan its quantities; what is not named was 0
     * @param frozenPeriods how many first periods keep it
     * @param price the price of a unit of change in later periods
     * @return this
     */
    public Builder earlier(List<Earlier> plan, int frozenPeriods, double price) {
      earlier.addAll(plan);
      frozen = frozenPeriods;
      changePrice = price;
      return this;
    }

    /**
     * Checks.
     *
     * @return the problem
     * @throws io.millwright.api.MillwrightException with all faults
     */
    public PlanProblem build() {
      Problems problems = new Problems("plan");
      if (periods < 1 || periods > 1000) {
        problems.add(ErrorCode.OUT_OF_RANGE, "periods", "are " + periods, "take 1 to 1000");
      }
      Map<String, Item> named = new HashMap<>();
      for (Item item : items) {
        if (named.put(item.name, item) != null) {
          problems.add(
              ErrorCode.BAD_VALUE, "item " + item.name, "stands twice", "rename one of them");
        }
        PlanChecks.item(problems, item, periods);
      }
      Set<String> centres = new HashSet<>();
      for (Resource r : resources) {
        if (!centres.add(r.name)) {
          problems.add(
              ErrorCode.BAD_VALUE, "resource " + r.name, "stands twice", "rename one of them");
        }
        PlanChecks.length(problems, "capacity of " + r.name, r.capacity, periods);
        PlanChecks.positive(problems, "overtime of " + r.name, r.overtime);
        PlanChecks.positive(problems, "cost of overtime of " + r.name, r.overtimeCost);
      }
      for (Operation p : operations) {
        String place = "process of " + p.item + " on " + p.resource;
        PlanChecks.known(problems, place, p.item, named.keySet());
        PlanChecks.known(problems, place, p.resource, centres);
        PlanChecks.positive(problems, "time of " + place, p.time);
        PlanChecks.positive(problems, "set-up time of " + place, p.setupTime);
        PlanChecks.positive(problems, "set-up cost of " + place, p.setupCost);
        boolean has =
            p.family.isEmpty()
                || families.stream()
                    .anyMatch(f -> f.name.equals(p.family) && f.resource.equals(p.resource));
        if (!has) {
          problems.add(
              ErrorCode.BAD_VALUE,
              place,
              "names no family: " + p.family,
              "add the family to its resource");
        }
      }
      for (Component c : components) {
        String place = "component " + c.component + " of " + c.item;
        PlanChecks.known(problems, place, c.item, named.keySet());
        PlanChecks.known(problems, place, c.component, named.keySet());
        PlanChecks.positive(problems, "quantity of " + c.component + " in " + c.item, c.quantity);
        PlanChecks.positive(problems, "lead time of " + c.component, c.leadTime);
      }
      for (Lane l : lanes) {
        if (l.from.equals(l.to)) {
          problems.add(
              ErrorCode.BAD_VALUE,
              "lane",
              "leads from " + l.from + " to itself",
              "name the item of another site");
        }
        PlanChecks.known(problems, "lane", l.from, named.keySet());
        PlanChecks.known(problems, "lane", l.to, named.keySet());
        PlanChecks.positive(problems, "cost of lane " + l.from, l.cost);
        PlanChecks.positive(problems, "lead time of lane " + l.from, l.leadTime);
        PlanChecks.positive(problems, "limit of lane " + l.from, l.limit);
      }
      if (frozen < 0 || frozen > periods || !(changePrice >= 0)) {
        problems.add(
            ErrorCode.OUT_OF_RANGE,
            "frozen",
            "is " + frozen + " at a price of " + changePrice,
            "take 0 to the number of periods");
      }
      PlanChecks.circles(problems, components);
      problems.throwIfAny();
      return new PlanProblem(this);
    }
  }
}
