package io.millwright.quality;

import java.util.Objects;

/**
 * Which of two variables drives the other (pairwise causal discovery).
 *
 * @param way the direction, or open
 * @param lean from -1, surely the second, over 0 to 1, surely the first drives; the mean of the
 *     three methods
 * @param error what the errors of regression say (Blöbaum et al. 2018), -1 to 1
 * @param shape what the likeness of conditional distributions says (Fonollosa 2019; Duong and
 *     Nguyen 2022), -1 to 1
 * @param spread what the likelihood of location-scale noise says (Immer et al. 2023), -1 to 1
 */
public record Direction(Way way, double lean, double error, double shape, double spread) {

  /** A direction. */
  public enum Way {
    /** The first drives the second. */
    FORWARD,
    /** The second drives the first. */
    BACKWARD,
    /** The methods do not tell: leaning by less than a third. */
    OPEN
  }

  /** Checks. */
  public Direction {
    Objects.requireNonNull(way, "way");
  }
}
