package io.millwright.quality;

import java.util.List;
import java.util.Objects;

/**
 * Limits drawn from a baseline of which readings beyond them were left out, round after round.
 *
 * @param chart the chart with its last limits
 * @param removed the readings left out, counted from 0, in their order
 * @param points what the last limits show of each reading of the baseline, those left out included;
 *     multivariate limits are those of phase I
 * @param words what was done, and what to think of it
 * @param <C> the chart
 */
public record PhaseOne<C>(C chart, List<Integer> removed, List<ChartPoint> points, String words) {

  /** Copies. */
  public PhaseOne {
    Objects.requireNonNull(chart, "chart");
    removed = List.copyOf(removed);
    points = List.copyOf(points);
    Objects.requireNonNull(words, "words");
  }
}
