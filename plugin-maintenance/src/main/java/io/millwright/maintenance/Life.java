package io.millwright.maintenance;

import java.util.List;
import java.util.Objects;

/**
 * What is known of a life, or of several that are alike (interval-censored lifetime): it ended
 * between two times. Times are in any one unit, from 0 when the unit was new.
 *
 * @param from not before; 0 when it was found failed at its first inspection
 * @param to not after; equal to {@code from} when the time is known, infinity while it still runs
 * @param count how many such lives, above 0
 * @param mode how it failed, where modes compete; empty when unknown or still running
 * @param covariates stresses and conditions it lived under, where a regression takes them
 */
public record Life(double from, double to, double count, String mode, List<Double> covariates) {

  /** Checks and copies. */
  public Life {
    Objects.requireNonNull(mode, "mode");
    covariates = List.copyOf(covariates);
    boolean sound = from >= 0 && to >= from && to > 0 && !Double.isInfinite(from);
    if (!sound || (from == 0 && Double.isInfinite(to))) {
      throw new IllegalArgumentException(
          to == 0
              ? "a life of 0 has no likelihood under a law of life: give a unit that was found dead"
                  + " as failed before its first use ended"
              : "a life from "
                  + from
                  + " to "
                  + to
                  + " says nothing: times must be above 0, in order\n"
                  + "Maybe leave it out where an age is missing");
    }
    if (!(count > 0) || Double.isInfinite(count)) {
      throw new IllegalArgumentException(
          "count is " + count + ", but must be above 0 and finite\nMaybe leave the life out");
    }
    if (!covariates.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("covariates must be finite: " + covariates);
    }
  }

  /**
   * Failed at a known time.
   *
   * @param time when, above 0
   * @return the life
   */
  public static Life failed(double time) {
    return new Life(time, time, 1, "", List.of());
  }

  /**
   * Still running: censored to the right.
   *
   * @param time its age, above 0
   * @return the life
   */
  public static Life running(double time) {
    return new Life(time, Double.POSITIVE_INFINITY, 1, "", List.of());
  }

  /**
   * Found failed: censored to the left.
   *
   * @param time its age when it was found, above 0
   * @return the life
   */
  public static Life failedBefore(double time) {
    return new Life(0, time, 1, "", List.of());
  }

  /**
   * Failed between two inspections.
   *
   * @param from its age at the last inspection that found it running
   * @param to its age at the first that found it failed
   * @return the life
   */
  public static Life failedBetween(double from, double to) {
    return new Life(from, to, 1, "", List.of());
  }

  /**
   * Several that are alike.
   *
   * @param number how many, above 0
   * @return the lives
   */
  public Life times(double number) {
    return new Life(from, to, number, mode, covariates);
  }

  /**
   * How it failed.
   *
   * @param name the mode
   * @return the life
   */
  public Life by(String name) {
    return new Life(from, to, count, name, covariates);
  }

  /**
   * What it lived under.
   *
   * @param values as many for each life
   * @return the life
   */
  public Life under(double... values) {
    return new Life(from, to, count, mode, java.util.Arrays.stream(values).boxed().toList());
  }

  /**
   * Whether the time of failure is known.
   *
   * @return true for a failure at a known time
   */
  public boolean exact() {
    return from == to;
  }

  /**
   * Whether it still runs.
   *
   * @return true when censored to the right
   */
  public boolean right() {
    return Double.isInfinite(to);
  }
}
