package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.monitoring.SensorFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensorTest {

  private static final Schema COLUMNS =
      Schema.of(
          Column.number("heat", Unit.of("Cel")),
          Column.number("noise"),
          Column.number("current"),
          Column.number("play"),
          Column.number("class"));

  /** Wear and load move four sensors together, each with its own noise. */
  private static UnitHistory unit(String name, int life, int seen, Random random) {
    double[][] rows = new double[seen][5];
    for (int r = 0; r < seen; r++) {
      double wear = Math.pow((double) r / life, 2);
      double load = random.nextGaussian();
      rows[r][0] = 60 + 8 * wear + 3 * load + 0.5 * random.nextGaussian();
      rows[r][1] = 3 + 2 * wear + 0.2 * load + 0.1 * random.nextGaussian();
      rows[r][2] = 20 - 4 * wear + 2 * load + 0.3 * random.nextGaussian();
      rows[r][3] = 1 + 5 * wear + 0.2 * random.nextGaussian();
      rows[r][4] = 100;
    }
    Table table = Table.ofNumbers(COLUMNS, rows);
    return seen == life ? UnitHistory.failed(name, table) : UnitHistory.running(name, table);
  }

  private static Fleet fleet(int count) {
    Random random = new Random(1);
    List<UnitHistory> units = new ArrayList<>();
    for (int u = 0; u < count; u++) {
      int life = 80 + random.nextInt(60);
      units.add(unit("unit " + u, life, life, random));
    }
    return new Fleet(units);
  }

  private static UnitHistory with(UnitHistory unit, String sensor, double[] read) {
    Table table = unit.readings().with(unit.readings().schema().column(sensor), read);
    return new UnitHistory(unit.unit(), table, unit.startAge(), unit.end());
  }

  @Test
  void namesTheSensorThatLiesAndNoneForWearAndIsKept(@TempDir Path folder)
      throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      SensorGuard guard = millwright.plugin(Maintenance.class).sensors().train(fleet(20)).await();
      assertThat(guard.watched()).containsExactly("heat", "noise", "current", "play");
      Path file = folder.resolve("sensors.mwb");
      guard.saveTo(file);
      try (Predictor<UnitHistory, SensorCheck> checks =
          millwright.open(Maintenance.SENSORS, file)) {
        Random random = new Random(2);
        for (int u = 0; u < 20; u++) {
          UnitHistory worn = unit("worn " + u, 100, 95, random);
          SensorCheck sound = checks.predict(worn).orElseThrow().value();
          assertThat(sound.findings()).isEmpty();
          assertThat(sound.repaired()).isEqualTo(worn);
          assertThat(sound.possible()).isEmpty();
          double[] play = worn.readings().numbers("play");
          double truth = play[94];
          for (int r = 60; r < 95; r++) {
            play[r] += u % 2 == 0 ? 3 : 0.15 * (r - 60);
          }
          SensorCheck check = checks.predict(with(worn, "play", play)).orElseThrow().value();
          assertThat(check.findings()).hasSize(1);
          SensorFinding finding = check.findings().get(0);
          assertThat(finding.sensor()).isEqualTo("play");
          assertThat(finding.fault())
              .isEqualTo(u % 2 == 0 ? SensorFault.BIASED : SensorFault.DRIFTING);
          assertThat(finding.virtual()).isCloseTo(truth, within(6 * finding.deviation()));
          assertThat(check.repaired().readings().numbers("heat"))
              .isEqualTo(worn.readings().numbers("heat"));
          assertThat(check.possible()).hasSize(16);
          assertThat(checks.predict(with(worn, "play", play)).orElseThrow().value())
              .isEqualTo(guard.open().predict(with(worn, "play", play)).orElseThrow().value());
        }
        assertThat(
                checks.predict(
                    UnitHistory.running("new", Table.ofNumbers(COLUMNS, new double[0][]))))
            .isInstanceOf(Outcome.Abstention.class);
      }
    }
  }

  @Test
  void remainingLifeIsNearerToTheSoundOneAndLessSure() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      RemainingLifeModel model =
          maintenance
              .remainingLife()
              .network(Networks.linear())
              .learning(Learning.adam(1e-2).batch(256).epochs(10))
              .train(fleet(20))
              .await();
      Predictor<UnitHistory, SensorCheck> checks =
          maintenance.sensors().train(fleet(20)).await().open();
      try (Predictor<UnitHistory, Cycles> life = model.open();
          Predictor<UnitHistory, Cycles> guarded = maintenance.guarded(life, checks)) {
        Random random = new Random(3);
        double misled = 0;
        double guardedOff = 0;
        for (int u = 0; u < 10; u++) {
          UnitHistory sound = unit("sound " + u, 120, 60, random);
          assertThat(guarded.predict(sound)).isEqualTo(life.predict(sound));
          double[] play = sound.readings().numbers("play");
          for (int r = 20; r < 60; r++) {
            play[r] += 4;
          }
          UnitHistory lying = with(sound, "play", play);
          Outcome.Prediction<Cycles> answer = guarded.predict(lying).orElseThrow();
          double truth = life.predict(sound).orElseThrow().value().count();
          misled += Math.abs(life.predict(lying).orElseThrow().value().count() - truth);
          guardedOff += Math.abs(answer.value().count() - truth);
          assertThat(answer.flags()).contains(Flag.IMPUTED);
          SensorCheck check = checks.predict(lying).orElseThrow().value();
          Outcome.Prediction<Cycles> plain = life.predict(check.repaired()).orElseThrow();
          Uncertainty.Interval wide = (Uncertainty.Interval) answer.uncertainty().at(0.9);
          Uncertainty.Interval narrow = (Uncertainty.Interval) plain.uncertainty().at(0.9);
          assertThat(wide.low()).isLessThanOrEqualTo(narrow.low());
          assertThat(wide.high()).isGreaterThanOrEqualTo(narrow.high());
          double[] quantiles = answer.uncertainty().quantiles(0.1, 0.5, 0.9);
          assertThat(quantiles).isSorted();
        }
        assertThat(guardedOff).isLessThan(0.5 * misled);
      }
    }
  }

  @Test
  void aSensorOfItsOwnMindIsNamedFurtherOffOnlyAndOneLyingUnitChangesNothing()
      throws InterruptedException {
    Random random = new Random(5);
    List<UnitHistory> units = new ArrayList<>();
    for (UnitHistory unit : fleet(40).units()) {
      double[] ratio = new double[unit.length()];
      for (int r = 0; r < ratio.length; r++) {
        // In every eighth unit it rises late, of which the others know nothing.
        boolean rises = units.size() % 8 == 0 && r > ratio.length / 2;
        ratio[r] = (rises ? 6 : 0) + random.nextGaussian();
      }
      Table table = unit.readings().with(Column.number("ratio"), ratio);
      double[] play = table.numbers("play");
      for (int r = 0; r < play.length && units.size() == 3; r++) {
        play[r] += 3;
      }
      units.add(UnitHistory.failed(unit.unit(), table.with(table.schema().column("play"), play)));
    }
    try (Millwright millwright = Millwright.create()) {
      SensorTrainer trainer = millwright.plugin(Maintenance.class).sensors();
      SensorGuard guard = trainer.train(new Fleet(units)).await();
      assertThat(guard.watched()).containsExactly("heat", "noise", "current", "play", "ratio");
      assertThat(guard.evaluation().figures())
          .containsOnlyKeys("units with a sensor named", "raised limit of ratio");
      UnitHistory rising = units.get(8);
      double[] far = rising.readings().numbers("ratio");
      for (int r = far.length - 20; r < far.length; r++) {
        far[r] += 12;
      }
      try (Predictor<UnitHistory, SensorCheck> checks = guard.open()) {
        assertThat(checks.predict(rising).orElseThrow().value().findings()).isEmpty();
        assertThat(checks.predict(with(rising, "ratio", far)).orElseThrow().value().findings())
            .extracting(SensorFinding::sensor)
            .containsExactly("ratio");
      }
    }
  }

  /** In every eighth unit heat runs away from the others in the last twelve cycles of its life. */
  private static UnitHistory extreme(UnitHistory unit, int place) {
    double[] heat = unit.readings().numbers("heat");
    for (int r = heat.length - 12; r < heat.length && place % 8 == 0; r++) {
      heat[r] += 0.5 * (r - heat.length + 13);
    }
    return with(unit, "heat", heat);
  }

  @Test
  void extremeWearAtTheEndRaisesTheLimitOfASensorThatIsStillWatched(@TempDir Path folder)
      throws InterruptedException {
    List<UnitHistory> units = new ArrayList<>();
    for (UnitHistory unit : fleet(60).units()) {
      units.add(extreme(unit, units.size()));
    }
    try (Millwright millwright = Millwright.create()) {
      SensorGuard guard =
          millwright.plugin(Maintenance.class).sensors().train(new Fleet(units)).await();
      assertThat(guard.watched()).contains("heat");
      assertThat(guard.evaluation().figures()).containsKey("raised limit of heat");
      assertThat(guard.evaluation().figure("units with a sensor named")).isLessThan(0.02);
      Path file = folder.resolve("sensors.mwb");
      guard.saveTo(file);
      Random random = new Random(7);
      int named = 0;
      int right = 0;
      try (Predictor<UnitHistory, SensorCheck> checks =
          millwright.open(Maintenance.SENSORS, file)) {
        for (int u = 0; u < 100; u++) {
          UnitHistory sound = extreme(unit("other " + u, 100, 100, random), u);
          SensorCheck check = checks.predict(sound).orElseThrow().value();
          named += check.findings().isEmpty() ? 0 : 1;
          UnitHistory running = unit("running " + u, 120, 80, random);
          double[] heat = running.readings().numbers("heat");
          for (int r = 50; r < 80; r++) {
            heat[r] = u % 2 == 0 ? heat[50] : heat[r] + 20;
          }
          right +=
              checks.predict(with(running, "heat", heat)).orElseThrow().value().findings().stream()
                      .anyMatch(f -> f.sensor().equals("heat"))
                  ? 1
                  : 0;
        }
      }
      assertThat(named).isLessThanOrEqualTo(4);
      assertThat(right).isGreaterThanOrEqualTo(95);
    }
  }

  @Test
  void tooLittleIsNamed() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      SensorTrainer trainer = millwright.plugin(Maintenance.class).sensors();
      assertThatThrownBy(() -> trainer.train(new Fleet(List.of())))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("0 units");
      Schema two = Schema.of(Column.number("a"), Column.number("b"));
      Random random = new Random(4);
      double[][] rows = new double[60][2];
      for (double[] row : rows) {
        row[0] = random.nextGaussian();
        row[1] = row[0] + random.nextGaussian();
      }
      Fleet small =
          new Fleet(
              List.of(
                  UnitHistory.failed("one", Table.ofNumbers(two, rows)),
                  UnitHistory.failed("two", Table.ofNumbers(two, rows))));
      var job = trainer.train(small);
      assertThatThrownBy(job::await)
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("which of two sensors lies");
    }
  }
}
