package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.LearningCurve.Epoch;
import io.millwright.runtime.events.Flight;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Starts;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.TrainingSession.Batch;
import io.millwright.runtime.network.Views;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The fitting of one network to its items: the loop over epochs and steps. Everything random is
 * drawn by key, epoch and step, so that the same key gives the same weights, also after a stop in
 * the middle and beside other trainings.
 */
final class Fitting {

  private static final int MOST_ROWS = 1024;
  private static final int MOST_VALUES = 1 << 19;

  private final String name;
  private final long key;
  private final Learning learning;
  private final SampleVariation variation;
  private final NetworkPlan plan;
  private final Optional<Begin> begin;
  private final int frozen;
  private final Losses losses;
  private final Items data;
  private final int[] learnt;
  private final int[] validation;
  private final float[] itemWeights;

  /** Whether every item counts 1. */
  private final boolean alike;

  /**
   * Where weights begin when they are not all drawn.
   *
   * @param frozen how many of the first arrays do not change
   * @param start puts weights in the place of drawn ones
   * @param hold puts right what must not change, after every step
   */
  record Begin(int frozen, Consumer<Weights> start, Consumer<Weights> hold) {}

  /**
   * @param name which member this is, for people
   * @param key the key of its randomness
   * @param learnt the items that weights are fitted to
   * @param validation the items that early stopping looks at; empty without early stopping
   * @param itemWeights how much each item of the data set counts
   */
  Fitting(
      String name,
      long key,
      Learning learning,
      SampleVariation variation,
      NetworkPlan plan,
      Optional<Begin> begin,
      Losses losses,
      Items data,
      int[] learnt,
      int[] validation,
      float[] itemWeights) {
    this.name = name;
    this.key = key;
    PrivateSteps.check(learning);
    this.learning = learning;
    this.variation = variation;
    this.plan = plan;
    this.begin = begin;
    this.frozen = begin.map(Begin::frozen).orElse(0);
    this.losses = losses;
    this.data = data;
    this.learnt = learnt;
    this.validation = validation;
    this.itemWeights = itemWeights;
    this.alike = alike(itemWeights);
  }

  private static boolean alike(float[] weights) {
    for (float w : weights) {
      if (w != 1) {
        return false;
      }
    }
    return true;
  }

  String name() {
    return name;
  }

  /** What it makes small. */
  Losses losses() {
    return losses;
  }

  /** How many items it learns from. */
  int items() {
    return learnt.length;
  }

  /** The state at the beginning. */
  FittingState begin() {
    Weights start = Starts.draw(plan, key);
    begin.ifPresent(b -> b.start().accept(start));
    return FittingState.begin(
        start, new Rule(learning.rule(), plan.weights(), frozen), plan.weights());
  }

  /**
   * Trains until the epochs are done, patience ends, or a stop is asked for.
   *
   * @param state where to begin, changed along the way
   * @param session the engine
   * @param stopped asked before every step; an epoch that is broken off leaves no trace in the
   *     result
   * @param afterEpoch called after every epoch with the state
   * @return whether the training came to its own end
   */
  boolean run(
      FittingState state,
      TrainingSession session,
      Stopped stopped,
      Consumer<FittingState> afterEpoch) {
    int batch = Math.min(learning.batch(), learnt.length);
    int steps = (learnt.length + batch - 1) / batch;
    Pace pace = new Pace(learning.schedule(), learning.rule().rate(), steps, learning.epochs());
    Room room = new Room(batch);
    Optional<PrivateSteps> apart =
        learning.privacy().map(p -> new PrivateSteps(p, learnt.length, batch, frozen));
    Weights one = Weights.zero(apart.isPresent() ? plan.weights() : List.of());
    while (!state.finished(learning)) {
      int epoch = state.epochs();
      int[] order = KeyedRandom.of(key, Purpose.SHUFFLE, epoch).shuffled(learnt);
      double sum = 0;
      for (int s = 0; s < steps; s++) {
        if (stopped.now()) {
          return false;
        }
        sum +=
            apart.isPresent()
                ? apart(state, session, room, apart.get(), one, epoch, pace)
                : step(state, session, room, order, s, epoch, pace);
      }
      double loss = sum / learnt.length;
      if (!Double.isFinite(loss)) {
        throw new MillwrightException(
            ErrorCode.DIVERGED,
            name
                + ": the loss became "
                + loss
                + " in epoch "
                + (epoch + 1)
                + "\nMaybe use a smaller rate than "
                + learning.rule().rate()
                + ", or clipNorm(1)");
      }
      double validated =
          validation.length == 0 ? Double.NaN : validate(state.current(learning), session, room);
      state.epochDone(
          new Epoch(epoch + 1, loss, validated, pace.at((long) (epoch + 1) * steps - 1)), learning);
      afterEpoch.accept(state);
    }
    return true;
  }

  private double step(
      FittingState state,
      TrainingSession session,
      Room room,
      int[] order,
      int s,
      int epoch,
      Pace pace) {
    Flight.Step flight = Flight.step();
    int from = s * room.batch;
    int count = Math.min(room.batch, learnt.length - from);
    lay(room, order, from, count, epoch);
    session.load(state.weights());
    long step = state.rule().steps();
    double loss =
        session.gradients(
            new Batch(room.inputs, room.targets, room.weights, count),
            (layer, size, rate) ->
                KeyedRandom.of(key, Purpose.DROPOUT, step, layer).dropout(size, rate),
            room.gradients);
    move(state, room.gradients, pace);
    if (flight != null) {
      flight.end(epoch, step, count, loss);
    }
    return loss * count;
  }

  /** One differentially private step, counted as a batch. */
  private double apart(
      FittingState state,
      TrainingSession session,
      Room room,
      PrivateSteps steps,
      Weights one,
      int epoch,
      Pace pace) {
    Flight.Step flight = Flight.step();
    session.load(state.weights());
    long step = state.rule().steps();
    int[] alone = new int[1];
    double loss =
        steps.gradient(
            learnt,
            item -> {
              alone[0] = item;
              lay(room, alone, 0, 1, epoch);
              return new Batch(room.inputs, room.targets, room.weights, 1);
            },
            session,
            (layer, size, rate) ->
                KeyedRandom.of(key, Purpose.DROPOUT, step, layer, alone[0]).dropout(size, rate),
            room.gradients,
            one);
    move(state, room.gradients, pace);
    if (flight != null) {
      flight.end(epoch, step, room.batch, loss);
    }
    return loss * learnt.length / pace.stepsPerEpoch();
  }

  /** Takes the step that gradients ask for; what must not change is put right. */
  private void move(FittingState state, Weights gradients, Pace pace) {
    regularise(learning, plan, frozen, state.weights(), gradients);
    state.rule().step(state.weights(), gradients, pace.at(state.rule().steps()));
    begin.ifPresent(b -> b.hold().accept(state.weights()));
    state.average(learning.averaging());
  }

  /**
   * Lays a batch out. Items lie anywhere in memory: array by array, so that the processor fetches
   * many of them at a time and does not wait for each.
   */
  private void lay(Room room, int[] order, int from, int count, int epoch) {
    int size = plan.input().size();
    int[] chosen = room.items;
    System.arraycopy(order, from, chosen, 0, count);
    if (!alike) {
      for (int i = 0; i < count; i++) {
        room.weights[i] = itemWeights[chosen[i]];
      }
    }
    data.targets(chosen, count, room.targets);
    data.inputs(chosen, count, room.inputs);
    if (variation != SampleVariation.NONE) {
      for (int i = 0; i < count; i++) {
        variation.vary(
            room.inputs, i * size, KeyedRandom.of(key, Purpose.AUGMENT, epoch, chosen[i]));
      }
    }
  }

  /**
   * Adds the gradients of the penalties, then scales the whole gradient down to the largest length
   * allowed. The first {@code frozen} arrays do not change and so do not count.
   */
  static void regularise(
      Learning learning, NetworkPlan plan, int frozen, Weights weights, Weights gradients) {
    float l1 = (float) learning.l1();
    float l2 = (float) learning.l2();
    if (l1 > 0 || l2 > 0) {
      for (int i = frozen; i < weights.count(); i++) {
        if (plan.weights().get(i).role() == WeightSpec.Role.MATRIX) {
          float[] w = weights.get(i);
          float[] g = gradients.get(i);
          for (int k = 0; k < w.length; k++) {
            g[k] += l1 * Math.signum(w[k]) + l2 * w[k];
          }
        }
      }
    }
    if (learning.clipNorm() > 0) {
      double squares = 0;
      for (int i = frozen; i < gradients.count(); i++) {
        for (float g : gradients.get(i)) {
          squares += (double) g * g;
        }
      }
      double norm = Math.sqrt(squares);
      if (norm > learning.clipNorm()) {
        float factor = (float) (learning.clipNorm() / norm);
        for (int i = frozen; i < gradients.count(); i++) {
          float[] g = gradients.get(i);
          for (int k = 0; k < g.length; k++) {
            g[k] *= factor;
          }
        }
      }
    }
  }

  private double validate(Weights weights, TrainingSession session, Room room) {
    // The image as it is: views in every epoch would cost more than the training itself.
    float[] y = outputs(weights, session, validation, Views.ONE);
    float[] targets = new float[validation.length * data.targetWidth()];
    float[] counts = new float[validation.length];
    data.targets(validation, validation.length, targets);
    for (int i = 0; i < validation.length; i++) {
      counts[i] = itemWeights[validation[i]];
    }
    return losses.gradient(
        y, new Batch(room.inputs, targets, counts, validation.length), new float[y.length]);
  }

  /** The outputs of a network for some items, averaged over views. */
  float[] outputs(Weights weights, TrainingSession session, int[] items, Views views) {
    session.load(weights);
    int size = plan.input().size();
    float[] all = new float[items.length * plan.outputs()];
    // An engine holds what every layer makes of all inputs at a time: fewer of them when large.
    int most = Math.max(16, Math.min(MOST_ROWS, MOST_VALUES / size));
    float[] inputs = new float[Math.min(most, Math.max(1, items.length)) * size];
    for (int from = 0; from < items.length; from += most) {
      int count = Math.min(most, items.length - from);
      data.inputs(Arrays.copyOfRange(items, from, from + count), count, inputs);
      System.arraycopy(
          views.mean(session::outputs, inputs, count),
          0,
          all,
          from * plan.outputs(),
          count * plan.outputs());
    }
    return all;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %d items, %d to stop, %d weights",
        name,
        learnt.length,
        validation.length,
        plan.size());
  }

  /** What a training reuses in every step. */
  private final class Room {
    private final int batch;
    private final int[] items;
    private final float[] inputs;
    private final float[] targets;
    private final float[] weights;
    private final Weights gradients;

    Room(int batch) {
      this.batch = batch;
      this.items = new int[batch];
      this.inputs = new float[batch * plan.input().size()];
      this.targets = new float[batch * data.targetWidth()];
      this.weights = new float[batch];
      Arrays.fill(weights, 1);
      this.gradients = Weights.zero(plan.weights());
    }
  }
}
