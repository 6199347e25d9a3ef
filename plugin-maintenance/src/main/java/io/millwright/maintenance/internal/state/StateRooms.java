package io.millwright.maintenance.internal.state;

import io.millwright.api.data.Table;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.maintenance.ComponentStates;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.StateTrainer;

/** The door of the room. */
public final class StateRooms {

  private StateRooms() {}

  /** A trainer with all defaults. */
  public static StateTrainer trainer(Composer composer, Jobs jobs) {
    return new DefaultStateTrainer(composer, jobs, true, 0);
  }

  /** How a bundle becomes a predictor. */
  public static ComposedTask<Table, ComponentStates> task() {
    return new ComposedTask<>(
        Maintenance.STATE, (model, info) -> new StatePredictor(StateParts.read(model), info));
  }
}
