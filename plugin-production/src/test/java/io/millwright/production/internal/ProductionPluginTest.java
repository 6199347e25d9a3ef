package io.millwright.production.internal;

import io.millwright.api.spi.Plugin;
import io.millwright.production.Production;
import io.millwright.testkit.PluginContract;
import java.util.Set;

class ProductionPluginTest extends PluginContract {

  @Override
  protected Class<? extends Plugin> plugin() {
    return ProductionPlugin.class;
  }

  @Override
  protected Set<Class<?>> facades() {
    return Set.of(Production.class);
  }

  @Override
  protected Set<String> tasks() {
    return Set.of("production.load v1");
  }
}
