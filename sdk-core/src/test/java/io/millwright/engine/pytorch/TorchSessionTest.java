package io.millwright.engine.pytorch;

import io.millwright.core.engines.GradientContract;
import io.millwright.core.engines.Started;
import io.millwright.runtime.network.Engine;

class TorchSessionTest extends GradientContract {

  @Override
  protected Engine engine() {
    return Started.torch();
  }
}
