package io.millwright.runtime.network;

import io.millwright.api.learn.Branch;
import io.millwright.api.learn.Direction;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Route;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether branches of which some are monotone can be joined so that what is joined is. A branch
 * that is not must not see what a monotone one is bound to.
 */
final class Order {

  private Order() {}

  /**
   * Checks.
   *
   * @param ordered which of the branches follow from a monotone layer
   */
  static void check(Route.Branches b, List<Boolean> ordered, Spot spot) {
    if (b.join() == Join.MULTIPLY) {
      throw spot.wrong("a product does not keep the order of its monotone branches");
    }
    for (int i = 0; i < ordered.size(); i++) {
      Branch free = b.branches().get(i);
      if (!ordered.get(i) && spot.ordered()) {
        throw spot.wrong("branch " + i + " is not monotone, but a monotone layer stands before");
      }
      for (int k = 0; k < ordered.size() && !ordered.get(i); k++) {
        Branch bound = b.branches().get(k);
        if (ordered.get(k)
            && bound.input().equals(free.input())
            && !freeFeatures(bound.layers()).containsAll(seen(free.layers()))) {
          throw spot.wrong(
              "branch "
                  + i
                  + " is not monotone and sees features that have a direction in branch "
                  + k
                  + "\nMaybe begin it with Route.Select of free features");
        }
      }
    }
  }

  /** The features that a branch sees; -1 for all. */
  private static Set<Integer> seen(List<Layer> layers) {
    return !layers.isEmpty() && layers.get(0) instanceof Route.Select s
        ? new HashSet<>(s.features())
        : Set.of(-1);
  }

  /** The features that a monotone branch is not bound to. */
  private static Set<Integer> freeFeatures(List<Layer> layers) {
    Set<Integer> free = new HashSet<>();
    for (Layer layer : layers) {
      if (layer instanceof Layer.Monotone m) {
        for (int i = 0; i < m.directions().size(); i++) {
          if (m.directions().get(i) == Direction.FREE) {
            free.add(i);
          }
        }
        return free;
      }
      if (!(layer instanceof Layer.Limits) && !(layer instanceof Layer.Dropout)) {
        return free; // the directions speak of other values than those that the branch is given
      }
    }
    return free;
  }
}
