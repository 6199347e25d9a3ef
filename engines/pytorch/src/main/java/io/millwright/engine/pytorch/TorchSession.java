package io.millwright.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A training on torch. The loss and its gradient at the outputs are computed in Java, the same for
 * every engine; torch carries that gradient back to the weights.
 *
 * <p>DJL's own gradient collector is not used: a process may have only one at a time, so two
 * trainings side by side would fail.
 */
final class TorchSession implements TrainingSession {

  private final NetworkPlan plan;
  private final Objective objective;
  private final PtNDManager manager;
  private final List<FloatMemory> memories = new ArrayList<>();
  private final List<NDArray> weights = new ArrayList<>();
  private final FloatMemory inputMemory = new FloatMemory();
  private final FloatMemory seedMemory = new FloatMemory();
  private final Map<Integer, FloatMemory> maskMemories = new HashMap<>();

  TorchSession(NetworkPlan plan, Objective objective, PtNDManager manager) {
    this.plan = plan;
    this.objective = objective;
    this.manager = manager;
  }

  @Override
  public void load(Weights values) {
    boolean shared = !manager.getDevice().isGpu() && !weights.isEmpty();
    for (int i = 0; i < values.count(); i++) {
      float[] v = values.get(i);
      if (shared) {
        memories.get(i).write(v, v.length);
        continue;
      }
      if (memories.size() == i) {
        memories.add(new FloatMemory());
      }
      PtNDArray array =
          memories
              .get(i)
              .tensor(manager, v, v.length, TorchLayers.shape(plan.weights().get(i).shape()));
      JniUtils.attachGradient(array, true);
      if (weights.size() == i) {
        weights.add(array);
      } else {
        weights.set(i, array).close();
      }
    }
  }

  @Override
  public double gradients(Batch batch, Masks masks, Weights gradients) {
    try (PtNDManager step = manager.newSubManager(manager.getDevice())) {
      JniUtils.setGradMode(true);
      PtNDArray x =
          inputMemory.tensor(
              step,
              batch.inputs(),
              batch.count() * plan.input().size(),
              TorchLayers.batch(plan.input(), batch.count()));
      NDArray y =
          TorchRun.forward(
              plan,
              x,
              weights,
              (layer, shape, rate) -> {
                int size = Math.toIntExact(shape.size());
                return maskMemories
                    .computeIfAbsent(layer, k -> new FloatMemory())
                    .tensor(step, masks.mask(layer, size, rate), size, shape);
              });
      float[] outputs = y.toFloatArray();
      float[] seed = new float[outputs.length];
      double loss = objective.gradient(outputs, batch, seed);
      PtNDArray g =
          seedMemory.tensor(step, seed, seed.length, new Shape(batch.count(), plan.outputs()));
      JniUtils.backward((PtNDArray) y, g, false, false);
      for (int i = 0; i < weights.size(); i++) {
        read((PtNDArray) weights.get(i), gradients.get(i));
      }
      return loss;
    }
  }

  private static void read(PtNDArray weight, float[] into) {
    try (PtNDArray gradient = JniUtils.getGradient(weight)) {
      JniUtils.getByteBuffer(gradient, true)
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer()
          .get(into);
    }
    JniUtils.zeroGrad(weight);
  }

  @Override
  public float[] outputs(float[] inputs, int count) {
    JniUtils.setGradMode(false);
    try (PtNDManager call = manager.newSubManager(manager.getDevice())) {
      PtNDArray x =
          inputMemory.tensor(
              call, inputs, count * plan.input().size(), TorchLayers.batch(plan.input(), count));
      return TorchRun.forward(plan, x, weights, TorchRun.NO_DROPOUT)
          .toType(DataType.FLOAT32, false)
          .toFloatArray();
    } finally {
      JniUtils.setGradMode(true);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
