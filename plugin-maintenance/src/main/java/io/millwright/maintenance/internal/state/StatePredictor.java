package io.millwright.maintenance.internal.state;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Table;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.maintenance.ComponentStates;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Says states; immutable, so closing waits for nobody. */
final class StatePredictor extends PlainPredictor<Table, ComponentStates> {

  private static final Uncertainties NONE =
      Uncertainties.none("the probabilities and label sets stand with each component");

  private final StateParts parts;

  StatePredictor(StateParts parts, ModelInfo info) {
    super(info, "read ComponentState.probabilities()");
    this.parts = parts;
  }

  @Override
  protected Outcome<ComponentStates> answer(Table input) {
    checkColumns("the sequence", input.schema());
    if (input.rows() == 0) {
      return abstain(ErrorCode.TOO_FEW_DATA, "sequence", "it has no readings", "give some");
    }
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (String name : info().inputs().names()) {
      double[] column = input.numbers(name);
      if (!Arrays.stream(column).allMatch(Double::isFinite)) {
        flags.add(Flag.IMPUTED);
      }
      if (Arrays.stream(column).anyMatch(Double::isInfinite)) {
        flags.add(Flag.INFINITE);
      }
    }
    double[][] read = StateParts.columns(input, parts.columns());
    int[] silent = parts.silent(read);
    if (silent.length > 0) {
      flags.add(Flag.IMPUTED);
    }
    return parts
        .of(read, silent)
        .<Outcome<ComponentStates>>map(
            answer -> new Outcome.Prediction<>(answer, NONE, flags, info()))
        .orElseGet(
            () ->
                abstain(
                    ErrorCode.OUT_OF_RANGE,
                    "sequence",
                    "it lies more than twice as far from the middle as all of training",
                    "check the sensors, or train with sequences of this machine"));
  }
}
