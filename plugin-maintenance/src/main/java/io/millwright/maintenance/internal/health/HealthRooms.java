package io.millwright.maintenance.internal.health;

import io.millwright.api.Monitor;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.maintenance.Health;
import io.millwright.maintenance.HealthCourse;
import io.millwright.maintenance.HealthMethod;
import io.millwright.maintenance.HealthTrainer;
import io.millwright.maintenance.Maintenance;
import io.millwright.runtime.monitoring.MonitoringPlan;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** The door of the room. */
public final class HealthRooms {

  private HealthRooms() {}

  /** A trainer with all defaults. */
  public static HealthTrainer trainer(Composer composer, Jobs jobs) {
    return new DefaultHealthTrainer(
        composer, jobs, MonitoringPlan.standard(), List.of(), EnumSet.allOf(HealthMethod.class), 0);
  }

  /** How a bundle becomes a predictor. */
  public static ComposedTask<Table, HealthCourse> task() {
    return new ComposedTask<>(
        Maintenance.HEALTH, (model, info) -> new HealthPredictor(Normal.read(model), info));
  }

  /** A monitor of a saved model. */
  public static Monitor<Row, Health> monitor(Composer composer, Path bundle) {
    ComposedModel model = composer.read(Maintenance.HEALTH, bundle);
    return new HealthMonitor(Normal.read(model), composer.info(model));
  }
}
