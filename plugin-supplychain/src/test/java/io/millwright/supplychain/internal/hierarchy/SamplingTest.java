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

  /**
   * Half the width of 80 % bands of the total and of the series, in units of a series' deviation.
   *
   * @param own the deviation that the band of the total alone has
   * @param together whether all series err alike at the origins
   */
  private static double[] halves(double own, boolean together) {
    Map<String, Map<String, String>> labels = new TreeMap<>();
    for (int j = 0; j < 4; j++) {
      labels.put("s" + j, Map.of());
    }
    Hierarchy hierarchy = Hierarchy.of(labels, List.of(List.of()));
    List<Series> nodes = new ArrayList<>();
    List<Forecast> base = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      double size = i == 0 ? 4 : 1;
      double wide = i == 0 ? own : 1;
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
                  size * 100 - wide * 2.3263,
                  size * 100 - wide * Z,
                  size * 100,
                  size * 100 + wide * Z,
                  size * 100 + wide * 2.3263));
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
        said[o][h][0] = 400;
        for (int i = 1; i < 5; i++) {
          said[o][h][i] = 100;
          came[o][h][i] = 100 + (together ? error : random.nextGaussian());
          came[o][h][0] += came[o][h][i];
        }
      }
    }
    Errors errors = new Errors(said, came, new double[] {4, 1, 1, 1, 1}, 1);
    CoherentForecast drawn =
        new Sampling(hierarchy, nodes, base, errors, Projection.bottomUp(hierarchy), new boolean[4])
            .forecast("bottom-up", List.of(), List.of());
    double[] halves = new double[2];
    for (CoherentForecast.Node node : drawn.nodes()) {
      boolean series = node.level().equals(Hierarchy.SERIES);
      for (Distribution d : node.forecast().periods()) {
        halves[series ? 1 : 0] +=
            (d.quantile(0.9) - d.quantile(0.1)) / 2 / AHEAD / (series ? 4 : 1);
      }
    }
    return halves;
  }

  /** Origins one period apart tell as much as three: the 90 % quantile of Student's t is 1.638. */
  @Test
  void sumsHaveTheirWidthAndTheTailsOfFewOrigins() {
    double[] halves = halves(4, true);
    assertThat(halves[0] / 4).isCloseTo(1.638, within(0.19));
    assertThat(halves[1]).isCloseTo(1.638, within(0.19));
  }

  /** Four series that err alike make a total four times as wide, whatever its own band says. */
  @Test
  void aSumIsAsWideAsItsSeriesMakeItTogether() {
    assertThat(halves(1, true)[0] / 4).isCloseTo(1.638, within(0.3));
    assertThat(halves(1, false)[0] / 2).isCloseTo(1.638, within(0.5));
  }
}
