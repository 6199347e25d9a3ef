package io.millwright.quality.internal.causes;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.List;

/** What is refused. */
final class Checks {

  private Checks() {}

  static MillwrightException few(String words) {
    return new MillwrightException(ErrorCode.TOO_FEW_DATA, words);
  }

  static MillwrightException bad(String words) {
    return new MillwrightException(ErrorCode.BAD_VALUE, words);
  }

  static void level(double level) {
    if (!(level > 0 && level < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "level " + level + " is not within (0, 1)\nMaybe use 0.9");
    }
  }

  static double[] course(List<Double> values) {
    double[] x = new double[values.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = values.get(i);
      if (Double.isInfinite(x[i])) {
        throw bad("value " + (i + 1) + " is infinite\nMaybe leave it out as NaN");
      }
    }
    return x;
  }
}
