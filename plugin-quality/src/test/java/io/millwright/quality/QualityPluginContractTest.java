package io.millwright.quality;

import io.millwright.api.spi.Plugin;
import io.millwright.quality.internal.QualityPlugin;
import io.millwright.testkit.PluginContract;
import java.util.Set;

class QualityPluginContractTest extends PluginContract {

  @Override
  protected Class<? extends Plugin> plugin() {
    return QualityPlugin.class;
  }

  @Override
  protected Set<Class<?>> facades() {
    return Set.of(Quality.class);
  }

  @Override
  protected Set<String> tasks() {
    return Set.of(
        "quality.inspection v1",
        "quality.anomaly v1",
        "quality.detection v1",
        "quality.comparison v1");
  }
}
