package io.millwright.engine.tensorflow;

import io.millwright.core.engines.GradientContract;
import io.millwright.core.engines.Started;
import io.millwright.runtime.network.Engine;

class FlowSessionTest extends GradientContract {

  @Override
  protected Engine engine() {
    return Started.flow();
  }
}
