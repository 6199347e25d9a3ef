package io.millwright.core.learn;

import io.millwright.api.learn.LearningCurve;
import io.millwright.api.learn.Network;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Weights;
import java.util.List;

/**
 * Networks of one kind that are averaged, and how much they count beside others.
 *
 * @param name what it is, for people
 * @param network the network, without its output layer
 * @param plan the same laid out
 * @param weights the weights of each member, at least one
 * @param share what all of them count together, 0 to 1
 * @param curves how the loss went, one for each member that was trained step by step
 */
record Voice(
    String name,
    Network network,
    NetworkPlan plan,
    List<Weights> weights,
    double share,
    List<LearningCurve> curves) {

  /** Copies. */
  Voice {
    weights = List.copyOf(weights);
    curves = List.copyOf(curves);
  }

  static Voice of(String name, Network network, NetworkPlan plan, List<Member> members) {
    return new Voice(
        name,
        network,
        plan,
        members.stream().map(m -> m.weights().copy()).toList(),
        1,
        members.stream().map(Member::curve).toList());
  }

  Voice share(double value) {
    return new Voice(name, network, plan, weights, value, curves);
  }
}
