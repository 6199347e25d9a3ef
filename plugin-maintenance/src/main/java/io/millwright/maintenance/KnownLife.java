package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.UnitHistory;
import java.util.Objects;

/**
 * A history with the life that the unit turned out to have after it: what a model is judged on.
 *
 * @param history the history as it was when the prediction was due
 * @param remaining how many cycles the unit then lived, 0 or more
 */
public record KnownLife(UnitHistory history, double remaining) {

  /**
   * Checks.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_LABEL} when the life is not 0 or more and
   *     finite
   */
  public KnownLife {
    Objects.requireNonNull(history, "history");
    if (!(remaining >= 0) || Double.isInfinite(remaining)) {
      throw new MillwrightException(
          ErrorCode.BAD_LABEL,
          "remaining life of unit \""
              + history.unit()
              + "\" is "
              + remaining
              + ", but must be 0 or more and finite\n"
              + "Maybe leave out units whose life is not known");
    }
  }
}
