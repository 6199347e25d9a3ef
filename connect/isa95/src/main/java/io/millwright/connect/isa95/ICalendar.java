package io.millwright.connect.isa95;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the events of an iCalendar file (RFC 5545). */
final class ICalendar {

  /** An event within the horizon. */
  record Span(Instant from, Instant to) {}

  /** A content line: name, parameters and value. */
  private record Property(int line, String name, Map<String, String> parameters, String value) {}

  private record Time(LocalDateTime local, ZoneId zone, boolean date) {
    Instant instant() {
      // RFC 5545: the offset before a gap counts in it, the first of two times when clocks go back.
      return local.atZone(zone).toInstant();
    }
  }

  private static final int MOST_SPANS = 200_000;
  private static final long MOST_DAYS = 400L * 366;
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
  private static final Map<String, DayOfWeek> DAYS =
      Map.of(
          "MO", DayOfWeek.MONDAY,
          "TU", DayOfWeek.TUESDAY,
          "WE", DayOfWeek.WEDNESDAY,
          "TH", DayOfWeek.THURSDAY,
          "FR", DayOfWeek.FRIDAY,
          "SA", DayOfWeek.SATURDAY,
          "SU", DayOfWeek.SUNDAY);

  private final Path file;
  private final ZoneId floating;
  private final Instant from;
  private final Instant until;
  private final List<Span> spans = new ArrayList<>();

  private ICalendar(Path file, ZoneId floating, Instant from, Instant until) {
    this.file = file;
    this.floating = floating;
    this.from = from;
    this.until = until;
  }

  static List<Span> spans(Path file, String text, ZoneId floating, Instant from, Instant until) {
    ICalendar calendar = new ICalendar(file, floating, from, until);
    List<Property> lines = calendar.lines(text);
    if (lines.isEmpty() || !is(lines.get(0), "BEGIN", "VCALENDAR")) {
      throw calendar.bad(1, "no BEGIN:VCALENDAR", "it is another format");
    }
    if (!is(lines.get(lines.size() - 1), "END", "VCALENDAR")) {
      throw calendar.bad(lines.get(lines.size() - 1).line(), "no END:VCALENDAR", "it was cut off");
    }
    List<Property> event = null;
    int within = 0;
    for (Property line : lines) {
      if (is(line, "BEGIN", "VEVENT")) {
        event = new ArrayList<>();
        within = 0;
      } else if (event != null && is(line, "END", "VEVENT")) {
        calendar.event(event, line.line());
        event = null;
      } else if (event != null) {
        // An alarm within an event has properties of its own.
        within += line.name().equals("BEGIN") ? 1 : 0;
        if (within == 0) {
          event.add(line);
        }
        within -= line.name().equals("END") ? 1 : 0;
      }
    }
    return calendar.spans;
  }

  private static boolean is(Property line, String name, String value) {
    return line.name().equals(name) && line.value().equalsIgnoreCase(value);
  }

  /** Unfolds lines: one that begins with a blank goes on. */
  private List<Property> lines(String text) {
    List<Property> lines = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int begun = 0;
    int number = 0;
    for (String line : text.split("\r?\n", -1)) {
      number++;
      if (line.startsWith(" ") || line.startsWith("\t")) {
        open.append(line, 1, line.length());
        continue;
      }
      if (open.length() > 0) {
        lines.add(property(open.toString(), begun));
      }
      open.setLength(0);
      open.append(line);
      begun = number;
    }
    if (open.length() > 0) {
      lines.add(property(open.toString(), begun));
    }
    return lines;
  }

  private Property property(String line, int number) {
    int colon = -1;
    boolean quoted = false;
    for (int k = 0; k < line.length() && colon < 0; k++) {
      quoted ^= line.charAt(k) == '"';
      colon = !quoted && line.charAt(k) == ':' ? k : -1;
    }
    if (colon < 0) {
      throw bad(number, "a line without a colon", "it was folded wrongly");
    }
    String[] parts = line.substring(0, colon).split(";", -1);
    Map<String, String> parameters = new TreeMap<>();
    for (int k = 1; k < parts.length; k++) {
      int equals = parts[k].indexOf('=');
      if (equals > 0) {
        parameters.put(
            parts[k].substring(0, equals).toUpperCase(Locale.ROOT),
            parts[k].substring(equals + 1).replace("\"", ""));
      }
    }
    return new Property(
        number, parts[0].toUpperCase(Locale.ROOT), parameters, line.substring(colon + 1).strip());
  }

  private void event(List<Property> lines, int end) {
    Map<String, Property> known = new TreeMap<>();
    Set<Instant> excluded = new HashSet<>();
    Set<LocalDate> daysOff = new HashSet<>();
    for (Property line : lines) {
      switch (line.name()) {
        case "EXDATE" -> {
          for (String value : line.value().split(",", -1)) {
            Time out = time(line, value);
            if (out.date()) {
              daysOff.add(out.local().toLocalDate());
            } else {
              excluded.add(out.instant());
            }
          }
        }
        case "RDATE", "EXRULE", "RECURRENCE-ID" ->
            throw bad(
                line.line(),
                line.name() + ", which is not read",
                "write the event as one of its own, or leave a day out with EXDATE");
        default -> {
          if (known.put(line.name(), line) != null && line.name().equals("RRULE")) {
            throw bad(line.line(), "a second RRULE", "write two events");
          }
        }
      }
    }
    Property status = known.get("STATUS");
    if (status != null && status.value().equalsIgnoreCase("CANCELLED")) {
      return;
    }
    Property start = known.get("DTSTART");
    if (start == null) {
      throw bad(end, "an event without DTSTART", "it is a task, not a shift");
    }
    Time first = time(start, start.value());
    Duration length = length(known, first, start);
    Property rule = known.get("RRULE");
    if (rule == null) {
      span(first, length, start.line());
    } else {
      repeat(first, length, rule, excluded, daysOff);
    }
  }

  /** How long an event is, by the clock on the wall. */
  private Duration length(Map<String, Property> known, Time first, Property start) {
    Property end = known.get("DTEND");
    Property duration = known.get("DURATION");
    Duration length = first.date() ? Duration.ofDays(1) : Duration.ZERO;
    if (end != null) {
      Time to = time(end, end.value());
      length =
          to.zone().equals(first.zone())
              ? Duration.between(first.local(), to.local())
              : Duration.between(first.instant(), to.instant());
    } else if (duration != null) {
      try {
        String value = duration.value();
        length =
            value.matches("P\\d+W")
                ? Duration.ofDays(7 * Long.parseLong(value.substring(1, value.length() - 1)))
                : Duration.parse(value);
      } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
        throw bad(duration.line(), "\"" + duration.value() + "\" is no duration", "write PT8H");
      }
    }
    if (length.isNegative() || length.isZero() || length.toDays() > 366) {
      throw bad(start.line(), "an event of the length " + length, "DTEND stands before DTSTART");
    }
    return length;
  }

  private Time time(Property of, String value) {
    String zoneName = of.parameters().get("TZID");
    try {
      if (value.length() == 8) {
        return new Time(LocalDate.parse(value, DATE).atStartOfDay(), floating, true);
      }
      if (value.endsWith("Z")) {
        LocalDateTime utc = LocalDateTime.parse(value.substring(0, value.length() - 1), TIME);
        return new Time(utc, ZoneOffset.UTC, false);
      }
      ZoneId zone = zoneName == null ? floating : ZoneId.of(zoneName);
      return new Time(LocalDateTime.parse(value, TIME), zone, false);
    } catch (DateTimeException e) {
      throw bad(
          of.line(),
          of.name() + " \"" + value + "\"" + (zoneName == null ? "" : " in zone " + zoneName),
          "write 20260105T060000 and a zone such as Europe/Berlin");
    }
  }

  /**
   * @param excluded begins of occurrences that are left out, whatever zone says them
   * @param daysOff days on which none begins
   */
  private void repeat(
      Time first, Duration length, Property rule, Set<Instant> excluded, Set<LocalDate> daysOff) {
    Map<String, String> parts = new TreeMap<>();
    for (String part : rule.value().toUpperCase(Locale.ROOT).split(";", -1)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      if (!Set.of("FREQ", "INTERVAL", "BYDAY", "COUNT", "UNTIL", "WKST").contains(key)) {
        throw bad(rule.line(), "RRULE with " + key + ", which is not read", "write it weekly");
      }
      parts.put(key, part.substring(equals + 1));
    }
    boolean weekly = "WEEKLY".equals(parts.get("FREQ"));
    if (!weekly && !"DAILY".equals(parts.get("FREQ"))) {
      throw bad(rule.line(), "RRULE with FREQ=" + parts.get("FREQ"), "write it DAILY or WEEKLY");
    }
    int interval = number(rule, parts, "INTERVAL", 1);
    int count = number(rule, parts, "COUNT", Integer.MAX_VALUE);
    DayOfWeek weekStart = day(rule, parts.getOrDefault("WKST", "MO"));
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    String by = parts.get("BYDAY");
    if (by != null) {
      for (String name : by.split(",", -1)) {
        days.add(day(rule, name));
      }
      if (!days.contains(first.local().getDayOfWeek())) {
        throw bad(rule.line(), "DTSTART is on none of the days " + by, "begin on one of them");
      }
    } else if (weekly) {
      days.add(first.local().getDayOfWeek());
    }
    Instant last = last(rule, parts.get("UNTIL"), first);
    LocalDate begin = first.local().toLocalDate();
    LocalDate week = begin.with(TemporalAdjusters.previousOrSame(weekStart));
    int found = 0;
    for (long k = 0; found < count; k++) {
      LocalDate date = begin.plusDays(k);
      Time at = new Time(date.atTime(first.local().toLocalTime()), first.zone(), first.date());
      if (at.instant().isAfter(last) || !at.instant().isBefore(until)) {
        return;
      }
      if (k > MOST_DAYS) {
        throw bad(rule.line(), "a rule over more than 400 years", "DTSTART is mistyped");
      }
      long steps = weekly ? ChronoUnit.DAYS.between(week, date) / 7 : k;
      boolean on = steps % interval == 0 && (days.isEmpty() || days.contains(date.getDayOfWeek()));
      if (on) {
        found++;
        if (!excluded.contains(at.instant()) && !daysOff.contains(date)) {
          span(at, length, rule.line());
        }
      }
    }
  }

  private Instant last(Property rule, @Nullable String text, Time first) {
    if (text == null) {
      return Instant.MAX;
    }
    Time end = time(new Property(rule.line(), "UNTIL", Map.of(), text), text);
    if (end.date()) {
      return end.local().toLocalDate().atTime(23, 59, 59).atZone(first.zone()).toInstant();
    }
    return end.zone().equals(ZoneOffset.UTC)
        ? end.instant()
        : end.local().atZone(first.zone()).toInstant();
  }

  private int number(Property rule, Map<String, String> parts, String key, int otherwise) {
    String text = parts.get(key);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw bad(rule.line(), "RRULE with " + key + "=" + text, "write a number from 1 on");
    }
    return Integer.parseInt(text);
  }

  private DayOfWeek day(Property rule, String name) {
    DayOfWeek day = DAYS.get(name);
    if (day == null) {
      throw bad(rule.line(), "\"" + name + "\" is no day", "write MO, TU, WE, TH, FR, SA or SU");
    }
    return day;
  }

  private void span(Time start, Duration length, int line) {
    Instant begins = start.instant();
    Instant ends = start.local().plus(length).atZone(start.zone()).toInstant();
    if (ends.isAfter(from) && begins.isBefore(until) && begins.isBefore(ends)) {
      if (spans.size() == MOST_SPANS) {
        throw bad(line, "more than " + MOST_SPANS + " events", "shorten the horizon");
      }
      spans.add(new Span(begins, ends));
    }
  }

  private MillwrightException bad(int line, String what, String maybe) {
    return new MillwrightException(
        ErrorCode.BAD_FILE, file + ", line " + line + ": " + what + "\nMaybe " + maybe);
  }
}
