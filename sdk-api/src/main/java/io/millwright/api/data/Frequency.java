package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How often the values of a {@link Series} come, and after how many of them a season returns
 * (sampling frequency and seasonal period). Periods have numbers without gaps, so that missing and
 * repeated ones show; labels are for people and files.
 *
 * @param step the unit of a period's length
 * @param every how many units a period has, at least 1: 2 with weeks for fortnights, 15 with
 *     minutes for quarters of an hour
 * @param phase the remainder that a period's first unit leaves when it is divided by {@code every}
 * @param seasons the lengths of seasons in periods, each at least 2, rising; empty for none
 */
public record Frequency(Step step, int every, int phase, List<Integer> seasons) {

  /** The unit of a period's length, and how its label looks. */
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
    /** A day from Monday to Friday: {@code 2026-07-01}. */
    WORKDAY,
    /** An hour: {@code 2026-07-01T13:00}. */
    HOUR,
    /** A minute: {@code 2026-07-01T13:45}. */
    MINUTE,
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

  /** Working days from Monday to Friday, with a season of a week. */
  public static final Frequency WORKDAYS = new Frequency(Step.WORKDAY, List.of(5));

  /** Hours, with seasons of a day and a week. */
  public static final Frequency HOURLY = new Frequency(Step.HOUR, List.of(24, 168));

  /** Minutes, with seasons of a day and a week. */
  public static final Frequency MINUTES = new Frequency(Step.MINUTE, List.of(1440, 10080));

  /** Numbered periods, without season. */
  public static final Frequency COUNTED = new Frequency(Step.COUNT, List.of());

  /** Checks and copies. */
  public Frequency {
    Objects.requireNonNull(step, "step");
    if (every < 1 || phase < 0 || phase >= every) {
      throw new IllegalArgumentException(
          "a period has " + every + " units with the phase " + phase + ", but must have 1 or more");
    }
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
   * Periods of one unit.
   *
   * @param step the unit
   * @param seasons the lengths of seasons in periods, rising
   */
  public Frequency(Step step, List<Integer> seasons) {
    this(step, 1, 0, seasons);
  }

  /**
   * The same periods with other seasons.
   *
   * @param lengths the lengths in periods, rising; none for no season
   * @return the new frequency
   */
  public Frequency seasons(Integer... lengths) {
    return new Frequency(step, every, phase, List.of(lengths));
  }

  /**
   * Periods of several units, with the seasons that remain whole: fortnights of weeks, quarters of
   * an hour of minutes.
   *
   * @param units how many units a period has
   * @param phase the remainder of a period's first unit, see {@link #phase}
   * @return the new frequency
   */
  public Frequency every(int units, int phase) {
    List<Integer> whole =
        seasons.stream().filter(s -> s % units == 0 && s / units > 1).map(s -> s / units).toList();
    return new Frequency(step, units, phase, whole);
  }

  /**
   * The number of a period. Years count from the year 0, quarters and months from its first; weeks,
   * days, hours and minutes from 1970; several units to a period divide it. Times with an offset
   * are read in universal time, others as they stand.
   *
   * @param label the label as {@link #label} writes it, or in another usual form: {@code 202607},
   *     {@code 2026年7月}, {@code Jul 2026}, {@code 2026/07/01}, {@code 20260701}, {@code 1.7.2026},
   *     a spreadsheet's number of a day; for years to weeks also a date within
   * @return the number
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} when it is no such label
   */
  public long number(String label) {
    OptionalLong number = PeriodLabels.number(step, PeriodLabels.plain(label));
    if (number.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "\""
              + label
              + "\" is no "
              + PeriodGaps.name(step)
              + "\nMaybe write it like "
              + PeriodLabels.label(step, PeriodLabels.example(step)));
    }
    return Math.floorDiv(number.getAsLong() - phase, (long) every);
  }

  /**
   * The label of a period: that of its first unit.
   *
   * @param number its number
   * @return the label
   */
  public String label(long number) {
    return PeriodLabels.label(step, number * every + phase);
  }

  /**
   * The frequency that a list of labels has, by how they look and how far apart most of them stand:
   * dates a week apart are weeks, two weeks apart fortnights, dates on different months' same days
   * months, and so on. Nothing is guessed where that is not plain: a date that does not fit is
   * named, and where no distance is that of most the message asks for the frequency.
   *
   * @param labels labels in any order, with repetitions
   * @return the frequency with its usual seasons
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} when they are of no kind, of two,
   *     or a few do not fit
   */
  public static Frequency of(List<String> labels) {
    return PeriodGaps.of(labels);
  }

  /**
   * Whether a text looks like a period of any kind.
   *
   * @param label the text
   * @return true for a year, quarter, month, week, date, time or whole number
   */
  public static boolean isLabel(String label) {
    return PeriodLabels.shape(PeriodLabels.plain(label)) != PeriodLabels.Shape.NONE;
  }

  /** The same with the phase that most labels have, for a frequency stated by people. */
  Frequency phasedBy(List<String> labels) {
    if (every == 1) {
      return this;
    }
    List<Long> numbers =
        labels.stream()
            .map(l -> PeriodLabels.number(step, PeriodLabels.plain(l)))
            .filter(OptionalLong::isPresent)
            .map(OptionalLong::getAsLong)
            .toList();
    return new Frequency(step, every, PeriodGaps.phase(numbers, every), seasons);
  }

  /**
   * For people: such as {@code month}, {@code 2 weeks}.
   *
   * @return the length of a period
   */
  public String text() {
    return every == 1 ? PeriodGaps.name(step) : every + " " + PeriodGaps.name(step) + "s";
  }
}
