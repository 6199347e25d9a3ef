package io.millwright.supplychain.internal.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.CoherentForecast;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.Hierarchy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Four series that err together: their sum errs four times as much. */
class SamplingTest {

  private static final int ORIGINS = 16;
  private static final int AHEAD = 12;
  private static final double Z = 1.2816;

  @Test
  void sumsHaveTheirWidthAndTheTailsOfFewOrigins() {
    Map<String, Map<String, String>> labels = new TreeMap<>();
    for (int j = 0; j < 4; j++) {
      labels.put("s" + j, Map.of());
    }
    Hierarchy hierarchy = Hierarchy.of(labels, List.of(List.of()));
    List<Series> nodes = new ArrayList<>();
    List<Forecast> base = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      double size = i == 0 ? 4 : 1;
      Series node =
          new Series(
              i == 0 ? "total" : "s" + (i - 1),
              Frequency.MONTHLY,
              600,
              Collections.nCopies(60, 100 * size));
      nodes.add(node);
      Distribution normal =
          new Distribution(
              100 * size,
              List.of(0.01, 0.1, 0.5, 0.9, 0.99),
              List.of(
                  size * (100 - 2.3263),
                  size * (100 - Z),
                  size * 100,
                  size * (100 + Z),
                  size * (100 + 2.3263)));
      base.add(
          new Forecast(
              node.id(),
              Frequency.MONTHLY,
              660,
              Collections.nCopies(AHEAD, normal),
              Collections.nCopies(AHEAD, normal)));
    }
    SplittableRandom random = new SplittableRandom(1);
    double[][][] said = new double[ORIGINS][AHEAD][5];
    double[][][] came = new double[ORIGINS][AHEAD][5];
    for (int o = 0; o < ORIGINS; o++) {
      for (int h = 0; h < AHEAD; h++) {
        double error = random.nextGaussian();
        for (int i = 0; i < 5; i++) {
          double size = i == 0 ? 4 : 1;
          said[o][h][i] = 100 * size;
          came[o][h][i] = size * (100 + error);
        }
      }
    }
    Errors errors = new Errors(said, came, new double[] {4, 1, 1, 1, 1}, 1);
    CoherentForecast drawn =
        new Sampling(hierarchy, nodes, base, errors, Projection.bottomUp(hierarchy), new boolean[4])
            .forecast("bottom-up", List.of(), List.of());
    // Origins one period apart tell as much as three: the 90 % quantile of Student's t is 1.638.
    for (CoherentForecast.Node node : drawn.nodes()) {
      double size = node.level().equals(Hierarchy.SERIES) ? 1 : 4;
      double half = 0;
      for (Distribution d : node.forecast().periods()) {
        half += (d.quantile(0.9) - d.quantile(0.1)) / 2 / AHEAD;
      }
      assertThat(half / size).as(node.name()).isCloseTo(1.638, within(0.19));
    }
  }
}
