package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A maintenance policy with its limits.
 *
 * @param kind what decides
 * @param limits by machine what {@link PolicyKind} says, above 0; infinity for never; empty for run
 *     to failure
 * @param joining opportunistic grouping: when a crew comes anyway or has just finished, machines
 *     join that have reached this share of their limit (of the time between predictions over their
 *     remaining life for condition-based); above 0 and at most 1, 1 for those that are due alone
 * @param stock the level of the base stock of spare parts, 0 or more
 */
public record MaintenancePolicy(
    PolicyKind kind, Map<String, Double> limits, double joining, int stock) {

  /** Checks and copies, in order. */
  public MaintenancePolicy {
    Objects.requireNonNull(kind, "kind");
    limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
    if (!(joining > 0 && joining <= 1)
        || stock < 0
        || limits.values().stream().anyMatch(v -> !(v > 0))) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the policy "
              + kind
              + " has limits "
              + limits
              + ", joining "
              + joining
              + " and stock "
              + stock
              + "\nMaybe use a joining of 1 and an infinite limit for never");
    }
  }
}
