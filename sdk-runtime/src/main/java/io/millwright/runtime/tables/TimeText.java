package io.millwright.runtime.tables;

import io.millwright.api.data.CsvFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How dates and times are written: by the patterns that are stated, or else in the order of year,
 * month and day that a cell allows. Immutable.
 */
final class TimeText {

  /** Year, month, day. */
  static final int YMD = 1;

  /** Day, month, year. */
  static final int DMY = 2;

  /** Month, day, year. */
  static final int MDY = 4;

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{1,4})([-/.\u5E74])(\\d{1,2})([-/.\u6708])(\\d{1,4})\u65E5?"
              + "(?:(?:\\s*T|\\s+)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*(Z|z|[+-]\\d{2}(?::?\\d{2})?)?)?");

  private static final Pattern MONTH =
      Pattern.compile("(\\d{4})\\s*\u5E74\\s*(\\d{1,2})\\s*\u6708");

  private final List<String> patterns;
  private final List<DateTimeFormatter> stated;
  private final @Nullable ZoneId zone;

  TimeText(CsvFormat format) {
    patterns = format.dates();
    stated = patterns.stream().map(p -> DateTimeFormatter.ofPattern(p, Locale.ROOT)).toList();
    zone = format.zone().orElse(null);
  }

  /**
   * A date or time as it is written.
   *
   * @param local date and time of day
   * @param offset the offset that it carries; null for none
   * @param day whether it is a date without a time of day
   */
  record Written(LocalDateTime local, @Nullable ZoneOffset offset, boolean day) {}

  /** {@code 2024-01} for {@code 2024年1月}; null for anything else. */
  static @Nullable String month(String text) {
    int n = text.length();
    if (n < 7 || text.charAt(n - 1) != '\u6708') {
      return null;
    }
    Matcher m = MONTH.matcher(text);
    if (!m.matches()) {
      return null;
    }
    int month = Integer.parseInt(m.group(2));
    return month < 1 || month > 12
        ? null
        : String.format(Locale.ROOT, "%s-%02d", m.group(1), month);
  }

  /** The orders, or with stated patterns the patterns, as bits, in which a text is a time. */
  int orders(String text) {
    if (text.length() < 4 || text.length() > 64) {
      return 0;
    }
    int orders = 0;
    if (!stated.isEmpty()) {
      for (int i = 0; i < Math.min(30, stated.size()); i++) {
        orders |= stated(text, stated.get(i)) == null ? 0 : 1 << i;
      }
      return orders;
    }
    char first = text.charAt(0);
    if (first < '0' || first > '9' || text.length() < 8) {
      return 0;
    }
    Matcher m = TIME.matcher(text);
    if (!m.matches()) {
      return 0;
    }
    for (int order = YMD; order <= MDY; order <<= 1) {
      orders |= written(m, order) == null ? 0 : order;
    }
    return orders;
  }

  /** A text in an order that {@link #orders} gave; null when it is no such time. */
  @Nullable Written written(String text, int order) {
    if (!stated.isEmpty()) {
      for (int i = 0; i < stated.size(); i++) {
        Written found = stated(text, stated.get(i));
        if (found != null) {
          return found;
        }
      }
      return null;
    }
    Matcher m = TIME.matcher(text);
    return m.matches() ? written(m, order) : null;
  }

  private static @Nullable Written written(Matcher m, int order) {
    String a = m.group(1);
    String c = m.group(5);
    char mark = m.group(2).charAt(0);
    boolean chinese = mark == '\u5E74';
    if (chinese != (m.group(4).charAt(0) == '\u6708')
        || (!chinese && !m.group(2).equals(m.group(4)))) {
      return null;
    }
    boolean yearFirst = a.length() == 4 && c.length() <= 2;
    boolean yearLast = c.length() == 4 && a.length() <= 2 && !chinese;
    boolean possible = order == YMD ? yearFirst : yearLast && (order == DMY || mark != '.');
    if (!possible) {
      return null;
    }
    int one = Integer.parseInt(a);
    int two = Integer.parseInt(m.group(3));
    int three = Integer.parseInt(c);
    try {
      LocalDate date =
          order == YMD
              ? LocalDate.of(one, two, three)
              : order == DMY ? LocalDate.of(three, two, one) : LocalDate.of(three, one, two);
      if (m.group(6) == null) {
        return new Written(date.atStartOfDay(), null, true);
      }
      int second = m.group(8) == null ? 0 : Integer.parseInt(m.group(8));
      String fraction = m.group(9);
      int nano = fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
      LocalDateTime local =
          date.atTime(Integer.parseInt(m.group(6)), Integer.parseInt(m.group(7)), second, nano);
      String offset = m.group(10);
      return new Written(
          local, offset == null ? null : ZoneOffset.of(offset.toUpperCase(Locale.ROOT)), false);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Written stated(String text, DateTimeFormatter pattern) {
    try {
      TemporalAccessor found =
          pattern.parseBest(
              text,
              ZonedDateTime::from,
              OffsetDateTime::from,
              LocalDateTime::from,
              LocalDate::from,
              YearMonth::from);
      if (found instanceof ZonedDateTime z) {
        return new Written(z.toLocalDateTime(), z.getOffset(), false);
      }
      if (found instanceof OffsetDateTime o) {
        return new Written(o.toLocalDateTime(), o.getOffset(), false);
      }
      if (found instanceof LocalDateTime l) {
        return new Written(l, null, false);
      }
      LocalDate date = found instanceof YearMonth m ? m.atDay(1) : (LocalDate) found;
      return new Written(date.atStartOfDay(), null, true);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** How an order, or the stated patterns, are called. */
  String name(int order) {
    if (!stated.isEmpty()) {
      return "the stated pattern " + String.join(" or ", patterns);
    }
    return order == YMD
        ? "year, month, day"
        : order == DMY ? "day, month, year" : "month, day, year";
  }

  /**
   * Makes instants of times, row by row. Of a local hour that stands for two instants, in autumn,
   * the earlier is meant unless the row before was not earlier than that, so that a column that
   * runs in order is read right. Not thread-safe.
   */
  final class Clock {
    private static final long HALF_A_DAY = 12 * 3_600_000L;
    private long before = Long.MIN_VALUE;
    private long repeated;

    /**
     * The instant of a time, in milliseconds.
     *
     * @throws DateTimeException when it stands for no instant, or for two without a way to choose
     */
    long millis(Written written) {
      long at = instant(written);
      repeated += at == before ? 1 : 0;
      before = at;
      return at;
    }

    private long instant(Written written) {
      if (written.offset() != null) {
        return written.local().toInstant(written.offset()).toEpochMilli();
      }
      if (zone == null || written.day()) {
        return written.local().toInstant(ZoneOffset.UTC).toEpochMilli();
      }
      List<ZoneOffset> offsets = zone.getRules().getValidOffsets(written.local());
      if (offsets.isEmpty()) {
        throw new DateTimeException(
            written.local() + " does not exist in " + zone + ", where clocks went forward");
      }
      long early = written.local().toInstant(offsets.get(0)).toEpochMilli();
      if (offsets.size() == 1) {
        return early;
      }
      if (repeated > 0) {
        throw new DateTimeException(
            written.local()
                + " stands for two instants in "
                + zone
                + ", and rows that share a time do not say which");
      }
      boolean second = before != Long.MIN_VALUE && before >= early && before - early < HALF_A_DAY;
      Instant late = written.local().toInstant(offsets.get(1));
      return second ? late.toEpochMilli() : early;
    }
  }
}
