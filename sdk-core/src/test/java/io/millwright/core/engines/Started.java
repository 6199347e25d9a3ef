package io.millwright.core.engines;

import io.millwright.api.EnginePolicy;
import io.millwright.engine.pytorch.PyTorchEngine;
import io.millwright.engine.tensorflow.TensorFlowEngine;
import io.millwright.runtime.network.Engine;
import java.util.Optional;

/** Engines ready for tests. */
public final class Started {

  private Started() {}

  /** PyTorch, started. */
  public static Engine torch() {
    return start(new PyTorchEngine());
  }

  /** TensorFlow, started. */
  public static Engine flow() {
    return start(new TensorFlowEngine());
  }

  private static Engine start(Engine engine) {
    Engine.Probe probe = engine.probe(new Engine.Setup(EnginePolicy.automatic(), Optional.empty()));
    if (!probe.candidate().usable()) {
      throw new AssertionError(probe.candidate().detail());
    }
    return engine;
  }
}
