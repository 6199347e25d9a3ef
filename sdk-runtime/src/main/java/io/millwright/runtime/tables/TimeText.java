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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

  /** The month by its name, and a year of four digits or behind it. */
  static final int NAMED = 8;

  /** From here on years have two digits: the same orders, shifted so far. */
  static final int SHORT = 4;

  /** Seconds since 1970, where times are wanted. */
  static final int SECONDS = 1 << 8;

  /** Milliseconds since 1970, where times are wanted. */
  static final int MILLIS = 1 << 9;

  /** Year, month and day in eight digits, where times are wanted. */
  static final int TIGHT = 1 << 10;

  /** Microseconds since 1970, where times are wanted. */
  static final int MICROS = 1 << 11;

  /** Nanoseconds since 1970, where times are wanted. */
  static final int NANOS = 1 << 12;

  /** Years of two digits before this one are of our century. */
  private static final int PIVOT = 70;

  private static final String CLOCK =
      "(?:(?:\\s*T|\\s+)(?:(\u4E0A\u5348|\u4E0B\u5348)\\s*)?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?"
          + "(?:\\s*([AaPp])\\.?[Mm]\\.?)?\\s*(Z|z|[+-]\\d{2}(?::?\\d{2})?)?)?";

  private static final Pattern TIME =
      Pattern.compile("(\\d{1,4})([-/.\u5E74])(\\d{1,2})([-/.\u6708])(\\d{1,4})\u65E5?" + CLOCK);

  private static final Pattern DAY_NAMED =
      Pattern.compile("(\\d{1,4})[-/. ]{1,2}(\\p{L}{3,9})[-/., ]{1,2}(\\d{1,4})" + CLOCK);

  private static final Pattern NAMED_DAY =
      Pattern.compile("(\\p{L}{3,9})\\.? (\\d{1,2}),? (\\d{4})" + CLOCK);

  /** The beginnings of the months' names, in English and German. */
  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("jan", 1),
          Map.entry("feb", 2),
          Map.entry("mar", 3),
          Map.entry("m\u00E4r", 3),
          Map.entry("apr", 4),
          Map.entry("may", 5),
          Map.entry("mai", 5),
          Map.entry("jun", 6),
          Map.entry("jul", 7),
          Map.entry("aug", 8),
          Map.entry("sep", 9),
          Map.entry("oct", 10),
          Map.entry("okt", 10),
          Map.entry("nov", 11),
          Map.entry("dec", 12),
          Map.entry("dez", 12));

  private static final Pattern WHOLE_NAMES =
      Pattern.compile(
          "(?i)jan(uary|uar)?|feb(ruary|ruar)?|mar(ch)?|m\u00E4r(z)?|apr(il)?|may|mai|june?|juni"
              + "|july?|juli|aug(ust)?|sept?(ember)?|o[ck]t(ober)?|nov(ember)?|de[cz](ember)?");

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

  /** Whether no pattern is stated. */
  boolean isGuessing() {
    return stated.isEmpty();
  }

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
    if (text.length() < 6) {
      return 0;
    }
    for (Matcher m : matchers(text)) {
      for (int order = YMD; order < SECONDS; order <<= 1) {
        orders |= written(m, order) == null ? 0 : order;
      }
    }
    return orders;
  }

  /** The patterns that a text fits: none or one. */
  private static List<Matcher> matchers(String text) {
    boolean digit = digit(text.charAt(0));
    if (digit || Character.isLetter(text.charAt(0))) {
      for (Pattern pattern : digit ? List.of(TIME, DAY_NAMED) : List.of(NAMED_DAY)) {
        Matcher m = pattern.matcher(text);
        if (m.matches()) {
          return List.of(m);
        }
      }
    }
    return List.of();
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
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
    if (order >= SECONDS) {
      return TimeDigits.orders(text) == order ? TimeDigits.written(text, order) : null;
    }
    if (text.isEmpty()) {
      return null;
    }
    for (Matcher m : matchers(text)) {
      return written(m, order);
    }
    return null;
  }

  private static @Nullable Written written(Matcher m, int order) {
    try {
      LocalDate date =
          m.pattern() == TIME
              ? inDigits(m, order)
              : m.pattern() == DAY_NAMED
                  ? named(m.group(1), m.group(2), m.group(3), order)
                  : named(m.group(2), m.group(1), m.group(3), order);
      if (date == null) {
        return null;
      }
      int at = m.groupCount() - 5;
      if (m.group(at) == null) {
        return new Written(date.atStartOfDay(), null, true);
      }
      int hour = Integer.parseInt(m.group(at));
      String half = m.group(at + 4) == null ? half(m.group(at - 1)) : m.group(at + 4);
      if (half != null) {
        if (hour < 1 || hour > 12) {
          return null;
        }
        hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
      }
      int second = m.group(at + 2) == null ? 0 : Integer.parseInt(m.group(at + 2));
      String fraction = m.group(at + 3);
      int nano = fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
      int minute = Integer.parseInt(m.group(at + 1));
      // 24:00 ends the day.
      boolean end = hour == 24 && half == null && minute + second + nano == 0;
      LocalDateTime local =
          end ? date.plusDays(1).atStartOfDay() : date.atTime(hour, minute, second, nano);
      String offset = m.group(at + 5);
      return new Written(
          local, offset == null ? null : ZoneOffset.of(offset.toUpperCase(Locale.ROOT)), false);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** In which half of the day an hour lies that Chinese words place. */
  private static @Nullable String half(@Nullable String words) {
    return words == null ? null : words.charAt(0) == '\u4E0A' ? "a" : "p";
  }

  private static @Nullable LocalDate inDigits(Matcher m, int order) {
    String a = m.group(1);
    String c = m.group(5);
    char mark = m.group(2).charAt(0);
    boolean chinese = mark == '\u5E74';
    if (chinese != (m.group(4).charAt(0) == '\u6708')
        || (!chinese && !m.group(2).equals(m.group(4)))) {
      return null;
    }
    boolean brief = order >= YMD << SHORT;
    int of = brief ? order >> SHORT : order;
    int one = Integer.parseInt(a);
    int two = Integer.parseInt(m.group(3));
    int three = Integer.parseInt(c);
    boolean possible;
    if (brief) {
      boolean short3 = !chinese && a.length() <= 2 && c.length() <= 2;
      boolean padded = a.length() == 2 && m.group(3).length() == 2 && c.length() == 2;
      possible =
          short3
              && switch (of) {
                case YMD -> a.length() == 2;
                case DMY -> c.length() == 2;
                // With points the day stands first; 1.2.24 may be no date at all.
                case MDY -> c.length() == 2 && (mark != '.' || !padded);
                default -> false;
              };
    } else {
      boolean yearFirst = a.length() == 4 && c.length() <= 2;
      boolean yearLast = c.length() == 4 && a.length() <= 2 && !chinese;
      possible =
          switch (of) {
            case YMD -> yearFirst;
            case DMY -> yearLast;
            case MDY -> yearLast && mark != '.';
            default -> false;
          };
    }
    if (!possible) {
      return null;
    }
    return of == YMD
        ? LocalDate.of(year(one, brief), two, three)
        : of == DMY
            ? LocalDate.of(year(three, brief), two, one)
            : LocalDate.of(year(three, brief), one, two);
  }

  private static @Nullable LocalDate named(String day, String name, String year, int order) {
    boolean brief = order == NAMED << SHORT;
    if ((!brief && order != NAMED) || !WHOLE_NAMES.matcher(name).matches()) {
      return null;
    }
    int month = Objects.requireNonNull(NAMES.get(name.substring(0, 3).toLowerCase(Locale.ROOT)));
    if (day.length() == 4 && year.length() <= 2 && !brief) {
      return LocalDate.of(Integer.parseInt(day), month, Integer.parseInt(year));
    }
    return day.length() <= 2 && year.length() == (brief ? 2 : 4)
        ? LocalDate.of(year(Integer.parseInt(year), brief), month, Integer.parseInt(day))
        : null;
  }

  private static int year(int written, boolean brief) {
    return !brief ? written : written < PIVOT ? 2000 + written : 1900 + written;
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
    boolean brief = order >= YMD << SHORT && order < SECONDS;
    String of =
        switch (brief ? order >> SHORT : order) {
          case YMD -> "year, month, day";
          case DMY -> "day, month, year";
          case MDY -> "month, day, year";
          case SECONDS -> "seconds since 1970";
          case MILLIS -> "milliseconds since 1970";
          case MICROS -> "microseconds since 1970";
          case NANOS -> "nanoseconds since 1970";
          case TIGHT -> "year, month, day in eight digits";
          default -> "a date with the month by its name";
        };
    return brief ? of + ", the year in two digits" : of;
  }

  /** The patterns that state the orders, such as {@code 'd/M/yy' or 'M/d/yy'}. */
  static String patterns(int orders, String cell) {
    String mark = cell.replaceFirst("^\\d+", "").substring(0, 1);
    List<String> all = new ArrayList<>();
    for (int order = DMY; order < SECONDS; order = order == MDY << SHORT ? SECONDS : next(order)) {
      if ((orders & order) != 0) {
        boolean brief = order >= YMD << SHORT;
        String year = brief ? "yy" : "yyyy";
        String pattern =
            switch (brief ? order >> SHORT : order) {
              case YMD -> year + mark + "MM" + mark + "dd";
              case DMY -> "d" + mark + "M" + mark + year;
              default -> "M" + mark + "d" + mark + year;
            };
        all.add("'" + pattern + (cell.contains(":") ? " H:mm" : "") + "'");
      }
    }
    return String.join(" or ", all);
  }

  private static int next(int order) {
    return order == MDY ? YMD << SHORT : order << 1;
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
