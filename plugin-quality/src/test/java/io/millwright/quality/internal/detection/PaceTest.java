package io.millwright.quality.internal.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Progress;
import io.millwright.api.spi.Jobs;
import io.millwright.quality.internal.detection.Pace.Course;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fits into a time, at a pace of a fifth of a second for a step of sixteen. */
class PaceTest {

  private static final Pace PACE = new Pace(0.2);

  // 160 images are ten steps, two seconds, for each variant; an epoch of eight takes sixteen.
  @ParameterizedTest
  @CsvSource({
    "0.1, 1, 1",
    "2, 1, 1",
    "5, 1, 2",
    "15.9, 1, 7",
    "16, 1, 8",
    "47, 2, 8",
    "48, 3, 8",
    "480, 15, 8",
    "10000, 15, 8"
  })
  void asManyPassesAsFit(double seconds, int epochs, int each) {
    Duration most = Duration.ofMillis(Math.round(1000 * seconds));
    Course course = PACE.within(most, 160, 16, 15);
    assertThat(course).isEqualTo(new Course(epochs, each));
    Duration foreseen = PACE.foreseen(course, 160, 16);
    assertThat(foreseen).isEqualTo(Duration.ofSeconds(2L * epochs * each));
    if (seconds >= 2) {
      assertThat(foreseen).isLessThanOrEqualTo(most);
    }
  }

  @Test
  void whatIsForeseenIsTheFirstThatIsTold() {
    List<Progress> told = new ArrayList<>();
    PACE.tell(new Course(3, 8), 160, 16, new Told(told));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).stage()).isEqualTo("foreseen");
    assertThat(told.get(0).fraction()).hasValue(0);
    assertThat(told.get(0).remaining()).contains(Duration.ofSeconds(48));
    assertThat(told.get(0).figures()).containsEntry("epochs", 3.0);
  }

  private record Told(List<Progress> all) implements Jobs.Control<Object> {

    @Override
    public boolean stopped() {
      return false;
    }

    @Override
    public void checkpoint() {}

    @Override
    public void best(Object result) {}

    @Override
    public void report(Progress progress) {
      all.add(progress);
    }

    @Override
    public Duration elapsed() {
      return Duration.ofSeconds(7);
    }
  }
}
