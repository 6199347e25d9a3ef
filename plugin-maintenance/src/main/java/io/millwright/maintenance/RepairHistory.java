package io.millwright.maintenance;

import java.util.List;

/**
 * The repairs of one system.
 *
 * @param unit its name
 * @param repairs its ages at repairs, above 0, in order; several may be equal
 * @param end its age when watching ended, not before the last repair
 */
public record RepairHistory(String unit, List<Double> repairs, double end) {

  /** Checks and copies. */
  public RepairHistory {
    repairs = List.copyOf(repairs);
    double last = 0;
    for (double r : repairs) {
      if (!(r > 0) || !(r >= last)) {
        throw new IllegalArgumentException(
            "repairs of " + unit + " must be above 0 and in order: " + repairs);
      }
      last = r;
    }
    if (!(end >= last) || !(end > 0) || Double.isInfinite(end)) {
      throw new IllegalArgumentException(
          "the end of " + unit + " is " + end + ", but its last repair was at " + last);
    }
  }
}
