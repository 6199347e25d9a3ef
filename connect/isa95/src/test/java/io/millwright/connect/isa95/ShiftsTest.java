package io.millwright.connect.isa95;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 5545, section 3.8.5.3, are the oracle of rules. */
class ShiftsTest {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path folder;

  private Path events(String... lines) throws IOException {
    return Files.writeString(
        folder.resolve("shifts.ics"),
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n"
            + String.join("\r\n", lines)
            + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
  }

  private static Shifts hours(Instant from, Instant until, ZoneId zone) {
    return Shifts.reader(new PlantClock(from, Duration.ofHours(1)), zone, until);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "19970902 | FREQ=DAILY;COUNT=10 | 9-2 9-3 9-4 9-5 9-6 9-7 9-8 9-9 9-10 9-11",
        "19970902 | FREQ=DAILY;INTERVAL=10;COUNT=5 | 9-2 9-12 9-22 10-2 10-12",
        "19970902 | FREQ=WEEKLY;COUNT=10 | 9-2 9-9 9-16 9-23 9-30 10-7 10-14 10-21 10-28 11-4",
        "19970902 | FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH"
            + " | 9-2 9-4 9-9 9-11 9-16 9-18 9-23 9-25 9-30 10-2",
        "19970901 | FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR"
            + " | 9-1 9-3 9-5 9-15 9-17 9-19 9-29 10-1 10-3 10-13 10-15 10-17 10-27 10-29 10-31"
            + " 11-10 11-12 11-14 11-24 11-26 11-28 12-8 12-10 12-12 12-22",
        "19970902 | FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH"
            + " | 9-2 9-4 9-16 9-18 9-30 10-2 10-14 10-16",
        "19970805 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO | 8-5 8-10 8-19 8-24",
        "19970805 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU | 8-5 8-17 8-19 8-31"
      })
  void rulesRepeatAsTheStandardSays(String start, String rule, String days) throws IOException {
    Path file =
        events(
            "DTSTART;TZID=America/New_York:" + start + "T090000",
            "DTEND;TZID=America/New_York:" + start + "T100000",
            "RRULE:" + rule);
    Instant from = Instant.parse("1997-01-01T00:00:00Z");
    List<Window> expected =
        Arrays.stream(days.strip().split(" "))
            .map(d -> d.split("-", 2))
            .map(d -> LocalDate.of(1997, Integer.parseInt(d[0]), Integer.parseInt(d[1])))
            .map(d -> Duration.between(from, d.atTime(9, 0).atZone(NEW_YORK)).toHours())
            .map(h -> new Window(h, h + 1))
            .toList();
    assertThat(hours(from, Instant.parse("1998-01-01T00:00:00Z"), BERLIN).windows(file))
        .isEqualTo(expected);
  }

  @Test
  void shiftsKeepTheClockOnTheWallAndExceptionsAreLeftOut() throws IOException {
    // The week in which clocks go back: from Saturday 24 to Tuesday 27 October 2026.
    Path file =
        events(
            "DTSTART:20261024T060000",
            "DURATION:PT8H",
            "RRULE:FREQ=DAI",
            " LY",
            "EXDATE:20261026T060000",
            "SUMMARY:early\\, all",
            "BEGIN:VALARM",
            "TRIGGER:-PT15M",
            "DTSTART:x",
            "END:VALARM");
    Instant from = Instant.parse("2026-10-23T22:00:00Z");
    Shifts shifts = hours(from, Instant.parse("2026-10-27T23:00:00Z"), BERLIN);
    assertThat(shifts.windows(file))
        .containsExactly(new Window(6, 14), new Window(31, 39), new Window(79, 87));
    Calendar calendar = shifts.open(file);
    assertThat(calendar.open(0, 97))
        .containsExactly(new Window(6, 14), new Window(31, 39), new Window(79, 87));
    Path off = events("DTSTART;VALUE=DATE:20261025");
    assertThat(shifts.closed(calendar, off).open(0, 97))
        .containsExactly(new Window(6, 14), new Window(79, 87));
    assertThat(shifts.windows(events("DTSTART:20261024T060000Z", "STATUS:CANCELLED"))).isEmpty();
    assertThatThrownBy(() -> shifts.open(events("DTSTART;VALUE=DATE:20200101")))
        .hasMessageContainingAll("has no shift", "\nMaybe ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXDATE:20261026T060000",
        "EXDATE:20261026T050000Z", // as calendars on the Web write it
        "EXDATE;TZID=Asia/Shanghai:20261026T130000",
        "EXDATE;VALUE=DATE:20261026"
      })
  void anExceptionIsOneInWhateverZoneItStands(String exception) throws IOException {
    Path file = events("DTSTART:20261024T060000", "DURATION:PT8H", "RRULE:FREQ=DAILY", exception);
    Files.writeString(file, "\uFEFF" + Files.readString(file)); // as Windows saves it
    Shifts shifts =
        hours(Instant.parse("2026-10-23T22:00:00Z"), Instant.parse("2026-10-27T23:00:00Z"), BERLIN);
    assertThat(shifts.windows(file))
        .containsExactly(new Window(6, 14), new Window(31, 39), new Window(79, 87));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RRULE:FREQ=MONTHLY | line 7: RRULE with FREQ=MONTHLY",
        "RRULE:FREQ=WEEKLY;BYSETPOS=1 | RRULE with BYSETPOS",
        "RRULE:FREQ=WEEKLY;BYDAY=2MO | \"2MO\" is no day",
        "RRULE:FREQ=WEEKLY;BYDAY=TU | DTSTART is on none of the days TU",
        "RRULE:FREQ=DAILY;INTERVAL=0 | RRULE with INTERVAL=0",
        "RDATE:20260105T060000 | RDATE, which is not read",
        "RECURRENCE-ID:20260105T060000 | RECURRENCE-ID, which is not read",
        "DURATION:PT-1H | of the length PT-1H",
        "DURATION:long | \"long\" is no duration",
        "DTEND;TZID=Nowhere/Land:20260105T140000 | in zone Nowhere/Land",
        "no colon here | a line without a colon"
      })
  void whatWouldChangeAnEventIsRefused(String line, String message) throws IOException {
    Path file =
        line.startsWith("D")
            ? events("DTSTART:20260105T060000", line)
            : events("DTSTART:20260105T060000", "DURATION:PT8H", line);
    Shifts shifts =
        hours(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"), BERLIN);
    assertThatThrownBy(() -> shifts.windows(file))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE))
        .hasMessageContaining(message)
        .hasMessageContaining("\nMaybe ");
  }

  @Test
  void damagedFilesAreRefusedAndEndlessRulesEnd() throws IOException {
    Shifts shifts =
        hours(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"), BERLIN);
    for (String text : List.of("", "x", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101T000000")) {
      Path file = Files.writeString(folder.resolve("bad.ics"), text);
      assertThatThrownBy(() -> shifts.windows(file)).isInstanceOf(MillwrightException.class);
    }
    Path endless = events("DTSTART:00010101T000000", "DURATION:PT1H", "RRULE:FREQ=DAILY");
    assertThatThrownBy(() -> shifts.windows(endless)).hasMessageContaining("400 years");
    assertThatThrownBy(() -> shifts.windows(folder.resolve("gone.ics")))
        .hasMessageContainingAll("cannot read", "\nMaybe ");
  }
}
