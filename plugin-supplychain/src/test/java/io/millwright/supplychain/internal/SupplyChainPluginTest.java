package io.millwright.supplychain.internal;

import io.millwright.api.spi.Plugin;
import io.millwright.supplychain.SupplyChain;
import io.millwright.testkit.PluginContract;
import java.util.Set;

class SupplyChainPluginTest extends PluginContract {

  @Override
  protected Class<? extends Plugin> plugin() {
    return SupplyChainPlugin.class;
  }

  @Override
  protected Set<Class<?>> facades() {
    return Set.of(SupplyChain.class);
  }

  @Override
  protected Set<String> tasks() {
    return Set.of("supplychain.forecast v1", "supplychain.forecast-with-covariates v1");
  }
}
