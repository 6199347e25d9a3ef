package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;

/**
 * An approved plan mended after an event.
 *
 * @param shop the shop as it is now: what has begun is pinned, planning starts at the time of the
 *     event, and the event is part of it
 * @param kept the plan that keeps every machine's sequence and only moves times: the safe answer
 * @param plan the plan that is recommended
 * @param moves what the recommended plan moves against the approved one
 */
public record Repair(Shop shop, Schedule kept, Schedule plan, List<Move> moves) {

  /** Checks for nulls and copies. */
  public Repair {
    Objects.requireNonNull(shop, "shop");
    Objects.requireNonNull(kept, "kept");
    Objects.requireNonNull(plan, "plan");
    moves = List.copyOf(moves);
  }
}
