package io.millwright.scheduling.internal;

import com.google.inject.Singleton;
import io.millwright.core.guice.PluginModule;
import io.millwright.scheduling.Scheduling;

/** Says what this plug-in offers. */
final class SchedulingModule extends PluginModule {

  @Override
  protected void configure() {
    facade(Scheduling.class).to(DefaultScheduling.class);
    bind(DefaultScheduling.class).in(Singleton.class);
    tasks(new SchedulingTasks());
  }
}
