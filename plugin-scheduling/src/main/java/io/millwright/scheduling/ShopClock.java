package io.millwright.scheduling;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Civil time of a plant beside the ticks of its shop (time zones and their changes by the IANA time
 * zone database, as in {@code java.time}). Ticks are elapsed time, so the night on which clocks are
 * put forward has an hour of ticks less, and that on which they are put back one more. Immutable
 * and thread-safe.
 *
 * @param zero when tick 0 is, with its zone
 * @param tick how long a tick is, positive
 */
public record ShopClock(ZonedDateTime zero, Duration tick) {

  /**
   * A shift of a weekly plan, by the clock on the wall.
   *
   * @param days the days of the week on which it begins
   * @param from when it begins
   * @param to when it ends; not behind its begin, it ends on the next day
   */
  public record Shift(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

    /** Checks for nulls and copies. */
    public Shift {
      days = Set.copyOf(days);
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
    }
  }

  /** Checks. */
  public ShopClock {
    Objects.requireNonNull(zero, "zero");
    if (tick.isNegative() || tick.isZero()) {
      throw new IllegalArgumentException(
          "a tick is " + tick + ", but must be positive\nMaybe use Duration.ofMinutes(1)");
    }
  }

  /**
   * The tick at a time.
   *
   * @param at any time in any zone
   * @return the ticks from {@link #zero} on that have passed by then, rounded down; negative before
   */
  public long tick(ZonedDateTime at) {
    Duration passed = Duration.between(zero, at);
    long whole = passed.dividedBy(tick);
    return tick.multipliedBy(whole).compareTo(passed) > 0 ? whole - 1 : whole;
  }

  /**
   * The tick at a time of the plant's clock.
   *
   * @param at the local time; one that is skipped when clocks are put forward counts as much later
   *     as they are, one that comes twice as the first
   * @return the ticks from {@link #zero} on
   */
  public long tick(LocalDateTime at) {
    return tick(at.atZone(zero.getZone()));
  }

  /**
   * The time at a tick, such as the start of an {@link Assignment}.
   *
   * @param at the tick
   * @return the time in the plant's zone
   */
  public ZonedDateTime time(long at) {
    return zero.plus(tick.multipliedBy(at));
  }

  /**
   * The calendar of a weekly plan of shifts over a span of dates, each shift as long as it is on
   * its date: a night shift from 22:00 to 6:00 has nine hours where clocks are put back.
   *
   * @param until the first date that is not planned; behind it the pattern begins again, by elapsed
   *     time, so that it should lie behind the end of any plan
   * @param shifts the shifts of a week
   * @param holidays dates on which no shift begins
   * @return the calendar, from tick 0 on
   * @throws IllegalArgumentException when no shift lies in the span
   */
  public Calendar shifts(LocalDate until, List<Shift> shifts, Set<LocalDate> holidays) {
    long end = tick(until.atStartOfDay());
    List<Window> open = new ArrayList<>();
    // The night shift of the day before reaches into the first day.
    for (LocalDate day = zero.toLocalDate().minusDays(1); day.isBefore(until); ) {
      for (Shift s : shifts) {
        if (s.days().contains(day.getDayOfWeek()) && !holidays.contains(day)) {
          LocalDate last = s.to().isAfter(s.from()) ? day : day.plusDays(1);
          long from = Math.max(0, tick(day.atTime(s.from())));
          long to = Math.min(end, tick(last.atTime(s.to())));
          if (from < to) {
            open.add(new Window(from, to));
          }
        }
      }
      day = day.plusDays(1);
    }
    if (open.isEmpty()) {
      throw new IllegalArgumentException(
          "no shift lies between "
              + zero
              + " and "
              + until
              + "\nMaybe plan further ahead, or name the days of the week on which shifts begin");
    }
    return Calendar.shifts(end, open);
  }
}
