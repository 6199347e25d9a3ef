package io.millwright.runtime.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {

  @TempDir Path folder;

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("readings.jsonl"), String.join("\n", lines));
  }

  private static ReadTable read(Path file) {
    return Tables.reader().read(file, CsvFormat.guessed());
  }

  @Test
  void namesBecomeColumnsByTheRulesOfTextFiles() throws IOException {
    Path file =
        file(
            "{\"id\": \"007\", \"at\": \"2026-01-05T10:00:00Z\", \"temp [K]\": 293.15, \"ok\":"
                + " true}",
            "",
            "{\"id\": \"010\", \"pump\": {\"flow\": 1.302, \"kind\": \"A\"}, \"temp [K]\": null}",
            "{\"id\": \"011\", \"pump\": {\"flow\": 7, \"kind\": \"B\"}, \"serial\":"
                + " 123456789012345678}");
    ReadTable read = read(file);
    Table table = read.table();
    assertThat(table.schema().names())
        .containsExactly("id", "at", "temp", "ok", "pump.flow", "pump.kind", "serial");
    assertThat(table.labels("id")).containsExactly("007", "010", "011");
    assertThat(table.schema().column("at").type()).isEqualTo(ColumnType.TIME);
    assertThat(table.schema().column("temp").unit()).isEqualTo(Unit.of("K"));
    assertThat(table.numbers("temp")).containsExactly(293.15, Double.NaN, Double.NaN);
    // A point is the decimal mark in JSON: in a text file 1.302 beside 7 would be refused.
    assertThat(table.numbers("pump.flow")).containsExactly(Double.NaN, 1.302, 7);
    assertThat(table.labels("serial")).containsExactly(null, null, "123456789012345678");
    assertThat(read.report().line(2)).isEqualTo(4);
    Path packed = folder.resolve("readings.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(Files.readString(file).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(packed).table()).isEqualTo(table);
  }

  @Test
  void batchesAreTheSameRows() throws IOException {
    String[] lines = new String[100];
    for (int i = 0; i < 100; i++) {
      lines[i] = "{\"x\": " + i + ", \"kind\": \"k" + i % 3 + "\"}";
    }
    Path file = file(lines);
    List<Table> batches = new ArrayList<>();
    Tables.reader().batches(file, CsvFormat.guessed(), 30, batches::add);
    assertThat(batches).extracting(Table::rows).containsExactly(30, 30, 30, 10);
    assertThat(batches.get(3)).isEqualTo(read(file).table().slice(90, 100));
  }

  @Test
  void aStatedDecimalCommaIsThatOfTexts() throws IOException {
    Path file = file("{\"a\": 1.302}", "{\"a\": \"2,5\"}", "{\"a\": 1.5E-5}");
    assertThatThrownBy(() -> read(file)).hasMessageContaining("state the decimal mark");
    for (CsvFormat format :
        List.of(
            CsvFormat.builder().decimal(',').build(), CsvFormat.builder().thousands('.').build())) {
      assertThat(Tables.reader().read(file, format).table().numbers("a"))
          .containsExactly(1.302, 2.5, 1.5e-5);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": 1}#[1, 2] | line 2: no JSON object",
        "{\"a\": 1}#{\"a\": | line 2: no JSON object",
        "{\"a\": 1}#{\"a\": 2} {\"a\": 3} | line 2: something stands behind",
        "{\"a\": [1]} | line 1: \"a\" holds an array",
        "{\"a\": 1, \"a\": 2} | line 1: no JSON object: Duplicate field 'a'",
        "{\"a.b\": 1, \"a\": {\"b\": 2}} | line 1: two values of \"a.b\"",
        "{\"a\": 1}#{\"a\": NaN} | line 2: no JSON object: Non-standard token 'NaN'",
        "{\"a\": 1}#{\"a\": \"hot\"}#{\"a\": 3} | line 2: column \"a\" holds \"hot\"",
        "{} | line 1: no object with a name",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}} | deeper than 8",
        "{\"\": 1} | heading 1 is empty"
      })
  void whatIsNoTableIsRefusedWithItsLine(String lines, String message) throws IOException {
    Path file = file(lines.split("#"));
    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE))
        .hasMessageContaining(message)
        .hasMessageContaining("\nMaybe ");
  }

  @Test
  void hostileFilesAreRefusedWithoutMuchMemory() throws IOException {
    Path deep = file("{\"a\":".repeat(100_000));
    assertThatThrownBy(() -> read(deep)).isInstanceOf(MillwrightException.class);
    Path wide = file("{\"a\": \"" + "x".repeat(2 << 20) + "\"}");
    assertThatThrownBy(() -> read(wide)).hasMessageContaining("more than 1048576 characters");
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      names.append("{\"n").append(i).append("\": 1}\n");
    }
    Path many = file(names.toString());
    CsvFormat few = CsvFormat.builder().mostColumns(100).build();
    assertThatThrownBy(() -> Tables.reader().read(many, few))
        .hasMessageContaining("line 101: more than 100 different names");
  }
}
