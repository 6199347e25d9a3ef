package io.millwright.maintenance.internal.wear;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeModel;
import java.nio.file.Path;
import java.util.Optional;

/** The door of the room. */
public final class WearRooms {

  private WearRooms() {}

  /**
   * Learns from a fleet of which at least one unit failed.
   *
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} when no reading follows wear
   */
  public static RemainingLifeModel learn(Composer composer, Fleet fleet) {
    return new WearModel(composer, WearTraining.learn(composer, fleet));
  }

  /** Whether a reading follows wear, so that a path can be learnt. */
  public static boolean follows(Fleet fleet) {
    return WearSignal.sure(fleet.units()).isPresent();
  }

  /** A path of wear is learnt in one go, so there is nothing to go on from. */
  public static void refuse(Optional<Path> checkpoint) {
    if (checkpoint.isPresent()) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "a path of wear is learnt in one go and leaves no checkpoints in "
              + checkpoint.get()
              + "\nMaybe train again");
    }
  }

  /** How a bundle becomes a predictor. */
  public static ComposedTask<UnitHistory, Cycles> task() {
    return new ComposedTask<>(
        Maintenance.REMAINING_LIFE, (model, info) -> new WearPredictor(Wears.read(model), info));
  }
}
