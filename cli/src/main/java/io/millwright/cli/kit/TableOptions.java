package io.millwright.cli.kit;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.ReadingReport;
import io.millwright.api.data.Schema;
import io.millwright.api.data.TableReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * How the tables of a command are written, as far as the user says so; the same options for all
 * commands. Filled by picocli; not thread-safe.
 */
public final class TableOptions {

  /** More remarks are only counted. */
  private static final int MOST_REMARKS = 12;

  /** What a column can be stated to hold. */
  public enum Kind {
    number,
    category,
    text,
    time
  }

  /** What becomes of a row that cannot be read. */
  public enum BadRow {
    refuse,
    skip
  }

  /** A single character; {@code tab} and {@code space} by their names. */
  public static final class Mark implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      return switch (text) {
        case "tab", "\\t" -> '\t';
        case "space", "blank" -> ' ';
        default -> {
          if (text.length() != 1) {
            throw new TypeConversionException("'" + text + "' is not a single character");
          }
          yield text.charAt(0);
        }
      };
    }
  }

  @Option(
      names = "--separator",
      paramLabel = "C",
      converter = Mark.class,
      description = "The character between cells, or tab. Default: seen from the heading.")
  @Nullable Character separator;

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description = "The charset, such as GB18030. Default: UTF-8, UTF-16 or GB18030 by the bytes.")
  @Nullable Charset charset;

  @Option(
      names = "--decimal",
      paramLabel = "C",
      converter = Mark.class,
      description = "The decimal mark, a point or a comma. Default: seen from the numbers.")
  @Nullable Character decimal;

  @Option(
      names = "--thousands",
      paramLabel = "C",
      converter = Mark.class,
      description = "The mark between thousands, or space. Default: seen from the numbers.")
  @Nullable Character thousands;

  @Option(
      names = "--missing",
      paramLabel = "WORD",
      split = ",",
      description = "Words for missing values in all columns, besides the usual among numbers.")
  List<String> missing = List.of();

  @Option(
      names = "--dates",
      paramLabel = "PATTERN",
      description = "How dates are written, such as 'dd.MM.yyyy HH:mm'; may be repeated.")
  List<String> dates = List.of();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The zone of times without offset, such as Europe/Berlin.")
  @Nullable ZoneId zone;

  @Option(
      names = "--type",
      paramLabel = "COL=KIND",
      split = ",",
      description = "What columns hold: number, category, text or time.")
  Map<String, Kind> types = new LinkedHashMap<>();

  @Option(
      names = "--on-bad-row",
      paramLabel = "refuse|skip",
      description = "What becomes of a row that cannot be read. Default: refuse.")
  BadRow onBadRow = BadRow.refuse;

  /** What is stated, and that some columns are texts, such as identifiers. */
  public CsvFormat format(String... texts) {
    CsvFormat.Builder format = CsvFormat.builder().columns(ColumnType.TEXT, texts);
    if (separator != null) {
      format.separator(separator);
    }
    if (charset != null) {
      format.charset(charset);
    }
    if (decimal != null) {
      format.decimal(decimal);
    }
    if (thousands != null) {
      format.thousands(thousands);
    }
    if (zone != null) {
      format.zone(zone);
    }
    types.forEach(
        (column, kind) ->
            format.columns(
                switch (kind) {
                  case number -> ColumnType.NUMBER;
                  case category -> ColumnType.CATEGORY;
                  case text -> ColumnType.TEXT;
                  case time -> ColumnType.TIME;
                },
                column));
    return format
        .missing(missing.toArray(String[]::new))
        .dates(dates.toArray(String[]::new))
        .onBadRow(onBadRow == BadRow.skip ? CsvFormat.BadRow.SKIP : CsvFormat.BadRow.REFUSE)
        .build();
  }

  /** Reads all columns and tells what was taken for what. */
  public ReadTable read(TableReader tables, Path file, Consumer<String> say, String... texts) {
    return told(tables.read(file, format(texts)), say);
  }

  /**
   * The same for a command that takes times as numbers in a unit of its own: times of day, which
   * would become hours, are refused.
   */
  public ReadTable readNumbers(
      TableReader tables, Path file, Consumer<String> say, String... texts) {
    ReadTable read = read(tables, file, say, texts);
    for (ReadingReport.ColumnReading column : read.report().columns()) {
      if (column.why().endsWith("times of day")) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            file
                + ": column \""
                + column.heading()
                + "\" holds times of day\nMaybe write them as numbers in the unit of the other"
                + " times");
      }
    }
    return read;
  }

  /** Reads the columns of a schema and tells what was taken for what. */
  public ReadTable read(TableReader tables, Path file, Schema schema, Consumer<String> say) {
    return told(tables.read(file, schema, format()), say);
  }

  /**
   * Reads all columns, those that a model needs as what it needs unless it was said otherwise: a
   * few rows tell less of what a column is than those that were learnt from.
   */
  public ReadTable readFor(Schema needed, TableReader tables, Path file, Consumer<String> say) {
    CsvFormat stated = format();
    CsvFormat.Builder format = stated.toBuilder();
    for (Column column : needed.columns()) {
      boolean text = column.type() == ColumnType.CATEGORY || column.type() == ColumnType.TEXT;
      boolean time = column.type() == ColumnType.TIME;
      if ((text || time) && !stated.types().containsKey(column.name())) {
        format.columns(column.type(), column.name());
      }
    }
    return told(tables.read(file, format.build()), say);
  }

  /** Tells what was taken for what. */
  public static ReadTable told(ReadTable read, Consumer<String> say) {
    List<String> remarks = read.report().remarks();
    remarks.stream().limit(MOST_REMARKS).forEach(r -> say.accept("Read: " + r));
    if (remarks.size() > MOST_REMARKS) {
      say.accept("Read: and " + (remarks.size() - MOST_REMARKS) + " remarks more");
    }
    return read;
  }
}
