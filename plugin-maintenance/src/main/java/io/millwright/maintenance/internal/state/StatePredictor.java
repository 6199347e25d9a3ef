package io.millwright.maintenance.internal.state;

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
import io.millwright.maintenance.ComponentStates;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says states; immutable, so closing waits for nobody. */
final class StatePredictor implements Predictor<Table, ComponentStates> {

  private static final Uncertainties NONE =
      Uncertainties.none("the probabilities and label sets stand with each component");

  private final StateParts parts;
  private final ModelInfo info;
  private final AtomicBoolean closed = new AtomicBoolean();

  StatePredictor(StateParts parts, ModelInfo info) {
    this.parts = parts;
    this.info = info;
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "this predictor was closed\nMaybe open it again, or close it later");
    }
  }

  @Override
  public Outcome<ComponentStates> predict(Table input) {
    checkOpen();
    Problems problems = new Problems("the sequence");
    for (Finding f : input.schema().obstaclesTo(info.inputs())) {
      problems.add(f.code(), f.place(), f.message(), f.remedy());
    }
    problems.throwIfAny();
    if (input.rows() == 0) {
      return abstain(
          new Finding(ErrorCode.TOO_FEW_DATA, "sequence", "it has no readings", "give some"));
    }
    return parts
        .of(input)
        .<Outcome<ComponentStates>>map(
            answer -> new Outcome.Prediction<>(answer, NONE, Set.of(), info))
        .orElseGet(
            () ->
                abstain(
                    new Finding(
                        ErrorCode.OUT_OF_RANGE,
                        "sequence",
                        "it lies more than twice as far from the middle as all of training",
                        "check the sensors, or train with sequences of this machine")));
  }

  private Outcome<ComponentStates> abstain(Finding finding) {
    return new Outcome.Abstention<>(finding.code(), List.of(finding), info);
  }

  @Override
  public List<Outcome<ComponentStates>> predictAll(List<? extends Table> inputs) {
    checkOpen();
    return inputs.stream().<Outcome<ComponentStates>>map(this::predict).toList();
  }

  @Override
  public Explanation explain(Table input, ExplainRequest how) {
    checkOpen();
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "states of components are not explained by columns\n"
            + "Maybe read ComponentState.probabilities()");
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
