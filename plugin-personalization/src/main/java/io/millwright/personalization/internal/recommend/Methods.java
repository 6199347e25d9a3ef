package io.millwright.personalization.internal.recommend;

import io.millwright.api.spi.Jobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which methods take part. */
final class Methods {

  static final String KNN = "item-kNN";

  private static final double RIDGE = 100;
  private static final int RANK = 64;
  private static final int SWEEPS = 8;
  private static final double ALPHA = 10;
  private static final double SHRINKING = 1;

  private Methods() {}

  /**
   * Fits all methods.
   *
   * @param log what to learn from
   * @param names the items' names
   * @param attributes of items; empty for none
   * @param repeats whether customers order the same again
   * @param slow whether the slow methods take part
   */
  static List<Scorer> fit(
      Log log,
      List<String> names,
      Map<String, Set<String>> attributes,
      boolean repeats,
      boolean slow,
      long key,
      Jobs.Control<?> control) {
    List<Scorer> all = new ArrayList<>();
    all.add(Popularity.fit(log));
    all.add(Neighbours.fit(log, kind(KNN, false, 0.5, 0.5, 0, 1)));
    control.checkpoint();
    if (log.ordered()) {
      all.add(Neighbours.fit(log, kind("recent kNN", false, 0.5, 0.5, 0, 0.7)));
      all.add(Neighbours.fit(log, new Neighbours.Kind("Markov", 1, 1, 0, false, 1, 0, 1, 0, 200)));
      all.add(
          Neighbours.fit(
              log, new Neighbours.Kind("directed kNN", 0, 0.7, 0.3, false, 0.5, 0.5, 0, 0.7, 300)));
      all.add(
          Neighbours.fit(
              log, new Neighbours.Kind("directed chain", 0, 0.7, 0.3, false, 1, 0.3, 2, 0.7, 300)));
    } else {
      all.add(Neighbours.fit(log, kind("conditional kNN", false, 1, 0.2, 2, 1)));
    }
    all.add(Neighbours.fit(log, kind("random walk", true, 1, 0.4, 0, log.ordered() ? 0.8 : 1)));
    control.checkpoint();
    if (slow) {
      all.add(Ease.fit(log, RIDGE, control));
      all.add(Als.fit(log, RANK, SWEEPS, ALPHA, SHRINKING, log.ordered() ? 0.8 : 1, key, control));
    }
    if (!attributes.isEmpty()) {
      all.add(Likeness.fit(names, attributes));
    }
    if (repeats) {
      all.add(new Repeats());
    }
    return all;
  }

  private static Neighbours.Kind kind(
      String name, boolean walk, double source, double target, double shrink, double recency) {
    return new Neighbours.Kind(name, 0, 1, 1, walk, source, target, shrink, recency, 300);
  }
}
