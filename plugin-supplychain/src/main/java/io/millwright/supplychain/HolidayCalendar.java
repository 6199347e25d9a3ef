package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Frequency;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holidays by rule, as calendar covariates (dummy variables). A rule is {@code 12-25} (a day of the
 * year), {@code easter-2} or {@code easter+39} (days from Easter Sunday of the Gregorian calendar,
 * by the algorithm of Meeus, Jones and Butcher), {@code 4 thu nov} or {@code last mon may} (a
 * weekday of a month), or {@code 2026-02-17} (one date, for holidays that no rule gives). With a
 * name before an equals sign, several rules can share a name: {@code Christmas=12-25}. Immutable
 * and thread-safe.
 */
public final class HolidayCalendar {

  private static final Pattern FIXED = Pattern.compile("(\\d{2}-\\d{2})");
  private static final Pattern EASTER = Pattern.compile("easter([+-]\\d{1,3})?");
  private static final Pattern WEEKDAY =
      Pattern.compile("([1-5]|last) (mon|tue|wed|thu|fri|sat|sun) ([a-z]{3})");

  private final SortedMap<String, List<IntFunction<List<LocalDate>>>> rules;

  private HolidayCalendar(SortedMap<String, List<IntFunction<List<LocalDate>>>> rules) {
    this.rules = rules;
  }

  /**
   * Reads rules.
   *
   * @param rules one text for each; at least one
   * @return the calendar
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION}, naming a rule that is none
   */
  public static HolidayCalendar of(String... rules) {
    SortedMap<String, List<IntFunction<List<LocalDate>>>> all = new TreeMap<>();
    for (String rule : rules) {
      int equals = rule.indexOf('=');
      String text = rule.substring(equals + 1).strip().toLowerCase(Locale.ROOT);
      String name = equals < 0 ? text : rule.substring(0, equals).strip();
      all.computeIfAbsent(name, k -> new ArrayList<>()).add(parse(rule, text));
    }
    if (all.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the calendar has no rule\nMaybe 12-25, easter-2 or 4 thu nov");
    }
    return new HolidayCalendar(all);
  }

  private static IntFunction<List<LocalDate>> parse(String rule, String text) {
    try {
      Matcher fixed = FIXED.matcher(text);
      if (fixed.matches()) {
        MonthDay day = MonthDay.parse("--" + fixed.group(1));
        return year -> day.isValidYear(year) ? List.of(day.atYear(year)) : List.of();
      }
      Matcher easter = EASTER.matcher(text);
      if (easter.matches()) {
        int days = easter.group(1) == null ? 0 : Integer.parseInt(easter.group(1));
        return year -> List.of(easter(year).plusDays(days));
      }
      Matcher weekday = WEEKDAY.matcher(text);
      if (weekday.matches()) {
        DayOfWeek day =
            Arrays.stream(DayOfWeek.values())
                .filter(d -> d.name().toLowerCase(Locale.ROOT).startsWith(weekday.group(2)))
                .findFirst()
                .orElseThrow();
        Month month =
            Arrays.stream(Month.values())
                .filter(m -> m.name().toLowerCase(Locale.ROOT).startsWith(weekday.group(3)))
                .findFirst()
                .orElseThrow(() -> bad(rule));
        int nth = weekday.group(1).equals("last") ? -1 : Integer.parseInt(weekday.group(1));
        return year -> {
          LocalDate date =
              LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(nth, day));
          return date.getMonth() == month ? List.of(date) : List.of();
        };
      }
      LocalDate date = LocalDate.parse(text);
      return year -> year == date.getYear() ? List.of(date) : List.of();
    } catch (DateTimeException e) {
      throw bad(rule);
    }
  }

  private static MillwrightException bad(String rule) {
    return new MillwrightException(
        ErrorCode.BAD_OPTION,
        "\"" + rule + "\" is no rule of a holiday\nMaybe 12-25, easter-2, 4 thu nov or 2026-02-17");
  }

  private static LocalDate easter(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int date = h + l - 7 * m + 114;
    return LocalDate.of(year, date / 31, date % 31 + 1);
  }

  /**
   * The days of one year.
   *
   * @param year the year, of the Gregorian calendar
   * @return the dates by the names of the holidays, rising
   */
  public SortedMap<String, List<LocalDate>> days(int year) {
    SortedMap<String, List<LocalDate>> days = new TreeMap<>();
    rules.forEach(
        (name, all) ->
            days.put(name, all.stream().flatMap(r -> r.apply(year).stream()).sorted().toList()));
    return days;
  }

  /**
   * Covariates for a stretch of periods: how many days of each holiday a period holds (1 or 0 where
   * a period is a day or less), by the holiday's name, {@code eve of a holiday} where periods are
   * days or less, and {@code working days} (Monday to Friday without holidays) where they are
   * longer than a week.
   *
   * @param frequency how long a period is; counted periods have no calendar
   * @param first the number of the first period, see {@link Frequency#number}
   * @param periods how many
   * @return one value for each period
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED} for counted periods
   */
  public SortedMap<String, List<Double>> covariates(Frequency frequency, long first, int periods) {
    if (frequency.step() == Frequency.Step.COUNT) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "counted periods have no calendar\nMaybe state the frequency, such as day or month");
    }
    boolean longer =
        switch (frequency.step()) {
          case YEAR, QUARTER, MONTH, WEEK -> true;
          case DAY, WORKDAY -> frequency.every() > 1;
          case HOUR, MINUTE -> false;
          default -> false;
        };
    boolean working =
        switch (frequency.step()) {
          case YEAR, QUARTER, MONTH -> true;
          default -> false;
        };
    SortedMap<String, List<Double>> covariates = new TreeMap<>();
    SortedMap<Integer, SortedMap<String, List<LocalDate>>> years = new TreeMap<>();
    for (int t = 0; t < periods; t++) {
      LocalDate from = day(frequency.label(first + t));
      LocalDate next = longer ? day(frequency.label(first + t + 1)) : from.plusDays(1);
      int off = 0;
      boolean eve = false;
      SortedMap<String, Double> counts = new TreeMap<>();
      rules.keySet().forEach(name -> counts.put(name, 0.0));
      for (int year = from.getYear(); year <= next.getYear(); year++) {
        for (var holiday : years.computeIfAbsent(year, this::days).entrySet()) {
          for (LocalDate date : holiday.getValue()) {
            if (!date.isBefore(from) && date.isBefore(next)) {
              counts.merge(holiday.getKey(), 1.0, Double::sum);
              off += date.getDayOfWeek().getValue() <= 5 ? 1 : 0;
            }
            eve |= date.equals(next);
          }
        }
      }
      counts.forEach(
          (name, count) -> covariates.computeIfAbsent(name, k -> new ArrayList<>()).add(count));
      if (!longer) {
        covariates.computeIfAbsent("eve of a holiday", k -> new ArrayList<>()).add(eve ? 1.0 : 0.0);
      } else if (working) {
        double days =
            from.datesUntil(next).filter(d -> d.getDayOfWeek().getValue() <= 5).count() - off;
        covariates.computeIfAbsent("working days", k -> new ArrayList<>()).add(days);
      }
    }
    return Collections.unmodifiableSortedMap(covariates);
  }

  /** The first day of a period, from its label. */
  private static LocalDate day(String label) {
    if (label.matches("\\d{4}")) {
      return LocalDate.of(Integer.parseInt(label), 1, 1);
    }
    if (label.matches("\\d{4}-Q\\d")) {
      return LocalDate.of(
          Integer.parseInt(label.substring(0, 4)), 3 * (label.charAt(6) - '0') - 2, 1);
    }
    if (label.matches("\\d{4}-W\\d{2}")) {
      return LocalDate.of(Integer.parseInt(label.substring(0, 4)), 1, 4)
          .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, Integer.parseInt(label.substring(6)))
          .with(DayOfWeek.MONDAY);
    }
    return LocalDate.parse(label.length() == 7 ? label + "-01" : label.substring(0, 10));
  }
}
