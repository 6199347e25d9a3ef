package io.millwright.runtime.monitoring;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * An alarm with hysteresis: on after some values in a row above one threshold, off after some below
 * a lower one (ISA-18.2: deadband, on- and off-delay).
 *
 * @param on above this the alarm comes
 * @param off below this it goes, at most {@code on}
 * @param onDelay how many values in a row bring it, at least 1
 * @param offDelay how many values in a row end it, at least 1
 */
public record AlarmRule(double on, double off, int onDelay, int offDelay) {

  /** Checks. */
  public AlarmRule {
    if (!(on > Double.NEGATIVE_INFINITY) || !(off <= on) || onDelay < 1 || offDelay < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "an alarm on above "
              + on
              + " for "
              + onDelay
              + " and off below "
              + off
              + " for "
              + offDelay
              + "\nMaybe use off at most on, and delays of at least 1");
    }
  }

  /**
   * Where an alarm stands.
   *
   * @param active whether it is on
   * @param count how many values in a row speak for a change
   */
  public record State(boolean active, int count) {
    /** No alarm. */
    public static final State QUIET = new State(false, 0);
  }

  /**
   * Takes one value in.
   *
   * @param state where the alarm stood
   * @param value the value; NaN changes nothing
   * @return where it stands
   */
  public State next(State state, double value) {
    if (Double.isNaN(value)) {
      return state;
    }
    boolean speaks = state.active() ? value < off : value > on;
    if (!speaks) {
      return new State(state.active(), 0);
    }
    int count = state.count() + 1;
    int needed = state.active() ? offDelay : onDelay;
    return count >= needed ? new State(!state.active(), 0) : new State(state.active(), count);
  }
}
