package io.millwright.core.djl;

import io.millwright.core.engines.GradientContract;
import io.millwright.core.engines.Started;
import io.millwright.core.network.Engine;

class TorchSessionTest extends GradientContract {

  @Override
  protected Engine engine() {
    return Started.torch();
  }
}
