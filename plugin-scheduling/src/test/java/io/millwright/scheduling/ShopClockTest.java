package io.millwright.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Dates and zones at the edge of a shop: Berlin changes its clocks on 25 October 2026 at 3:00. */
class ShopClockTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ShopClock CLOCK =
      new ShopClock(LocalDate.of(2026, 10, 24).atStartOfDay(BERLIN), Duration.ofMinutes(1));
  private static final List<ShopClock.Shift> NIGHTS =
      List.of(
          new ShopClock.Shift(
              EnumSet.allOf(DayOfWeek.class), LocalTime.of(22, 0), LocalTime.of(6, 0)));

  @Test
  void ticksAreElapsedTime() {
    assertThat(CLOCK.tick(LocalDateTime.of(2026, 10, 25, 0, 0))).isEqualTo(1440);
    assertThat(CLOCK.tick(LocalDateTime.of(2026, 10, 26, 0, 0))).isEqualTo(1440 + 1500);
    assertThat(CLOCK.tick(LocalDateTime.of(2026, 10, 23, 23, 59))).isEqualTo(-1);
    assertThat(CLOCK.tick(ZonedDateTime.parse("2026-10-25T00:59:59Z"))).isEqualTo(1440 + 179);
    // 2:30 comes twice: the first counts.
    assertThat(CLOCK.tick(LocalDateTime.of(2026, 10, 25, 2, 30))).isEqualTo(1440 + 150);
    assertThat(CLOCK.time(1440 + 150)).hasToString("2026-10-25T02:30+02:00[Europe/Berlin]");
    assertThat(CLOCK.time(1440 + 210)).hasToString("2026-10-25T02:30+01:00[Europe/Berlin]");
  }

  /** Work of nine hours fits into the one night that has them, and ends at six by the clock. */
  @Test
  void theNightOfTheChangeHasNineHours() {
    Calendar nights = CLOCK.shifts(LocalDate.of(2026, 11, 2), NIGHTS, Set.of());
    long begin = CLOCK.tick(LocalDateTime.of(2026, 10, 24, 22, 0));
    assertThat(nights.finish(begin, 540))
        .isEqualTo(CLOCK.tick(LocalDateTime.of(2026, 10, 25, 6, 0)));
    long next = CLOCK.tick(LocalDateTime.of(2026, 10, 25, 22, 0));
    assertThat(nights.nextOpen(begin + 540)).isEqualTo(next);
    assertThat(nights.finish(next, 480))
        .isEqualTo(CLOCK.tick(LocalDateTime.of(2026, 10, 26, 6, 0)));
    // The night before the first day is worked to its end.
    assertThat(nights.open(0, 1000)).containsExactly(new Window(0, 360));
  }

  @Test
  void theNightInSpringHasSevenAndAHolidayNone() {
    ShopClock spring =
        new ShopClock(LocalDate.of(2026, 3, 28).atTime(12, 0).atZone(BERLIN), Duration.ofHours(1));
    Calendar nights =
        spring.shifts(LocalDate.of(2026, 4, 1), NIGHTS, Set.of(LocalDate.of(2026, 3, 29)));
    assertThat(nights.open(0, 60)).containsExactly(new Window(10, 17), new Window(57, 60));
    assertThat(spring.time(17)).hasToString("2026-03-29T06:00+02:00[Europe/Berlin]");
    assertThat(spring.time(57)).hasToString("2026-03-30T22:00+02:00[Europe/Berlin]");
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new ShopClock(CLOCK.zero(), Duration.ZERO))
        .hasMessageContaining("must be positive");
    assertThatThrownBy(() -> CLOCK.shifts(LocalDate.of(2026, 11, 1), List.of(), Set.of()))
        .hasMessageContaining("no shift lies between");
    assertThatThrownBy(() -> CLOCK.shifts(LocalDate.of(2026, 10, 1), NIGHTS, Set.of()))
        .hasMessageContaining("no shift lies between");
  }

  /** Every third minute the wall's clock says who works; shifts neither begin nor end at night. */
  @Test
  void shiftsAreOpenWhenTheWallSaysSo() {
    Random random = new Random(5);
    String[] zones = {
      "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo"
    };
    for (int k = 0; k < 10; k++) {
      LocalDate day = LocalDate.of(2018 + random.nextInt(9), random.nextBoolean() ? 3 : 10, 18);
      ZonedDateTime zero = day.atTime(random.nextInt(24), 7).atZone(ZoneId.of(zones[k % 5]));
      ShopClock clock = new ShopClock(zero, Duration.ofMinutes(1));
      List<ShopClock.Shift> shifts = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Set<DayOfWeek> days = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.of(1 + random.nextInt(7)));
        LocalTime from = LocalTime.of(4 + random.nextInt(20), random.nextInt(60));
        shifts.add(new ShopClock.Shift(days, from, LocalTime.of(4 + random.nextInt(20), 30)));
      }
      Set<LocalDate> holidays = Set.of(day.plusDays(random.nextInt(14)));
      Calendar calendar = clock.shifts(day.plusDays(14), shifts, holidays);
      long end = clock.tick(day.plusDays(14).atStartOfDay());
      for (long t = random.nextInt(3); t < end; t += 3) {
        if ((calendar.nextOpen(t) == t)
            != works(clock.time(t).toLocalDateTime(), shifts, holidays)) {
          fail("at %s, shifts %s, holidays %s", clock.time(t), shifts, holidays);
        }
      }
    }
  }

  private static boolean works(
      LocalDateTime wall, List<ShopClock.Shift> shifts, Set<LocalDate> holidays) {
    LocalTime time = wall.toLocalTime();
    LocalDate today = wall.toLocalDate();
    for (ShopClock.Shift s : shifts) {
      boolean night = !s.from().isBefore(s.to());
      boolean begun = begins(s, today, holidays) && !time.isBefore(s.from());
      if (begun && (night || time.isBefore(s.to()))
          || night && begins(s, today.minusDays(1), holidays) && time.isBefore(s.to())) {
        return true;
      }
    }
    return false;
  }

  private static boolean begins(ShopClock.Shift s, LocalDate day, Set<LocalDate> holidays) {
    return s.days().contains(day.getDayOfWeek()) && !holidays.contains(day);
  }
}
