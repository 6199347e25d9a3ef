package io.millwright.scheduling.internal;

import io.millwright.api.spi.Plugin;
import io.millwright.scheduling.Scheduling;
import io.millwright.testkit.PluginContract;
import java.util.Set;

class SchedulingPluginTest extends PluginContract {

  @Override
  protected Class<? extends Plugin> plugin() {
    return SchedulingPlugin.class;
  }

  @Override
  protected Set<Class<?>> facades() {
    return Set.of(Scheduling.class);
  }

  @Override
  protected Set<String> tasks() {
    return Set.of(Scheduling.DISPATCH.toString());
  }
}
