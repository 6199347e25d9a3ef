package io.millwright.runtime.tables;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times that are written as digits alone: counted since 1970, or eight digits of a date. */
final class TimeDigits {

  private static final long FIRST_SECOND = 946_684_800L;
  private static final long LAST_SECOND = 2_208_988_800L;
  private static final int LONGEST = 19;
  private static final int LONGEST_FRACTION = 10;

  private TimeDigits() {}

  /**
   * The orders of digits alone, in which a text may be a time where one is wanted: seconds (with a
   * fraction too), milli-, micro- or nanoseconds since 1970, of the years 2000 to 2039, and eight
   * digits of a date.
   */
  static int orders(String text) {
    int n = text.length();
    int point = text.indexOf('.');
    int whole = point < 0 ? n : point;
    if (whole < 8 || whole > LONGEST || n - whole > LONGEST_FRACTION) {
      return 0;
    }
    for (int i = 0; i < n; i++) {
      if (i != point && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
        return 0;
      }
    }
    if (whole == 8) {
      return point < 0 && tight(text) != null ? TimeText.TIGHT : 0;
    }
    double value = Double.parseDouble(text);
    double unit = 1;
    for (int order = TimeText.SECONDS;
        order <= TimeText.NANOS;
        order = order == TimeText.MILLIS ? TimeText.MICROS : order << 1) {
      boolean ours = value >= unit * FIRST_SECOND && value < unit * LAST_SECOND;
      if (ours && (point < 0 || order == TimeText.SECONDS)) {
        return order;
      }
      unit *= 1000;
    }
    return 0;
  }

  /** The instant of digits alone, in milliseconds, in an order that {@link #orders} gave. */
  static long millis(String text, int order) {
    int point = text.indexOf('.');
    long whole = Long.parseLong(point < 0 ? text : text.substring(0, point));
    String part = point < 0 ? "" : text.substring(point + 1);
    return switch (order) {
      case TimeText.SECONDS -> 1000 * whole + Long.parseLong((part + "000").substring(0, 3));
      case TimeText.MICROS -> whole / 1000;
      case TimeText.NANOS -> whole / 1_000_000;
      default -> whole;
    };
  }

  /** The time in an order that {@link #orders} gave; null when it is none. */
  static TimeText.@Nullable Written written(String text, int order) {
    if (order == TimeText.TIGHT) {
      return tight(text);
    }
    return new TimeText.Written(
        LocalDateTime.ofInstant(Instant.ofEpochMilli(millis(text, order)), ZoneOffset.UTC),
        ZoneOffset.UTC,
        false);
  }

  private static TimeText.@Nullable Written tight(String text) {
    try {
      LocalDate date = LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
      boolean ours = date.getYear() >= 1900 && date.getYear() < 2100;
      return ours ? new TimeText.Written(date.atStartOfDay(), null, true) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
