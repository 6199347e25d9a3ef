package io.millwright.core.host;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.NumberArray;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.ReadingReport;
import io.millwright.api.data.ReadingReport.ColumnReading;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.api.spi.TableFormat;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads files of the formats that plug-ins bring, and all others as before. Thread-safe. */
record PluginTables(TableReader own, List<TableFormat> formats) implements TableReader {

  private static final String NO_TEXT = "none: not a text file";

  private Optional<TableFormat> format(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return formats.stream()
        .filter(f -> f.endings().stream().anyMatch(e -> name.endsWith("." + e)))
        .findFirst();
  }

  @Override
  public ReadTable read(Path file, CsvFormat format) {
    return format(file).map(f -> read(f, file)).orElseGet(() -> own.read(file, format));
  }

  @Override
  public ReadTable read(Path file, Schema schema, CsvFormat format) {
    return format(file)
        .map(f -> chosen(read(f, file), schema))
        .orElseGet(() -> own.read(file, schema, format));
  }

  @Override
  public ReadingReport batches(
      Path file, CsvFormat format, int rows, Consumer<? super Table> batches) {
    Optional<TableFormat> brought = format(file);
    if (brought.isEmpty()) {
      return own.batches(file, format, rows, batches);
    }
    ReadTable read = read(brought.get(), file);
    for (int at = 0; at < read.table().rows(); at += rows) {
      batches.accept(read.table().slice(at, Math.min(read.table().rows(), at + rows)));
    }
    return read.report();
  }

  @Override
  public Table numpy(Path file) {
    return own.numpy(file);
  }

  @Override
  public Map<String, NumberArray> arrays(Path file) {
    return own.arrays(file);
  }

  @Override
  public Table jdbc(ResultSet result, Schema schema) throws SQLException {
    return own.jdbc(result, schema);
  }

  private static ReadTable read(TableFormat format, Path file) {
    Table table;
    try {
      table = format.read(file);
    } catch (MillwrightException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file + " cannot be read as " + format.name() + ": " + e + "\nMaybe it is of another kind",
          e);
    }
    List<ColumnReading> columns =
        table.schema().columns().stream()
            .map(
                c ->
                    ColumnReading.builder()
                        .heading(c.name())
                        .column(c)
                        .why("the format " + format.name() + " says so")
                        .rows(table.rows())
                        .build())
            .toList();
    return new ReadTable(
        table,
        new ReadingReport(
            file,
            List.of(NO_TEXT, NO_TEXT, NO_TEXT),
            List.of("read by a plug-in as " + format.name()),
            columns,
            table.rows(),
            0,
            List.of(),
            new long[0]));
  }

  private static ReadTable chosen(ReadTable read, Schema schema) {
    List<io.millwright.api.Finding> obstacles = read.table().schema().obstaclesTo(schema);
    if (!obstacles.isEmpty()) {
      throw MillwrightException.of("the file", obstacles);
    }
    return new ReadTable(read.table().select(schema.names()), read.report());
  }
}
