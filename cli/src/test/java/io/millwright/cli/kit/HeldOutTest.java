package io.millwright.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Evaluation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldOutTest {

  private static List<String> lines(double own) {
    Reply reply = new Reply("inspect train");
    HeldOut.lines(
        reply,
        Evaluation.builder()
            .protocol("5 folds")
            .samples(100)
            .figures(Map.of("log loss", own))
            .baselines(Map.of("shares of the training data", Map.of("log loss", 1.2)))
            .build());
    return reply.lines();
  }

  @Test
  void aModelThatLearntNothingIsSaidSo() {
    assertThat(lines(0.4)).hasSize(2).noneMatch(l -> l.startsWith("Beware"));
    for (double own : new double[] {1.195, 1.2, 3, Double.NaN}) {
      assertThat(lines(own))
          .hasSize(3)
          .last()
          .asString()
          .startsWith("Beware")
          .endsWith("no better than the baseline: shares of the training data");
    }
  }
}
