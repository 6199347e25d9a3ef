package io.millwright.maintenance.internal;

import io.millwright.api.spi.Plugin;
import io.millwright.maintenance.Maintenance;
import io.millwright.testkit.PluginContract;
import java.util.Set;

class MaintenancePluginTest extends PluginContract {

  @Override
  protected Class<? extends Plugin> plugin() {
    return MaintenancePlugin.class;
  }

  @Override
  protected Set<Class<?>> facades() {
    return Set.of(Maintenance.class);
  }

  @Override
  protected Set<String> tasks() {
    return Set.of(
        "maintenance.remaining-life v1",
        "maintenance.failure v1",
        "maintenance.health v1",
        "maintenance.diagnosis v1",
        "maintenance.sensors v1",
        "maintenance.state v1");
  }
}
