package io.millwright.engine.tensorflow;

import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A training on TensorFlow. The weights are fed into every run from memory that Java writes, so no
 * update can overtake a gradient that still reads them; one run gives outputs and gradients.
 * Batches as large as the first have a graph of their own.
 */
final class FlowSession implements TrainingSession {

  private final NetworkPlan plan;
  private final Objective objective;
  private final @Nullable FlowSeeds seeds;
  private final String device;
  private @Nullable FlowGraph usual;
  private int usualCount;
  private @Nullable FlowGraph any;

  private final List<FloatTensor> weightTensors = new ArrayList<>();
  private final List<FloatTensor> maskTensors = new ArrayList<>();
  private final List<TFloat32> loaded = new ArrayList<>();
  private final FloatTensor inputTensor = new FloatTensor();
  private final FloatTensor targetTensor = new FloatTensor();
  private final FloatTensor shareTensor = new FloatTensor();
  private final FloatTensor seedTensor = new FloatTensor();
  private float[] targetRoom = new float[0];
  private float[] shareRoom = new float[0];
  private float[] outputRoom = new float[0];
  private float[] seedRoom = new float[0];

  FlowSession(NetworkPlan plan, Objective objective, String device) {
    this.plan = plan;
    this.objective = objective;
    this.seeds = objective.formula().map(f -> new FlowSeeds(f, plan.outputs())).orElse(null);
    this.device = device;
    plan.weights().forEach(w -> weightTensors.add(new FloatTensor()));
  }

  @Override
  public void load(Weights values) {
    loaded.clear();
    for (int i = 0; i < values.count(); i++) {
      loaded.add(
          weightTensors.get(i).write(values.get(i), Flow.shape(plan.weights().get(i).shape())));
    }
  }

  /** The graph for a step: that of the first step's size, or the one that takes any. */
  private FlowGraph graph(int count) {
    if (usual == null) {
      usual = new FlowGraph(plan, seeds, device, count);
      usualCount = count;
    }
    return count == usualCount ? usual : any();
  }

  private FlowGraph any() {
    if (any == null) {
      any = new FlowGraph(plan, seeds, device, FlowGraph.ANY);
    }
    return any;
  }

  private Session.Runner runner(FlowGraph graph, float[] inputs, int count) {
    Session.Runner runner = graph.session.runner();
    for (int i = 0; i < loaded.size(); i++) {
      runner.feed(graph.weights.get(i), loaded.get(i));
    }
    return runner.feed(graph.input, inputTensor.write(inputs, Flow.batch(plan.input(), count)));
  }

  @Override
  public double gradients(Batch batch, Masks drawn, Weights into) {
    int count = batch.count();
    reserve(count);
    FlowGraph graph = graph(count);
    Session.Runner runner = masked(graph, drawn, runner(graph, batch.inputs(), count), count);
    if (seeds == null) {
      return twice(graph, runner, batch, drawn, into);
    }
    seeds.targets(batch, targetRoom);
    FlowSeeds.shares(batch, shareRoom);
    runner
        .feed(graph.targets, targetTensor.write(targetRoom, Shape.of(count, seeds.targetWidth())))
        .feed(graph.shares, shareTensor.write(shareRoom, Shape.of(count, 1)))
        .fetch(graph.output);
    graph.gradients().forEach(runner::fetch);
    try (Result result = runner.run()) {
      FloatTensor.read(result.get(0), outputRoom);
      for (int i = 0; i < into.count(); i++) {
        FloatTensor.read(result.get(i + 1), into.get(i));
      }
    }
    return objective.gradient(outputRoom, batch, seedRoom);
  }

  /** Without a formula: one run for the outputs, one that repeats it for the gradients. */
  private double twice(
      FlowGraph graph, Session.Runner first, Batch batch, Masks drawn, Weights into) {
    try (Result result = first.fetch(graph.output).run()) {
      FloatTensor.read(result.get(0), outputRoom);
    }
    double loss = objective.gradient(outputRoom, batch, seedRoom);
    Session.Runner second =
        masked(graph, drawn, runner(graph, batch.inputs(), batch.count()), batch.count())
            .feed(graph.seed, seedTensor.write(seedRoom, Shape.of(batch.count(), plan.outputs())));
    graph.gradients().forEach(second::fetch);
    try (Result result = second.run()) {
      for (int i = 0; i < into.count(); i++) {
        FloatTensor.read(result.get(i), into.get(i));
      }
    }
    return loss;
  }

  private Session.Runner masked(FlowGraph graph, Masks drawn, Session.Runner runner, int count) {
    for (int m = 0; m < graph.masks.size(); m++) {
      if (m == maskTensors.size()) {
        maskTensors.add(new FloatTensor());
      }
      FlowGraph.Mask mask = graph.masks.get(m);
      int size = count * mask.layer().out().size();
      runner.feed(
          mask.place(),
          maskTensors
              .get(m)
              .write(
                  drawn.mask(mask.layer().index(), size, mask.rate()),
                  Flow.batch(mask.layer().out(), count)));
    }
    return runner;
  }

  private void reserve(int count) {
    int outputs = count * plan.outputs();
    if (outputRoom.length != outputs) {
      targetRoom = new float[seeds == null ? 0 : count * seeds.targetWidth()];
      shareRoom = new float[count];
      outputRoom = new float[outputs];
      seedRoom = new float[outputs];
    }
  }

  @Override
  public float[] outputs(float[] inputs, int count) {
    float[] y = new float[count * plan.outputs()];
    FlowGraph graph = any();
    try (Result result = runner(graph, inputs, count).fetch(graph.plainOutput()).run()) {
      FloatTensor.read(result.get(0), y);
    }
    return y;
  }

  @Override
  public void close() {
    if (usual != null) {
      usual.close();
    }
    if (any != null) {
      any.close();
    }
    weightTensors.forEach(FloatTensor::close);
    maskTensors.forEach(FloatTensor::close);
    inputTensor.close();
    targetTensor.close();
    shareTensor.close();
    seedTensor.close();
  }
}
