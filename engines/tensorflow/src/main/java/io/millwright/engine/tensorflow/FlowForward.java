package io.millwright.engine.tensorflow;

import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A network on TensorFlow that only predicts. The weights are constants of the graph, so that what
 * depends on them alone is computed once. Every call has tensors of its own.
 */
final class FlowForward implements ForwardPass {

  private final NetworkPlan plan;
  private final Graph graph;
  private final Session session;
  private final Placeholder<TFloat32> input;
  private final Operand<TFloat32> output;

  FlowForward(NetworkPlan plan, Weights weights, String device) {
    this.plan = plan;
    this.graph = new Graph();
    Ops tf = Flow.ops(graph, device);
    this.input = input(tf, plan);
    this.output =
        FlowRun.forward(tf, plan, input, constants(tf, plan, weights), FlowRun.NO_DROPOUT);
    this.session = new Session(graph, Flow.config(device));
  }

  static Placeholder<TFloat32> input(Ops tf, NetworkPlan plan) {
    return tf.withName("input")
        .placeholder(TFloat32.class, Placeholder.shape(Flow.batch(plan.input(), -1)));
  }

  static List<Operand<TFloat32>> constants(Ops tf, NetworkPlan plan, Weights weights) {
    List<Operand<TFloat32>> constants = new ArrayList<>();
    for (int i = 0; i < weights.count(); i++) {
      constants.add(
          tf.constant(Flow.shape(plan.weights().get(i).shape()), DataBuffers.of(weights.get(i))));
    }
    return constants;
  }

  @Override
  public float[] run(float[] inputs, int count) {
    float[] y = new float[count * plan.outputs()];
    try (FloatTensor x = new FloatTensor();
        Result result =
            session
                .runner()
                .feed(input, x.write(inputs, Flow.batch(plan.input(), count)))
                .fetch(output)
                .run()) {
      FloatTensor.read(result.get(0), y);
    }
    return y;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
