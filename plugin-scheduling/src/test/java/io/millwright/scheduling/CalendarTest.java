package io.millwright.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
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
    Calendar c = Calendar.shifts(24, List.of(new Window(6, 14), new Window(14, 22)), 2);
    assertThat(c.closed())
        .containsExactly(new Window(0, 6), new Window(22, 30), new Window(46, 48));
    assertThatThrownBy(() -> Calendar.shifts(24, List.of(new Window(20, 30)), 2))
        .hasMessageContaining("20")
        .hasMessageContaining("24");
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
    Calendar c = new Calendar(closed);
    for (int i = 0; i < 200; i++) {
      int start = random.nextInt(400);
      int work = 1 + random.nextInt(60);
      int at = start;
      for (int left = work; left > 0; at++) {
        left -= open[at] ? 1 : 0;
      }
      assertThat(c.finish(start, work)).isEqualTo(at);
    }
  }
}
