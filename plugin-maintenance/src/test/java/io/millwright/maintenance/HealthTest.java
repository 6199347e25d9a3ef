package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.runtime.monitoring.SensorFault;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {

  private static final Schema PUMP =
      Schema.of(
          Column.number("flow"),
          Column.number("current"),
          Column.number("pressure"),
          Column.number("vibration"));

  private static Millwright millwright;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static double[][] pump(long seed, int rows) {
    Random random = new Random(seed);
    double[][] all = new double[rows][4];
    double load = 0;
    for (double[] row : all) {
      load = 0.8 * load + 0.6 * random.nextGaussian();
      row[0] = 50 + 5 * load + random.nextGaussian();
      row[1] = 12 + 2 * load + 0.5 * random.nextGaussian();
      row[2] = 6 - load + 0.3 * random.nextGaussian();
      row[3] = 1 + 0.2 * load + 0.1 * random.nextGaussian();
    }
    return all;
  }

  private static HealthModel trained() throws InterruptedException {
    return millwright
        .plugin(Maintenance.class)
        .health()
        .methods(List.of(HealthMethod.PCA, HealthMethod.FORECAST))
        .train(Table.ofNumbers(PUMP, pump(1, 500)))
        .await();
  }

  private static HealthCourse course(Predictor<Table, HealthCourse> predictor, Table table) {
    return predictor.predict(table).fold(p -> p.value(), a -> null);
  }

  @Test
  void warnsOfWearNamesTheColumnAndReopensToTheSameBits(@TempDir Path folder) throws Exception {
    HealthModel model = trained();
    double[][] rows = pump(2, 300);
    for (int r = 150; r < 300; r++) {
      rows[r][3] += 0.005 * (r - 150);
    }
    Table table = Table.ofNumbers(PUMP, rows);
    Path bundle = folder.resolve("pump.mwb");
    model.saveTo(bundle);
    try (Predictor<Table, HealthCourse> fresh = model.open();
        Predictor<Table, HealthCourse> opened = millwright.open(Maintenance.HEALTH, bundle)) {
      HealthCourse course = course(fresh, table);
      assertThat(course(opened, table)).isEqualTo(course);
      assertThat(course.readings().subList(0, 150).stream().filter(Health::alarm)).isEmpty();
      Health last = course.readings().get(299);
      assertThat(last.alarm()).isTrue();
      assertThat(last.index()).isLessThan(0.3);
      assertThat(last.causes().keySet().iterator().next()).isEqualTo("vibration");
      assertThat(course.changes()).isNotEmpty().allMatch(c -> c > 140);
      assertThat(opened.predict(Table.ofNumbers(PUMP, new double[0][4])))
          .isInstanceOf(Outcome.Abstention.class);
      assertThatThrownBy(() -> opened.predict(table.without("flow"))).hasMessageContaining("flow");
    }
  }

  @Test
  void theMonitorAnswersAsThePredictorAlsoAfterARestart(@TempDir Path folder) throws Exception {
    HealthModel model = trained();
    Path bundle = folder.resolve("pump.mwb");
    model.saveTo(bundle);
    double[][] rows = pump(3, 200);
    for (int r = 80; r < 200; r++) {
      rows[r][1] = rows[79][1];
    }
    Table table = Table.ofNumbers(PUMP, rows);
    HealthCourse course;
    try (Predictor<Table, HealthCourse> predictor = model.open()) {
      course = course(predictor, table);
    }
    byte[] snapshot = {};
    try (Monitor<Row, Health> monitor = model.monitor()) {
      for (int r = 0; r < 120; r++) {
        assertThat(health(monitor, table, r)).isEqualTo(course.readings().get(r));
      }
      snapshot = monitor.snapshot();
      assertThatThrownBy(() -> monitor.update("pump 1", table.row(0), Instant.EPOCH))
          .hasMessageContaining("Maybe");
    }
    try (Monitor<Row, Health> monitor =
        millwright.plugin(Maintenance.class).healthMonitor(bundle)) {
      monitor.restore(snapshot);
      for (int r = 120; r < 200; r++) {
        assertThat(health(monitor, table, r)).isEqualTo(course.readings().get(r));
      }
      List<SensorFinding> sensors = course.readings().get(150).sensors();
      assertThat(sensors).hasSize(1);
      assertThat(sensors.get(0).sensor()).isEqualTo("current");
      assertThat(sensors.get(0).fault()).isEqualTo(SensorFault.STUCK);
      byte[] whole = snapshot;
      for (int cut : new int[] {0, 7, 20, whole.length / 2, whole.length - 1}) {
        assertThatThrownBy(() -> monitor.restore(java.util.Arrays.copyOf(whole, cut)))
            .isInstanceOfSatisfying(
                MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE));
      }
    }
  }

  private static Health health(Monitor<Row, Health> monitor, Table table, int row) {
    return monitor
        .update("pump 1", table.row(row), Instant.ofEpochSecond(60L * row + 60))
        .fold(p -> p.value(), a -> null);
  }

  @Test
  void refusesTooFewDataAndUnknownColumns() {
    HealthTrainer trainer = millwright.plugin(Maintenance.class).health();
    Table few = Table.ofNumbers(PUMP, pump(1, 10));
    assertThatThrownBy(() -> trainer.train(few).await())
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_FEW_DATA));
    assertThatThrownBy(() -> trainer.leaveOut(List.of("oil")).train(few))
        .hasMessageContaining("oil");
    assertThatThrownBy(() -> trainer.falseAlarms(2)).hasMessageContaining("Maybe");
  }
}
