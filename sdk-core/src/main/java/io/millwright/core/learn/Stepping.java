package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.LearningCurve.Epoch;
import io.millwright.api.learn.Network;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Stepper;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Starts;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.predict.PlainNetwork;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.Optional;

/** A training fed by somebody else: the step of {@link Fitting} without its loop over epochs. */
final class Stepping implements Stepper {

  private static final String MEMBER = "steps";

  private final Network network;
  private final NetworkPlan plan;
  private final Learning learning;
  private final Optional<Checkpoints> checkpoints;
  private final TrainingSession session;
  private final FittingState state;
  private final Weights gradients;
  private final Pace pace;
  private double loss = Double.NaN;

  /** Takes the session over. */
  Stepping(
      Network network,
      NetworkPlan plan,
      Learning learning,
      Optional<Checkpoints> checkpoints,
      TrainingSession session) {
    this.network = network;
    this.plan = plan;
    this.learning = learning;
    this.checkpoints = checkpoints;
    this.session = session;
    this.state =
        FittingState.begin(
            Starts.draw(plan, learning.key()),
            new Rule(learning.rule(), plan.weights()),
            plan.weights());
    this.gradients = Weights.zero(plan.weights());
    this.pace = new Pace(learning.schedule(), learning.rule().rate(), 1, learning.epochs());
    try {
      checkpoints.ifPresent(c -> c.load(MEMBER, state));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public int steps() {
    return (int) state.rule().steps();
  }

  @Override
  public double step(float[] inputs, float[] targets, float[] weights, int count) {
    session.load(state.weights());
    long step = state.rule().steps();
    double now =
        session.gradients(
            new TrainingSession.Batch(inputs, targets, weights, count),
            (layer, size, rate) ->
                KeyedRandom.of(learning.key(), Purpose.DROPOUT, step, layer).dropout(size, rate),
            gradients);
    if (!Double.isFinite(now)) {
      throw new MillwrightException(
          ErrorCode.DIVERGED,
          "the loss became "
              + now
              + " in step "
              + (step + 1)
              + "\nMaybe use a smaller rate than "
              + learning.rule().rate()
              + ", or clipNorm(1)");
    }
    Fitting.regularise(learning, plan, 0, state.weights(), gradients);
    state.rule().step(state.weights(), gradients, pace.at(step));
    state.average(learning.averaging());
    loss = now;
    return now;
  }

  @Override
  public FittedNetwork network() {
    return PlainNetwork.of(network, plan, state.current(learning).copy());
  }

  @Override
  public void save() {
    if (checkpoints.isPresent()) {
      int number = state.epochs() + 1;
      state.epochDone(new Epoch(number, loss, Double.NaN, pace.at(steps())), learning);
      checkpoints.get().save(MEMBER, state);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
