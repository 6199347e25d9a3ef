package io.millwright.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A network on torch that only predicts. Every call has a manager of its own, which frees all that
 * the call made.
 */
final class TorchForward implements ForwardPass {

  private final NetworkPlan plan;
  private final PtNDManager manager;
  private final List<NDArray> weights;

  TorchForward(NetworkPlan plan, Weights values, PtNDManager manager) {
    this.plan = plan;
    this.manager = manager;
    List<NDArray> arrays = new ArrayList<>();
    for (int i = 0; i < values.count(); i++) {
      arrays.add(
          manager.create(
              FloatBuffer.wrap(values.get(i)),
              TorchLayers.shape(plan.weights().get(i).shape()),
              ai.djl.ndarray.types.DataType.FLOAT32));
    }
    this.weights = List.copyOf(arrays);
  }

  @Override
  public float[] run(float[] inputs, int count) {
    try (PtNDManager call = manager.newSubManager(manager.getDevice())) {
      FloatMemory memory = new FloatMemory();
      Shape shape = TorchLayers.batch(plan.input(), count);
      PtNDArray x = memory.tensor(call, inputs, count * plan.input().size(), shape);
      return TorchRun.forward(plan, x, weights, TorchRun.NO_DROPOUT).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
