package io.millwright.runtime.predict;

import io.millwright.api.learn.Network;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.plain.JavaForward;

/** A network that computes in plain Java, with what a bundle must hold of it. Thread-safe. */
public record PlainNetwork(Network network, NetworkPlan plan, Weights weights, JavaForward forward)
    implements FittedNetwork {

  /** A network that is laid out and has its weights. */
  public static PlainNetwork of(Network network, NetworkPlan plan, Weights weights) {
    return new PlainNetwork(network, plan, weights, new JavaForward(plan, weights));
  }

  @Override
  public int inputs() {
    return plan.input().size();
  }

  @Override
  public int outputs() {
    return plan.outputs();
  }

  @Override
  public float[] outputs(float[] inputs, int count) {
    return forward.run(inputs, count);
  }
}
