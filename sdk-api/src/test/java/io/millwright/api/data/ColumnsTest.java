package io.millwright.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns of all kinds behind one interface. */
class ColumnsTest {

  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

  private static final Schema SCHEMA =
      Schema.of(
          Column.number("force", Unit.of("kN")),
          Column.category("die"),
          Column.text("part"),
          Column.time("at"));

  private static Table table() {
    return Table.builder(SCHEMA, 1)
        .add(1.5, "A", "007", NOON)
        .add(null, null, null, null)
        .add(-0.0, "A", "7", NOON.plusSeconds(60))
        .build();
  }

  @Test
  void valuesAreReadWhereTheyLie() {
    Table table = table();
    Row row = table.row(2);
    assertThat(row.values()).containsExactly(-0.0, "A", "7", NOON.plusSeconds(60));
    assertThat(row.number(0)).isEqualTo(-0.0);
    assertThat(row.label(2)).isEqualTo("7");
    assertThat(row.toTable().time(0, 3)).isEqualTo(NOON.plusSeconds(60).toEpochMilli());
    assertThat(table.row(1).values()).containsExactly(null, null, null, null);
    assertThat(table.time(1, 3)).isEqualTo(Table.NO_TIME);
    assertThat(table.labels("at")).containsExactly("2026-07-01T12:00", null, "2026-07-01T12:01");
    assertThat(table.distinct("die")).containsExactly("A");
    assertThat(new Row(SCHEMA, row.values())).isEqualTo(row).hasSameHashCodeAs(row);
    assertThatThrownBy(() -> row.values().set(0, 1.0))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> table.row(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void columnsComeAndGo() {
    Table table = table();
    double[] given = {1, 2, 3};
    Table more = table.with(Column.number("force"), given).with(Column.time("x"), new long[3]);
    given[0] = 99;
    assertThat(more.schema().names()).containsExactly("force", "die", "part", "at", "x");
    assertThat(more.numbers("force")).containsExactly(1, 2, 3);
    assertThat(table.numbers("force")[0]).isEqualTo(1.5);
    assertThat(more.without("x", "force").select(List.of("part", "die", "at")))
        .isEqualTo(table.select(List.of("part", "die", "at")));
    assertThat(table.with(Column.category("die"), Arrays.asList("B", null, "A")).distinct("die"))
        .containsExactly("B", "A");
    assertThatThrownBy(() -> table.with(Column.text("x"), new double[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> table.with(Column.number("x"), new double[2]))
        .hasMessageContaining("2 values for 3 rows");
    assertThatThrownBy(() -> table.without("y"))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_COLUMN));
    assertThatThrownBy(() -> table.numbers("part")).hasMessageContaining("TEXT");
  }

  @Test
  void runsAndChoicesOfRowsAreEqualToCopies() {
    Table table = table();
    Table run = table.slice(1, 3);
    assertThat(run).isEqualTo(table.rows(1, 2)).hasSameHashCodeAs(table.rows(1, 2));
    assertThat(run.row(1)).isEqualTo(table.row(2));
    assertThat(run.numbers("force")).containsExactly(Double.NaN, -0.0);
    assertThat(run.slice(1, 2).label(0, 2)).isEqualTo("7");
    assertThat(run).isNotEqualTo(table.slice(0, 2));
    // Two dictionaries in another order hold the same texts.
    Schema one = Schema.of(Column.text("t"));
    Table ab = Table.builder(one, 2).add("a").add("b").build();
    assertThat(Table.builder(one, 2).add("b").add("a").build().rows(1, 0)).isEqualTo(ab);
  }

  @Test
  void aTextMayStandForACategory() {
    Schema text = Schema.of(Column.text("die"));
    assertThat(text.obstaclesTo(Schema.of(Column.category("die")))).isEmpty();
    assertThat(text.obstaclesTo(Schema.of(Column.number("die")))).hasSize(1);
  }

  @Test
  void recordsMayHoldTimes() {
    record Reading(Instant at, String part) {}
    Table table = Features.of(Reading.class).table(List.of(new Reading(NOON, "x")));
    assertThat(table.schema().column("at").type()).isEqualTo(ColumnType.TIME);
    assertThat(table.row(0).values()).containsExactly(NOON, "x");
  }
}
