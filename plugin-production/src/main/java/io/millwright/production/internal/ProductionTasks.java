package io.millwright.production.internal;

import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.TaskCatalog;
import io.millwright.production.internal.load.DefaultLoadTrainer;
import java.util.List;

/** The tasks whose bundles this plug-in can open. */
public final class ProductionTasks implements TaskCatalog {

  /** For {@link java.util.ServiceLoader}. */
  public ProductionTasks() {}

  @Override
  public List<ComposedTask<?, ?>> composedTasks() {
    return List.of(DefaultLoadTrainer.task());
  }
}
