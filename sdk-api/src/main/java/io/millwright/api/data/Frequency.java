package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often the values of a {@link Series} come, and after how many of them a season returns.
 * Periods have numbers without gaps, so that missing and repeated ones show; labels are for people
 * and files.
 *
 * @param step the length of one period
 * @param seasons the lengths of seasons in periods, each at least 2, rising; empty for none
 */
public record Frequency(Step step, List<Integer> seasons) {

  /** The length of one period, and how its label looks. */
  public enum Step {
    /** A year: {@code 2026}. */
    YEAR,
    /** A quarter: {@code 2026-Q3}. */
    QUARTER,
    /** A month: {@code 2026-07}. */
    MONTH,
    /** A week by ISO 8601, which begins on a Monday: {@code 2026-W05}. */
    WEEK,
    /** A day: {@code 2026-07-01}. */
    DAY,
    /** An hour: {@code 2026-07-01T13:00}. */
    HOUR,
    /** A number that counts on: {@code 17}. */
    COUNT
  }

  /** Years, without season. */
  public static final Frequency YEARLY = new Frequency(Step.YEAR, List.of());

  /** Quarters, with a season of a year. */
  public static final Frequency QUARTERLY = new Frequency(Step.QUARTER, List.of(4));

  /** Months, with a season of a year. */
  public static final Frequency MONTHLY = new Frequency(Step.MONTH, List.of(12));

  /** Weeks, with a season of a year. */
  public static final Frequency WEEKLY = new Frequency(Step.WEEK, List.of(52));

  /** Days, with a season of a week. */
  public static final Frequency DAILY = new Frequency(Step.DAY, List.of(7));

  /** Hours, with seasons of a day and a week. */
  public static final Frequency HOURLY = new Frequency(Step.HOUR, List.of(24, 168));

  /** Numbered periods, without season. */
  public static final Frequency COUNTED = new Frequency(Step.COUNT, List.of());

  private static final Pattern YEAR = Pattern.compile("(-?[0-9]{1,6})");
  private static final Pattern QUARTER = Pattern.compile("([0-9]{4})[- ]?[Qq]([1-4])");
  private static final Pattern MONTH = Pattern.compile("([0-9]{4})[-/Mm]([0-9]{1,2})");
  private static final Pattern WEEK = Pattern.compile("([0-9]{4})[- ]?[Ww]([0-9]{1,2})");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIME =
      Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2})(?::00(?::00(?:\\.0+)?)?)?Z?");

  /** Day 0 of 1970 was a Thursday: the first Monday of the count. */
  private static final LocalDate FIRST_MONDAY = LocalDate.of(1969, 12, 29);

  /** Checks and copies. */
  public Frequency {
    Objects.requireNonNull(step, "step");
    seasons = List.copyOf(seasons);
    int last = 1;
    for (int length : seasons) {
      if (length <= last) {
        throw new IllegalArgumentException(
            "seasons are " + seasons + ", but must rise and be at least 2");
      }
      last = length;
    }
  }

  /**
   * The same periods with other seasons.
   *
   * @param lengths the lengths in periods, rising; none for no season
   * @return the new frequency
   */
  public Frequency seasons(Integer... lengths) {
    return new Frequency(step, List.of(lengths));
  }

  /**
   * The number of a period. Years count from the year 0, quarters and months from its first, weeks,
   * days and hours from 1970.
   *
   * @param label the label as {@link #label} writes it; for quarters, months and weeks also a date
   *     within
   * @return the number
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} when it is no such label
   */
  public long number(String label) {
    String text = label.trim();
    try {
      return switch (step) {
        case YEAR -> year(text);
        case QUARTER -> quarter(text);
        case MONTH -> month(text);
        case WEEK -> week(text);
        case DAY -> date(text).toEpochDay();
        case HOUR -> hour(text);
        case COUNT -> Long.parseLong(text);
      };
    } catch (DateTimeException | NumberFormatException e) {
      throw bad(label);
    }
  }

  private long year(String text) {
    return YEAR.matcher(text).matches() ? Long.parseLong(text) : date(text).getYear();
  }

  private long quarter(String text) {
    Matcher m = QUARTER.matcher(text);
    if (m.matches()) {
      return Long.parseLong(m.group(1)) * 4 + Long.parseLong(m.group(2)) - 1;
    }
    return Math.floorDiv(month(text), 3L);
  }

  private long month(String text) {
    Matcher m = MONTH.matcher(text);
    if (m.matches()) {
      long month = Long.parseLong(m.group(2));
      if (month < 1 || month > 12) {
        throw bad(text);
      }
      return Long.parseLong(m.group(1)) * 12 + month - 1;
    }
    LocalDate day = date(text);
    return day.getYear() * 12L + day.getMonthValue() - 1;
  }

  private long week(String text) {
    Matcher m = WEEK.matcher(text);
    if (!m.matches()) {
      return Math.floorDiv(ChronoUnit.DAYS.between(FIRST_MONDAY, date(text)), 7L);
    }
    int week = Integer.parseInt(m.group(2));
    LocalDate inside = LocalDate.of(Integer.parseInt(m.group(1)), 1, 4);
    if (week < 1 || week > IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(inside).getMaximum()) {
      throw bad(text);
    }
    LocalDate monday = inside.with(DayOfWeek.MONDAY).plusWeeks(week - 1L);
    return ChronoUnit.DAYS.between(FIRST_MONDAY, monday) / 7;
  }

  private long hour(String text) {
    Matcher m = TIME.matcher(text);
    if (m.matches()) {
      int hour = Integer.parseInt(m.group(2));
      if (hour > 23) {
        throw bad(text);
      }
      return LocalDate.parse(m.group(1)).toEpochDay() * 24 + hour;
    }
    return date(text).toEpochDay() * 24;
  }

  private LocalDate date(String text) {
    if (!DAY.matcher(text).matches()) {
      throw bad(text);
    }
    return LocalDate.parse(text);
  }

  private MillwrightException bad(String label) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE,
        "\""
            + label
            + "\" is no "
            + step.name().toLowerCase(Locale.ROOT)
            + "\nMaybe write it like "
            + label(example()));
  }

  /** The number of some period of our days, for examples. */
  private long example() {
    return switch (step) {
      case YEAR -> 2026;
      case QUARTER -> 2026 * 4L;
      case MONTH -> 2026 * 12L;
      case WEEK -> 2923;
      case DAY -> 20454;
      case HOUR -> 20454 * 24L;
      case COUNT -> 17;
    };
  }

  /**
   * The label of a period.
   *
   * @param number its number
   * @return the label
   */
  public String label(long number) {
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
      case HOUR -> {
        LocalDateTime time =
            LocalDate.ofEpochDay(Math.floorDiv(number, 24L))
                .atTime((int) Math.floorMod(number, 24L), 0);
        yield time.toString();
      }
    };
  }

  /**
   * The frequency that a list of labels has, by how they look and how far apart they stand: dates a
   * week apart are weeks, dates on different months' same days are months, and so on.
   *
   * @param labels labels in any order, with repetitions
   * @return the frequency with its usual seasons
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} when they are of no kind
   */
  public static Frequency of(List<String> labels) {
    if (labels.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, "there are no periods\nMaybe the file has a header only");
    }
    if (all(labels, QUARTER)) {
      return QUARTERLY;
    }
    if (all(labels, MONTH)) {
      return coarser(labels);
    }
    if (all(labels, WEEK)) {
      return WEEKLY;
    }
    if (all(labels, YEAR)) {
      boolean years = labels.stream().allMatch(l -> l.trim().matches("(1[5-9]|2[01])[0-9]{2}"));
      return years ? YEARLY : COUNTED;
    }
    if (all(labels, DAY)) {
      return ofDates(labels);
    }
    if (all(labels, TIME)) {
      return HOURLY;
    }
    throw new MillwrightException(
        ErrorCode.BAD_VALUE,
        "the periods \""
            + labels.get(0)
            + "\" and so on are of no kind that is known\n"
            + "Maybe write years, 2026-Q3, 2026-07, 2026-W05, 2026-07-01, 2026-07-01T13:00, or"
            + " whole numbers");
  }

  private static boolean all(List<String> labels, Pattern pattern) {
    return labels.stream().allMatch(l -> pattern.matcher(l.trim()).matches());
  }

  /** Months that are three apart are quarters. */
  private static Frequency coarser(List<String> labels) {
    long gap = MONTHLY.smallestGap(labels);
    return gap == 3 ? QUARTERLY : MONTHLY;
  }

  private static Frequency ofDates(List<String> labels) {
    long gap = DAILY.smallestGap(labels);
    if (gap < 7) {
      return DAILY;
    }
    if (gap < 28) {
      return WEEKLY;
    }
    if (gap < 85) {
      return MONTHLY;
    }
    return gap < 350 ? QUARTERLY : YEARLY;
  }

  /** The least distance of different periods; 1 when there is only one. */
  private long smallestGap(List<String> labels) {
    long[] numbers = labels.stream().mapToLong(this::number).distinct().sorted().toArray();
    long gap = Long.MAX_VALUE;
    for (int i = 1; i < numbers.length; i++) {
      gap = Math.min(gap, numbers[i] - numbers[i - 1]);
    }
    return numbers.length < 2 ? 1 : gap;
  }
}
