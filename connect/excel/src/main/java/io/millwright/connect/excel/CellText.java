package io.millwright.connect.excel;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
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

  /** A character that XML cannot hold as it is (ECMA-376, ST_Xstring). */
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private CellText() {}

  /**
   * The text of a cell; null for a formula that was never computed.
   *
   * @param mark the decimal mark of the text
   */
  static @Nullable String of(Cell cell, char mark) {
    if (cell.getType() == CellType.EMPTY) {
      return "";
    }
    if (cell.getType() == CellType.FORMULA && cell.getRawValue() == null) {
      return null;
    }
    String raw = Objects.requireNonNullElse(cell.getRawValue(), "");
    Object value = cell.getValue();
    if (value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof BigDecimal number) {
      String format = format(cell);
      return isTime(format)
          ? time(cell, number.doubleValue(), Objects.requireNonNull(format))
          : raw.replace('.', mark);
    }
    return unescaped(cell.getType() == CellType.STRING ? cell.getText() : raw);
  }

  private static String unescaped(@Nullable String text) {
    if (text == null) {
      return "";
    }
    return text.contains("_x")
        ? ESCAPED
            .matcher(text)
            .replaceAll(m -> Matcher.quoteReplacement("" + (char) Integer.parseInt(m.group(1), 16)))
            .replace("\r\n", "\n")
        : text;
  }

  /**
   * The format of a number. Of those that Excel knows by number alone, the dates and times of
   * China, Japan and Korea (27 to 36, 50 to 58) are not written into workbooks.
   */
  private static @Nullable String format(Cell cell) {
    String stated = cell.getDataFormatString();
    Integer id = cell.getDataFormatId();
    if (stated != null || id == null || id < 27 || (id > 36 && id < 50) || id > 58) {
      return stated;
    }
    return (id >= 32 && id <= 35) || id == 55 || id == 56 ? "yyyy-mm-dd h:mm" : "yyyy-mm-dd";
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
