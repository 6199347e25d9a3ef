package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lives, ages and outcomes that cannot be are refused with a code, the value and a way out. */
class BadLabelsTest {

  private static final UnitHistory UNIT = Simulated.failed("pump", 1);

  private static void refused(ErrorCode code, String value, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(value)
        .hasMessageContaining("Maybe");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-2, Double.NaN, Double.POSITIVE_INFINITY})
  void aLifeThatCannotBe(double life) {
    refused(ErrorCode.BAD_LABEL, String.valueOf(life), () -> new KnownLife(UNIT, life));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, Double.POSITIVE_INFINITY})
  void anAgeThatCannotBe(double age) {
    refused(
        ErrorCode.BAD_VALUE,
        String.valueOf(age),
        () -> new UnitHistory("pump", UNIT.readings(), age, UnitHistory.End.FAILED));
  }

  @Test
  void outcomesThatAreFewerThanRows() {
    Table readings = UNIT.readings();
    refused(
        ErrorCode.WRONG_SHAPE,
        readings.rows() + " rows with 1 outcomes",
        () -> FailureData.of(readings, List.of(FailureData.NONE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "NaN", "nan"})
  void anOutcomeThatIsNone(String outcome) {
    List<String> outcomes = new ArrayList<>(Collections.nCopies(UNIT.length(), FailureData.NONE));
    outcomes.set(3, outcome);
    try (Millwright millwright = Millwright.create()) {
      FailureTrainer trainer = millwright.plugin(Maintenance.class).failure();
      FailureData data = FailureData.of(UNIT.readings(), outcomes);
      refused(ErrorCode.BAD_LABEL, "row 3: is \"" + outcome + "\"", () -> trainer.train(data));
    }
  }

  @Test
  void outcomesInNumbersAreShown() {
    List<String> outcomes = new ArrayList<>(Collections.nCopies(UNIT.length(), "0"));
    outcomes.set(3, "1");
    try (Millwright millwright = Millwright.create()) {
      FailureTrainer trainer = millwright.plugin(Maintenance.class).failure();
      FailureData data = FailureData.of(UNIT.readings(), outcomes);
      refused(ErrorCode.TOO_FEW_DATA, "the outcomes are [0, 1]", () -> trainer.train(data));
    }
  }
}
