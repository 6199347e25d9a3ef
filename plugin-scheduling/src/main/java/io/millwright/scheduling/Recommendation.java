package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;

/**
 * The best place found for one more job in a plan whose sequences stay as they are.
 *
 * @param shop the shop with the job
 * @param plan the plan with the job
 * @param end when the job is done
 * @param cost what the objective rises by, in its own unit; negative when it falls
 * @param moves what the job pushes aside, its own operations included
 */
public record Recommendation(Shop shop, Schedule plan, long end, double cost, List<Move> moves) {

  /** Checks for nulls and copies. */
  public Recommendation {
    Objects.requireNonNull(shop, "shop");
    Objects.requireNonNull(plan, "plan");
    moves = List.copyOf(moves);
  }
}
