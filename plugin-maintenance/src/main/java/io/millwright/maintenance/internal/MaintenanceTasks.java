package io.millwright.maintenance.internal;

import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.TaskCatalog;
import io.millwright.maintenance.internal.health.HealthRooms;
import io.millwright.maintenance.internal.sensors.SensorRooms;
import io.millwright.maintenance.internal.state.StateRooms;
import io.millwright.maintenance.internal.vibration.VibrationRooms;
import io.millwright.maintenance.internal.wear.WearRooms;
import java.util.List;

/** The tasks whose bundles this plug-in can open. */
public final class MaintenanceTasks implements TaskCatalog {

  /** For {@link java.util.ServiceLoader}. */
  public MaintenanceTasks() {}

  @Override
  public List<Binding<?, ?, ?>> tasks() {
    return List.of(LifeBinding.of(LifeBinding.EARLY_LIFE), RiskBinding.BINDING);
  }

  @Override
  public List<ComposedTask<?, ?>> composedTasks() {
    return List.of(
        HealthRooms.task(),
        VibrationRooms.task(),
        StateRooms.task(),
        SensorRooms.task(),
        WearRooms.task());
  }
}
