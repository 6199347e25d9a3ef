package io.millwright.maintenance.internal.wear;

import io.millwright.api.ErrorCode;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.maintenance.Cycles;
import java.util.List;
import java.util.Optional;

/** Tells remaining life by the path of wear; immutable, so closing waits for nobody. */
final class WearPredictor extends PlainPredictor<UnitHistory, Cycles> {

  private final Wears wears;

  WearPredictor(Wears wears, ModelInfo info) {
    super(info, "look at RemainingLifeModel.course, it follows one reading");
    this.wears = wears;
  }

  @Override
  protected Outcome<Cycles> answer(UnitHistory input) {
    checkColumns("the history of " + input.unit(), input.readings().schema());
    Optional<WearLife> life = wears.life(input.readings());
    if (life.isEmpty()) {
      List<String> columns = wears.readings().stream().map(Wear::column).toList();
      return abstain(
          ErrorCode.TOO_FEW_DATA,
          input.unit(),
          "its " + input.length() + " rows hold fewer than five readings of each of " + columns,
          "wait until there are five.");
    }
    return new Outcome.Prediction<>(
        Cycles.of(life.get().median()), life.get(), wears.flags(input.readings()), info());
  }
}
