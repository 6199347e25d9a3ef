package io.millwright.core.learn.text;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Split;
import io.millwright.api.text.TextEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the user said to a trainer of texts; empty where nothing was said.
 *
 * @param key the key of all randomness
 * @param split how texts are held out
 * @param encoders the sentence encoders that may help
 * @param networks how long networks may be tried
 * @param precision the share of given answers that shall be right
 */
record TextOptions(
    long key,
    Optional<Split> split,
    Optional<List<TextEncoder>> encoders,
    Optional<Duration> networks,
    OptionalDouble precision) {

  /** Checks. */
  TextOptions {
    if (networks.isPresent() && (networks.get().isNegative() || networks.get().isZero())) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the budget is " + networks.get() + ", but must be positive\nMaybe give it minutes");
    }
    if (precision.isPresent() && !(precision.getAsDouble() > 0 && precision.getAsDouble() < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the precision is "
              + precision.getAsDouble()
              + ", but must lie between 0 and 1\nMaybe give it as 0.9");
    }
  }

  static TextOptions standard() {
    return new TextOptions(
        0, Optional.empty(), Optional.empty(), Optional.empty(), OptionalDouble.empty());
  }
}
