package io.millwright.runtime.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Units and times of day in the cells. */
class CellFormTest {

  @TempDir Path folder;

  private Path file(String... cells) throws IOException {
    return Files.writeString(
        folder.resolve("t.csv"), "x;y\n" + String.join(";1\n", cells) + ";1\n");
  }

  private ReadTable read(String... cells) throws IOException {
    return Tables.reader().read(file(cells), CsvFormat.guessed());
  }

  private void refused(Path file, CsvFormat format, String... parts) {
    assertThatThrownBy(() -> Tables.reader().read(file, format))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE))
        .hasMessageContainingAll(parts);
  }

  @ParameterizedTest
  @CsvSource({
    "12.5 bar, 13 bar, bar, 12.5, 13",
    "12.5bar, 13bar, bar, 12.5, 13",
    "93%, 7 %, %, 93, 7",
    "20 °C, -3 ℃, Cel, 20, -3",
    "€12.50, € 7, €, 12.5, 7",
    "12.50 €, 7 €, €, 12.5, 7",
    "15.2kg, 8.0kg, kg, 15.2, 8",
    "12 pcs, 7 pcs, pcs, 12, 7",
    "5 件, 7件, 件, 5, 7",
    "1.5 widgets, 2 widgets, widgets, 1.5, 2",
    "2.0 m³/h, 3 m³/h, m3/h, 2, 3"
  })
  void theSameUnitInAllCellsIsTheUnitOfTheColumn(
      String first, String second, String unit, double one, double two) throws IOException {
    ReadTable read = read(first, "n/a", second, "");
    Column column = read.table().schema().column("x");
    assertThat(column.type()).isEqualTo(ColumnType.NUMBER);
    assertThat(column.unit().symbol()).isEqualTo(unit);
    assertThat(read.table().numbers("x")).containsExactly(one, Double.NaN, two, Double.NaN);
    assertThat(String.join("\n", read.report().remarks()))
        .contains("the unit " + unit, first, "left out");
  }

  @Test
  void decimalCommasInsideAreSeen() throws IOException {
    assertThat(read("12,5 bar", "1.302,25 bar").table().numbers("x"))
        .containsExactly(12.5, 1302.25);
    refused(file("1,302 bar", "7 bar"), CsvFormat.guessed(), "1302", "1.302");
  }

  @Test
  void severalUnitsAreRefusedAndNamed() throws IOException {
    Path file = file("12.5 bar", "1.2 MPa", "12 bar");
    refused(
        file,
        CsvFormat.guessed(),
        "column \"x\" mixes units",
        "\"12.5 bar\" in line 2",
        "\"1.2 MPa\" in line 3",
        "--type 'x=category'");
    CsvFormat labels = CsvFormat.builder().columns(ColumnType.CATEGORY, "x").build();
    assertThat(Tables.reader().read(file, labels).table().labels("x")).contains("1.2 MPa");
    refused(
        Files.writeString(folder.resolve("h.csv"), "p [kPa],y\n12.5 bar,1\n13 bar,2\n"),
        CsvFormat.guessed(),
        "holds \"12.5 bar\", but is in kPa");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10mm|12mm", "12A|13A", "5W30|10W40", "1 north|2 north", "Q1|Q2", "1. x"})
  void whatMayBeANameStaysALabel(String cells) throws IOException {
    assertThat(read(cells.split("\\|")).table().schema().column("x").type().isText()).isTrue();
  }

  @Test
  void aUnitInSomeCellsOnlyIsRefusedAsBefore() throws IOException {
    refused(file("12.5", "13.1", "12.9 bar"), CsvFormat.guessed(), "\"12.9 bar\"", "not a number");
  }

  @Test
  void aSchemaTakesItsOwnUnitAndNoOther() throws IOException {
    Path file = file("12.5 bar", "13 bar");
    Schema bar = Schema.of(Column.number("x", io.millwright.api.data.Unit.of("bar")));
    assertThat(Tables.reader().read(file, bar, CsvFormat.guessed()).table().numbers("x"))
        .containsExactly(12.5, 13);
    Schema pascal = Schema.of(Column.number("x", io.millwright.api.data.Unit.of("kPa")));
    assertThatThrownBy(() -> Tables.reader().read(file, pascal, CsvFormat.guessed()))
        .hasMessageContaining("but is in kPa");
    Schema plain = Schema.of(Column.number("x"));
    assertThatThrownBy(() -> Tables.reader().read(file, plain, CsvFormat.guessed()))
        .hasMessageContaining("\"12.5 bar\", which is not a number");
    Path clocks = file("14:05", "08:00");
    assertThatThrownBy(() -> Tables.reader().read(clocks, plain, CsvFormat.guessed()))
        .hasMessageContaining("\"14:05\", which is not a number")
        .hasMessageContaining("=category')");
    Schema hours = Schema.of(Column.number("x", io.millwright.api.data.Unit.of("h")));
    assertThat(Tables.reader().read(clocks, hours, CsvFormat.guessed()).table().numbers("x")[1])
        .isEqualTo(8);
    file("12.5 bar", "13 bar");
    CsvFormat stated = CsvFormat.builder().columns(ColumnType.NUMBER, "x").build();
    assertThat(Tables.reader().read(file, stated).table().schema().column("x").unit().symbol())
        .isEqualTo("bar");
  }

  @ParameterizedTest
  @CsvSource({
    "14:05, 0:30, 14.083333, 0.5",
    "14:05:36, 23:59:59.5, 14.093333, 23.999861",
    "12:15 AM, 1:30 pm, 0.25, 13.5"
  })
  void timesOfDayBecomeHours(String first, String second, double one, double two)
      throws IOException {
    ReadTable read = read(first, "-", second);
    assertThat(read.table().schema().column("x").unit().symbol()).isEqualTo("h");
    double[] hours = read.table().numbers("x");
    assertThat(hours[0]).isCloseTo(one, within(1e-6));
    assertThat(hours[1]).isNaN();
    assertThat(hours[2]).isCloseTo(two, within(1e-6));
    assertThat(String.join("\n", read.report().remarks())).contains("hours of the day", first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"14:05|25:10", "14:05|noon", "13:05 PM|1:00 PM"})
  void whatIsNotAlwaysATimeOfDayStaysALabel(String cells) throws IOException {
    assertThat(read(cells.split("\\|")).table().schema().column("x").type().isText()).isTrue();
  }
}
