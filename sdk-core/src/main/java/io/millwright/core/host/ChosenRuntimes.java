package io.millwright.core.host;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.network.Backbones;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.MicroBatches;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** Puts the chooser's answers to work. */
final class ChosenRuntimes implements Runtimes {

  private final EngineChooser chooser;
  private final Wiring wiring;
  private final Backbones backbones = new Backbones();

  ChosenRuntimes(EngineChooser chooser, Wiring wiring) {
    this.chooser = chooser;
    this.wiring = wiring;
  }

  @Override
  public TrainingSession train(NetworkPlan plan, Objective objective) {
    if (plan.hasTrees()) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "no engine trains trees: they are grown\n"
              + "Maybe leave the network out and ask for trees by among(ModelKind.BOOSTED_TREES)");
    }
    EngineChooser.Choice choice = chooser.training();
    Engine engine = choice.engine().orElseThrow(); // Only an engine trains.
    chooser.tell(choice, true);
    long bytes = plan.weights().stream().mapToLong(w -> (long) Float.BYTES * w.size()).sum();
    TrainingSession session =
        chooser
            .gate()
            .session(
                () -> engine.train(plan, objective, choice.device()),
                () -> chooser.tell(choice, true, -bytes));
    chooser.tell(choice, true, bytes);
    return new MicroBatches(plan, objective, session);
  }

  @Override
  public ForwardPass open(NetworkPlan plan, Weights weights, int frozen) {
    if (weights.isMapped()) { // an engine would copy into memory what does not fit there
      return backbones.open("Java from a file", plan, weights, frozen, wiring::javaForward);
    }
    EngineChooser.Choice choice = chooser.prediction(plan);
    chooser.tell(choice, false);
    Backbones.Opener opener =
        choice.engine().isPresent()
            ? (part, values) -> held(choice, choice.engine().get(), part, values)
            : wiring::javaForward;
    return backbones.open(choice.name() + " on " + choice.device(), plan, weights, frozen, opener);
  }

  private ForwardPass held(
      EngineChooser.Choice choice, Engine engine, NetworkPlan plan, Weights weights) {
    long bytes =
        (long) Float.BYTES * IntStream.range(0, weights.count()).mapToLong(weights::size).sum();
    ForwardPass pass =
        chooser
            .gate()
            .pass(
                () -> engine.open(plan, weights, choice.device()),
                () -> chooser.tell(choice, false, -bytes));
    chooser.tell(choice, false, bytes);
    return pass;
  }

  @Override
  public String predictionRuntime(NetworkPlan plan) {
    return chooser.prediction(plan).name();
  }

  @Override
  public SortedMap<String, String> facts() {
    return chooser.facts();
  }
}
