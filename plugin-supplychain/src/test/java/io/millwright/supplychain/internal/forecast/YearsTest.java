package io.millwright.supplychain.internal.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.SupplyChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days with and without a year beside their week. */
class YearsTest {

  private static final int DAYS = 1300;
  private static final int AHEAD = 28;

  @TempDir Path folder;

  private static List<double[]> drawn(double year) {
    Random random = new Random(4);
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double phase = 2 * Math.PI * random.nextDouble();
      double[] y = new double[DAYS + AHEAD];
      for (int t = 0; t < y.length; t++) {
        double turn = 2 * Math.PI * t / 365.25 + phase;
        double season = year * (Math.sin(turn) + 0.3 * Math.sin(2 * turn));
        y[t] = 100 + season + 10 * (t % 7) + 3 * random.nextGaussian();
      }
      all.add(y);
    }
    return all;
  }

  private static List<Series> known(List<double[]> all, Frequency frequency) {
    List<Series> known = new ArrayList<>();
    for (double[] y : all) {
      double[] first = Arrays.copyOf(y, DAYS);
      known.add(Series.of("s" + known.size(), frequency, "2019-01-01", first));
    }
    return known;
  }

  private static double error(ForecastModel model, List<Series> known, List<double[]> all) {
    double error = 0;
    try (Predictor<Series, Forecast> predictor = model.open()) {
      for (int i = 0; i < all.size(); i++) {
        Forecast forecast = predictor.predict(known.get(i)).orElseThrow().value();
        assertThat(forecast.frequency()).isEqualTo(known.get(i).frequency());
        for (int h = 0; h < AHEAD; h++) {
          error += Math.abs(all.get(i)[DAYS + h] - forecast.periods().get(h).mean());
        }
      }
    }
    return error;
  }

  @Test
  void aYearIsTakenWhereItShowsAndPaysAndOnlyThere() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      List<double[]> all = drawn(30);
      List<Series> known = known(all, Frequency.DAILY);
      ForecastModel chosen = supply.forecasting().horizon(AHEAD).train(known).await();
      assertThat(chosen.choice()).startsWith("DAY-7-365, 4 series");
      List<Series> same = known(all, Frequency.DAILY.seasons(7, 365));
      ForecastModel stated = supply.forecasting().horizon(AHEAD).train(same).await();
      double error = error(chosen, known, all);
      assertThat(error).isEqualTo(error(stated, same, all));
      chosen.saveTo(folder.resolve("m.mwb"));
      try (Predictor<Series, Forecast> kept =
              millwright.open(SupplyChain.FORECAST, folder.resolve("m.mwb"));
          Predictor<Series, Forecast> fresh = chosen.open()) {
        assertThat(kept.predict(known.get(0)).orElseThrow().value())
            .isEqualTo(fresh.predict(known.get(0)).orElseThrow().value());
      }
      List<Series> plain = known(drawn(0), Frequency.DAILY);
      assertThat(supply.forecasting().horizon(AHEAD).train(plain).await().choice())
          .startsWith("DAY-7, 4 series");
    }
  }
}
