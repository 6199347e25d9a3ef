package io.millwright.connect.isa95;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Shifts and days off from iCalendar files (RFC 5545): events with DTSTART and DTEND or DURATION,
 * repeated by RRULE daily or weekly with INTERVAL, BYDAY, COUNT, UNTIL and WKST, without their
 * EXDATE: times in whatever zone, or a date for all of its day. Everything else that changes when
 * an event is (other rules, RDATE, RECURRENCE-ID) is refused. Immutable and thread-safe.
 */
public final class Shifts {

  private static final long MOST_BYTES = 16L << 20;

  private final PlantClock clock;
  private final ZoneId zone;
  private final Instant until;

  private Shifts(PlantClock clock, ZoneId zone, Instant until) {
    this.clock = clock;
    this.zone = zone;
    this.until = until;
  }

  /**
   * A reader for a horizon that begins with tick 0.
   *
   * @param clock what ticks are
   * @param zone the zone of times that name none (floating times)
   * @param until where the horizon ends
   * @return the reader
   */
  public static Shifts reader(PlantClock clock, ZoneId zone, Instant until) {
    Objects.requireNonNull(zone, "zone");
    if (clock.before(until) < 1) {
      throw new IllegalArgumentException(
          "the horizon ends at " + until + ", before its first tick");
    }
    return new Shifts(clock, zone, until);
  }

  /**
   * The events of a file.
   *
   * @param file an {@code .ics} file
   * @return when they are within the horizon, in order of their beginning, cut at its ends
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE}, naming line and property, or
   *     {@link ErrorCode#IO_FAILED}
   */
  public List<Window> windows(Path file) {
    List<Window> windows = new ArrayList<>();
    for (ICalendar.Span span : ICalendar.spans(file, text(file), zone, clock.origin(), until)) {
      long from = Math.max(0, clock.after(span.from()));
      long to = Math.min(clock.before(until), clock.before(span.to()));
      if (from < to) {
        windows.add(new Window(from, to));
      }
    }
    windows.sort((a, b) -> Long.compare(a.from(), b.from()));
    return List.copyOf(windows);
  }

  /**
   * A calendar that works during the events of a file. Behind the horizon it goes on as within it.
   *
   * @param file an {@code .ics} file of shifts
   * @return the calendar
   * @throws MillwrightException as {@link #windows}; also when no event lies within the horizon
   */
  public Calendar open(Path file) {
    List<Window> windows = windows(file);
    if (windows.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + " has no shift between "
              + clock.origin()
              + " and "
              + until
              + "\nMaybe it is the calendar of another year");
    }
    return Calendar.shifts(clock.before(until), windows);
  }

  /**
   * A calendar that rests as well during the events of a file: holidays, maintenance.
   *
   * @param working the calendar without them
   * @param file an {@code .ics} file of days off
   * @return the calendar
   * @throws MillwrightException as {@link #windows}
   */
  public Calendar closed(Calendar working, Path file) {
    Calendar all = working;
    for (Window window : windows(file)) {
      all = all.without(window);
    }
    return all;
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            file + " has more than " + MOST_BYTES + " bytes\nMaybe export the shifts alone");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot read " + file + " as UTF-8: " + e + "\nMaybe check the path and the charset",
          e);
    }
  }
}
