package io.millwright.supplychain.internal.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.SupplyChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One linear relation for all series with two seasons. */
class AutoregressionTest {

  private static final Frequency TWO = Frequency.HOURLY.seasons(4, 12);
  private static final int AHEAD = 12;

  @TempDir Path folder;

  /** A relation of logarithms that every series follows: 0.5 of the last, 0.45 of a day ago. */
  private static List<Series> drawn(int count, int length, double noise) {
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Random random = new Random(100 + i);
      double[] z = new double[length];
      for (int t = 0; t < length; t++) {
        z[t] =
            t < 12
                ? random.nextGaussian()
                : 0.5 * z[t - 1] + 0.45 * z[t - 12] + noise * random.nextGaussian();
      }
      double level = 2 + random.nextDouble();
      double[] y = new double[length];
      for (int t = 0; t < length; t++) {
        y[t] = Math.exp(level + 0.3 * z[t]);
      }
      all.add(Series.of("s" + i, TWO, "2026-01-05T00:00", y));
    }
    return all;
  }

  private static List<Past> pasts(List<Series> all) {
    return all.stream().map(s -> Past.known(s.first(s.length() - AHEAD))).toList();
  }

  @Test
  void findsTheRelationAllSeriesFollow() {
    List<Series> all = drawn(30, 160, 0.3);
    Autoregression learnt = Autoregression.train(pasts(all), Lanes.alone()).orElseThrow();
    assertThat(learnt.lags()).isEqualTo(27);
    assertThat(learnt.shared()[0]).isCloseTo(0.5, within(0.08));
    assertThat(learnt.shared()[11]).isCloseTo(0.45, within(0.08));
    for (int k = 1; k < 11; k++) {
      assertThat(learnt.shared()[k]).as("lag %d", k + 1).isCloseTo(0, within(0.1));
    }
  }

  /** Without noise nothing is left open, so that every series goes on as it does. */
  @Test
  void goesOnAsTheRelationDoes() {
    List<Series> all = drawn(12, 120, 0.02);
    Autoregression learnt = Autoregression.train(pasts(all), Lanes.alone()).orElseThrow();
    for (Series series : all) {
      double[] y = series.toArray();
      double[] said = learnt.forecast(pasts(List.of(series)).get(0), AHEAD).orElseThrow();
      for (int h = 0; h < AHEAD; h++) {
        assertThat(said[h]).isCloseTo(y[y.length - AHEAD + h], within(0.05 * y[y.length - 1]));
      }
    }
  }

  @Test
  void asksForManySeriesWithTwoSeasonsAndNoZero() {
    assertThat(Autoregression.train(pasts(drawn(9, 160, 0.3)), Lanes.alone())).isEmpty();
    assertThat(Autoregression.lags(new int[] {12})).isZero();
    assertThat(Autoregression.lags(new int[] {24, 168})).isEqualTo(339);
    assertThat(Autoregression.lags(new int[] {96, 672})).isZero();
    Autoregression learnt =
        Autoregression.train(pasts(drawn(12, 160, 0.3)), Lanes.alone()).orElseThrow();
    double[] zero = new double[60];
    zero[59] = 1;
    assertThat(learnt.forecast(Past.of(Series.of("z", TWO, "2026-01-05T00:00", zero)), 3))
        .isEmpty();
    Series shorter = drawn(1, 20, 0.3).get(0);
    assertThat(learnt.forecast(Past.of(shorter), 3)).as("fewer values than lags").isEmpty();
  }

  @Test
  void takesAShareWhereOriginsProveItAndIsSaved() throws InterruptedException {
    List<Series> all = drawn(24, 200, 0.3);
    try (Millwright millwright = Millwright.create()) {
      ForecastModel model =
          millwright.plugin(SupplyChain.class).forecasting().horizon(AHEAD).train(all).await();
      assertThat(model.choice()).contains("% of an autoregression of all series");
      Path file = folder.resolve("model.mwb");
      model.saveTo(file);
      try (Predictor<Series, Forecast> before = model.open();
          Predictor<Series, Forecast> after = millwright.open(SupplyChain.FORECAST, file)) {
        for (Series series : all.subList(0, 3)) {
          assertThat(after.predict(series).orElseThrow().value())
              .isEqualTo(before.predict(series).orElseThrow().value());
        }
      }
    }
  }
}
