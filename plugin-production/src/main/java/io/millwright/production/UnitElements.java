package io.millwright.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.spi.Problems;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The time and quantity elements of one work unit in one period, by their names in ISO 22400-2
 * (clause 6). What is not known stays out; indicators that need it are then not given. Immutable.
 */
public final class UnitElements {

  private final Builder b;

  private UnitElements(Builder b) {
    this.b = b.copy();
  }

  /**
   * Elements of a unit.
   *
   * @param unit its name
   * @return a builder without elements
   */
  public static Builder builder(String unit) {
    return new Builder(unit);
  }

  /**
   * The elements that a log gives: production and set-up times, pieces. Breakdowns come from {@link
   * Builder#repairs}.
   *
   * @param time what the log says of a resource
   * @return a builder with actual production time, set-up time, processing time, busy time, down
   *     time, good and scrap quantity where they were recorded, and with both the produced
   *     quantity: pieces without a count of rejects say nothing about quality
   */
  public static Builder of(ResourceTime time) {
    Builder b =
        builder(time.resource())
            .production(time.run())
            .setup(time.setup())
            .busy(time.busy())
            .down(time.down());
    if (!Double.isNaN(time.good())) {
      b.good(time.good());
    }
    if (!Double.isNaN(time.rejected())) {
      b.scrap(time.rejected());
    }
    if (!Double.isNaN(time.good() + time.rejected())) {
      b.produced(time.good() + time.rejected());
    }
    return b;
  }

  /**
   * The name.
   *
   * @return the unit's name
   */
  public String unit() {
    return b.unit;
  }

  /**
   * An element.
   *
   * @param element which
   * @return hours or pieces, or empty when not known
   */
  public Optional<Double> get(Element element) {
    return Optional.ofNullable(b.values.get(element)).filter(v -> !v.isNaN());
  }

  /**
   * The repair times of failures in the period.
   *
   * @return hours, one for each failure; empty when there was none or none is known
   */
  public List<Double> repairs() {
    return b.repairs;
  }

  /** Elements by their names in the standard. */
  public enum Element {
    /** Planned busy time (PBT): planned operation time less planned down time; hours. */
    PLANNED_BUSY_TIME,
    /** Actual order execution time (AOET), of all orders of the unit; hours. */
    ACTUAL_ORDER_EXECUTION_TIME,
    /** Actual unit busy time (AUBT); hours. */
    ACTUAL_UNIT_BUSY_TIME,
    /** Actual production time (APT): value is added; hours. */
    ACTUAL_PRODUCTION_TIME,
    /** Actual unit set-up time (AUST); hours. */
    ACTUAL_UNIT_SETUP_TIME,
    /** Actual unit delay time (ADET), here recorded down time; hours. */
    ACTUAL_UNIT_DELAY_TIME,
    /** Planned run time per item (PRI); hours a piece. */
    PLANNED_RUN_TIME_PER_ITEM,
    /** Produced quantity (PQ); pieces. */
    PRODUCED_QUANTITY,
    /** Good quantity (GQ); pieces. */
    GOOD_QUANTITY,
    /** Scrap quantity (SQ); pieces. */
    SCRAP_QUANTITY,
    /** Planned scrap quantity (PSQ); pieces. */
    PLANNED_SCRAP_QUANTITY,
    /** Rework quantity (RQ); pieces. */
    REWORK_QUANTITY,
    /** Good parts at the first pass (GP); pieces. */
    GOOD_PARTS,
    /** Inspected parts (IP); pieces. */
    INSPECTED_PARTS,
    /** Calendar time of the period, which the standard does not use, for TEEP; hours. */
    CALENDAR_TIME
  }

  /** Collects elements and checks them all at once. Not thread-safe. */
  public static final class Builder {
    private final String unit;
    private final Map<Element, Double> values = new EnumMap<>(Element.class);
    private List<Double> repairs = List.of();

    private Builder(String unit) {
      this.unit = unit;
    }

    private Builder copy() {
      Builder c = new Builder(unit);
      c.values.putAll(values);
      c.repairs = repairs;
      return c;
    }

    /**
     * Sets an element.
     *
     * @param element which
     * @param value hours or pieces, 0 or more; NaN for not known
     * @return this
     */
    public Builder set(Element element, double value) {
      values.put(element, value);
      return this;
    }

    /**
     * Planned busy time.
     *
     * @param hours hours
     * @return this
     */
    public Builder planned(double hours) {
      return set(Element.PLANNED_BUSY_TIME, hours);
    }

    /**
     * Actual unit busy time.
     *
     * @param hours hours
     * @return this
     */
    public Builder busy(double hours) {
      return set(Element.ACTUAL_UNIT_BUSY_TIME, hours);
    }

    /**
     * Actual production time.
     *
     * @param hours hours
     * @return this
     */
    public Builder production(double hours) {
      return set(Element.ACTUAL_PRODUCTION_TIME, hours);
    }

    /**
     * Actual unit set-up time.
     *
     * @param hours hours
     * @return this
     */
    public Builder setup(double hours) {
      return set(Element.ACTUAL_UNIT_SETUP_TIME, hours);
    }

    /**
     * Recorded down time.
     *
     * @param hours hours
     * @return this
     */
    public Builder down(double hours) {
      return set(Element.ACTUAL_UNIT_DELAY_TIME, hours);
    }

    /**
     * Planned run time per item.
     *
     * @param hours hours a piece
     * @return this
     */
    public Builder ideal(double hours) {
      return set(Element.PLANNED_RUN_TIME_PER_ITEM, hours);
    }

    /**
     * Produced quantity.
     *
     * @param pieces pieces
     * @return this
     */
    public Builder produced(double pieces) {
      return set(Element.PRODUCED_QUANTITY, pieces);
    }

    /**
     * Good quantity.
     *
     * @param pieces pieces
     * @return this
     */
    public Builder good(double pieces) {
      return set(Element.GOOD_QUANTITY, pieces);
    }

    /**
     * Scrap quantity.
     *
     * @param pieces pieces
     * @return this
     */
    public Builder scrap(double pieces) {
      return set(Element.SCRAP_QUANTITY, pieces);
    }

    /**
     * The repair times of all failures.
     *
     * @param hours one for each failure (failure event, FE), each 0 or more
     * @return this
     */
    public Builder repairs(List<Double> hours) {
      repairs = List.copyOf(hours);
      return this;
    }

    /**
     * Checks.
     *
     * @return the elements
     * @throws io.millwright.api.MillwrightException with all faults: negative or infinite values,
     *     more good pieces than produced ones, more production than busy time, more planned busy
     *     time than the calendar has
     */
    public UnitElements build() {
      Problems problems = new Problems("elements of " + unit);
      for (Element e : Element.values()) {
        double v = values.getOrDefault(e, Double.NaN);
        if (v < 0 || Double.isInfinite(v)) {
          problems.add(
              ErrorCode.OUT_OF_RANGE, e.name(), "is " + v, "give hours or pieces, 0 or more");
        }
      }
      for (double r : repairs) {
        if (!(r >= 0) || Double.isInfinite(r)) {
          problems.add(ErrorCode.OUT_OF_RANGE, "repairs", "one took " + r + " h", "");
        }
      }
      atMost(problems, Element.GOOD_QUANTITY, Element.PRODUCED_QUANTITY);
      atMost(problems, Element.SCRAP_QUANTITY, Element.PRODUCED_QUANTITY);
      atMost(problems, Element.GOOD_PARTS, Element.INSPECTED_PARTS);
      atMost(problems, Element.ACTUAL_PRODUCTION_TIME, Element.ACTUAL_UNIT_BUSY_TIME);
      double planned = values.getOrDefault(Element.PLANNED_BUSY_TIME, Double.NaN);
      double calendar = values.getOrDefault(Element.CALENDAR_TIME, Double.NaN);
      if (planned > calendar * (1 + 1e-9)) {
        problems.add(
            ErrorCode.OUT_OF_RANGE,
            Element.PLANNED_BUSY_TIME.name(),
            "is " + planned + " h, above the calendar time of the period, " + calendar + " h",
            "give the planned hours of one unit, or the whole period");
      }
      problems.throwIfAny();
      return new UnitElements(this);
    }

    private void atMost(Problems problems, Element part, Element whole) {
      double p = values.getOrDefault(part, Double.NaN);
      double w = values.getOrDefault(whole, Double.NaN);
      if (p > w * (1 + 1e-9)) {
        problems.add(
            ErrorCode.OUT_OF_RANGE,
            part.name(),
            "is " + p + ", above " + whole + " of " + w,
            "one of them is in another unit");
      }
    }
  }
}
