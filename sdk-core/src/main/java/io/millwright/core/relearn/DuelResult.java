package io.millwright.core.relearn;

import java.util.List;

/**
 * How two models compare on the same rows (paired comparison of champion and challenger).
 *
 * @param rows how many rows were judged
 * @param champion the champion's mean loss
 * @param challenger the challenger's mean loss
 * @param difference challenger minus champion
 * @param standardError the standard error of the difference, over rows
 * @param passed whether the gate lets the challenger through
 * @param reasons what the gate says, point by point
 */
public record DuelResult(
    int rows,
    double champion,
    double challenger,
    double difference,
    double standardError,
    boolean passed,
    List<String> reasons) {
  /** Copies. */
  public DuelResult {
    reasons = List.copyOf(reasons);
  }
}
