package io.millwright.runtime.host;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.network.Backbones;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.plain.JavaForward;
import java.util.SortedMap;
import java.util.TreeMap;

/** Plain Java for every network. */
final class PlainRuntimes implements Runtimes {

  static final String JAVA = "Java";

  private final Backbones backbones = new Backbones();

  @Override
  public TrainingSession train(NetworkPlan plan, Objective objective) {
    throw new MillwrightException(
        ErrorCode.NO_ENGINE,
        "this process only predicts\nMaybe add the dependency io.millwright:millwright-core and"
            + " an engine");
  }

  @Override
  public ForwardPass open(NetworkPlan plan, Weights weights, int frozen) {
    return backbones.open(JAVA, plan, weights, frozen, JavaForward::new);
  }

  @Override
  public String predictionRuntime(NetworkPlan plan) {
    return JAVA;
  }

  @Override
  public SortedMap<String, String> facts() {
    return new TreeMap<>();
  }
}
