package io.millwright.maintenance;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trainer;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Learning;
import io.millwright.testkit.TrainerContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class LifeTrainerContractTest extends TrainerContract<Fleet, RemainingLifeModel> {

  private static Millwright millwright;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  @Override
  protected Trainer<Fleet, RemainingLifeModel> trainer() {
    return Simulated.small(millwright.plugin(Maintenance.class));
  }

  @Override
  protected Trainer<Fleet, RemainingLifeModel> endless() {
    return Simulated.small(millwright.plugin(Maintenance.class))
        .learning(Learning.adam(1e-3).batch(8).epochs(1_000_000));
  }

  @Override
  protected Fleet data() {
    return Simulated.fleet(8, 3);
  }

  @Override
  protected List<? extends Outcome<?>> ask(RemainingLifeModel model) {
    try (Predictor<UnitHistory, Cycles> predictor = model.open()) {
      return ask(predictor);
    }
  }

  @Override
  protected List<? extends Outcome<?>> ask(Path bundle) {
    try (Predictor<UnitHistory, Cycles> predictor =
        millwright.open(Maintenance.REMAINING_LIFE, bundle)) {
      return ask(predictor);
    }
  }

  private static List<? extends Outcome<?>> ask(Predictor<UnitHistory, Cycles> predictor) {
    return predictor.predictAll(Simulated.truths(10, 4).stream().map(KnownLife::history).toList());
  }

  @Override
  protected List<Fleet> badData() {
    List<UnitHistory> two = Simulated.fleet(2, 3).units();
    return List.of(
        new Fleet(List.of()), new Fleet(two), new Fleet(List.of(two.get(0), two.get(0))));
  }
}
