package io.millwright.maintenance.internal.sensors;

import io.millwright.api.Predictor;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.SensorCheck;
import io.millwright.maintenance.SensorTrainer;

/** The door of the room. */
public final class SensorRooms {

  private SensorRooms() {}

  /** A trainer. */
  public static SensorTrainer trainer(Composer composer, Jobs jobs) {
    return new DefaultSensorTrainer(composer, jobs);
  }

  /** How a bundle becomes a predictor. */
  public static ComposedTask<UnitHistory, SensorCheck> task() {
    return new ComposedTask<>(
        Maintenance.SENSORS, (model, info) -> new SensorPredictor(Watched.read(model), info));
  }

  /** Remaining life from repaired histories. */
  public static Predictor<UnitHistory, Cycles> guarded(
      Predictor<UnitHistory, Cycles> life, Predictor<UnitHistory, SensorCheck> sensors) {
    return new GuardedLife(life, sensors);
  }
}
