package io.millwright.quality.internal.fit;

import io.millwright.quality.Span;
import org.hipparchus.distribution.continuous.BetaDistribution;

/** Shares of a count. */
public final class Shares {

  private Shares() {}

  /**
   * The exact interval of a share (Clopper and Pearson 1934).
   *
   * @param part how many
   * @param whole of how many, 1 or more
   * @param level the level, above 0 and below 1
   */
  public static Span exact(int part, int whole, double level) {
    double tail = (1 - level) / 2;
    return new Span(
        (double) part / whole,
        part == 0
            ? 0
            : new BetaDistribution(part, whole - part + 1.0).inverseCumulativeProbability(tail),
        part == whole
            ? 1
            : new BetaDistribution(part + 1.0, whole - part)
                .inverseCumulativeProbability(1 - tail));
  }
}
