package io.millwright.maintenance;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.testkit.PredictorContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class LifePredictorContractTest extends PredictorContract<UnitHistory, Cycles> {

  @TempDir static Path folder;

  private static Millwright millwright;
  private static Path bundle;

  @BeforeAll
  static void train() throws InterruptedException {
    millwright = Millwright.create();
    bundle = folder.resolve("life.mwb");
    Simulated.small(millwright.plugin(Maintenance.class))
        .train(Simulated.fleet(8, 3))
        .await()
        .saveTo(bundle);
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  @Override
  protected Predictor<UnitHistory, Cycles> open() {
    return millwright.open(Maintenance.REMAINING_LIFE, bundle);
  }

  @Override
  protected List<UnitHistory> inputs() {
    return Simulated.truths(6, 4).stream().map(KnownLife::history).toList();
  }

  private static UnitHistory of(double... last) {
    double[][] rows = {{500, 3, 1500}, {501, 3, 1500}, last};
    return UnitHistory.running("dirty", Table.ofNumbers(Simulated.READINGS, rows));
  }

  @Override
  protected List<UnitHistory> dirtyInputs() {
    return List.of(
        of(Double.NaN, 3, 1500),
        of(Double.NaN, Double.NaN, Double.NaN),
        of(Double.POSITIVE_INFINITY, 3, 1500),
        of(1e30, -1e30, 1500));
  }

  @Override
  protected List<UnitHistory> wrongInputs() {
    Schema other = Schema.of(Column.number("noise"));
    return List.of(UnitHistory.running("wrong", Table.ofNumbers(other, new double[][] {{1}, {2}})));
  }

  @Override
  protected int memoryCalls() {
    return 200;
  }
}
