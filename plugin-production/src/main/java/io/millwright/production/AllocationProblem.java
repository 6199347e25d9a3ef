package io.millwright.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which line makes what, at which speed and for how long, in each period, to serve demand at least
 * cost. Built by {@link #builder}. Immutable.
 */
public final class AllocationProblem {

  /**
   * A product.
   *
   * @param name its name
   * @param demand deliveries of each period
   * @param stock what is there at the beginning
   * @param holding the cost of a piece at the end of a period
   * @param late the cost of a piece owed at the end of a period; 0 when nothing may be owed
   * @param material what a piece takes of the material, scrap included
   */
  public record Product(
      String name,
      List<Double> demand,
      double stock,
      double holding,
      double late,
      double material) {
    /** Copies. */
    public Product {
      demand = List.copyOf(demand);
    }
  }

  /**
   * A line.
   *
   * @param name its name
   * @param hours how long it can run in each period
   * @param people how many people it needs while it is open
   * @param openCost the cost of a period in which it is open
   * @param changeover hours that a product takes of the line in each period in which it is made
   */
  public record Line(
      String name, List<Double> hours, double people, double openCost, double changeover) {
    /** Copies. */
    public Line {
      hours = List.copyOf(hours);
    }
  }

  private final Builder b;

  private AllocationProblem(Builder b) {
    this.b = b;
  }

  /**
   * A problem.
   *
   * @param periods how many periods
   * @return an empty builder
   */
  public static Builder builder(int periods) {
    return new Builder(periods);
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
   * The products.
   *
   * @return in their order
   */
  public List<Product> products() {
    return List.copyOf(b.products);
  }

  /**
   * The lines.
   *
   * @return in their order
   */
  public List<Line> lines() {
    return List.copyOf(b.lines);
  }

  /**
   * The ratings.
   *
   * @return in their order
   */
  public List<Rating> ratings() {
    return List.copyOf(b.ratings);
  }

  /**
   * People that are there.
   *
   * @return for each period; infinite without a limit
   */
  public List<Double> people() {
    return b.people;
  }

  /**
   * Energy that may be used.
   *
   * @return kWh for each period; infinite without a limit
   */
  public List<Double> energy() {
    return b.energy;
  }

  /**
   * Material that comes in.
   *
   * @return for each period; what is left stays; infinite without a limit
   */
  public List<Double> material() {
    return b.material;
  }

  /**
   * The price of energy.
   *
   * @return for each period, a kWh
   */
  public List<Double> energyPrice() {
    return b.energyPrice;
  }

  /**
   * The cost of a rejected piece.
   *
   * @return the cost
   */
  public double scrapCost() {
    return b.scrapCost;
  }

  /**
   * The probability with which deliveries of each product and period are kept where rates are
   * uncertain.
   *
   * @return 0.5 when expected rates decide
   */
  public double service() {
    return b.service;
  }

  /** Collects a problem and checks all of it at once. Not thread-safe. */
  public static final class Builder {
    private final int periods;
    private final List<Product> products = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Rating> ratings = new ArrayList<>();
    private List<Double> people;
    private List<Double> energy;
    private List<Double> material;
    private List<Double> energyPrice;
    private double scrapCost;
    private double service = 0.5;

    private Builder(int periods) {
      this.periods = periods;
      int n = Math.max(0, periods);
      people = java.util.Collections.nCopies(n, Double.POSITIVE_INFINITY);
      energy = people;
      material = people;
      energyPrice = java.util.Collections.nCopies(n, 0.0);
    }

    /**
     * Adds a product.
     *
     * @param product the product
     * @return this
     */
    public Builder product(Product product) {
      products.add(product);
      return this;
    }

    /**
     * Adds a line.
     *
     * @param line the line
     * @return this
     */
    public Builder line(Line line) {
      lines.add(line);
      return this;
    }

    /**
     * Adds a rating: without one a line cannot make a product.
     *
     * @param rating the rating
     * @return this
     */
    public Builder rating(Rating rating) {
      ratings.add(rating);
      return this;
    }

    /**
     * Limits people.
     *
     * @param perPeriod how many are there in each period
     * @return this
     */
    public Builder people(List<Double> perPeriod) {
      people = List.copyOf(perPeriod);
      return this;
    }

    /**
     * Limits energy.
     *
     * @param perPeriod kWh of each period
     * @return this
     */
    public Builder energy(List<Double> perPeriod) {
      energy = List.copyOf(perPeriod);
      return this;
    }

    /**
     * Limits material.
     *
     * @param perPeriod what comes in each period; what is left stays
     * @return this
     */
    public Builder material(List<Double> perPeriod) {
      material = List.copyOf(perPeriod);
      return this;
    }

    /**
     * Prices.
     *
     * @param energyPrices a kWh, for each period
     * @param scrap a rejected piece
     * @return this
     */
    public Builder prices(List<Double> energyPrices, double scrap) {
      energyPrice = List.copyOf(energyPrices);
      scrapCost = scrap;
      return this;
    }

    /**
     * How sure deliveries must be where rates were learnt (a chance constraint for each product and
     * period, with normal errors that are independent between lines). It holds for products whose
     * deliveries may not be late; for the others the expected delay has its price.
     *
     * @param probability from 0.5 (expected rates decide) to 0.999
     * @return this
     */
    public Builder service(double probability) {
      service = probability;
      return this;
    }

    /**
     * Checks.
     *
     * @return the problem
     * @throws io.millwright.api.MillwrightException with all faults
     */
    public AllocationProblem build() {
      Problems problems = new Problems("allocation");
      if (periods < 1 || periods > 1000) {
        problems.add(ErrorCode.OUT_OF_RANGE, "periods", "are " + periods, "take 1 to 1000");
      }
      if (!(service >= 0.5 && service <= 0.999)) {
        problems.add(ErrorCode.OUT_OF_RANGE, "service", "is " + service, "take 0.5 to 0.999");
      }
      some(problems, "products", products.isEmpty());
      some(problems, "lines", lines.isEmpty());
      Set<String> names = new LinkedHashSet<>();
      Set<String> lineNames = new LinkedHashSet<>();
      for (Product p : products) {
        if (!names.add(p.name)) {
          problems.add(
              ErrorCode.BAD_VALUE, "product " + p.name, "stands twice", "rename one of them");
        }
        each(problems, "demand of " + p.name, p.demand, false);
        PlanChecks.positive(problems, "stock of " + p.name, p.stock);
        PlanChecks.positive(problems, "holding cost of " + p.name, p.holding);
        PlanChecks.positive(problems, "cost of late " + p.name, p.late);
        PlanChecks.positive(problems, "material of " + p.name, p.material);
      }
      for (Line l : lines) {
        if (!lineNames.add(l.name)) {
          problems.add(ErrorCode.BAD_VALUE, "line " + l.name, "stands twice", "rename one of them");
        }
        each(problems, "hours of " + l.name, l.hours, false);
        PlanChecks.positive(problems, "people of " + l.name, l.people);
        PlanChecks.positive(problems, "cost of opening " + l.name, l.openCost);
        PlanChecks.positive(problems, "changeover of " + l.name, l.changeover);
      }
      Set<List<String>> pairs = new HashSet<>();
      for (Rating r : ratings) {
        String place = "rating of line " + r.line() + " for product " + r.product();
        if (!lineNames.contains(r.line())) {
          problems.add(
              ErrorCode.BAD_VALUE, place, "there is no such line", "use one of " + lineNames);
        }
        if (!names.contains(r.product())) {
          problems.add(
              ErrorCode.BAD_VALUE, place, "there is no such product", "use one of " + names);
        }
        if (!pairs.add(List.of(r.line(), r.product()))) {
          problems.add(ErrorCode.BAD_VALUE, place, "stands twice", "keep one of them");
        }
      }
      each(problems, "people", people, true);
      each(problems, "energy", energy, true);
      each(problems, "material", material, true);
      each(problems, "price of energy", energyPrice, false);
      PlanChecks.positive(problems, "cost of scrap", scrapCost);
      problems.throwIfAny();
      return new AllocationProblem(copy());
    }

    private Builder copy() {
      Builder c = new Builder(periods);
      c.products.addAll(products);
      c.lines.addAll(lines);
      c.ratings.addAll(ratings);
      c.people = people;
      c.energy = energy;
      c.material = material;
      c.energyPrice = energyPrice;
      c.scrapCost = scrapCost;
      c.service = service;
      return c;
    }

    private void some(Problems problems, String what, boolean none) {
      if (none) {
        problems.add(ErrorCode.TOO_FEW_DATA, what, "there are none", "add at least one");
      }
    }

    private void each(Problems problems, String place, List<Double> values, boolean infinite) {
      if (values.size() != periods) {
        problems.add(
            ErrorCode.WRONG_SHAPE,
            place,
            "has " + values.size() + " values for " + periods + " periods",
            "give one for each period");
      }
      for (int t = 0; t < values.size(); t++) {
        if (!infinite || !values.get(t).isInfinite()) {
          PlanChecks.positive(problems, place + ", period " + (t + 1), values.get(t));
        } else if (values.get(t) < 0) {
          PlanChecks.positive(problems, place + ", period " + (t + 1), values.get(t));
        }
      }
    }
  }
}
