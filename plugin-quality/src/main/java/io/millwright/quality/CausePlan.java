package io.millwright.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a causal analysis works with (options of causal inference). Immutable. */
public final class CausePlan {

  private final List<List<String>> steps;
  private final double alpha;
  private final int resamples;
  private final long key;

  private CausePlan(List<List<String>> steps, double alpha, int resamples, long key) {
    this.steps = steps;
    this.alpha = alpha;
    this.resamples = resamples;
    this.key = key;
  }

  /**
   * All columns without an order, tests at 0.01, 200 resamples.
   *
   * @return the plan
   */
  public static CausePlan standard() {
    return new CausePlan(List.of(), 0.01, 200, 1);
  }

  /**
   * The columns by step of the process: nothing of a later step drives something of an earlier.
   *
   * @param columns the columns of each step, in the order of the steps; others are left out
   * @return the changed plan
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for a column named twice
   */
  public CausePlan steps(List<List<String>> columns) {
    Set<String> seen = new HashSet<>();
    for (List<String> step : columns) {
      for (String column : step) {
        if (!seen.add(column)) {
          throw new MillwrightException(
              ErrorCode.BAD_OPTION,
              "column '" + column + "' stands in two steps\nMaybe keep it in the first");
        }
      }
    }
    return new CausePlan(columns.stream().map(List::copyOf).toList(), alpha, resamples, key);
  }

  /**
   * The level of the tests of independence.
   *
   * @param level within (0, 0.5)
   * @return the changed plan
   */
  public CausePlan alpha(double level) {
    if (!(level > 0 && level < 0.5)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "alpha " + level + " is not within (0, 0.5)\nMaybe use 0.01");
    }
    return new CausePlan(steps, level, resamples, key);
  }

  /**
   * How often rows are drawn again.
   *
   * @param times 0 to 10000; without resamples links have strength 1, and parts no interval
   * @return the changed plan
   */
  public CausePlan resamples(int times) {
    if (times < 0 || times > 10_000) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, times + " resamples: 0 to 10000\nMaybe use 200");
    }
    return new CausePlan(steps, alpha, times, key);
  }

  /**
   * What randomness is drawn from.
   *
   * @param seed any
   * @return the changed plan
   */
  public CausePlan key(long seed) {
    return new CausePlan(steps, alpha, resamples, seed);
  }

  /**
   * The columns by step.
   *
   * @return the steps; empty for all columns without an order
   */
  public List<List<String>> steps() {
    return steps;
  }

  /**
   * The level of the tests.
   *
   * @return the level
   */
  public double alpha() {
    return alpha;
  }

  /**
   * How often rows are drawn again.
   *
   * @return the number
   */
  public int resamples() {
    return resamples;
  }

  /**
   * What randomness is drawn from.
   *
   * @return the seed
   */
  public long key() {
    return key;
  }
}
