package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The methods of health, and the choice among them on normal readings. */
class HealthMethodTest {

  private static final Schema SCHEMA =
      new Schema(IntStream.range(0, 5).mapToObj(i -> Column.number("s" + i)).toList());

  private static Millwright millwright;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static HealthTrainer trainer() {
    return millwright.plugin(Maintenance.class).health();
  }

  private static Table table(double[][] rows) {
    return Table.ofNumbers(SCHEMA, rows);
  }

  /** Independent readings: nothing is to be expected. */
  private static double[][] noise(long seed, int rows) {
    Random random = new Random(seed);
    return IntStream.range(0, rows)
        .mapToObj(r -> IntStream.range(0, 5).mapToDouble(s -> random.nextGaussian()).toArray())
        .toArray(double[][]::new);
  }

  /** A point that is drawn anew on a closed curve, which fills all directions of a plane. */
  private static double[][] curve(long seed, int rows) {
    Random random = new Random(seed);
    double[][] all = new double[rows][5];
    for (double[] row : all) {
      double u = 4 * random.nextDouble() - 2;
      for (int s = 0; s < 5; s++) {
        row[s] = Math.sin(u * (1 + 0.5 * s) + 1.3 * s) + 0.05 * random.nextGaussian();
      }
    }
    return all;
  }

  /** A damped oscillation kept up by chance: a reading follows from the two before. */
  private static double[][] swinging(long seed, int rows) {
    Random random = new Random(seed);
    double[][] all = new double[rows][5];
    double[] x = new double[5];
    double[] before = new double[5];
    for (int r = -100; r < rows; r++) {
      for (int s = 0; s < 5; s++) {
        double next = 1.8 * x[s] - 0.9 * before[s] + random.nextGaussian();
        before[s] = x[s];
        x[s] = next;
        if (r >= 0) {
          all[r][s] = next + (s == 4 ? x[0] : 0);
        }
      }
    }
    return all;
  }

  private static double unusual(HealthModel model, double[][] rows) {
    try (Predictor<Table, HealthCourse> predictor = model.open()) {
      return predictor.predict(table(rows)).fold(p -> p.value().unusual(), a -> -1.0);
    }
  }

  @Test
  void principalComponentsStayWhereNothingIsToBeExpected() throws Exception {
    HealthModel model =
        trainer()
            .methods(Set.of(HealthMethod.PCA, HealthMethod.FORECAST))
            .train(table(noise(1, 600)))
            .await();
    assertThat(model.method()).isEqualTo(HealthMethod.PCA);
    assertThat(model.choice()).startsWith("PCA; ").contains("forecast misses");
    assertThat(model.evaluation().baselines().get("forecast"))
        .containsKeys("planted faults missed", "false alarms");
    assertThat(unusual(model, noise(2, 1000))).isLessThan(0.03);
  }

  @Test
  void aForecastIsChosenWhereReadingsFollowEachOtherAndSeesWhatComponentsDoNot() throws Exception {
    HealthTrainer trainer = trainer();
    Set<HealthMethod> both = Set.of(HealthMethod.PCA, HealthMethod.FORECAST);
    HealthModel model = trainer.methods(both).train(table(swinging(1, 800))).await();
    assertThat(model.method()).isEqualTo(HealthMethod.FORECAST);
    assertThat(model.evaluation().figures().get("false alarms")).isLessThanOrEqualTo(0.01);
    HealthModel simple =
        trainer.methods(List.of(HealthMethod.PCA)).train(table(swinging(1, 800))).await();
    assertThat(unusual(model, swinging(2, 1000))).isLessThan(0.03);
    double[][] faulty = swinging(3, 1000);
    Random random = new Random(4);
    for (double[] row : faulty) {
      row[1] += 3 * random.nextGaussian();
    }
    assertThat(unusual(model, faulty)).isGreaterThan(3 * unusual(simple, faulty) + 0.1);
    try (Predictor<Table, HealthCourse> predictor = model.open()) {
      List<Health> readings =
          predictor.predict(table(faulty)).fold(p -> p.value().readings(), a -> List.of());
      assertThat(readings.get(999).causes().keySet().iterator().next()).isEqualTo("s1");
    }
  }

  @Test
  void anAutoencoderIsChosenWhereReadingsLieOnACurve() throws Exception {
    HealthModel model =
        trainer()
            .methods(Set.of(HealthMethod.FORECAST, HealthMethod.AUTOENCODER))
            .train(table(curve(1, 600)))
            .await();
    assertThat(model.method()).isEqualTo(HealthMethod.AUTOENCODER);
    assertThat(unusual(model, curve(2, 1000))).isLessThan(0.05);
    double[][] off = curve(3, 1000);
    for (double[] row : off) {
      row[2] = -row[2];
    }
    assertThat(unusual(model, off)).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @EnumSource(HealthMethod.class)
  void everyMethodAnswersToTheSameBitsAfterItWasSavedAndRestarted(
      HealthMethod method, @TempDir Path folder) throws Exception {
    double[][] normal = swinging(1, 300);
    Arrays.stream(normal).forEach(row -> row[3] = 7);
    HealthTrainer trainer = trainer().methods(Set.of(method)).key(5);
    HealthModel model = trainer.train(table(normal)).await();
    assertThat(model.method()).isEqualTo(method);
    assertThat(model.monitored()).containsExactly("s0", "s1", "s2", "s4");
    double[][] rows = swinging(2, 120);
    Arrays.stream(rows).forEach(row -> row[3] = 7);
    rows[40][1] = Double.NaN;
    rows[60][2] = 1e300;
    Table today = table(rows);
    Path bundle = folder.resolve("model.mwb");
    model.saveTo(bundle);
    HealthCourse course;
    try (Predictor<Table, HealthCourse> fresh = model.open();
        Predictor<Table, HealthCourse> opened = millwright.open(Maintenance.HEALTH, bundle)) {
      course = fresh.predict(today).fold(p -> p.value(), a -> null);
      HealthCourse again = opened.predict(today).fold(p -> p.value(), a -> null);
      assertThat(again).isEqualTo(course);
    }
    assertThat(course.readings())
        .allMatch(h -> Double.isFinite(h.ratio()) && h.index() > 0 && h.index() <= 1);
    assertThat(course.readings().get(119).ratio()).isLessThan(3);
    byte[] snapshot = {};
    for (int half = 0; half < 2; half++) {
      try (Monitor<Row, Health> monitor =
          millwright.plugin(Maintenance.class).healthMonitor(bundle)) {
        if (half == 1) {
          monitor.restore(snapshot);
        }
        for (int r = 42 * half; r < (half == 0 ? 42 : 120); r++) {
          Health health =
              monitor
                  .update("a", today.row(r), Instant.ofEpochSecond(60L * r + 60))
                  .fold(p -> p.value(), a -> null);
          assertThat(health).isEqualTo(course.readings().get(r));
        }
        snapshot = monitor.snapshot();
      }
    }
  }

  @Test
  void shortHistoriesKeepTheComponentsAndOneMethodIsRefusedByName() throws Exception {
    HealthModel model = trainer().train(table(swinging(1, 100))).await();
    assertThat(model.method()).isEqualTo(HealthMethod.PCA);
    assertThat(model.choice()).contains("100 readings are too few");
    Job<HealthModel> asked =
        trainer().methods(Set.of(HealthMethod.AUTOENCODER)).train(table(swinging(1, 100)));
    assertThatThrownBy(asked::await)
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_FEW_DATA));
    double[][] gaps = swinging(1, 300);
    for (int r = 0; r < 300; r += 6) {
      gaps[r][1] = Double.NaN;
    }
    assertThatThrownBy(() -> trainer().methods(List.of())).hasMessageContaining("Maybe");
    Set<HealthMethod> both = Set.of(HealthMethod.PCA, HealthMethod.FORECAST);
    for (int r = 0; r < 300; r += 9) {
      gaps[r][2] = Double.NaN;
    }
    assertThat(trainer().methods(both).train(table(gaps)).await().choice())
        .startsWith("PCA, without a choice: too many readings lack a value");
  }

  @Test
  void aCancelledChoiceEnds() {
    Job<HealthModel> job = trainer().train(table(swinging(1, 2000)));
    job.cancel();
    assertThatThrownBy(job::await)
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_CANCELLED));
  }
}
