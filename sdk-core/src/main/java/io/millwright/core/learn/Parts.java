package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Split;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The division of samples for every network: the part that judges, the part that stops, the part
 * that is learnt from. Made from the groups of the samples, their order and their classes, and the
 * key alone.
 */
public final class Parts {

  /**
   * The division for one fold; no sample has two roles.
   *
   * @param judged by sample, whether it judges
   * @param validation by sample, whether early stopping looks at it
   * @param learnt by sample, whether weights are fitted to it
   */
  public record Fold(boolean[] judged, boolean[] validation, boolean[] learnt) {

    /** Whether any sample judges. */
    boolean anyJudged() {
      for (boolean one : judged) {
        if (one) {
          return true;
        }
      }
      return false;
    }
  }

  private Parts() {}

  /**
   * The folds of all rounds, round by round.
   *
   * @param groups the group of each sample
   * @param classes the class of each sample, for equal shares by row; empty for quantities
   * @param stopping whether early stopping needs samples of its own
   */
  public static List<Fold> of(
      Split split, List<String> groups, List<Integer> classes, boolean stopping, long key) {
    List<List<Integer>> bundles = bundles(split.by(), groups);
    int needed = (split.folds() > 1 ? split.folds() : 2) + (stopping ? 1 : 0);
    if (bundles.size() < needed) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "there are "
              + bundles.size()
              + (split.by() == Split.By.GROUP ? " groups" : " samples")
              + ", but the split needs at least "
              + needed
              + "\n"
              + "Maybe give more data, use fewer folds, or split by row if samples have nothing to"
              + " do with each other");
    }
    List<Fold> folds = new ArrayList<>();
    for (int round = 0; round < split.rounds(); round++) {
      // The first round is the division that a split of one round has.
      long drawn = round == 0 ? key : KeyedRandom.of(key, Purpose.SPLIT, 3, round).nextLong();
      folds.addAll(
          round(
              split, ordered(split.by(), bundles, classes, drawn), groups.size(), stopping, drawn));
    }
    return folds;
  }

  /** All samples to learn from. */
  static Fold whole(int samples) {
    boolean[] all = new boolean[samples];
    Arrays.fill(all, true);
    return new Fold(new boolean[samples], new boolean[samples], all);
  }

  private static List<Fold> round(
      Split split, List<List<Integer>> order, int samples, boolean stopping, long key) {
    List<Fold> folds = new ArrayList<>();
    if (split.folds() == 1) {
      int out =
          Math.max(
              1,
              Math.min(
                  order.size() - (stopping ? 2 : 1),
                  (int) Math.round(split.judged() * order.size())));
      folds.add(fold(split, order, samples, 0, order.size() - out, order.size(), stopping, key));
      return folds;
    }
    for (int k = 0; k < split.folds(); k++) {
      int from = (int) ((long) order.size() * k / split.folds());
      int to = (int) ((long) order.size() * (k + 1) / split.folds());
      folds.add(fold(split, order, samples, k, from, to, stopping, key));
    }
    return folds;
  }

  private static Fold fold(
      Split split,
      List<List<Integer>> order,
      int samples,
      int number,
      int from,
      int to,
      boolean stopping,
      long key) {
    Fold fold = new Fold(new boolean[samples], new boolean[samples], new boolean[samples]);
    List<List<Integer>> rest = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      if (i >= from && i < to) {
        order.get(i).forEach(s -> fold.judged()[s] = true);
      } else {
        rest.add(order.get(i));
      }
    }
    int stop = stopping ? Math.max(1, (int) Math.round(split.validation() * rest.size())) : 0;
    boolean inTime = split.by() == Split.By.TIME;
    int[] drawn = KeyedRandom.of(key, Purpose.SPLIT, 1, number).permutation(rest.size());
    for (int i = 0; i < rest.size(); i++) {
      int which = inTime ? i : drawn[i];
      boolean[] role = i >= rest.size() - stop ? fold.validation() : fold.learnt();
      rest.get(which).forEach(s -> role[s] = true);
    }
    return fold;
  }

  /** What is never divided: the samples of a group, or each sample by itself. */
  private static List<List<Integer>> bundles(Split.By by, List<String> groups) {
    Map<String, List<Integer>> byName = new LinkedHashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      byName
          .computeIfAbsent(by == Split.By.GROUP ? groups.get(i) : "#" + i, k -> new ArrayList<>())
          .add(i);
    }
    return new ArrayList<>(byName.values());
  }

  /**
   * In an order whose runs are the parts: shuffled, by row with classes dealt out evenly, or as
   * time goes.
   */
  private static List<List<Integer>> ordered(
      Split.By by, List<List<Integer>> bundles, List<Integer> classes, long key) {
    if (by == Split.By.TIME) {
      return bundles;
    }
    int[] drawn = KeyedRandom.of(key, Purpose.SPLIT, 0).permutation(bundles.size());
    List<List<Integer>> order = new ArrayList<>();
    for (int i : drawn) {
      order.add(bundles.get(i));
    }
    if (by == Split.By.ROW && !classes.isEmpty()) {
      // Spread every class evenly over the order: the r-th of n samples of a class stands at (r + a
      // random offset) / n.
      Map<Integer, Integer> seen = new LinkedHashMap<>();
      Map<Integer, Integer> total = new LinkedHashMap<>();
      order.forEach(b -> total.merge(classes.get(b.get(0)), 1, Integer::sum));
      record At(double place, List<Integer> bundle) {}
      List<At> spread = new ArrayList<>();
      for (List<Integer> b : order) {
        int c = classes.get(b.get(0));
        int rank = seen.merge(c, 1, Integer::sum) - 1;
        double offset = KeyedRandom.of(key, Purpose.SPLIT, 2, c).nextDouble();
        spread.add(new At((rank + offset) / total.getOrDefault(c, 1), b));
      }
      spread.sort(java.util.Comparator.comparingDouble(At::place));
      order = new ArrayList<>();
      for (At at : spread) {
        order.add(at.bundle());
      }
    }
    return Collections.unmodifiableList(order);
  }
}
