package io.millwright.production;

import java.util.List;

/**
 * Where the planned busy time went (overall equipment effectiveness and its losses): planned time
 * less losses is the time in which good pieces were made at the planned speed. The last over the
 * first is the OEE.
 *
 * @param planned planned busy time in hours
 * @param losses the losses in their order
 * @param valuable what remains, in hours
 */
public record LossTree(double planned, List<Loss> losses, double valuable) {

  /**
   * A loss.
   *
   * @param group availability, speed or quality
   * @param name what it is
   * @param hours how much; below 0 where the log beats the plan
   */
  public record Loss(String group, String name, double hours) {}

  /** Copies. */
  public LossTree {
    losses = List.copyOf(losses);
  }
}
