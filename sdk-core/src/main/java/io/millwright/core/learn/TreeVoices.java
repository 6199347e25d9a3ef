package io.millwright.core.learn;

import io.millwright.api.Progress;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Trees;
import io.millwright.api.spi.Jobs;
import io.millwright.core.learn.tree.Binned;
import io.millwright.core.learn.tree.Boosting;
import io.millwright.core.learn.tree.SingleTree;
import io.millwright.core.learn.tree.TreeTask;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.TreeNodes;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.prepare.LinearFit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * The trees that a choice looks at: one that can be read, and boosted ones. How large they become
 * is chosen by held-out loss, the same for all folds. What is said of a held-out item comes from
 * trees grown on its fold's learnt items; those that are kept are grown on all.
 */
final class TreeVoices<L, V> {

  /** See docs/experiments/trees.md. */
  private static final Boosting.Options BOOSTED =
      new Boosting.Options(0.1, 400, 30, 16, 5, 1, 0.8, 0.6);

  /** So many boosted models are averaged of small tables, whose rows are drawn anew by each. */
  private static final int AVERAGED = 5;

  /** Of more rows one model is kept. */
  private static final int SMALL = 5_000;

  /** Larger tables are thinned. */
  private static final int MOST_LEARNT = 200_000;

  /** A window of more values is not cut into runs. */
  private static final long MOST_VALUES = 1L << 28;

  /** Rounds by which the time is foreseen. */
  private static final int USUAL_ROUNDS = 100;

  /** The numbers of splits that are tried for a single tree. */
  private static final List<Integer> SPLITS =
      List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 19, 23, 31, 39, 47, 55, 63);

  /** A smaller tree is taken while a larger one gains less than so many standard errors. */
  private static final double SMALLER = 1;

  private final Training<?, L, V> training;
  private final Prepared<L, V> prepared;
  private final Jury held;
  private final Jobs.Control<?> control;
  private final Duration budget;
  private final BooleanSupplier stopped;
  private final int classes;
  private final List<TreeTask> folds = new ArrayList<>();
  private final TreeTask all;

  TreeVoices(
      Training<?, L, V> training,
      Prepared<L, V> prepared,
      Jury held,
      Jobs.Control<?> control,
      Duration budget) {
    this.training = training;
    this.prepared = prepared;
    this.held = held;
    this.control = control;
    this.budget = budget;
    this.stopped = () -> control.stopped() || control.elapsed().compareTo(budget.dividedBy(2)) > 0;
    this.classes = held.classes() ? prepared.head().outputs() : 0;
    Dataset data = prepared.data();
    int[] items = new int[data.size()];
    Arrays.setAll(items, i -> i);
    float[] targets = new float[items.length];
    data.targets(items, items.length, targets);
    Binned binned = Binned.of(data.lastRows(items), items.length, prepared.preparation().width());
    double bend =
        prepared.head().loss() instanceof Loss.Huber h ? h.delta() : Double.POSITIVE_INFINITY;
    boolean[] whole = new boolean[training.folds().get(0).learnt().length];
    for (Parts.Fold fold : training.folds()) {
      boolean[] learnt = fold.learnt().clone();
      for (int s = 0; s < learnt.length; s++) {
        learnt[s] |= fold.validation()[s];
        whole[s] |= learnt[s];
      }
      int[] judged =
          Arrays.stream(data.itemsOf(fold.judged()))
              .filter(i -> i < prepared.originals())
              .toArray();
      folds.add(new TreeTask(binned, targets, classes, bend, learnable(learnt), judged));
    }
    all = new TreeTask(binned, targets, classes, bend, learnable(whole), new int[0]);
  }

  /** Whether trees can be grown from these samples: rows of numbers, not too many for memory. */
  static boolean possible(Prepared<?, ?> prepared) {
    return !prepared.plan().input().isSequence()
        && !prepared.plan().input().isImage()
        && prepared.preparation().width() > 0
        && (long) prepared.data().size() * prepared.preparation().width() <= MOST_VALUES;
  }

  private int[] learnable(boolean[] samples) {
    int[] items =
        Arrays.stream(prepared.data().itemsOf(samples))
            .filter(prepared.data()::isLearnable)
            .toArray();
    if (items.length <= MOST_LEARNT) {
      return items;
    }
    int[] some = new int[MOST_LEARNT];
    for (int i = 0; i < some.length; i++) {
      some[i] = items[(int) ((long) i * items.length / some.length)];
    }
    return some;
  }

  /** One tree, as small as held-out items allow. */
  Heard<L, V> single() {
    List<SingleTree> trees = folds.stream().map(SingleTree::new).toList();
    int most = trees.stream().mapToInt(SingleTree::splits).min().orElse(0);
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int s : SPLITS) {
      double loss = s > most || stopped.getAsBoolean() ? least : held.loss(said(trees, s));
      best = loss < least ? s : best;
      least = Math.min(least, loss);
    }
    double[][] said = said(trees, best);
    for (int s : SPLITS) {
      if (s >= best) {
        break;
      }
      double[][] smaller = said(trees, s);
      double[] gain = held.gain(smaller, said);
      if (gain[0] <= SMALLER * gain[1]) {
        best = s;
        said = smaller;
        break;
      }
    }
    int splits = best;
    return new Heard<>(singleOfAll(splits), said, (t, p) -> on(t, p).singleOfAll(splits));
  }

  private Voice singleOfAll(int splits) {
    TreeNodes.Writer nodes = new TreeNodes.Writer();
    SingleTree tree = new SingleTree(all);
    tree.write(Math.min(splits, tree.splits()), nodes);
    int leaves = splits + 1;
    return voice(
        "decision tree of " + leaves + (leaves == 1 ? " leaf" : " leaves"),
        nodes,
        true,
        new double[held.outputs()]);
  }

  /** The same for other items. */
  private TreeVoices<L, V> on(Training<?, L, V> other, Prepared<L, V> items) {
    return new TreeVoices<>(other, items, held, control, budget);
  }

  private double[][] said(List<SingleTree> trees, int splits) {
    double[][] said = held.nothing();
    for (int f = 0; f < trees.size(); f++) {
      for (int item : folds.get(f).judged()) {
        said[held.place(item)] = answer(trees.get(f).said(item, splits));
      }
    }
    return said;
  }

  /** What a head makes of outputs: probabilities of classes, or the quantity as it is. */
  private double[] answer(double[] scores) {
    return classes > 0 ? LinearFit.softmax(scores) : scores;
  }

  /** Boosted trees; empty when they were not ended in time. */
  Optional<Heard<L, V>> boosted() {
    List<Boosting> boosts = new ArrayList<>();
    for (int f = 0; f < folds.size(); f++) {
      boosts.add(new Boosting(folds.get(f), BOOSTED, training.key() + f));
    }
    foresee(boosts);
    training.work(boosts, b -> b.run(stopped));
    int rounds = boosts.stream().mapToInt(b -> b.losses().length).min().orElse(1);
    double[] losses = new double[rounds];
    for (int f = 0; f < boosts.size(); f++) {
      for (int r = 0; r < rounds; r++) {
        losses[r] += boosts.get(f).losses()[r] * folds.get(f).judged().length;
      }
    }
    int best = 0;
    for (int r = 1; r < rounds; r++) {
      best = losses[r] < losses[best] ? r : best;
    }
    if (best == 0) {
      return Optional.empty();
    }
    double[][] said = held.nothing();
    for (int f = 0; f < boosts.size(); f++) {
      int[] judged = folds.get(f).judged();
      double[][] own = boosts.get(f).said(judged, best);
      for (int i = 0; i < judged.length; i++) {
        said[held.place(judged[i])] = answer(own[i]);
      }
    }
    Optional<Voice> whole = boostedOfAll(best);
    int chosen = best;
    return whole.map(
        voice -> new Heard<>(voice, said, (t, p) -> on(t, p).boostedOfAll(chosen).orElse(voice)));
  }

  /** Empty when it was stopped. */
  private Optional<Voice> boostedOfAll(int rounds) {
    List<Boosting> wholes = new ArrayList<>();
    for (int m = 0; m < (all.learnt().length > SMALL ? 1 : AVERAGED); m++) {
      wholes.add(new Boosting(all, BOOSTED, training.key() - 1 - m));
    }
    training.work(
        wholes,
        whole -> {
          for (int r = 0; r < rounds && !control.stopped(); r++) {
            whole.round();
          }
        });
    if (control.stopped()) {
      return Optional.empty();
    }
    TreeNodes.Writer nodes = new TreeNodes.Writer();
    wholes.forEach(whole -> whole.write(rounds, 1.0 / wholes.size(), nodes));
    Boosting first = wholes.get(0);
    return Optional.of(voice("boosted trees", nodes, first.joint(), first.base()));
  }

  /** Says how long boosting will take, by the time of the first round. */
  private void foresee(List<Boosting> boosts) {
    long begin = System.nanoTime();
    boosts.get(0).run(once());
    long nanos = System.nanoTime() - begin;
    int threads = Math.min(boosts.size(), Runtime.getRuntime().availableProcessors());
    Duration foreseen =
        Duration.ofNanos(nanos * USUAL_ROUNDS * (boosts.size() + threads) / threads);
    control.report(
        new Progress(
            "boosted trees, foreseen to take " + Math.max(1, foreseen.toSeconds()) + " s",
            OptionalDouble.empty(),
            control.elapsed(),
            Optional.of(foreseen),
            Map.of()));
  }

  private static BooleanSupplier once() {
    boolean[] asked = new boolean[1];
    return () -> {
      boolean before = asked[0];
      asked[0] = true;
      return before;
    };
  }

  /** Trees, and an output layer that hands their sums on and adds what is said before any tree. */
  private Voice voice(String name, TreeNodes.Writer nodes, boolean joint, double[] base) {
    int outputs = held.outputs();
    Trees layer = nodes.layer(outputs, joint);
    Network network = Network.of(layer);
    NetworkPlan plan = prepared.with(network).plan();
    Weights weights = Weights.zero(plan.weights());
    nodes.into(layer, weights, 0);
    int last = plan.arrays(1);
    for (int k = 0; k < outputs; k++) {
      weights.get(last)[k * outputs + k] = 1;
      weights.get(last + 1)[k] = (float) base[k];
    }
    return new Voice(name, network, plan, List.of(weights), 1, List.of());
  }
}
