package io.millwright.personalization.internal.recommend;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Orders the candidates of a history: by trees over what all methods say, or by one method. */
final class Ranker {

  /** So many candidates a list of training has beside the one that was taken. */
  private static final int OTHERS = 60;

  private static final int TREES = 120;

  private final List<Scorer> scorers;
  private final @Nullable Trees trees;
  private final int single;

  private Ranker(List<Scorer> scorers, @Nullable Trees trees, int single) {
    this.scorers = scorers;
    this.trees = trees;
    this.single = single;
  }

  /** Orders by trees over the methods. */
  static Ranker of(List<Scorer> scorers, Trees trees) {
    return new Ranker(scorers, trees, -1);
  }

  /** The trees; empty where one method orders alone. */
  Optional<Trees> trees() {
    return Optional.ofNullable(trees);
  }

  /** The method that orders alone; -1 for the trees. */
  int single() {
    return single;
  }

  /** Orders by one method alone. */
  static Ranker single(List<Scorer> scorers, int which) {
    return new Ranker(scorers, null, which);
  }

  /** The same order over methods that were fitted anew. */
  Ranker over(List<Scorer> fitted) {
    return new Ranker(fitted, trees, single);
  }

  List<Scorer> scorers() {
    return scorers;
  }

  /** Learns from what customers took next. */
  static Ranker learn(
      List<Scorer> scorers, List<Case> cases, long key, Candidates[] known, Runnable check) {
    int width = Candidates.width(scorers);
    float[] x = new float[cases.size() * (OTHERS + 1) * width];
    float[] target = new float[cases.size() * (OTHERS + 1)];
    int[] lists = new int[cases.size() + 1];
    int rows = 0;
    int count = 0;
    for (int c = 0; c < cases.size(); c++) {
      Candidates of = known[c];
      int[] taken = cases.get(c).taken();
      int found = 0;
      for (int i : of.items()) {
        found += Case.in(taken, i) ? 1 : 0;
      }
      if (found == 0 || found > OTHERS) {
        continue;
      }
      SplittableRandom random = new SplittableRandom(key + 31L * c);
      int others = of.items().length - found;
      int wanted = Math.min(others, OTHERS + 1 - found);
      for (int k = 0; k < of.items().length; k++) {
        boolean hit = Case.in(taken, of.items()[k]);
        if (!hit) {
          boolean keep = random.nextInt(others) < wanted;
          others--;
          if (!keep) {
            continue;
          }
          wanted--;
        }
        System.arraycopy(of.features(), k * width, x, rows * width, width);
        target[rows++] = hit ? 1f / found : 0;
      }
      lists[++count] = rows;
    }
    return new Ranker(
        scorers,
        Trees.fit(
            Arrays.copyOf(x, rows * width),
            width,
            Arrays.copyOf(lists, count + 1),
            Arrays.copyOf(target, rows),
            TREES,
            check),
        -1);
  }

  /** The best candidates of a history, the best first, each with its strength. */
  Ranked rank(Candidates of, int most) {
    int n = of.items().length;
    double[] strength = new double[n];
    if (trees == null) {
      for (int k = 0; k < n; k++) {
        strength[k] = of.features()[k * of.width() + 2 * single];
      }
    } else {
      double top = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < n; k++) {
        strength[k] = trees.margin(of.features(), k);
        top = Math.max(top, strength[k]);
      }
      double sum = 0;
      for (int k = 0; k < n; k++) {
        strength[k] = Math.exp(strength[k] - top);
        sum += strength[k];
      }
      for (int k = 0; k < n; k++) {
        strength[k] /= sum;
      }
    }
    int[] order =
        IntStream.range(0, n)
            .filter(k -> strength[k] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer k) -> -strength[k]))
            .limit(most)
            .mapToInt(Integer::intValue)
            .toArray();
    int[] items = new int[order.length];
    double[] values = new double[order.length];
    for (int k = 0; k < order.length; k++) {
      items[k] = of.items()[order[k]];
      values[k] = strength[order[k]];
    }
    return new Ranked(items, values);
  }

  /**
   * An order.
   *
   * @param items the best first
   * @param strengths falling; only their order and the calibration give them a meaning
   */
  record Ranked(int[] items, double[] strengths) {}

  /**
   * What a customer had and what came next.
   *
   * @param history what was known, the oldest first
   * @param taken what was then taken
   */
  record Case(int[] history, int[] taken) {
    static boolean in(int[] taken, int item) {
      for (int i : taken) {
        if (i == item) {
          return true;
        }
      }
      return false;
    }
  }
}
