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

  /** Fits the slow methods, EASE and ALS. */
  static List<Scorer> slow(Log log, long key, Jobs.Control<?> control) {
    return List.of(
        Ease.fit(log, RIDGE, control),
        Als.fit(log, RANK, SWEEPS, ALPHA, SHRINKING, recency(log), key, control));
  }

  /** ALS of given factors, with what it is fitted with otherwise. */
  static Als factors(Log log, float[] items) {
    if (items.length != log.items() * RANK) {
      throw new IllegalArgumentException(items.length + " factors of " + log.items() + " items");
    }
    return new Als(RANK, ALPHA, SHRINKING, recency(log), items);
  }

  private static double recency(Log log) {
    return log.ordered() ? 0.8 : 1;
  }

  /**
   * All methods: those that count are counted here, in a moment.
   *
   * @param log what to learn from
   * @param names the items' names
   * @param attributes of items; empty for none
   * @param repeats whether customers order the same again
   * @param slow the slow methods, or none
   * @param check asked now and then, may throw
   */
  static List<Scorer> all(
      Log log,
      List<String> names,
      Map<String, Set<String>> attributes,
      boolean repeats,
      List<Scorer> slow,
      Runnable check) {
    List<Scorer> all = new ArrayList<>();
    all.add(Popularity.fit(log));
    all.add(Neighbours.fit(log, kind(KNN, false, 0.5, 0.5, 0, 1)));
    check.run();
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
    all.add(Neighbours.fit(log, kind("random walk", true, 1, 0.4, 0, recency(log))));
    check.run();
    all.addAll(slow);
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
