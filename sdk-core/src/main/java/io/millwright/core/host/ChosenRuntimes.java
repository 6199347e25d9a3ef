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
    return new MicroBatches(
        plan,
        objective,
        chooser.gate().session(() -> engine.train(plan, objective, choice.device())));
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
            ? (part, values) ->
                chooser.gate().pass(() -> choice.engine().get().open(part, values, choice.device()))
            : wiring::javaForward;
    return backbones.open(choice.name() + " on " + choice.device(), plan, weights, frozen, opener);
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
