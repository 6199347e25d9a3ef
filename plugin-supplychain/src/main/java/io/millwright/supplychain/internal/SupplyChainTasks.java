package io.millwright.supplychain.internal;

import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.TaskCatalog;
import io.millwright.supplychain.internal.forecast.Forecasting;
import java.util.List;

/** The tasks whose bundles this plug-in can open. */
public final class SupplyChainTasks implements TaskCatalog {

  /** For {@link java.util.ServiceLoader}. */
  public SupplyChainTasks() {}

  @Override
  public List<ComposedTask<?, ?>> composedTasks() {
    return List.of(Forecasting.task(), Forecasting.drivenTask());
  }
}
