package io.millwright.scheduling.internal;

import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.TaskCatalog;
import io.millwright.scheduling.internal.dispatch.DefaultDispatchTrainer;
import java.util.List;

/** The tasks whose bundles this plug-in can open. */
public final class SchedulingTasks implements TaskCatalog {

  /** For {@link java.util.ServiceLoader}. */
  public SchedulingTasks() {}

  @Override
  public List<ComposedTask<?, ?>> composedTasks() {
    return List.of(DefaultDispatchTrainer.task());
  }
}
