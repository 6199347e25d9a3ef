package io.millwright.maintenance.internal.sensors;

import io.millwright.api.ErrorCode;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.maintenance.SensorCheck;
import java.util.Set;

/** Checks the sensors of histories; immutable, so closing waits for nobody. */
final class SensorPredictor extends PlainPredictor<UnitHistory, SensorCheck> {

  private static final Uncertainties NONE =
      Uncertainties.none("the deviation of each estimate stands with its finding");

  private final Watched watched;

  SensorPredictor(Watched watched, ModelInfo info) {
    super(info, "read SensorCheck.findings()");
    this.watched = watched;
  }

  @Override
  protected Outcome<SensorCheck> answer(UnitHistory input) {
    checkColumns("the history of " + input.unit(), input.readings().schema());
    if (input.length() == 0) {
      return abstain(ErrorCode.TOO_FEW_DATA, input.unit(), "it has no readings", "give some");
    }
    return new Outcome.Prediction<>(watched.check(input), NONE, Set.of(), info());
  }
}
