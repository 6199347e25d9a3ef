package io.millwright.maintenance.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What is wrong with a fleet is said with code, place and way out, and all at once. */
class FleetCheckTest {

  private static final Column HEAT = Column.number("heat", Unit.of("K"));
  private static final Column FORCE = Column.number("force", Unit.of("kN"));
  private static final Schema BOTH = Schema.of(HEAT, FORCE);

  private static Table rows(Schema schema, int count) {
    double[][] values = new double[count][schema.size()];
    for (int r = 0; r < count; r++) {
      Arrays.fill(values[r], r);
    }
    return Table.ofNumbers(schema, values);
  }

  private static UnitHistory unit(String name) {
    return UnitHistory.failed(name, rows(BOTH, 5));
  }

  private static List<Finding> findings(UnitHistory... units) {
    MillwrightException thrown =
        Assertions.catchThrowableOfType(
            MillwrightException.class, () -> FleetCheck.samples(new Fleet(List.of(units)), 125));
    assertThat(thrown).isNotNull();
    return thrown.findings();
  }

  private static void only(List<Finding> findings, ErrorCode code, String... places) {
    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.code()).isEqualTo(code);
    assertThat(finding.place()).contains(places);
    assertThat(finding.message()).isNotBlank();
  }

  @Test
  void anEmptyFleet() {
    only(findings(), ErrorCode.TOO_FEW_DATA, "units");
  }

  @Test
  void aUnitThatStandsTwice() {
    only(findings(unit("a"), unit("b"), unit("c"), unit("b")), ErrorCode.BAD_VALUE, "unit \"b\"");
  }

  @Test
  void aUnitOfOneRow() {
    only(
        findings(unit("a"), unit("b"), unit("c"), UnitHistory.failed("d", rows(BOTH, 1))),
        ErrorCode.TOO_FEW_DATA,
        "unit \"d\"");
  }

  @Test
  void aColumnOfTimesIsNoCategory() {
    Schema schema = Schema.of(HEAT, Column.category("time"));
    List<UnitHistory> units = new ArrayList<>();
    for (int u = 0; u < 3; u++) {
      TableBuilder table = Table.builder(schema, 40);
      for (int r = 0; r < 40; r++) {
        table.add(1.0 * r, "day " + u + ", " + r + " o'clock");
      }
      units.add(UnitHistory.failed("unit " + u, table.build()));
    }
    List<Finding> findings = findings(units.toArray(new UnitHistory[0]));
    only(findings, ErrorCode.WRONG_TYPE, "column \"time\"");
    assertThat(findings.get(0).message()).contains("120", "day 0, 0 o'clock");
    assertThat(findings.get(0).remedy()).contains("Table.columns");
  }

  @Test
  void anInfiniteValue() {
    double[][] values = {{1, 2}, {3, 4}, {5, Double.NEGATIVE_INFINITY}};
    List<Finding> findings =
        findings(unit("a"), unit("b"), UnitHistory.failed("c", Table.ofNumbers(BOTH, values)));
    only(findings, ErrorCode.BAD_VALUE, "unit \"c\"", "row 2", "\"force\"");
    assertThat(findings.get(0).message()).contains("-Infinity");
    assertThat(findings.get(0).remedy()).contains("NaN");
  }

  @Test
  void aMissingColumn() {
    only(
        findings(unit("a"), unit("b"), UnitHistory.failed("c", rows(Schema.of(HEAT), 5))),
        ErrorCode.MISSING_COLUMN,
        "unit \"c\"",
        "\"force\"");
  }

  @Test
  void aColumnThatOthersLack() {
    Schema more = Schema.of(HEAT, FORCE, Column.number("noise"));
    only(
        findings(unit("a"), unit("b"), UnitHistory.failed("c", rows(more, 5))),
        ErrorCode.WRONG_SHAPE,
        "unit \"c\"",
        "\"noise\"");
  }

  @Test
  void aColumnInAnotherUnit() {
    Schema other = Schema.of(HEAT, Column.number("force", Unit.of("N")));
    List<Finding> findings =
        findings(unit("a"), unit("b"), UnitHistory.failed("c", rows(other, 5)));
    only(findings, ErrorCode.WRONG_UNIT, "unit \"c\"", "\"force\"");
    assertThat(findings.get(0).message()).contains("N").contains("kN");
  }

  @Test
  void tooFewThatFailed() {
    List<Finding> findings =
        findings(unit("a"), unit("b"), UnitHistory.running("c", rows(BOTH, 5)));
    only(findings, ErrorCode.TOO_FEW_DATA, "units");
    assertThat(findings.get(0).message()).contains("2 of 3");
  }

  @Test
  void everythingAtOnce() {
    List<Finding> findings =
        findings(
            unit("a"),
            unit("a"),
            UnitHistory.running("b", rows(BOTH, 1)),
            UnitHistory.running("c", rows(Schema.of(HEAT), 5)));
    assertThat(findings)
        .extracting(f -> f.code(), f -> f.place())
        .containsExactly(
            tuple(ErrorCode.BAD_VALUE, "unit \"a\""),
            tuple(ErrorCode.TOO_FEW_DATA, "unit \"b\""),
            tuple(ErrorCode.MISSING_COLUMN, "unit \"c\", column \"force\""),
            tuple(ErrorCode.TOO_FEW_DATA, "units"));
    assertThatThrownBy(
            () ->
                FleetCheck.samples(
                    new Fleet(List.of(unit("a"), unit("a"), unit("b"), unit("b"))), 125))
        .hasMessageContaining("2 problems")
        .hasMessageContaining("name of its own");
  }

  @Test
  void aHopelessFleetIsNotListedToTheEnd() {
    List<UnitHistory> units = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      units.add(unit("same"));
    }
    assertThat(findings(units.toArray(UnitHistory[]::new))).hasSizeBetween(40, 60);
  }

  @Test
  void anotherOrderOfColumnsDoesNoHarm() {
    UnitHistory turned = UnitHistory.failed("d", rows(Schema.of(FORCE, HEAT), 5));
    List<UnitHistory> units = List.of(unit("a"), unit("b"), unit("c"), turned);
    for (var sample : FleetCheck.samples(new Fleet(units), 125).all()) {
      assertThat(sample.input().readings().schema()).isEqualTo(BOTH);
    }
  }

  @Test
  void livesCountDownAndAreOnlyWhatIsKnown() {
    Fleet fleet =
        new Fleet(
            List.of(
                unit("a"),
                unit("b"),
                unit("c"),
                UnitHistory.running("running", rows(BOTH, 5)),
                UnitHistory.running("young", rows(BOTH, 2))));
    var samples = FleetCheck.samples(fleet, 3).all();
    assertThat(samples).extracting(s -> s.group()).containsExactly("a", "b", "c", "running");
    assertThat(samples.get(0).labels())
        .containsExactly(
            new Cycles(3, true), new Cycles(3, true), Cycles.of(2), Cycles.of(1), Cycles.of(0));
    assertThat(samples.get(3).labels())
        .containsExactly(new Cycles(3, true), new Cycles(3, true), null, null, null);
  }

  /** Five units that lived 30 to 46 rows, with a reading of noise and one column. */
  private static UnitHistory[] lives(IntBinaryOperator column, double scale) {
    Random random = new Random(1);
    UnitHistory[] units = new UnitHistory[5];
    for (int u = 0; u < units.length; u++) {
      int life = 30 + 4 * u;
      double[][] values = new double[life][];
      for (int r = 0; r < life; r++) {
        values[r] =
            new double[] {random.nextGaussian(), scale * column.applyAsInt(r, life - 1 - r)};
      }
      units[u] = UnitHistory.failed("u" + u, Table.ofNumbers(BOTH, values));
    }
    return units;
  }

  @Test
  void aColumnThatTellsTheRemainingLife() {
    String force = "column \"force\"";
    only(findings(lives((age, left) -> left, 1)), ErrorCode.BAD_VALUE, force);
    only(findings(lives((age, left) -> 900 - 3 * left, 0.1)), ErrorCode.BAD_VALUE, force);
    only(findings(lives((age, left) -> Math.min(left, 12), 1)), ErrorCode.BAD_VALUE, force);
    only(findings(lives((age, left) -> left <= 10 ? 1 : 0, 1)), ErrorCode.BAD_VALUE, force);
    only(
        findings(lives((age, left) -> 55_440 * age / (age + left), 1)), ErrorCode.BAD_VALUE, force);
    only(
        findings(lives((age, left) -> 55_440 * (age + 1) / (age + left + 1), 1)),
        ErrorCode.BAD_VALUE,
        force);
  }

  @Test
  void columnsThatTellNoMoreThanTheAge() {
    List<IntBinaryOperator> all =
        List.of(
            (age, left) -> age,
            (age, left) -> 500 - age,
            (age, left) -> age % 7,
            (age, left) -> 4,
            (age, left) -> left == 0 ? 1 : 0,
            (age, left) -> 55_440 * age / (age + left) + age * left % 97,
            (age, left) -> 31 * (age + left) + age);
    for (IntBinaryOperator column : all) {
      assertThat(FleetCheck.samples(new Fleet(List.of(lives(column, 0.1))), 125).all()).hasSize(5);
    }
  }
}
