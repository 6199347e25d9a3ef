package io.millwright.connect.excel;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/** A cell as the text that a text file would hold. */
final class CellText {

  /**
   * What of a number format is no pattern: quoted text, colours, conditions, escaped characters.
   */
  private static final Pattern BESIDE = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*]|\\\\.|_.|\\*.");

  private static final Pattern ELAPSED = Pattern.compile("(?i).*\\[(h+|m+|s+)].*");

  private CellText() {}

  static String of(Cell cell) {
    CellType type = cell.getType();
    if (type == CellType.EMPTY) {
      return "";
    }
    // The value of a formula is in its raw value; whether it is a number shows there.
    String raw = Objects.requireNonNullElse(cell.getRawValue(), "");
    if (type == CellType.BOOLEAN) {
      return raw.equals("1") || raw.equalsIgnoreCase("true") ? "true" : "false";
    }
    if (type == CellType.STRING) {
      return Objects.requireNonNullElse(cell.getText(), "");
    }
    if (type == CellType.ERROR) {
      return raw;
    }
    double number = number(raw);
    String format = cell.getDataFormatString();
    if (Double.isNaN(number) || !isTime(format)) {
      return raw;
    }
    return time(cell, number, Objects.requireNonNull(format));
  }

  private static double number(String raw) {
    try {
      return Double.parseDouble(raw);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Whether a number format shows a number as date or time; elapsed hours are a number. */
  static boolean isTime(@Nullable String format) {
    if (format == null || ELAPSED.matcher(format).matches()) {
      return false;
    }
    String pattern = BESIDE.matcher(format).replaceAll("").toLowerCase(Locale.ROOT);
    pattern = pattern.split(";", 2)[0];
    return !pattern.equals("general")
        && pattern.matches(".*[ymdhs].*")
        && !pattern.contains("0.0e");
  }

  private static String time(Cell cell, double number, String format) {
    LocalDateTime time = cell.asDate();
    if (time == null) {
      return String.valueOf(cell.getRawValue());
    }
    // A day is a double in a workbook: the last digits of a second are not known.
    LocalDateTime rounded = time.plusNanos(500_000).truncatedTo(ChronoUnit.MILLIS);
    if (number >= 0 && number < 1) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(rounded.toLocalTime());
    }
    boolean date =
        rounded.toLocalTime().equals(LocalTime.MIDNIGHT)
            && !BESIDE.matcher(format).replaceAll("").toLowerCase(Locale.ROOT).contains("h");
    return date
        ? DateTimeFormatter.ISO_LOCAL_DATE.format(rounded)
        : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(rounded);
  }
}
