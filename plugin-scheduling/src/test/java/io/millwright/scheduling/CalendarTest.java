package io.millwright.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.scheduling.internal.model.Shifts;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTest {

  @Test
  void workPausesInClosedWindows() {
    Calendar c = Calendar.closed(new Window(10, 20), new Window(30, 35));
    assertThat(c.finish(0, 10)).isEqualTo(10);
    assertThat(c.finish(0, 11)).isEqualTo(21);
    assertThat(c.finish(15, 1)).isEqualTo(21);
    assertThat(c.finish(5, 20)).isEqualTo(40);
    assertThat(c.nextOpen(9)).isEqualTo(9);
    assertThat(c.nextOpen(10)).isEqualTo(20);
    assertThat(c.nextOpen(20)).isEqualTo(20);
  }

  @Test
  void windowsThatTouchAreOne() {
    assertThat(Calendar.closed(new Window(5, 9), new Window(0, 5), new Window(7, 8)).closed())
        .containsExactly(new Window(0, 9));
  }

  @Test
  void aMachineThatNeverOpensAgainNeverFinishes() {
    Calendar c = Calendar.closed(new Window(10, Calendar.FOREVER));
    assertThat(c.finish(0, 10)).isEqualTo(10);
    assertThat(c.finish(0, 11)).isEqualTo(Calendar.FOREVER);
    assertThat(c.nextOpen(12)).isEqualTo(Calendar.FOREVER);
  }

  @Test
  void shiftsRepeat() {
    Calendar c = Calendar.shifts(24, List.of(new Window(6, 14), new Window(14, 22)));
    assertThat(c.rests(0, 48))
        .containsExactly(new Window(0, 6), new Window(22, 30), new Window(46, 48));
    assertThat(c.nextOpen(24_000_000_000_000L)).isEqualTo(24_000_000_000_006L);
    assertThatThrownBy(() -> Calendar.shifts(24, List.of(new Window(25, 30))))
        .hasMessageContaining("25")
        .hasMessageContaining("24");
  }

  @Test
  void aNightShiftGoesOnAcrossMidnight() {
    Calendar c = Calendar.shifts(1440, List.of(new Window(1320, 1800)));
    assertThat(c.rests(0, 2 * 1440)).containsExactly(new Window(360, 1320), new Window(1800, 2760));
    assertThat(c.finish(1400, 60)).isEqualTo(1460);
    assertThat(c.fit(1400, 400)).isEqualTo(1400);
    assertThat(c.fit(1401, 400)).isEqualTo(2760);
  }

  @Test
  void wholePeriodsPassAtOnce() {
    Calendar c = Calendar.shifts(2, List.of(new Window(0, 1)));
    long work = 1L << 51;
    assertThat(c.finish(0, work)).isEqualTo(2 * work - 1);
    assertThat(new Shifts(c).finish(0, work)).isEqualTo(2 * work - 1);
    Calendar holiday = c.without(new Window(1_000_000_000_000L, 1_000_000_000_010L));
    assertThat(holiday.finish(0, work)).isEqualTo(2 * work + 9);
  }

  @Test
  void patternsOfDifferentPeriodsAreJoined() {
    Calendar a = Calendar.shifts(6, List.of(new Window(0, 4)));
    Calendar b = Calendar.shifts(4, List.of(new Window(1, 4)));
    Calendar both = a.and(b);
    for (long t = 0; t < 48; t++) {
      boolean open = a.nextOpen(t) == t && b.nextOpen(t) == t;
      assertThat(both.nextOpen(t) == t).as("tick %d", t).isEqualTo(open);
    }
    assertThatThrownBy(
            () ->
                Calendar.shifts(1_000_003, List.of(new Window(0, 4)))
                    .and(Calendar.shifts(1_000_033, List.of(new Window(0, 4)))))
        .hasMessageContaining("1000003")
        .hasMessageContaining("Maybe");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void finishCountsWorkingTicksOneByOne(long seed) {
    Random random = new Random(seed);
    boolean[] open = new boolean[600];
    java.util.ArrayList<Window> closed = new java.util.ArrayList<>();
    java.util.Arrays.fill(open, true);
    for (int i = 0; i < 8; i++) {
      int from = random.nextInt(400);
      int to = from + 1 + random.nextInt(30);
      closed.add(new Window(from, to));
      java.util.Arrays.fill(open, from, to, false);
    }
    Calendar c = Calendar.closed(closed);
    agrees(c, open, random);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void patternsHolidaysAndExtraShiftsCountTickByTick(long seed) {
    Random random = new Random(seed);
    Calendar c = drawn(random);
    boolean[] open = ticks(c, 2000);
    agrees(c, open, random);
    Calendar other = drawn(random);
    Calendar both = c.and(other);
    for (int t = 0; t < 900; t++) {
      boolean expected = c.nextOpen(t) == t && other.nextOpen(t) == t;
      assertThat(both.nextOpen(t) == t).as("tick %d of %s and %s", t, c, other).isEqualTo(expected);
    }
  }

  private static Calendar drawn(Random random) {
    int period = 10 + random.nextInt(20);
    int from = random.nextInt(period - 5);
    Calendar c =
        Calendar.shifts(period, List.of(new Window(from, from + 3 + random.nextInt(period - 4))));
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(300);
      c = c.without(new Window(at, at + 1 + random.nextInt(40)));
      at = random.nextInt(300);
      c = c.with(new Window(at, at + 1 + random.nextInt(10)));
    }
    return c;
  }

  /** The calendar's own parts, tick by tick. */
  private static boolean[] ticks(Calendar c, int count) {
    boolean[] open = new boolean[count];
    for (int t = 0; t < count; t++) {
      int tick = t;
      ShiftPattern p = c.pattern().orElse(new ShiftPattern(1, List.of(new Window(0, 1))));
      long phase = t % p.period();
      open[t] = p.open().stream().anyMatch(w -> w.from() <= phase && phase < w.to());
      open[t] |= c.extra().stream().anyMatch(w -> w.from() <= tick && tick < w.to());
      open[t] &= c.closed().stream().noneMatch(w -> w.from() <= tick && tick < w.to());
    }
    return open;
  }

  private static void agrees(Calendar c, boolean[] open, Random random) {
    Shifts shifts = new Shifts(c);
    for (int i = 0; i < 200; i++) {
      int start = random.nextInt(400);
      int work = 1 + random.nextInt(60);
      int at = start;
      for (int left = work; left > 0; at++) {
        left -= at >= open.length || open[at] ? 1 : 0;
      }
      assertThat(c.finish(start, work)).isEqualTo(at);
      assertThat(shifts.finish(start, work)).isEqualTo(at);
      int next = start;
      while (next < open.length && !open[next]) {
        next++;
      }
      assertThat(c.nextOpen(start)).isEqualTo(next);
      assertThat(shifts.nextOpen(start)).isEqualTo(next);
      int whole = 1 + random.nextInt(12);
      long fit = c.fit(start, whole);
      assertThat(shifts.fit(start, whole)).isIn(fit, Shifts.NEVER);
      for (int from = start; from < Math.min(fit, open.length - whole); from++) {
        boolean all = true;
        for (int k = 0; k < whole; k++) {
          all &= open[from + k];
        }
        assertThat(all).as("%d ticks fit at %d into %s", whole, from, c).isFalse();
      }
      assertThat(shifts.between(start, start + 50L))
          .isEqualTo(
              IntStream.range(start, start + 50).filter(t -> t >= open.length || open[t]).count());
    }
  }
}
