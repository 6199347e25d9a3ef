package io.millwright.engine.tensorflow;

import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedLayer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * The graph of a training, with a session of its own: for batches of one size, which TensorFlow
 * then knows and rewrites the graph for, or for batches of any size.
 */
final class FlowGraph implements AutoCloseable {

  /** The size of batches that differ. */
  static final int ANY = -1;

  /** A dropout layer's mask in the graph. */
  record Mask(PlannedLayer layer, double rate, Placeholder<TFloat32> place) {}

  private final NetworkPlan plan;
  private final Graph graph;
  private final Ops tf;
  private final int count;
  final Session session;
  final Placeholder<TFloat32> input;
  final Placeholder<TFloat32> targets;
  final Placeholder<TFloat32> shares;
  final Placeholder<TFloat32> seed;
  final List<Operand<TFloat32>> weights = new ArrayList<>();
  final List<Mask> masks = new ArrayList<>();
  final Operand<TFloat32> output;
  private final @Nullable FlowSeeds seeds;
  private @Nullable List<Operand<TFloat32>> gradients;
  private @Nullable Operand<TFloat32> plainOutput;

  /**
   * @param seeds the gradient at the outputs; null where Java gives it
   */
  FlowGraph(NetworkPlan plan, @Nullable FlowSeeds seeds, String device, int count) {
    this.plan = plan;
    this.seeds = seeds;
    this.count = count;
    this.graph = new Graph();
    this.tf = Flow.ops(graph, device);
    this.input = placeholder(Flow.batch(plan.input(), count));
    this.targets = placeholder(Shape.of(count, seeds == null ? 1 : seeds.targetWidth()));
    this.seed = placeholder(Shape.of(count, plan.outputs()));
    this.shares = placeholder(Shape.of(count, 1));
    plan.weights().forEach(w -> weights.add(placeholder(Flow.shape(w.shape()))));
    this.output = FlowRun.forward(tf, plan, input, weights, this::mask);
    this.session = new Session(graph, count == ANY ? Flow.config(device) : Flow.rewritten(device));
  }

  private Placeholder<TFloat32> placeholder(Shape shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private Operand<TFloat32> mask(PlannedLayer layer, double rate) {
    Placeholder<TFloat32> place = placeholder(Flow.batch(layer.out(), count));
    masks.add(new Mask(layer, rate, place));
    return place;
  }

  /** The gradients of the weights, one operand each. */
  List<Operand<TFloat32>> gradients() {
    if (gradients == null) {
      Gradients all =
          tf.gradients(
              output,
              weights,
              Gradients.dx(
                  List.of(seeds == null ? seed : seeds.gradient(tf, output, targets, shares))));
      List<Operand<TFloat32>> each = new ArrayList<>();
      for (int i = 0; i < weights.size(); i++) {
        each.add(all.dy(i));
      }
      gradients = each;
    }
    return gradients;
  }

  /** The output without dropout. */
  Operand<TFloat32> plainOutput() {
    if (plainOutput == null) {
      plainOutput =
          masks.isEmpty() ? output : FlowRun.forward(tf, plan, input, weights, FlowRun.NO_DROPOUT);
    }
    return plainOutput;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
