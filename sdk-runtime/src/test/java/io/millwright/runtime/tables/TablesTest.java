package io.millwright.runtime.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {

  private static final Schema SCHEMA =
      Schema.of(Column.number("Torque", Unit.of("N.m")), Column.category("Type"));

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private static void fails(ErrorCode code, String part, Runnable reading) {
    assertThatThrownBy(reading::run)
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(part)
        .hasMessageContaining("Maybe");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void separatorsUnitsQuotesAndGapsAreUnderstood(String s) throws IOException {
    String text =
        "\uFEFFid"
            + s
            + "\"Type\""
            + s
            + "Torque [N.m]\r\n1"
            + s
            + "\"L \"\"a\"\"\nb"
            + s
            + "c\""
            + s
            + " 40.5 \r\n\r\n2"
            + s
            + s
            + "\r\n";
    Table expected =
        Table.builder(SCHEMA, 2).add(40.5, "L \"a\"\nb" + s + "c").add(null, null).build();
    assertThat(Tables.reader().csv(file(text), SCHEMA)).isEqualTo(expected);
    Path packed = folder.resolve("packed");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Tables.reader().csv(packed, SCHEMA)).isEqualTo(expected);
    assertThat(Tables.reader().csv(packed).schema())
        .isEqualTo(
            Schema.of(
                Column.number("id"),
                Column.category("Type"),
                Column.number("Torque", Unit.of("N.m"))));
  }

  @Test
  void typesAreFoundFromTheCells() throws IOException {
    Table table =
        Tables.reader().csv(file("a,b,c [x],d [K],e\n1,1e-3,z,,1d\n-2,x,y,,2\n3,y,y,,A\n"));
    assertThat(table.schema())
        .isEqualTo(
            Schema.of(
                Column.number("a"),
                Column.category("b"),
                Column.category("c [x]"),
                Column.number("d", Unit.of("K")),
                Column.category("e")));
    assertThat(table.numbers("d")).containsExactly(Double.NaN, Double.NaN, Double.NaN);
    assertThat(table.labels("b")).containsExactly("1e-3", "x", "y");
  }

  @Test
  void whatWasMeantAsNumbersIsNotTakenForLabels() throws IOException {
    Path word = file("force [kN],die\n1.5,door\nmuch,hood\n");
    fails(
        ErrorCode.BAD_FILE,
        "line 3: column \"force\" holds \"much\"",
        () -> Tables.reader().csv(word));
    // Without a unit, and where most cells are words, nobody said that numbers were meant.
    assertThat(Tables.reader().csv(file("code\n1\nA7\nB2\n")).labels("code"))
        .containsExactly("1", "A7", "B2");
  }

  @Test
  void errorsNameTheLineAndTheWayOut() throws IOException {
    Path wrong = file("Torque [N.m],Type\n1,L\n2,M\nmuch,H\n");
    fails(
        ErrorCode.BAD_FILE,
        "line 4: column \"Torque\" holds \"much\"",
        () -> Tables.reader().csv(wrong, SCHEMA));
    Path comma = folder.resolve("comma.csv");
    Files.writeString(comma, "Torque;Type\n1,5;L\n2.5;L\n");
    fails(ErrorCode.BAD_FILE, "decimal comma", () -> Tables.reader().csv(comma, SCHEMA));
    Path ragged = folder.resolve("ragged.csv");
    Files.writeString(ragged, "Torque,Type\n1,L\n2\n");
    fails(
        ErrorCode.BAD_FILE,
        "line 3: 1 cells under 2 headings",
        () -> Tables.reader().csv(ragged, SCHEMA));
    Path twice = folder.resolve("twice.csv");
    Files.writeString(twice, "Torque,Torque\n1,2\n");
    fails(ErrorCode.BAD_FILE, "two headings", () -> Tables.reader().csv(twice));
    Path empty = folder.resolve("empty.csv");
    Files.writeString(empty, "");
    fails(ErrorCode.BAD_FILE, "empty", () -> Tables.reader().csv(empty));
    fails(
        ErrorCode.IO_FAILED,
        "nowhere",
        () -> Tables.reader().csv(folder.resolve("nowhere"), SCHEMA));
  }

  @Test
  void missingColumnsAndWrongUnitsAreToldTogether() throws IOException {
    Path wrong = file("Torque [lbf.ft],Kind\n1,L\n");
    assertThatThrownBy(() -> Tables.reader().csv(wrong, SCHEMA))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e ->
                assertThat(e.findings().stream().map(f -> f.code()))
                    .containsExactly(ErrorCode.WRONG_UNIT, ErrorCode.MISSING_COLUMN));
    Path two = file("Torque [lbf.ft],Torque [N.m],Type\n1,2,L\n");
    assertThat(Tables.reader().csv(two, SCHEMA).numbers("Torque")).containsExactly(2);
  }

  @Test
  void whatIsNoTableIsRefusedWithinBounds() throws IOException {
    Path endless = folder.resolve("endless.csv");
    Files.writeString(endless, "Torque,Type\n\"" + "x".repeat(3 * CsvFile.MOST_CHARACTERS));
    fails(ErrorCode.BAD_FILE, "after line 1", () -> Tables.reader().csv(endless, SCHEMA));
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "Torque,Type\n1,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
    fails(ErrorCode.BAD_FILE, "UTF-8", () -> Tables.reader().csv(latin, SCHEMA));
    Path cut = folder.resolve("cut.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(cut))) {
      for (int i = 0; i < 50_000; i++) {
        out.write((Integer.toHexString(i * 0x9E3779B9) + ",x\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    fails(ErrorCode.BAD_FILE, "gzip", () -> Tables.reader().csv(cut));
  }

  @Test
  void queryResultsAreReadByLabel() throws SQLException {
    Object[][] rows = {{"L", 40, 1}, {null, null, 2}};
    Table table = Tables.reader().jdbc(result(List.of("TYPE", "Torque", "id"), rows), SCHEMA);
    assertThat(table).isEqualTo(Table.builder(SCHEMA, 2).add(40.0, "L").add(null, null).build());
    fails(
        ErrorCode.MISSING_COLUMN,
        "Torque",
        () -> read(result(List.of("Type"), new Object[][] {{"L"}})));
    fails(
        ErrorCode.WRONG_TYPE,
        "row 1",
        () -> read(result(List.of("Type", "Torque"), new Object[][] {{"L", "x"}})));
  }

  private static void read(ResultSet result) {
    try {
      Tables.reader().jdbc(result, SCHEMA);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Only what a reader may call, so that the test needs no database. */
  private static ResultSet result(List<String> labels, Object[][] rows) {
    int[] at = {-1};
    ResultSetMetaData meta =
        (ResultSetMetaData)
            Proxy.newProxyInstance(
                TablesTest.class.getClassLoader(),
                new Class<?>[] {ResultSetMetaData.class},
                (p, method, a) ->
                    switch (method.getName()) {
                      case "getColumnCount" -> labels.size();
                      case "getColumnLabel" -> labels.get((int) a[0] - 1);
                      default -> throw new AssertionError(method.getName());
                    });
    return (ResultSet)
        Proxy.newProxyInstance(
            TablesTest.class.getClassLoader(),
            new Class<?>[] {ResultSet.class},
            (p, method, a) ->
                switch (method.getName()) {
                  case "getMetaData" -> meta;
                  case "next" -> ++at[0] < rows.length;
                  case "getObject" -> rows[at[0]][(int) a[0] - 1];
                  default -> throw new AssertionError(method.getName());
                });
  }
}
