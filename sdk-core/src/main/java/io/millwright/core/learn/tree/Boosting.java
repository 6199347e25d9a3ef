package io.millwright.core.learn.tree;

import io.millwright.runtime.network.TreeNodes;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Boosted trees (gradient boosting; Friedman 2001, with second-order leaves of Chen and Guestrin
 * 2016, rows and features drawn for each round as Friedman 2002). Each round adds a tree for each
 * class, of two classes one for both. Goes on until the judging items say for a while that nothing
 * is gained. The same key gives the same trees. Used by one thread.
 */
public final class Boosting {

  /**
   * How trees are boosted.
   *
   * @param rate how much of a tree's answer counts
   * @param rounds how many rounds at most
   * @param patience after how many rounds without a gain it ends
   * @param leaves how many leaves a tree has at most
   * @param rows how many items a leaf has at least
   * @param lambda the penalty of squared answers of leaves
   * @param drawnRows the share of items of a round
   * @param drawnFeatures the share of features of a tree, where there are more than ten
   */
  public record Options(
      double rate,
      int rounds,
      int patience,
      int leaves,
      int rows,
      double lambda,
      double drawnRows,
      double drawnFeatures) {}

  /** Of very large tables a round draws so many items. */
  private static final int MOST_DRAWN = 50_000;

  private static final double LEAST_CURVATURE = 1e-3;

  /** Of so few features all are looked at: two that matter would seldom meet in a tree. */
  private static final int FEW = 10;

  private final TreeTask task;
  private final Options options;
  private final long key;
  private final Grower grower;
  private final int each;
  private final int outputs;
  private final double[] base;
  private final double[] said;
  private final double[] gradient;
  private final double[] curvature;
  private final List<List<Grown>> rounds = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();

  /** The loss before the first round. */
  private final double begun;

  private double best;

  /** How many rounds ago the loss was as small as never before. */
  private int since;

  /**
   * @param task what is learnt
   * @param options how
   * @param key the key of what is drawn
   */
  public Boosting(TreeTask task, Options options, long key) {
    this.task = task;
    this.options = options;
    this.key = key;
    this.outputs = task.outputs();
    this.each = task.classes() > 2 ? task.classes() : 1;
    this.grower =
        new Grower(
            task.data(),
            new Grower.Bounds(options.leaves(), options.rows(), LEAST_CURVATURE, options.lambda()),
            1);
    int items = task.data().items();
    this.base = task.base();
    this.said = new double[items * outputs];
    for (int i = 0; i < items; i++) {
      System.arraycopy(base, 0, said, i * outputs, outputs);
    }
    this.gradient = new double[items];
    this.curvature = new double[items];
    this.begun = judge();
    this.best = begun;
  }

  /** What is said before any tree. */
  public double[] base() {
    return base.clone();
  }

  /** Whether each tree speaks of both of two classes. */
  public boolean joint() {
    return task.classes() == 2;
  }

  /** The loss of the judging items before the first round and after each. */
  public double[] losses() {
    double[] all = new double[losses.size() + 1];
    all[0] = begun;
    for (int i = 0; i < losses.size(); i++) {
      all[i + 1] = losses.get(i);
    }
    return all;
  }

  /** Writes the trees of the first rounds down, with this share of what they say. */
  public void write(int first, double share, TreeNodes.Writer into) {
    for (List<Grown> trees : rounds.subList(0, first)) {
      for (Grown tree : trees) {
        tree.write(
            task.data(),
            Integer.MAX_VALUE,
            into,
            node -> {
              float value = (float) (share * tree.value[node]);
              return joint() ? new float[] {-value / 2, value / 2} : new float[] {value};
            });
      }
    }
  }

  /** Boosts until nothing is gained, the rounds are done or a stop is asked for. */
  public void run(BooleanSupplier stopped) {
    while (rounds.size() < options.rounds()
        && since < options.patience()
        && !stopped.getAsBoolean()) {
      round();
      double loss = judge();
      losses.add(loss);
      since = loss < best ? 0 : since + 1;
      best = Math.min(best, loss);
    }
  }

  /** One round. */
  public void round() {
    int number = rounds.size();
    int[] learnt = task.learnt();
    KeyedRandom random = KeyedRandom.of(key, Purpose.OTHER, 41, number);
    int drawn =
        Math.min(MOST_DRAWN, (int) Math.max(1, Math.round(options.drawnRows() * learnt.length)));
    int[] rows = drawn < learnt.length ? some(learnt, drawn, random) : learnt.clone();
    double[][] p = probabilities(rows);
    List<Grown> trees = new ArrayList<>();
    for (int k = 0; k < each; k++) {
      slopes(rows, p, k);
      int[] features = features(random);
      Grown tree = grower.grow(rows.clone(), rows.length, features, gradient, curvature);
      tree.scale(options.rate());
      trees.add(tree);
    }
    for (int k = 0; k < each; k++) {
      add(trees.get(k), k, learnt);
      add(trees.get(k), k, task.judged());
    }
    rounds.add(trees);
  }

  /** Draws without putting back, in the order of the items. */
  private static int[] some(int[] items, int count, KeyedRandom random) {
    int[] some = new int[count];
    int n = 0;
    for (int i = 0; i < items.length && n < count; i++) {
      if (random.nextDouble() * (items.length - i) < count - n) {
        some[n++] = items[i];
      }
    }
    return Arrays.copyOf(some, n);
  }

  private int[] features(KeyedRandom random) {
    int width = task.data().width();
    int count = (int) Math.max(1, Math.ceil((width <= FEW ? 1 : options.drawnFeatures()) * width));
    int[] features = Arrays.copyOf(random.permutation(width), count);
    Arrays.sort(features);
    return features;
  }

  /** By place among rows the probabilities of classes; empty for a quantity. */
  private double[][] probabilities(int[] rows) {
    if (task.classes() == 0) {
      return new double[0][];
    }
    double[][] p = new double[rows.length][outputs];
    for (int i = 0; i < rows.length; i++) {
      int at = rows[i] * outputs;
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < outputs; k++) {
        most = Math.max(most, said[at + k]);
      }
      double sum = 0;
      for (int k = 0; k < outputs; k++) {
        p[i][k] = Math.exp(said[at + k] - most);
        sum += p[i][k];
      }
      for (int k = 0; k < outputs; k++) {
        p[i][k] /= sum;
      }
    }
    return p;
  }

  private void slopes(int[] rows, double[][] p, int k) {
    for (int i = 0; i < rows.length; i++) {
      int item = rows[i];
      if (task.classes() == 0) {
        double e = said[item] - task.targets()[item];
        gradient[item] = Math.max(-task.bend(), Math.min(task.bend(), e));
        curvature[item] = 1;
      } else {
        int of = joint() ? 1 : k;
        double q = p[i][of];
        gradient[item] = q - ((int) task.targets()[item] == of ? 1 : 0);
        curvature[item] = Math.max(1e-6, q * (1 - q));
      }
    }
  }

  private void add(Grown tree, int k, int[] items) {
    for (int item : items) {
      double value = tree.value[tree.leaf(task.data(), item, Integer.MAX_VALUE)];
      if (joint()) {
        said[2 * item] -= value / 2;
        said[2 * item + 1] += value / 2;
      } else {
        said[item * outputs + k] += value;
      }
    }
  }

  private double judge() {
    double sum = 0;
    double[] one = new double[outputs];
    for (int item : task.judged()) {
      System.arraycopy(said, item * outputs, one, 0, outputs);
      sum += task.loss(one, item);
    }
    return sum / Math.max(1, task.judged().length);
  }

  /** What the first rounds say of items: {@code [items, outputs]}. */
  public double[][] said(int[] items, int first) {
    double[][] all = new double[items.length][];
    for (int i = 0; i < items.length; i++) {
      all[i] = base.clone();
      for (List<Grown> trees : rounds.subList(0, first)) {
        for (int k = 0; k < trees.size(); k++) {
          Grown tree = trees.get(k);
          double value = tree.value[tree.leaf(task.data(), items[i], Integer.MAX_VALUE)];
          if (joint()) {
            all[i][0] -= value / 2;
            all[i][1] += value / 2;
          } else {
            all[i][k] += value;
          }
        }
      }
    }
    return all;
  }
}
