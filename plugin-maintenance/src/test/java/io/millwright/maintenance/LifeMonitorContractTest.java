package io.millwright.maintenance;

import io.millwright.api.Millwright;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Row;
import io.millwright.api.data.UnitHistory;
import io.millwright.testkit.MonitorContract;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class LifeMonitorContractTest extends MonitorContract<Row, Cycles> {

  private static final UnitHistory UNIT = Simulated.failed("pump", 99);

  private static Millwright millwright;
  private static RemainingLifeModel model;

  @BeforeAll
  static void train() throws InterruptedException {
    millwright = Millwright.create();
    model =
        Simulated.small(millwright.plugin(Maintenance.class)).train(Simulated.fleet(8, 3)).await();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  @Override
  protected Monitor<Row, Cycles> open() {
    return model.monitor();
  }

  @Override
  protected List<Row> readings() {
    return IntStream.range(0, UNIT.length()).mapToObj(UNIT.readings()::row).toList();
  }

  @Override
  protected Optional<Outcome<Cycles>> predicted(int count) {
    try (Predictor<UnitHistory, Cycles> predictor = model.open()) {
      return Optional.of(predictor.predict(UNIT.first(count)));
    }
  }
}
