package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.runtime.monitoring.SensorFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sensor that differs between units by as much as its fault is judged by its own course. */
class OwnCourseTest {

  private static final Schema COLUMNS =
      Schema.of(
          Column.number("heat"),
          Column.number("current"),
          Column.number("play"),
          Column.number("emission"));

  /** The emission has a level of its own in each unit. */
  private static UnitHistory unit(String name, int life, int seen, Random random) {
    double own = 3 * random.nextGaussian();
    double[][] rows = new double[seen][4];
    for (int r = 0; r < seen; r++) {
      double wear = Math.pow((double) r / life, 2);
      double load = random.nextGaussian();
      rows[r][0] = 60 + 8 * wear + 3 * load + 0.5 * random.nextGaussian();
      rows[r][1] = 20 - 4 * wear + 2 * load + 0.3 * random.nextGaussian();
      rows[r][2] = 1 + 5 * wear + 0.2 * random.nextGaussian();
      rows[r][3] = 30 + own + 3 * wear + 0.3 * random.nextGaussian();
    }
    Table table = Table.ofNumbers(COLUMNS, rows);
    return seen == life ? UnitHistory.failed(name, table) : UnitHistory.running(name, table);
  }

  @Test
  void aJumpIsNamedAndRepairedByTheCourseBeforeIt(@TempDir Path folder)
      throws InterruptedException {
    Random random = new Random(1);
    List<UnitHistory> units = new ArrayList<>();
    for (int u = 0; u < 40; u++) {
      int life = 80 + random.nextInt(60);
      units.add(unit("unit " + u, life, life, random));
    }
    Path file = folder.resolve("sensors.mwb");
    try (Millwright millwright = Millwright.create()) {
      SensorGuard guard =
          millwright.plugin(Maintenance.class).sensors().train(new Fleet(units)).await();
      guard.saveTo(file);
      int named = 0;
      int sound = 0;
      double off = 0;
      try (Predictor<UnitHistory, SensorCheck> checks =
          millwright.open(Maintenance.SENSORS, file)) {
        for (int u = 0; u < 40; u++) {
          UnitHistory worn = unit("worn " + u, 110, 100, random);
          sound += checks.predict(worn).orElseThrow().value().findings().size();
          double[] read = worn.readings().numbers("emission");
          double truth = read[99];
          for (int r = 60; r < 100; r++) {
            read[r] += u % 2 == 0 ? 5 : -5;
          }
          Table table = worn.readings().with(COLUMNS.column("emission"), read);
          UnitHistory lying = UnitHistory.running(worn.unit(), table);
          SensorCheck check = checks.predict(lying).orElseThrow().value();
          assertThat(guard.open().predict(lying).orElseThrow().value()).isEqualTo(check);
          for (SensorFinding finding : check.findings()) {
            assertThat(finding.sensor()).isEqualTo("emission");
            assertThat(finding.fault()).isIn(SensorFault.BIASED, SensorFault.DRIFTING);
            double[] repaired = check.repaired().readings().numbers("emission");
            named++;
            off += Math.abs(repaired[99] - truth);
          }
        }
      }
      assertThat(sound).isLessThanOrEqualTo(1);
      assertThat(named).isGreaterThanOrEqualTo(38);
      // By the others alone the emission is known to 3.
      assertThat(off / named).isLessThan(1);
    }
  }
}
