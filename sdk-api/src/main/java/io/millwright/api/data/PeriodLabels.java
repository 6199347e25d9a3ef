package io.millwright.api.data;

import io.millwright.api.data.Frequency.Step;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How periods are written: labels to numbers of single steps, and back. */
final class PeriodLabels {

  private static final Pattern YEAR = Pattern.compile("(-?[0-9]{1,6})年?");
  private static final Pattern QUARTER =
      Pattern.compile("([0-9]{4})(?:[- ]?[Qq]|年第?)([1-4])(?:季度?)?");
  private static final Pattern QUARTER_FIRST = Pattern.compile("[Qq]([1-4])[- /]([0-9]{4})");
  private static final Pattern MONTH =
      Pattern.compile("([0-9]{4})(?:[-/Mm.]|年)([0-9]{1,2})月?|([0-9]{4})([0-9]{2})");
  private static final Pattern MONTH_FIRST = Pattern.compile("0?([0-9]{1,2})[-/.]([0-9]{4})");
  private static final Pattern MONTH_NAMED =
      Pattern.compile(
          "([0-9]{4})[- ](\\p{L}{3})\\p{L}*|(\\p{L}{3})\\p{L}*(?:[- ]|\\. )([0-9]{4}|[0-9]{2})");
  private static final Pattern WEEK =
      Pattern.compile("([0-9]{4})(?:[- /]?(?:[Ww]|[KC]W) ?|年第?)([0-9]{1,2})(?:周)?");
  private static final Pattern WEEK_FIRST =
      Pattern.compile("(?:[Ww]|[KC]W) ?([0-9]{1,2})[-/ .]([0-9]{4})");
  private static final Pattern DATE =
      Pattern.compile("([0-9]{4})(?:([-/])|年)([0-9]{1,2})(?:\\2|月)([0-9]{1,2})日?");
  private static final Pattern DATE_TIGHT = Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})");
  private static final Pattern DATE_LAST =
      Pattern.compile("([0-9]{1,2})\\.([0-9]{1,2})\\.([0-9]{4}|[0-9]{2})");
  private static final Pattern DATE_NAMED =
      Pattern.compile("([0-9]{1,2})[-/. ]{1,2}(\\p{L}{3})\\p{L}*[-/. ]{1,2}([0-9]{4}|[0-9]{2})");

  /** Seconds or milliseconds since 1970, of the years 2001 to 2039. */
  private static final Pattern EPOCH = Pattern.compile("([12][0-9]{9})(000)?");

  private static final long LAST_SECOND = 2_208_988_800L;
  private static final Pattern SERIAL = Pattern.compile("([2-7][0-9]{4})(?:\\.0+)?");
  private static final Pattern TIME =
      Pattern.compile(
          "(.+?)[T ]([0-9]{1,2}):([0-9]{2})(?::00(?:\\.0+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?");

  /** The beginnings of the months' names, in English and German. */
  private static final List<Set<String>> NAMES =
      List.of(
          Set.of("jan"),
          Set.of("feb"),
          Set.of("mar", "m\u00E4r", "mrz"),
          Set.of("apr"),
          Set.of("may", "mai"),
          Set.of("jun"),
          Set.of("jul"),
          Set.of("aug"),
          Set.of("sep"),
          Set.of("oct", "okt"),
          Set.of("nov"),
          Set.of("dec", "dez"));

  /** Day 0 of 1970 was a Thursday: the first Monday of the count. */
  private static final LocalDate FIRST_MONDAY = LocalDate.of(1969, 12, 29);

  /** Spreadsheets count days from here. */
  private static final LocalDate SERIAL_ZERO = LocalDate.of(1899, 12, 30);

  /** What a label looks like. */
  enum Shape {
    QUARTER,
    MONTH,
    WEEK,
    /** A whole number: a year, a month, a date, a spreadsheet's day, or a count. */
    WHOLE,
    DATE,
    TIME,
    NONE
  }

  private PeriodLabels() {}

  /** Full-width digits and marks as plain ones. */
  static String plain(String label) {
    String text = label.trim();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).trim();
      }
    }
    return text;
  }

  static Shape shape(String text) {
    if (text.matches("-?[0-9]{1,18}") || text.matches("[0-9]{4}年")) {
      return Shape.WHOLE;
    }
    if (text.contains(":")) {
      return number(Step.MINUTE, text).isPresent() ? Shape.TIME : Shape.NONE;
    }
    if (day(text).isPresent()) {
      return Shape.DATE;
    }
    if (QUARTER.matcher(text).matches() && !WEEK.matcher(text).matches()
        || text.matches("[0-9]{4}(?:[- ]?[Qq]|年第?[1-4]季).*")
        || QUARTER_FIRST.matcher(text).matches()) {
      return Shape.QUARTER;
    }
    if (month(text).isPresent()) {
      return Shape.MONTH;
    }
    boolean week = WEEK.matcher(text).matches() || WEEK_FIRST.matcher(text).matches();
    return week ? Shape.WEEK : Shape.NONE;
  }

  /** The number of a label's step; empty when it is no such label. */
  static OptionalLong number(Step step, String text) {
    try {
      return switch (step) {
        case YEAR -> year(text);
        case QUARTER -> quarter(text);
        case MONTH -> month(text);
        case WEEK -> week(text);
        case DAY -> day(text);
        case WORKDAY -> workday(text);
        case HOUR -> whole(minute(text), 60);
        case MINUTE -> minute(text);
        case COUNT -> OptionalLong.of(Long.parseLong(text));
      };
    } catch (DateTimeException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong whole(OptionalLong minutes, long size) {
    return minutes.isPresent() && Math.floorMod(minutes.getAsLong(), size) == 0
        ? OptionalLong.of(Math.floorDiv(minutes.getAsLong(), size))
        : OptionalLong.empty();
  }

  private static OptionalLong year(String text) {
    Matcher m = YEAR.matcher(text);
    if (m.matches()) {
      return OptionalLong.of(Long.parseLong(m.group(1)));
    }
    OptionalLong day = day(text);
    return day.isPresent()
        ? OptionalLong.of(LocalDate.ofEpochDay(day.getAsLong()).getYear())
        : OptionalLong.empty();
  }

  private static OptionalLong quarter(String text) {
    Matcher m = QUARTER.matcher(text);
    if (m.matches()) {
      return OptionalLong.of(Long.parseLong(m.group(1)) * 4 + Long.parseLong(m.group(2)) - 1);
    }
    Matcher f = QUARTER_FIRST.matcher(text);
    if (f.matches()) {
      return OptionalLong.of(Long.parseLong(f.group(2)) * 4 + Long.parseLong(f.group(1)) - 1);
    }
    OptionalLong month = month(text);
    return month.isPresent()
        ? OptionalLong.of(Math.floorDiv(month.getAsLong(), 3L))
        : OptionalLong.empty();
  }

  private static OptionalLong month(String text) {
    Matcher m = MONTH.matcher(text);
    if (m.matches()) {
      return m.group(1) != null ? month(m.group(1), m.group(2)) : month(m.group(3), m.group(4));
    }
    Matcher f = MONTH_FIRST.matcher(text);
    if (f.matches()) {
      return month(f.group(2), f.group(1));
    }
    Matcher n = MONTH_NAMED.matcher(text);
    if (n.matches()) {
      String name = n.group(2) != null ? n.group(2) : n.group(3);
      return month(whole(n.group(1) != null ? n.group(1) : n.group(4)), monthOf(name));
    }
    OptionalLong day = day(text);
    if (day.isEmpty()) {
      return day;
    }
    LocalDate date = LocalDate.ofEpochDay(day.getAsLong());
    return OptionalLong.of(date.getYear() * 12L + date.getMonthValue() - 1);
  }

  /** The number of a month by the beginning of its name; 0 when it is none. */
  private static String monthOf(String name) {
    String begins = name.toLowerCase(Locale.ROOT);
    int month = 0;
    while (month < NAMES.size() && !NAMES.get(month).contains(begins)) {
      month++;
    }
    return Integer.toString(month < NAMES.size() ? month + 1 : 0);
  }

  /** A year of two digits as one of four. */
  private static String whole(String year) {
    return year.length() > 2 ? year : (year.compareTo("70") < 0 ? "20" : "19") + year;
  }

  private static OptionalLong month(String year, String month) {
    long number = Long.parseLong(month);
    return number < 1 || number > 12
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(year) * 12 + number - 1);
  }

  private static OptionalLong week(String text) {
    Matcher f = WEEK_FIRST.matcher(text);
    if (f.matches()) {
      return week(f.group(2), f.group(1));
    }
    Matcher m = WEEK.matcher(text);
    if (m.matches()) {
      return week(m.group(1), m.group(2));
    }
    OptionalLong day = day(text);
    return day.isEmpty()
        ? day
        : OptionalLong.of(Math.floorDiv(day.getAsLong() - FIRST_MONDAY.toEpochDay(), 7L));
  }

  private static OptionalLong week(String year, String number) {
    int week = Integer.parseInt(number);
    LocalDate inside = LocalDate.of(Integer.parseInt(year), 1, 4);
    if (week < 1 || week > IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(inside).getMaximum()) {
      return OptionalLong.empty();
    }
    LocalDate monday = inside.with(DayOfWeek.MONDAY).plusWeeks(week - 1L);
    return OptionalLong.of(ChronoUnit.DAYS.between(FIRST_MONDAY, monday) / 7);
  }

  /** Days of 1970; also of a date with a time, and of a spreadsheet's number of five digits. */
  private static OptionalLong day(String text) {
    Matcher t = TIME.matcher(text);
    String date = t.matches() ? t.group(1) : text;
    Matcher m = DATE.matcher(date);
    if (m.matches()) {
      return day(m.group(1), m.group(3), m.group(4));
    }
    Matcher tight = DATE_TIGHT.matcher(date);
    if (tight.matches()) {
      return day(tight.group(1), tight.group(2), tight.group(3));
    }
    Matcher last = DATE_LAST.matcher(date);
    if (last.matches()) {
      return day(whole(last.group(3)), last.group(2), last.group(1));
    }
    Matcher named = DATE_NAMED.matcher(date);
    if (named.matches()) {
      return day(whole(named.group(3)), monthOf(named.group(2)), named.group(1));
    }
    OptionalLong epoch = epoch(date);
    if (epoch.isPresent()) {
      return whole(epoch, 1440);
    }
    Matcher serial = SERIAL.matcher(date);
    return serial.matches()
        ? OptionalLong.of(SERIAL_ZERO.toEpochDay() + Long.parseLong(serial.group(1)))
        : OptionalLong.empty();
  }

  /** The minutes of whole seconds or milliseconds since 1970; empty for anything else. */
  static OptionalLong epoch(String text) {
    Matcher m = EPOCH.matcher(text);
    if (!m.matches()) {
      return OptionalLong.empty();
    }
    long seconds = Long.parseLong(m.group(1));
    return seconds < LAST_SECOND ? whole(OptionalLong.of(seconds), 60) : OptionalLong.empty();
  }

  private static OptionalLong day(String year, String month, String day) {
    try {
      return OptionalLong.of(
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day))
              .toEpochDay());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  /** Mondays to Fridays counted from the first Monday; a weekend is none. */
  private static OptionalLong workday(String text) {
    OptionalLong day = day(text);
    if (day.isEmpty()) {
      return day;
    }
    long since = day.getAsLong() - FIRST_MONDAY.toEpochDay();
    long weekday = Math.floorMod(since, 7L);
    return weekday > 4
        ? OptionalLong.empty()
        : OptionalLong.of(Math.floorDiv(since, 7L) * 5 + weekday);
  }

  /** Minutes of 1970; those of a time with an offset in universal time. */
  private static OptionalLong minute(String text) {
    OptionalLong epoch = epoch(text);
    if (epoch.isPresent()) {
      return epoch;
    }
    OptionalLong day = day(text);
    Matcher m = TIME.matcher(text);
    if (day.isEmpty() || !m.matches()) {
      return day.isEmpty() || text.contains(":")
          ? OptionalLong.empty()
          : OptionalLong.of(day.getAsLong() * 1440);
    }
    int hour = Integer.parseInt(m.group(2));
    int minute = Integer.parseInt(m.group(3));
    if (hour > 23 || minute > 59) {
      return OptionalLong.empty();
    }
    long offset = 0;
    if (m.group(4) != null && !m.group(4).equals("Z")) {
      String digits = m.group(4).replace(":", "");
      offset = Long.parseLong(digits.substring(1, 3)) * 60 + Long.parseLong(digits.substring(3));
      offset = digits.charAt(0) == '-' ? -offset : offset;
    }
    return OptionalLong.of(day.getAsLong() * 1440 + hour * 60L + minute - offset);
  }

  /** The label of a number. */
  static String label(Step step, long number) {
    return switch (step) {
      case YEAR, COUNT -> Long.toString(number);
      case QUARTER -> Math.floorDiv(number, 4L) + "-Q" + (Math.floorMod(number, 4L) + 1);
      case MONTH ->
          String.format(
              Locale.ROOT, "%d-%02d", Math.floorDiv(number, 12L), Math.floorMod(number, 12L) + 1);
      case WEEK -> {
        LocalDate monday = FIRST_MONDAY.plusDays(7 * number);
        yield String.format(
            Locale.ROOT,
            "%d-W%02d",
            monday.get(IsoFields.WEEK_BASED_YEAR),
            monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      }
      case DAY -> LocalDate.ofEpochDay(number).toString();
      case WORKDAY ->
          FIRST_MONDAY
              .plusDays(Math.floorDiv(number, 5L) * 7 + Math.floorMod(number, 5L))
              .toString();
      case HOUR -> label(Step.MINUTE, number * 60);
      case MINUTE ->
          LocalDate.ofEpochDay(Math.floorDiv(number, 1440L))
              .atTime((int) (Math.floorMod(number, 1440L) / 60), (int) Math.floorMod(number, 60L))
              .toString();
    };
  }

  /** The number of some period of our days, for examples. */
  static long example(Step step) {
    return switch (step) {
      case YEAR -> 2026;
      case QUARTER -> 2026 * 4L;
      case MONTH -> 2026 * 12L;
      case WEEK -> 2923;
      case DAY -> 20458;
      case WORKDAY -> 14615;
      case HOUR -> 20458 * 24L;
      case MINUTE -> 20458 * 1440L;
      case COUNT -> 17;
    };
  }
}
