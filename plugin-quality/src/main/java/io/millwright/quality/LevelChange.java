package io.millwright.quality;

import java.util.Objects;

/**
 * A change point: a change of level.
 *
 * @param at the first place of the new level, counted from 0
 * @param from the first place that may begin it, at the level asked for
 * @param to the last place that may begin it
 * @param step how far the mean moved, with its interval at the most probable place
 */
public record LevelChange(int at, int from, int to, Span step) {
  /** Checks. */
  public LevelChange {
    Objects.requireNonNull(step, "step");
  }
}
