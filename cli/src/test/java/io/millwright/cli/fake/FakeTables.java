package io.millwright.cli.fake;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commas without quotes, no units: enough to see what the commands ask of a reader. */
record FakeTables() implements TableReader {
  @Override
  public Table csv(Path file, Schema schema) {
    List<String> lines = lines(file);
    List<String> header = Arrays.asList(lines.get(0).split(",", -1));
    Table.Builder table = Table.builder(schema, lines.size());
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      List<@Nullable Object> values = new ArrayList<>();
      for (Column column : schema.columns()) {
        int at = header.indexOf(column.name());
        if (at < 0) {
          throw new MillwrightException(
              ErrorCode.MISSING_COLUMN,
              file + " has no column \"" + column.name() + "\"\nMaybe one of " + header);
        }
        String cell = cells[at];
        values.add(
            cell.isEmpty()
                ? null
                : column.type().isNumeric() ? (Object) Double.valueOf(cell) : cell);
      }
      table.add(values);
    }
    return table.build();
  }

  @Override
  public Table csv(Path file) {
    List<String> lines = lines(file);
    List<Column> columns = new ArrayList<>();
    String[] header = lines.get(0).split(",", -1);
    for (int c = 0; c < header.length; c++) {
      int at = c;
      boolean number =
          lines.stream()
              .skip(1)
              .map(line -> line.split(",", -1)[at])
              .allMatch(cell -> cell.isEmpty() || cell.matches("-?[0-9.]+"));
      columns.add(number ? Column.number(header[c]) : Column.category(header[c]));
    }
    return csv(file, new Schema(columns));
  }

  @Override
  public Table jdbc(ResultSet result, Schema schema) {
    throw new UnsupportedOperationException("no command reads databases");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new MillwrightException(ErrorCode.IO_FAILED, "cannot read " + file, e);
    }
  }
}
