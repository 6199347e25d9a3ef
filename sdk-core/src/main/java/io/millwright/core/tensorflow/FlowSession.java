package io.millwright.core.tensorflow;

import io.millwright.api.learn.Loss;
import io.millwright.core.network.Losses;
import io.millwright.core.network.NetworkPlan;
import io.millwright.core.network.PlannedLayer;
import io.millwright.core.network.TrainingSession;
import io.millwright.core.network.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A training on TensorFlow. The weights are fed into every run from memory that Java writes, so no
 * update can overtake a gradient that still reads them; one run gives outputs and gradients.
 */
final class FlowSession implements TrainingSession {

  /** A dropout layer's mask in the graph. */
  private record Mask(
      PlannedLayer layer, double rate, Placeholder<TFloat32> place, FloatTensor tensor) {}

  private final NetworkPlan plan;
  private final Losses losses;
  private final FlowSeeds seeds;
  private final Graph graph;
  private final Session session;
  private final Ops tf;
  private final Placeholder<TFloat32> input;
  private final Placeholder<TFloat32> targets;
  private final Placeholder<TFloat32> shares;
  private final List<Operand<TFloat32>> weights = new ArrayList<>();
  private final List<Mask> masks = new ArrayList<>();
  private final Operand<TFloat32> output;
  private final Gradients gradients;
  private @Nullable Operand<TFloat32> plainOutput;

  private final List<FloatTensor> weightTensors = new ArrayList<>();
  private final List<TFloat32> loaded = new ArrayList<>();
  private final FloatTensor inputTensor = new FloatTensor();
  private final FloatTensor targetTensor = new FloatTensor();
  private final FloatTensor shareTensor = new FloatTensor();
  private float[] targetRoom = new float[0];
  private float[] shareRoom = new float[0];
  private float[] outputRoom = new float[0];
  private float[] seedRoom = new float[0];

  FlowSession(NetworkPlan plan, Loss loss, String device) {
    this.plan = plan;
    this.losses = new Losses(loss, plan.outputs());
    this.seeds = new FlowSeeds(loss, plan.outputs());
    this.graph = new Graph();
    this.tf = Flow.ops(graph, device);
    this.input = FlowForward.input(tf, plan);
    this.targets = placeholder(Shape.of(-1, seeds.targetWidth()));
    this.shares = placeholder(Shape.of(-1, 1));
    plan.weights().forEach(w -> weights.add(placeholder(Flow.shape(w.shape()))));
    plan.weights().forEach(w -> weightTensors.add(new FloatTensor()));
    this.output = new FlowLayers(tf, weights, this::mask).forward(plan, input);
    this.gradients =
        tf.gradients(
            output, weights, Gradients.dx(List.of(seeds.gradient(tf, output, targets, shares))));
    this.session = new Session(graph, Flow.config(device));
  }

  private Placeholder<TFloat32> placeholder(Shape shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private Operand<TFloat32> mask(PlannedLayer layer, double rate) {
    Placeholder<TFloat32> place = placeholder(Flow.batch(layer.out(), -1));
    masks.add(new Mask(layer, rate, place, new FloatTensor()));
    return place;
  }

  @Override
  public void load(Weights values) {
    loaded.clear();
    for (int i = 0; i < values.count(); i++) {
      loaded.add(
          weightTensors.get(i).write(values.get(i), Flow.shape(plan.weights().get(i).shape())));
    }
  }

  private Session.Runner runner(float[] inputs, int count) {
    Session.Runner runner = session.runner();
    for (int i = 0; i < loaded.size(); i++) {
      runner.feed(weights.get(i), loaded.get(i));
    }
    return runner.feed(input, inputTensor.write(inputs, Flow.batch(plan.input(), count)));
  }

  @Override
  public double gradients(Batch batch, Masks drawn, Weights into) {
    int count = batch.count();
    reserve(count);
    seeds.targets(batch, targetRoom);
    FlowSeeds.shares(batch, shareRoom);
    Session.Runner runner =
        runner(batch.inputs(), count)
            .feed(targets, targetTensor.write(targetRoom, Shape.of(count, seeds.targetWidth())))
            .feed(shares, shareTensor.write(shareRoom, Shape.of(count, 1)))
            .fetch(output);
    for (Mask mask : masks) {
      int size = count * mask.layer().out().size();
      runner.feed(
          mask.place(),
          mask.tensor()
              .write(
                  drawn.mask(mask.layer().index(), size, mask.rate()),
                  Flow.batch(mask.layer().out(), count)));
    }
    gradients.dy().forEach(runner::fetch);
    try (Result result = runner.run()) {
      FloatTensor.read(result.get(0), outputRoom);
      for (int i = 0; i < into.count(); i++) {
        FloatTensor.read(result.get(i + 1), into.get(i));
      }
    }
    return losses.gradient(outputRoom, batch, seedRoom);
  }

  private void reserve(int count) {
    int outputs = count * plan.outputs();
    if (outputRoom.length != outputs) {
      targetRoom = new float[count * seeds.targetWidth()];
      shareRoom = new float[count];
      outputRoom = new float[outputs];
      seedRoom = new float[outputs];
    }
  }

  @Override
  public float[] outputs(float[] inputs, int count) {
    if (plainOutput == null) {
      plainOutput =
          masks.isEmpty()
              ? output
              : new FlowLayers(tf, weights, FlowLayers.NO_DROPOUT).forward(plan, input);
    }
    float[] y = new float[count * plan.outputs()];
    try (Result result = runner(inputs, count).fetch(plainOutput).run()) {
      FloatTensor.read(result.get(0), y);
    }
    return y;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
    weightTensors.forEach(FloatTensor::close);
    masks.forEach(m -> m.tensor().close());
    inputTensor.close();
    targetTensor.close();
    shareTensor.close();
  }
}
