package io.millwright.maintenance.internal.health;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Table;
import io.millwright.api.spi.Problems;
import io.millwright.maintenance.HealthCourse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Judges readings that follow each other; immutable, so closing waits for nobody. */
final class HealthPredictor implements Predictor<Table, HealthCourse> {

  static final Uncertainties NONE =
      Uncertainties.none("limits say what is usual; the index is no estimate of a quantity");

  private final Normal normal;
  private final ModelInfo info;
  private final AtomicBoolean closed = new AtomicBoolean();

  HealthPredictor(Normal normal, ModelInfo info) {
    this.normal = normal;
    this.info = info;
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "this predictor was closed\nMaybe open it again, or close it later");
    }
  }

  @Override
  public Outcome<HealthCourse> predict(Table input) {
    checkOpen();
    Problems problems = new Problems("the readings");
    for (Finding f : input.schema().obstaclesTo(info.inputs())) {
      problems.add(f.code(), f.place(), f.message(), f.remedy());
    }
    problems.throwIfAny();
    if (input.rows() == 0) {
      Finding finding =
          new Finding(ErrorCode.TOO_FEW_DATA, "readings", "there are none", "give at least one");
      return new Outcome.Abstention<>(finding.code(), List.of(finding), info);
    }
    return new Outcome.Prediction<>(normal.course(input), NONE, Set.of(), info);
  }

  @Override
  public List<Outcome<HealthCourse>> predictAll(List<? extends Table> inputs) {
    checkOpen();
    return inputs.stream().<Outcome<HealthCourse>>map(this::predict).toList();
  }

  @Override
  public Explanation explain(Table input, ExplainRequest how) {
    checkOpen();
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "a course of health is not explained as a whole\n"
            + "Maybe read Health.causes(), which names the columns of each reading");
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
