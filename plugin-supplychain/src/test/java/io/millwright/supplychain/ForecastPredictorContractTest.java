package io.millwright.supplychain;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.testkit.PredictorContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ForecastPredictorContractTest extends PredictorContract<Series, Forecast> {

  @TempDir static Path folder;
  private static Millwright millwright;
  private static Path bundle = Path.of("");

  @BeforeAll
  static void train() throws InterruptedException {
    millwright = Millwright.create();
    bundle = folder.resolve("forecast.mwb");
    List<Series> all = new ArrayList<>(Simulated.monthly(20, 60, 1));
    all.addAll(Simulated.counts(20, 48, 1));
    millwright
        .plugin(SupplyChain.class)
        .forecasting()
        .horizon(6)
        .methods(ForecastMethod.SIMPLE, ForecastMethod.DYNAMIC_THETA)
        .train(all)
        .await()
        .saveTo(bundle);
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  @Override
  protected Predictor<Series, Forecast> open() {
    return millwright.open(SupplyChain.FORECAST, bundle);
  }

  @Override
  protected List<Series> inputs() {
    List<Series> all = new ArrayList<>(Simulated.monthly(3, 30, 2));
    all.addAll(Simulated.counts(2, 40, 2));
    return all;
  }

  @Override
  protected List<Series> dirtyInputs() {
    double[] constant = new double[40];
    java.util.Arrays.fill(constant, 7.5);
    double[] gap = Simulated.monthly(1, 40, 3).get(0).toArray();
    java.util.Arrays.fill(gap, 10, 20, Double.NaN);
    double[] missing = new double[12];
    java.util.Arrays.fill(missing, Double.NaN);
    return List.of(
        Series.of("empty", Frequency.MONTHLY, "2020-01"),
        Series.of("one point", Frequency.MONTHLY, "2020-01", 3),
        Series.of("all missing", Frequency.MONTHLY, "2020-01", missing),
        Series.of("all zero", Frequency.MONTHLY, "2020-01", new double[40]),
        Series.of("constant", Frequency.MONTHLY, "2020-01", constant),
        Series.of("short", Frequency.MONTHLY, "2020-01", 3.5, 4.5, 4, 6),
        Series.of("gap", Frequency.MONTHLY, "2020-01", gap),
        Series.of("weekly", Frequency.WEEKLY, "2020-W01", gap));
  }
}
