package io.millwright.maintenance;

/**
 * What replacing costs (costs of age replacement).
 *
 * @param planned a replacement that was planned, above 0
 * @param failure a replacement after a failure, loss of production included
 * @param minimalRepair a repair that leaves the age as it was
 */
public record ReplacementCosts(double planned, double failure, double minimalRepair) {

  /** Checks. */
  public ReplacementCosts {
    if (!(planned > 0)
        || !(failure > 0)
        || !(minimalRepair > 0)
        || Double.isInfinite(planned + failure + minimalRepair)) {
      throw new IllegalArgumentException(
          "costs are "
              + planned
              + ", "
              + failure
              + " and "
              + minimalRepair
              + ", but must be above 0 and finite");
    }
  }
}
