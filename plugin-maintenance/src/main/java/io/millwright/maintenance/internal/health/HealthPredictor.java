package io.millwright.maintenance.internal.health;

import io.millwright.api.ErrorCode;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Table;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.maintenance.HealthCourse;
import java.util.Set;

/** Judges readings that follow each other; immutable, so closing waits for nobody. */
final class HealthPredictor extends PlainPredictor<Table, HealthCourse> {

  static final Uncertainties NONE =
      Uncertainties.none("limits say what is usual; the index is no estimate of a quantity");

  private final Normal normal;

  HealthPredictor(Normal normal, ModelInfo info) {
    super(info, "read Health.causes(), which names the columns of each reading");
    this.normal = normal;
  }

  @Override
  protected Outcome<HealthCourse> answer(Table input) {
    checkColumns("the readings", input.schema());
    if (input.rows() == 0) {
      return abstain(ErrorCode.TOO_FEW_DATA, "readings", "there are none", "give at least one");
    }
    return new Outcome.Prediction<>(normal.course(input), NONE, Set.of(), info());
  }
}
