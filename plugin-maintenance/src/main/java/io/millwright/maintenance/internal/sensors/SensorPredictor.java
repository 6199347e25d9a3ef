package io.millwright.maintenance.internal.sensors;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.spi.Problems;
import io.millwright.maintenance.SensorCheck;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Checks the sensors of histories; immutable, so closing waits for nobody. */
final class SensorPredictor implements Predictor<UnitHistory, SensorCheck> {

  private static final Uncertainties NONE =
      Uncertainties.none("the deviation of each estimate stands with its finding");

  private final Watched watched;
  private final ModelInfo info;
  private final AtomicBoolean closed = new AtomicBoolean();

  SensorPredictor(Watched watched, ModelInfo info) {
    this.watched = watched;
    this.info = info;
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "this predictor was closed\nMaybe open it again, or close it later");
    }
  }

  @Override
  public Outcome<SensorCheck> predict(UnitHistory input) {
    checkOpen();
    Problems problems = new Problems("the history of " + input.unit());
    for (Finding f : input.readings().schema().obstaclesTo(info.inputs())) {
      problems.add(f.code(), f.place(), f.message(), f.remedy());
    }
    problems.throwIfAny();
    if (input.length() == 0) {
      Finding finding =
          new Finding(ErrorCode.TOO_FEW_DATA, input.unit(), "it has no readings", "give some");
      return new Outcome.Abstention<>(finding.code(), List.of(finding), info);
    }
    return new Outcome.Prediction<>(watched.check(input), NONE, Set.of(), info);
  }

  @Override
  public List<Outcome<SensorCheck>> predictAll(List<? extends UnitHistory> inputs) {
    checkOpen();
    return inputs.stream().<Outcome<SensorCheck>>map(this::predict).toList();
  }

  @Override
  public Explanation explain(UnitHistory input, ExplainRequest how) {
    checkOpen();
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "a check of sensors is not explained by columns\nMaybe read SensorCheck.findings()");
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
