package io.millwright.scheduling;

import io.millwright.api.data.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The price of electricity over time, which repeats with a period, such as a day.
 *
 * @param currency the unit of money, such as {@code EUR}
 * @param ticksPerHour how many ticks of the shop make an hour, positive: 60 for minutes
 * @param period the length of the pattern in ticks, counted from tick 0; 0 when it never repeats
 * @param steps the prices in order of time; the first begins at 0, each begins before the period
 *     ends and holds until the next begins
 */
public record Tariff(Unit currency, double ticksPerHour, long period, List<Step> steps) {

  /**
   * A price from a tick of the period on.
   *
   * @param from the first tick at which it holds
   * @param perKwh the price of one kilowatt hour, not negative
   */
  public record Step(long from, double perKwh) {

    /** Checks. */
    public Step {
      if (from < 0 || !(perKwh >= 0) || Double.isInfinite(perKwh)) {
        throw new IllegalArgumentException(
            "the price is "
                + perKwh
                + " from tick "
                + from
                + ", but neither may be negative or infinite\n"
                + "Maybe count from tick 0, and give what is sold a price of 0");
      }
    }
  }

  /** Sorts, checks and copies. */
  public Tariff {
    Objects.requireNonNull(currency, "currency");
    List<Step> sorted = new ArrayList<>(steps);
    sorted.sort(Comparator.comparingLong(Step::from));
    steps = List.copyOf(sorted);
    if (!(ticksPerHour > 0) || Double.isInfinite(ticksPerHour)) {
      throw new IllegalArgumentException(
          "ticksPerHour is " + ticksPerHour + "\nMaybe use 60 when a tick is a minute");
    }
    if (period < 0) {
      throw new IllegalArgumentException(
          "period is " + period + "\nMaybe use 0 for prices that do not repeat");
    }
    if (steps.isEmpty() || steps.get(0).from() != 0) {
      throw new IllegalArgumentException(
          "the first price must hold from tick 0\nMaybe add a step from 0");
    }
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).from() == steps.get(i - 1).from()) {
        throw new IllegalArgumentException(
            "two prices hold from tick " + steps.get(i).from() + "\nMaybe remove one");
      }
    }
    if (period > 0 && steps.get(steps.size() - 1).from() >= period) {
      throw new IllegalArgumentException(
          "a price holds from tick "
              + steps.get(steps.size() - 1).from()
              + ", after the period of "
              + period
              + "\nMaybe count from the beginning of the period");
    }
  }

  /**
   * One price at all times.
   *
   * @param currency the unit of money
   * @param ticksPerHour how many ticks make an hour
   * @param perKwh the price of one kilowatt hour
   * @return the tariff
   */
  public static Tariff flat(Unit currency, double ticksPerHour, double perKwh) {
    return new Tariff(currency, ticksPerHour, 0, List.of(new Step(0, perKwh)));
  }

  /**
   * The price at a tick.
   *
   * @param time a tick, not negative
   * @return the price of one kilowatt hour
   */
  public double at(long time) {
    long t = period > 0 ? time % period : time;
    double price = steps.get(0).perKwh();
    for (Step s : steps) {
      if (s.from() <= t) {
        price = s.perKwh();
      }
    }
    return price;
  }

  /**
   * What it costs to draw a constant power for a while.
   *
   * @param kilowatts the power
   * @param from the first tick, not negative
   * @param to the first tick after it, at least {@code from}
   * @return the money
   */
  public double cost(double kilowatts, long from, long to) {
    return kilowatts / ticksPerHour * (upTo(to) - upTo(from));
  }

  /** The sum of the prices of all ticks before a time. */
  private double upTo(long time) {
    if (period == 0) {
      return within(time);
    }
    long whole = time / period;
    return whole * within(period) + within(time % period);
  }

  private double within(long time) {
    double sum = 0;
    for (int i = 0; i < steps.size() && steps.get(i).from() < time; i++) {
      long next = i + 1 < steps.size() ? Math.min(time, steps.get(i + 1).from()) : time;
      sum += steps.get(i).perKwh() * (next - steps.get(i).from());
    }
    return sum;
  }
}
