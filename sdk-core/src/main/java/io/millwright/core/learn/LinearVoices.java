package io.millwright.core.learn;

import io.millwright.api.learn.Networks;
import io.millwright.core.network.NetworkPlan;
import io.millwright.core.network.Weights;
import io.millwright.core.prepare.FittedStep;
import io.millwright.core.prepare.LinearFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The simple models that every choice begins with: a constant, and linear models whose penalty is
 * chosen by held-out loss. What is said of a held-out item comes from a fit to its fold's learnt
 * items; the weights that are kept come from a fit to all.
 */
final class LinearVoices {

  /** Penalties of the sum of losses, from the strongest to the weakest. */
  private static final double[] PENALTIES = {512, 128, 32, 8, 2, 0.5};

  private static final int MOST_ITEMS = 30_000;

  /** A voice and what it says of the held-out items. */
  record Heard(Voice voice, double[][] said) {}

  private final Training training;
  private final Prepared prepared;
  private final HeldOut held;
  private final int classes;
  private final int outputs;
  private final BooleanSupplier stopped;
  private final NetworkPlan plan;

  LinearVoices(
      Training training,
      Prepared prepared,
      HeldOut held,
      int classes,
      BooleanSupplier stopped) {
    this.training = training;
    this.prepared = prepared;
    this.held = held;
    this.classes = classes;
    this.outputs = Math.max(1, classes);
    this.stopped = stopped;
    this.plan =
        NetworkPlan.of(
            Networks.linear(),
            prepared.plan().input(),
            outputs,
            io.millwright.api.learn.Initialisation.AUTOMATIC);
  }

  /** What would be said without looking at any reading. */
  Heard constant() {
    double[][] said = held.nothing();
    for (Parts.Fold fold : training.folds()) {
      double[] w = fit(learnt(fold), new int[0]).constant();
      say(w, new int[0], judged(fold), said);
    }
    double[] all = fit(everything(), new int[0]).constant();
    String name = classes > 0 ? "constant shares" : "constant mean";
    return new Heard(voice(name, all, new int[0]), said);
  }

  /** Of the plain columns, and where there are interactions, of these too. */
  List<Heard> linear() {
    String name = classes > 0 ? "logistic regression" : "linear regression";
    int[] plain = plain();
    List<Heard> all = new ArrayList<>();
    all.add(linear(name, plain));
    if (plain.length < prepared.preparation().width() && !stopped.getAsBoolean()) {
      int[] every = IntStream.range(0, prepared.preparation().width()).toArray();
      all.add(linear(name + " with interactions", every));
    }
    return all;
  }

  /** The features that are no interactions. */
  private int[] plain() {
    Set<String> made = new HashSet<>();
    for (FittedStep step : prepared.preparation().steps()) {
      if (step instanceof FittedStep.Interactions i) {
        i.products().forEach(p -> made.add(p.left() + " * " + p.right()));
        i.quotients().forEach(p -> made.add(p.left() + " / " + p.right()));
      }
    }
    List<String> features = prepared.preparation().features();
    return IntStream.range(0, features.size()).filter(f -> !made.contains(features.get(f))).toArray();
  }

  private Heard linear(String name, int[] columns) {
    double[][][] said = new double[PENALTIES.length][][];
    Arrays.setAll(said, p -> held.nothing());
    for (Parts.Fold fold : training.folds()) {
      LinearFit fit = fit(learnt(fold), columns);
      double[] w = widened(fit);
      for (int p = 0; p < PENALTIES.length && !stopped.getAsBoolean(); p++) {
        w = fit.fit(PENALTIES[p], w);
        say(w, columns, judged(fold), said[p]);
      }
    }
    int best = 0;
    for (int p = 1; p < PENALTIES.length; p++) {
      best = held.loss(said[p]) < held.loss(said[best]) ? p : best;
    }
    LinearFit all = fit(everything(), columns);
    double[] w = all.fit(PENALTIES[best], widened(all));
    return new Heard(voice(name, w, columns), said[best]);
  }

  private static double[] widened(LinearFit fit) {
    return fit.constant();
  }

  private LinearFit fit(int[] items, int[] columns) {
    float[] rows = prepared.data().lastRows(items);
    int width = items.length == 0 ? 0 : rows.length / items.length;
    float[] inputs = new float[items.length * columns.length];
    for (int i = 0; i < items.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        inputs[i * columns.length + j] = rows[i * width + columns[j]];
      }
    }
    float[] targets = new float[items.length];
    prepared.data().targets(items, items.length, targets);
    return new LinearFit(inputs, targets, columns.length, outputs, classes > 0, stopped);
  }

  private void say(double[] w, int[] columns, int[] items, double[][] said) {
    float[] rows = prepared.data().lastRows(items);
    int width = items.length == 0 ? 0 : rows.length / items.length;
    float[] x = new float[columns.length];
    double[] z = new double[outputs];
    for (int i = 0; i < items.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        x[j] = rows[i * width + columns[j]];
      }
      LinearFit.outputs(w, x, 0, columns.length, z);
      said[held.place(items[i])] = classes > 0 ? LinearFit.softmax(z) : z.clone();
    }
  }

  private int[] learnt(Parts.Fold fold) {
    boolean[] learnt = fold.learnt().clone();
    for (int s = 0; s < learnt.length; s++) {
      learnt[s] |= fold.validation()[s]; // nothing here is stopped by it
    }
    return thinned(prepared.data().itemsOf(learnt));
  }

  private int[] everything() {
    boolean[] all = new boolean[training.folds().get(0).learnt().length];
    for (Parts.Fold fold : training.folds()) {
      for (int s = 0; s < all.length; s++) {
        all[s] |= fold.learnt()[s] || fold.validation()[s];
      }
    }
    return thinned(prepared.data().itemsOf(all));
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

  /** The weights as those of a linear network, 0 for features that are not looked at. */
  private Voice voice(String name, double[] w, int[] columns) {
    Weights weights = Weights.zero(plan.weights());
    int features = plan.input().size();
    for (int k = 0; k < outputs; k++) {
      int from = k * (columns.length + 1);
      for (int j = 0; j < columns.length; j++) {
        weights.get(0)[k * features + columns[j]] = (float) w[from + j];
      }
      weights.get(1)[k] = (float) w[from + columns.length];
    }
    return new Voice(name, Networks.linear(), plan, List.of(weights), 1, List.of());
  }

  /** For messages. */
  @Override
  public String toString() {
    return Optional.of(plan).map(p -> p.input() + " to " + outputs).orElse("");
  }
}
