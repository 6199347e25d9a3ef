package io.millwright.supplychain;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trainer;
import io.millwright.api.data.Series;
import io.millwright.api.learn.Learning;
import io.millwright.testkit.TrainerContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With networks, which are what could differ between runs, and what can be stopped. */
class ForecastTrainerContractTest extends TrainerContract<List<Series>, ForecastModel> {

  private static Millwright millwright;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static ForecastTrainer withEpochs(int epochs) {
    return millwright
        .plugin(SupplyChain.class)
        .forecasting()
        .horizon(6)
        .networks(2)
        .learning(Learning.adamW(1e-3, 1e-2).batch(64).epochs(epochs).key(3));
  }

  @Override
  protected Trainer<List<Series>, ForecastModel> trainer() {
    return withEpochs(2);
  }

  @Override
  protected Trainer<List<Series>, ForecastModel> endless() {
    return withEpochs(1_000_000);
  }

  @Override
  protected List<Series> data() {
    List<Series> all = new ArrayList<>(Simulated.monthly(12, 60, 1));
    all.addAll(Simulated.counts(8, 48, 1));
    return all;
  }

  @Override
  protected List<? extends Outcome<?>> ask(ForecastModel model) {
    try (Predictor<Series, Forecast> predictor = model.open()) {
      return predictor.predictAll(questions());
    }
  }

  @Override
  protected List<? extends Outcome<?>> ask(Path bundle) {
    try (Predictor<Series, Forecast> predictor = millwright.open(SupplyChain.FORECAST, bundle)) {
      return predictor.predictAll(questions());
    }
  }

  private static List<Series> questions() {
    List<Series> all = new ArrayList<>(Simulated.monthly(5, 50, 9));
    all.addAll(Simulated.counts(3, 40, 9));
    return all;
  }

  @Override
  protected List<List<Series>> badData() {
    Series one = Simulated.monthly(1, 60, 1).get(0);
    return List.of(List.of(), List.of(one, one), List.of(one.first(8)), List.of(one.first(1)));
  }
}
