package io.millwright.core.learn;

import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.prepare.FittedStep;
import io.millwright.runtime.prepare.LinearFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The simple models that every choice begins with: a constant, and linear models whose penalty is
 * chosen by held-out loss. What is said of a held-out item comes from a fit to its fold's learnt
 * items; the weights that are kept come from a fit to all.
 */
final class LinearVoices<L, V> {

  /**
   * Penalties of the sum of losses, the usual one first: the precision of slopes of 0.7 for
   * readings of variance 1. Another must be better by more than a little luck, since what few
   * held-out items like best is as often worse.
   */
  private static final double[] PENALTIES = {2, 6, 20, 100, 500, 0.5};

  /** What the model of curves is called. */
  static final String ADDITIVE = "additive model";

  /** How many standard errors another penalty must gain. */
  private static final double GAIN = 0.5;

  /** The places of a column's range, as shares of its values, at which its line may bend. */
  private static final double[] BENDS = {0.08, 0.2, 0.35, 0.5, 0.65, 0.8, 0.92};

  private static final int MOST_BENT = 40;

  private static final int MOST_ITEMS = 30_000;

  /** A window of more readings is no input of a linear model: its fit takes their square. */
  private static final int MOST_READINGS = 256;

  private final Training<?, L, V> training;
  private final Prepared<L, V> prepared;
  private final Jury held;
  private final int classes;
  private final int outputs;
  private final BooleanSupplier stopped;

  /** Whether items are windows: then a linear model weighs every reading of them. */
  private final boolean windows;

  LinearVoices(
      Training<?, L, V> training, Prepared<L, V> prepared, Jury held, BooleanSupplier stopped) {
    this.training = training;
    this.prepared = prepared;
    this.held = held;
    this.classes = held.classes() ? prepared.head().outputs() : 0;
    this.outputs = Math.max(1, classes);
    this.stopped = stopped;
    this.windows = prepared.plan().input().isSequence();
  }

  /** What would be said without looking at any reading. */
  Heard<L, V> constant() {
    double[][] said = held.nothing();
    Basis none = Basis.plain(new int[0]);
    for (Parts.Fold fold : training.folds()) {
      double[] w = fit(learnt(fold), none).constant();
      say(w, none, judged(fold), said);
    }
    return new Heard<>(constantOfAll(), said, (t, p) -> on(t, p).constantOfAll());
  }

  private Voice constantOfAll() {
    Basis none = Basis.plain(new int[0]);
    String name = (classes > 0 ? "shares" : "mean") + " of the training data";
    return voice(name, fit(everything(), none).constant(), none);
  }

  /** The same for other items. */
  private LinearVoices<L, V> on(Training<?, L, V> other, Prepared<L, V> items) {
    return new LinearVoices<>(other, items, held, stopped);
  }

  /**
   * Of the plain columns, and where there are interactions, of these too; of windows, of all their
   * readings (an autoregression with inputs, solved and not descended to).
   */
  List<Heard<L, V>> linear() {
    String name = classes > 0 ? "logistic regression" : "linear regression";
    if (windows) {
      int size = prepared.plan().input().size();
      return size > MOST_READINGS
          ? List.of()
          : List.of(linear(name + " of the window", LinearVoices::ofWindow));
    }
    Set<String> counted = counted();
    int[] plain = plain(counted);
    List<Heard<L, V>> all = new ArrayList<>();
    if (plain.length > 0) {
      all.add(
          classes > 0 ? usual(name, LinearVoices::ofPlain) : linear(name, LinearVoices::ofPlain));
    }
    if (plain.length < every(plain).length && !stopped.getAsBoolean()) {
      String more = counted.isEmpty() ? " with interactions" : " with texts";
      all.add(linear(name + more, LinearVoices::ofEvery));
    }
    if (plain.length > 0
        && counted.isEmpty() // bends beside hundreds of counts cost minutes
        && plain.length <= MOST_BENT
        && !stopped.getAsBoolean()) {
      all.add(linear(ADDITIVE, LinearVoices::ofBent));
    }
    return all;
  }

  private Basis ofWindow() {
    return Basis.plain(IntStream.range(0, prepared.plan().input().size()).toArray());
  }

  private Basis ofPlain() {
    return Basis.plain(plain(counted()));
  }

  private Basis ofEvery() {
    return Basis.plain(every(plain(counted())));
  }

  private Basis ofBent() {
    int[] plain = plain(counted());
    int[] every = every(plain);
    return Basis.bent(every, plain.length, rows(everything(), every), BENDS);
  }

  /** All features, the plain ones first. */
  private int[] every(int[] plain) {
    Set<Integer> first = new LinkedHashSet<>();
    Arrays.stream(plain).forEach(first::add);
    IntStream.range(0, prepared.preparation().width()).forEach(first::add);
    return first.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The features that count runs of texts. */
  private Set<String> counted() {
    Set<String> counted = new HashSet<>();
    for (FittedStep step : prepared.preparation().steps()) {
      if (step instanceof FittedStep.Text text) {
        text.columns().forEach(c -> counted.addAll(c.features()));
      }
    }
    return counted;
  }

  /** The features that are neither interactions nor counts of texts. */
  private int[] plain(Set<String> counted) {
    Set<String> made = new HashSet<>(counted);
    for (FittedStep step : prepared.preparation().steps()) {
      if (step instanceof FittedStep.Interactions i) {
        i.products().forEach(p -> made.add(p.left() + " * " + p.right()));
        i.quotients().forEach(p -> made.add(p.left() + " / " + p.right()));
      }
    }
    List<String> features = prepared.preparation().features();
    return IntStream.range(0, features.size())
        .filter(f -> !made.contains(features.get(f)))
        .toArray();
  }

  /**
   * What everybody fits: the usual penalty, and shrunk by the rows that are learnt from, not by
   * those held out. Its order of risks is that of any other logistic regression.
   */
  private Heard<L, V> usual(String name, Function<LinearVoices<L, V>, Basis> columns) {
    Basis basis = columns.apply(this);
    double[][] said = held.nothing();
    for (Parts.Fold fold : training.folds()) {
      LinearFit fit = fit(learnt(fold), basis);
      say(shrunken(fit), basis, judged(fold), said);
    }
    return new Heard<>(
        usualOfAll(name, basis),
        said,
        (t, p) -> {
          LinearVoices<L, V> other = on(t, p);
          return other.usualOfAll(name, columns.apply(other));
        });
  }

  private double[] shrunken(LinearFit fit) {
    return fit.shrunken(fit.fit(classes == 2 ? 2 : 1, fit.constant()));
  }

  private Voice usualOfAll(String name, Basis basis) {
    return voice(name, shrunken(fit(everything(), basis)), basis);
  }

  private Heard<L, V> linear(String name, Function<LinearVoices<L, V>, Basis> columns) {
    Basis basis = columns.apply(this);
    double[][][] said = new double[PENALTIES.length][][];
    Arrays.setAll(said, p -> held.nothing());
    for (Parts.Fold fold : training.folds()) {
      LinearFit fit = fit(learnt(fold), basis);
      double[] w = fit.constant();
      for (int p = 0; p < PENALTIES.length && !stopped.getAsBoolean(); p++) {
        w = fit.fit(penalty(p), w);
        say(w, basis, judged(fold), said[p]);
      }
    }
    int best = 0;
    for (int p = 1; p < PENALTIES.length; p++) {
      double[] gain = held.gain(said[best], said[p]);
      best = gain[0] > GAIN * gain[1] ? p : best;
    }
    int chosen = best;
    return new Heard<>(
        ofAll(name, basis, chosen),
        said[chosen],
        (t, p) -> {
          LinearVoices<L, V> other = on(t, p);
          return other.ofAll(name, columns.apply(other), chosen);
        });
  }

  private Voice ofAll(String name, Basis basis, int which) {
    LinearFit all = fit(everything(), basis);
    return voice(name, all.fit(penalty(which), all.constant()), basis);
  }

  /** Two classes share a slope between them, whose squares are half of its own. */
  private double penalty(int which) {
    return classes == 2 ? 2 * PENALTIES[which] : PENALTIES[which];
  }

  /** Some columns of items, one item after the other. */
  private float[] rows(int[] items, int[] columns) {
    float[] rows = windows && columns.length > 0 ? whole(items) : prepared.data().lastRows(items);
    int width = items.length == 0 ? 0 : rows.length / items.length;
    float[] some = new float[items.length * columns.length];
    for (int i = 0; i < items.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        some[i * columns.length + j] = rows[i * width + columns[j]];
      }
    }
    return some;
  }

  private float[] whole(int[] items) {
    float[] all = new float[Math.multiplyExact(items.length, prepared.plan().input().size())];
    prepared.data().inputs(items, items.length, all);
    return all;
  }

  private LinearFit fit(int[] items, Basis basis) {
    float[] inputs = basis.of(rows(items, basis.columns()), items.length);
    float[] targets = new float[items.length];
    prepared.data().targets(items, items.length, targets);
    return new LinearFit(inputs, targets, basis.width(), outputs, classes > 0, stopped);
  }

  private void say(double[] w, Basis basis, int[] items, double[][] said) {
    float[] x = basis.of(rows(items, basis.columns()), items.length);
    double[] z = new double[outputs];
    for (int i = 0; i < items.length; i++) {
      LinearFit.outputs(w, x, i * basis.width(), basis.width(), z);
      said[held.place(items[i])] = classes > 0 ? LinearFit.softmax(z) : z.clone();
    }
  }

  private int[] learnt(Parts.Fold fold) {
    boolean[] learnt = fold.learnt().clone();
    for (int s = 0; s < learnt.length; s++) {
      learnt[s] |= fold.validation()[s]; // nothing here is stopped by it
    }
    return thinned(learnable(prepared.data().itemsOf(learnt)));
  }

  private int[] everything() {
    boolean[] all = new boolean[training.folds().get(0).learnt().length];
    for (Parts.Fold fold : training.folds()) {
      for (int s = 0; s < all.length; s++) {
        all[s] |= fold.learnt()[s] || fold.validation()[s];
      }
    }
    return thinned(learnable(prepared.data().itemsOf(all)));
  }

  /** Of windows, where most are whole, only those: what was filled up says nothing of the past. */
  private int[] learnable(int[] items) {
    int[] some = Arrays.stream(items).filter(prepared.data()::isLearnable).toArray();
    if (!windows) {
      return some;
    }
    int[] whole = Arrays.stream(some).filter(prepared.data()::isWhole).toArray();
    return 2 * whole.length > some.length ? whole : some;
  }

  private static int[] thinned(int[] items) {
    if (items.length <= MOST_ITEMS) {
      return items;
    }
    int[] some = new int[MOST_ITEMS];
    for (int i = 0; i < some.length; i++) {
      some[i] = items[(int) ((long) i * items.length / some.length)];
    }
    return some;
  }

  private int[] judged(Parts.Fold fold) {
    return Arrays.stream(prepared.data().itemsOf(fold.judged()))
        .filter(i -> i < prepared.originals())
        .toArray();
  }

  /** The weights as those of a network that is linear, or bends its columns first. */
  private Voice voice(String name, double[] w, Basis basis) {
    Network network = windows ? Network.of(new Layer.Flatten()) : basis.network();
    NetworkPlan plan = prepared.with(network).plan();
    Weights weights = Weights.zero(plan.weights());
    basis.lay(w, outputs, plan.input().size(), weights);
    return new Voice(name, network, plan, List.of(weights), 1, List.of());
  }
}
