package io.millwright.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * When a search ends (termination criterion): at the first of its limits that is reached, or when
 * the best answer is proven. A search under an iteration limit alone, with a fixed key, gives the
 * same answer every time; one under a time limit need not.
 *
 * @param time the longest time to spend, from the start of the work, or empty for no limit
 * @param iterations the largest number of steps of the search, as the optimizer counts them, or
 *     empty for no limit
 * @param target a value of the first objective that is good enough to stop at, or empty
 */
public record Budget(Optional<Duration> time, OptionalLong iterations, OptionalDouble target) {

  /** Longer times are for ever, and nanoseconds have no room for them. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /**
   * Checks that there is a limit and that each is positive. A time above a hundred years is taken
   * as a hundred years.
   */
  public Budget {
    Objects.requireNonNull(target, "target");
    time.ifPresent(
        t -> {
          if (t.isNegative() || t.isZero()) {
            throw new IllegalArgumentException("time is " + t + ", but must be positive");
          }
        });
    time = time.map(t -> t.compareTo(LONGEST) > 0 ? LONGEST : t);
    if (iterations.isPresent() && iterations.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "iterations is " + iterations.getAsLong() + ", but must be at least 1");
    }
    if (target.isPresent() && Double.isNaN(target.getAsDouble())) {
      throw new IllegalArgumentException("target is NaN");
    }
    if (time.isEmpty() && iterations.isEmpty()) {
      throw new IllegalArgumentException(
          "a budget needs a limit\nMaybe use Budget.of(Duration) or Budget.iterations(long)");
    }
  }

  /**
   * A time limit.
   *
   * @param time the longest time to spend
   * @return the budget
   */
  public static Budget of(Duration time) {
    return new Budget(Optional.of(time), OptionalLong.empty(), OptionalDouble.empty());
  }

  /**
   * A limit on the number of steps: the reproducible budget.
   *
   * @param iterations the largest number of steps
   * @return the budget
   */
  public static Budget iterations(long iterations) {
    return new Budget(Optional.empty(), OptionalLong.of(iterations), OptionalDouble.empty());
  }

  /**
   * The same budget, but done as soon as the first objective reaches a value.
   *
   * @param value good enough
   * @return the new budget
   */
  public Budget untilTarget(double value) {
    return new Budget(time, iterations, OptionalDouble.of(value));
  }

  /**
   * The same budget with a time limit beside its other limits.
   *
   * @param limit the longest time to spend
   * @return the new budget
   */
  public Budget atMost(Duration limit) {
    return new Budget(Optional.of(limit), iterations, target);
  }
}
