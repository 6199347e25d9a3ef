package io.millwright.cli.kit;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.ReadingReport;
import io.millwright.api.data.ReadingReport.ColumnReading;
import io.millwright.api.data.Schema;
import io.millwright.api.data.TableReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

  /** Units of time, as UCUM spells them. */
  private static final Set<String> OF_TIME = Set.of("ms", "s", "min", "h", "d", "wk", "mo", "a");

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

  /** The zone of times without offset: what is stated, or UTC. */
  public ZoneId zone() {
    return zone == null ? ZoneOffset.UTC : zone;
  }

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
   * would become hours, are refused, and so are columns in different units of time.
   */
  public ReadTable readNumbers(
      TableReader tables, Path file, Consumer<String> say, String... texts) {
    return numbers(read(tables, file, say, texts), file);
  }

  /** Refuses what a command cannot take that has a unit of its own for all times. */
  public static ReadTable numbers(ReadTable read, Path file) {
    ColumnReading first = null;
    for (ColumnReading column : read.report().columns()) {
      if (column.notation() == ReadingReport.Notation.TIME_OF_DAY) {
        throw bad(
            file,
            "column \"" + column.heading() + "\" holds times of day",
            "write them as numbers in the unit of the other times");
      }
      if (!OF_TIME.contains(column.column().unit().symbol())) {
        continue;
      }
      if (first != null && !first.column().unit().equals(column.column().unit())) {
        throw bad(
            file,
            String.format(
                Locale.ROOT,
                "column \"%s\" is in %s, but column \"%s\" in %s",
                first.heading(),
                first.column().unit(),
                column.heading(),
                column.column().unit()),
            "write all times in one unit, since nothing is converted");
      }
      first = column;
    }
    return read;
  }

  /**
   * Refuses a column that is to order rows, but holds labels, or times of day, which begin anew
   * each day.
   *
   * @param order the column; null for none
   */
  public static ReadTable ordered(ReadTable read, Path file, @Nullable String order) {
    for (ColumnReading column : read.report().columns()) {
      if (column.column().name().equals(order) && column.column().type().isText()) {
        throw bad(
            file,
            "column \""
                + order
                + "\" holds labels, which order no rows"
                + (read.table().labels(column.column().name()).stream()
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(l -> ", such as \"" + l + "\"")
                    .orElse("")),
            "state how dates are written (--dates 'd/M/yy', where MMM is a month's name), or name a"
                + " column of times or numbers");
      }
      if (column.column().name().equals(order)
          && column.notation() == ReadingReport.Notation.TIME_OF_DAY) {
        throw bad(
            file,
            "column \""
                + order
                + "\" holds times of day, which begin anew each day and order no rows",
            "write the date with them, such as 2026-03-31 13:45");
      }
    }
    return read;
  }

  private static MillwrightException bad(Path file, String what, String maybe) {
    return new MillwrightException(ErrorCode.BAD_FILE, file + ": " + what + "\nMaybe " + maybe);
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
