package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.function.BooleanSupplier;

/** Ends a preparation whose job was cancelled or is out of time. */
final class Stops {

  private Stops() {}

  static void check(BooleanSupplier stopped) {
    if (stopped.getAsBoolean()) {
      throw new MillwrightException(
          ErrorCode.JOB_CANCELLED, "the preparation was stopped before anything was learnt");
    }
  }
}
