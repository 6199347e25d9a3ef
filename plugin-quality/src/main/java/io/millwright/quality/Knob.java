package io.millwright.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A setting that can be moved (control factor): its limits, and what moving it costs. Immutable.
 */
public final class Knob {

  private final String column;
  private final double low;
  private final double high;
  private final double step;
  private final double spread;
  private final double cost;

  private Knob(String column, double low, double high, double step, double spread, double cost) {
    this.column = Objects.requireNonNull(column, "column");
    this.low = low;
    this.high = high;
    this.step = step;
    this.spread = spread;
    this.cost = cost;
  }

  /**
   * A knob between limits, without steps, kept exactly, moved for nothing.
   *
   * @param column the column of the runs that holds its settings
   * @param low the lowest setting that may be advised or tried
   * @param high the highest
   * @return the knob
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} unless low is below high and both
   *     are finite
   */
  public static Knob between(String column, double low, double high) {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "knob '" + column + "' goes from " + low + " to " + high + "\nMaybe swap the limits");
    }
    return new Knob(column, low, high, 0, 0, 0);
  }

  /**
   * Only settings at whole steps from the lowest.
   *
   * @param width the distance of two settings; 0 for any
   * @return the changed knob
   */
  public Knob step(double width) {
    return new Knob(column, low, high, notNegative("step", width), spread, cost);
  }

  /**
   * How exactly a setting is kept (noise of the factor): advice then is for the mean over the
   * spread.
   *
   * @param deviation the standard deviation about the setting
   * @return the changed knob
   */
  public Knob spread(double deviation) {
    return new Knob(column, low, high, step, notNegative("spread", deviation), cost);
  }

  /**
   * What moving costs.
   *
   * @param perUnit in units of the outcome for each unit of the knob
   * @return the changed knob
   */
  public Knob cost(double perUnit) {
    return new Knob(column, low, high, step, spread, notNegative("cost", perUnit));
  }

  private double notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the " + name + " of knob '" + column + "' is " + value + "\nMaybe 0 or more");
    }
    return value;
  }

  /** {@return the column of the runs that holds its settings} */
  public String column() {
    return column;
  }

  /** {@return the lowest setting} */
  public double low() {
    return low;
  }

  /** {@return the highest setting} */
  public double high() {
    return high;
  }

  /** {@return the standard deviation about the setting} */
  public double spread() {
    return spread;
  }

  /** {@return what a move by one unit costs, in units of the outcome} */
  public double cost() {
    return cost;
  }

  /**
   * The setting next to a number: within the limits, at a whole step.
   *
   * @param value any number
   * @return a setting that can be set
   */
  public double nearest(double value) {
    double inside = Math.min(high, Math.max(low, value));
    if (step == 0) {
      return inside;
    }
    double steps =
        Math.min(Math.floor((high - low) / step + 1e-9), Math.rint((inside - low) / step));
    return low + steps * step;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Knob that
        && column.equals(that.column)
        && low == that.low
        && high == that.high
        && step == that.step
        && spread == that.spread
        && cost == that.cost;
  }

  @Override
  public int hashCode() {
    return Objects.hash(column, low, high, step, spread, cost);
  }

  @Override
  public String toString() {
    return "Knob[" + column + " " + low + " to " + high + "]";
  }
}
