package io.millwright.runtime.watch;

import io.millwright.api.MillwrightEvent;
import java.util.Objects;

/**
 * A truth came, and the share of intervals that held theirs is known anew.
 *
 * @param model the digest of the model
 * @param overall the share over all groups
 * @param group the share of the group of this truth; the same as {@code overall} where there is
 *     none
 */
public record CoverageRead(String model, FigureWatch.Reading overall, FigureWatch.Reading group)
    implements MillwrightEvent {
  /** Checks. */
  public CoverageRead {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(overall, "overall");
    Objects.requireNonNull(group, "group");
  }
}
