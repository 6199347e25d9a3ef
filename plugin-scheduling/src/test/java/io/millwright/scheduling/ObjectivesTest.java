package io.millwright.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectivesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          makespan | makespan
          Tardiness | weighted tardiness
          weighted-flow_time | weighted flow time
          flow | weighted flow time
          set-up | setup time
          energy | energy cost
          tardiness + 0.5 setup | weighted tardiness + 0.5 setup time
          2*makespan+0.25*energy-cost | 2.0 makespan + 0.25 energy cost
          1e-3 flow time + makespan | 0.001 weighted flow time + makespan
          """)
  void wordsAreObjectives(String words, String name) {
    assertThat(Objectives.parse(words)).extracting(Objective::name).containsExactly(name);
  }

  @Test
  void namesAreReadAgain() {
    Objective sum =
        Objectives.energyCost().plus(0.125, Measure.WEIGHTED_TARDINESS).plus(3, Measure.MAKESPAN);
    assertThat(Objectives.parse(sum.name())).containsExactly(sum);
    assertThat(Objectives.parse("tardiness, setup"))
        .isEqualTo(List.of(Objectives.weightedTardiness(), Objectives.setupTime()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "beauty", "makespan +", "0 makespan", "-1 makespan", "makespan,", "5"})
  void otherWordsAreRefused(String words) {
    assertThatThrownBy(() -> Objectives.parse(words))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION))
        .hasMessageContaining("Maybe use makespan, weighted tardiness");
  }
}
