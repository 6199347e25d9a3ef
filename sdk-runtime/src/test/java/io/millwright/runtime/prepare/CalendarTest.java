package io.millwright.runtime.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarTest {

  private static final Schema SCHEMA =
      Schema.of(Column.time("when"), Column.number("temp"), Column.time("installed"));

  private static Table hours(String from, int rows, int step) {
    TableBuilder table = Table.builder(SCHEMA, rows);
    Instant begin = Instant.parse(from);
    for (int r = 0; r < rows; r++) {
      table.add(begin.plusSeconds(3600L * step * r), 20.0 + r % 3, Instant.parse(from));
    }
    return table.build();
  }

  private static FittedPreparation fit(Table table) {
    return FittedPreparation.fit(
            Preparation.of(new Step.Calendar())
                .then(Step.Clean.standard())
                .then(new Step.DropConstant()),
            SCHEMA,
            List.of(table))
        .preparation();
  }

  @Test
  void threeWeeksOfHoursTellOfTheDayAndTheWeek() {
    FittedPreparation fitted = fit(hours("2026-03-02T00:00:00Z", 21 * 24, 1)); // a Monday
    assertThat(fitted.features())
        .contains("when day sine 1", "when day cosine 3", "when Monday", "when Sunday", "temp")
        .noneMatch(f -> f.contains("year"))
        .noneMatch(f -> f.startsWith("installed"));
    // What never varies need not be given.
    assertThat(fitted.inputs().names()).containsExactly("when", "temp");
    Table saturday = hours("2026-03-07T06:00:00Z", 1, 1);
    float[] row = fitted.rows(saturday, new Notes());
    List<String> names = fitted.features();
    assertThat(row[names.indexOf("when day sine 1")]).isCloseTo(1, within(1e-6f));
    assertThat(row[names.indexOf("when day cosine 1")]).isCloseTo(0, within(1e-6f));
    assertThat(row[names.indexOf("when day cosine 2")]).isCloseTo(-1, within(1e-6f));
    assertThat(row[names.indexOf("when Saturday")]).isEqualTo(1);
    assertThat(row[names.indexOf("when Monday")]).isZero();
  }

  @Test
  void daysTellOfNoTimeOfDayAndTwoYearsOfTheYear() {
    FittedPreparation fitted = fit(hours("2024-01-01T00:00:00Z", 731, 24));
    assertThat(fitted.features())
        .contains("when year sine 1", "when year cosine 2", "when Friday")
        .noneMatch(f -> f.contains(" day "));
    float[] first = fitted.rows(hours("2025-07-02T00:00:00Z", 1, 1), new Notes());
    assertThat(first[fitted.features().indexOf("when year cosine 1")]).isCloseTo(-1, within(1e-2f));
  }

  @Test
  void timesBefore1970HaveTheirDays() {
    FittedPreparation fitted = fit(hours("1969-12-01T00:00:00Z", 21 * 24, 1));
    float[] row = fitted.rows(hours("1969-12-07T18:00:00Z", 1, 1), new Notes()); // a Sunday
    assertThat(row[fitted.features().indexOf("when Sunday")]).isEqualTo(1);
    assertThat(row[fitted.features().indexOf("when day sine 1")]).isCloseTo(-1, within(1e-6f));
  }

  @Test
  void aMissingTimeIsFilledInAndItsRowAnswered() {
    FittedPreparation fitted = fit(hours("2026-03-02T00:00:00Z", 21 * 24, 1));
    Table gap = Table.builder(SCHEMA, 1).add(null, 21.0, null).build();
    Notes notes = new Notes();
    assertThat(fitted.rows(gap, notes)).doesNotContain(Float.NaN);
    // A clock alone is no reading.
    Table blind =
        Table.builder(SCHEMA, 1)
            .add(Instant.parse("2026-04-01T00:00:00Z"), Double.NaN, null)
            .build();
    Notes nothing = new Notes();
    fitted.rows(blind, nothing);
    assertThat(nothing.hopeless()).isTrue();
  }

  @Test
  void withoutTheStepTimesAreRefusedWithTheWayOut() {
    assertThatThrownBy(
            () ->
                FittedPreparation.fit(
                    Preparation.standard(), SCHEMA, List.of(hours("2026-03-02T00:00:00Z", 48, 1))))
        .hasMessageContaining("Calendar");
  }

  @Test
  void alteredStepsAreRefused() {
    FittedPreparation fitted = fit(hours("2026-03-02T00:00:00Z", 21 * 24, 1));
    FittedStep.CalendarColumn temp = new FittedStep.CalendarColumn("temp", 0, 1, true, true, true);
    FittedStep.CalendarColumn gone = new FittedStep.CalendarColumn("gone", 0, 1, true, true, true);
    for (FittedStep.CalendarColumn wrong : List.of(temp, gone)) {
      FittedPreparation altered =
          new FittedPreparation(
              fitted.inputs(),
              fitted.steps().stream()
                  .map(
                      s ->
                          s instanceof FittedStep.Calendar
                              ? new FittedStep.Calendar(List.of(wrong))
                              : s)
                  .toList());
      assertThatThrownBy(altered::plan)
          .isInstanceOf(MillwrightException.class)
          .extracting(e -> ((MillwrightException) e).code())
          .isEqualTo(ErrorCode.BAD_BUNDLE);
    }
  }
}
