package io.millwright.runtime.monitoring;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * Watches for a change of level while readings arrive: two-sided cumulative sums (Page 1954), from
 * standard units.
 *
 * @param slack what is forgiven each time, half the change to be found, in deviations, 0 or more
 * @param limit the sum that speaks for a change, in deviations, above 0
 */
public record Cusum(double slack, double limit) {

  /** Checks. */
  public Cusum {
    if (!(slack >= 0) || !(limit > 0)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "slack " + slack + ", limit " + limit + "\nMaybe use 0.5 and 5 (Montgomery 2020)");
    }
  }

  /**
   * Where the sums stand.
   *
   * @param up the sum upward
   * @param down the sum downward
   * @param sinceUp readings since the upward sum was last 0
   * @param sinceDown readings since the downward sum was last 0
   */
  public record State(double up, double down, long sinceUp, long sinceDown) {
    /** Nothing seen. */
    public static final State START = new State(0, 0, 0, 0);
  }

  /**
   * Takes one value in.
   *
   * @param state where the sums stood
   * @param value the value less its target, in deviations; NaN changes nothing
   * @return where they stand
   */
  public State next(State state, double value) {
    if (Double.isNaN(value)) {
      return state;
    }
    double up = Math.max(0, state.up() + value - slack);
    double down = Math.max(0, state.down() - value - slack);
    return new State(
        up, down, up > 0 ? state.sinceUp() + 1 : 0, down > 0 ? state.sinceDown() + 1 : 0);
  }

  /**
   * How many readings ago the level changed, by the time the sum left 0.
   *
   * @param state where the sums stand
   * @return readings since the change, or 0 while there is none
   */
  public long changed(State state) {
    if (state.up() > limit || state.down() > limit) {
      return state.up() > state.down() ? state.sinceUp() : state.sinceDown();
    }
    return 0;
  }
}
