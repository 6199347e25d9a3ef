package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.api.series.SeriesModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedTest {

  /** A pattern that no classical method finds when its season is not declared. */
  private static final double[] PATTERN = {40, 90, 60, 140, 80, 120, 50};

  private static Millwright millwright;
  private static SupplyChain supply;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
    supply = millwright.plugin(SupplyChain.class);
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static List<Series> series() {
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Random random = new Random(i);
      double[] y = new double[80];
      for (int t = 0; t < y.length; t++) {
        y[t] = PATTERN[t % PATTERN.length] + 2 * random.nextGaussian();
      }
      all.add(Series.of("s" + i, Frequency.COUNTED, "1", y));
    }
    return all;
  }

  /** Says the pattern, or nonsense. */
  private record Oracle(boolean right) implements SeriesModel {
    @Override
    public String id() {
      return "oracle@" + right;
    }

    @Override
    public List<Double> probabilities() {
      return List.of(0.1, 0.5, 0.9);
    }

    @Override
    public double[][] quantiles(double[] history, List<Integer> seasons, int horizon) {
      double[][] all = new double[horizon][3];
      for (int h = 0; h < horizon; h++) {
        double v = right ? PATTERN[(history.length + h) % PATTERN.length] : 1000 * (h + 1);
        all[h] = new double[] {v - 3, v, v + 3};
      }
      return all;
    }
  }

  private static double error(ForecastModel model) {
    Series one = series().get(0);
    double sum = 0;
    try (Predictor<Series, Forecast> predictor = model.open()) {
      List<Double> means = predictor.predict(one).orElseThrow().value().means();
      for (int h = 0; h < means.size(); h++) {
        sum += Math.abs(means.get(h) - PATTERN[(one.length() + h) % PATTERN.length]);
      }
      return sum / means.size();
    }
  }

  @Test
  void aModelThatForetellsBetterGetsAShare() throws Exception {
    ForecastModel without = supply.forecasting().train(series()).await();
    ForecastModel with = supply.forecasting().pretrained(new Oracle(true)).train(series()).await();
    assertThat(with.choice()).contains("80 % of the series model oracle");
    assertThat(error(with)).isLessThan(0.4 * error(without));
    assertThat(with.info().provenance().settings()).containsEntry("series model", "oracle@true");
  }

  @Test
  void aModelThatIsWrongChangesNothing() throws Exception {
    ForecastModel without = supply.forecasting().train(series()).await();
    ForecastModel with = supply.forecasting().pretrained(new Oracle(false)).train(series()).await();
    Series one = series().get(0);
    try (Predictor<Series, Forecast> a = without.open();
        Predictor<Series, Forecast> b = with.open()) {
      assertThat(b.predict(one).orElseThrow().value())
          .isEqualTo(a.predict(one).orElseThrow().value());
    }
    assertThat(with.choice()).contains("series model").doesNotContain("of the series model");
  }

  @Test
  void aBundleNamesItsModelAndIsRefusedWithoutIt(@TempDir Path folder) throws Exception {
    Path bundle = folder.resolve("demand.mwb");
    supply.forecasting().pretrained(new Oracle(true)).train(series()).await().saveTo(bundle);
    assertThatThrownBy(() -> millwright.open(SupplyChain.FORECAST, bundle))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("oracle@true")
        .extracting("code")
        .isEqualTo(ErrorCode.NO_ENGINE);
  }

  @Test
  void networksAndAModelAreNotMixedAndAMedianIsNeeded() {
    ForecastTrainer both = supply.forecasting().networks(2).pretrained(new Oracle(true));
    assertThatThrownBy(() -> both.train(series())).hasMessageContaining("Maybe");
    SeriesModel noMedian =
        new SeriesModel() {
          @Override
          public String id() {
            return "none";
          }

          @Override
          public List<Double> probabilities() {
            return Arrays.asList(0.1, 0.9);
          }

          @Override
          public double[][] quantiles(double[] history, List<Integer> seasons, int horizon) {
            return new double[horizon][2];
          }
        };
    assertThatThrownBy(() -> supply.forecasting().pretrained(noMedian))
        .isInstanceOf(MillwrightException.class)
        .extracting("code")
        .isEqualTo(ErrorCode.BAD_OPTION);
  }
}
