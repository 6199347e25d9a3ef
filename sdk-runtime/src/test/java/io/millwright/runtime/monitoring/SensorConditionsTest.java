package io.millwright.runtime.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sensors that lie in a machine of six operating conditions between which no line holds. */
class SensorConditionsTest {

  private static final int SENSORS = 7;
  private static final int CONDITIONS = 6;

  /** Levels 40 apart, the same for every key; within a condition a load that all sensors follow. */
  private static double[][] machine(long key, int rows, int conditions) {
    KeyedRandom levels = KeyedRandom.of(3, KeyedRandom.Purpose.OTHER, 1);
    double[][] level = new double[CONDITIONS + 1][SENSORS];
    for (double[] one : level) {
      for (int j = 0; j < SENSORS; j++) {
        one[j] = 100 + 40 * levels.nextGaussian();
      }
    }
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 2);
    double[][] all = new double[rows][SENSORS];
    for (int r = 0; r < rows; r++) {
      int condition = random.nextInt(conditions);
      double load = random.nextGaussian();
      for (int j = 0; j < SENSORS; j++) {
        all[r][j] = level[condition][j] + (j - 2.5) * load + 0.5 * random.nextGaussian();
      }
    }
    return all;
  }

  private static List<SensorVerdict> planted(SensorModel model, long key, SensorFault fault) {
    double[][] rows = machine(key, 120, CONDITIONS);
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 3);
    SensorWatch watch = model.begin();
    List<SensorVerdict> seen = new ArrayList<>();
    for (int r = 0; r < rows.length; r++) {
      double[] row = rows[r];
      if (r >= 60) {
        switch (fault) {
          case MISSING -> row[2] = Double.NaN;
          case STUCK -> row[2] = rows[59][2];
          case BIASED -> row[2] += 4;
          case DRIFTING -> row[2] += 0.15 * (r - 60);
          case NOISY -> row[2] += 4 * random.nextGaussian();
          case SWAPPED -> {
            double other = row[2];
            row[2] = row[5];
            row[5] = other;
          }
        }
      }
      if (r == 80) {
        SensorWatch restored = model.begin();
        restored.restore(watch.memory());
        watch = restored;
      }
      SensorReport report = watch.take(row);
      if (r >= 90) {
        seen.addAll(report.verdicts());
      }
    }
    return seen;
  }

  @Test
  void aFaultOfTheSizeOfAConditionsOwnScatterIsNamed() {
    SensorModel model = SensorModel.of(SensorModel.fit(machine(7, 900, CONDITIONS)).numbers());
    assertThat(model.conditions.count()).isEqualTo(CONDITIONS);
    for (SensorFault fault : SensorFault.values()) {
      for (int key = 50; key < 60; key++) {
        List<SensorVerdict> seen = planted(model, key, fault);
        assertThat(seen).as("%s, key %s", fault, key).isNotEmpty();
        long of = seen.stream().filter(v -> v.sensor() == 2).count();
        int others = fault == SensorFault.SWAPPED ? 2 : 1;
        assertThat(of * others).as("%s, key %s", fault, key).isGreaterThan(seen.size() * 9 / 10);
      }
    }
  }

  @Test
  void aSoundMachineAndAConditionNeverSeenNameNoSensor() {
    SensorModel model = SensorModel.fit(machine(7, 900, CONDITIONS));
    SensorWatch sound = model.begin();
    int named = 0;
    for (double[] row : machine(8, 2000, CONDITIONS)) {
      named += sound.take(row).verdicts().isEmpty() ? 0 : 1;
    }
    assertThat(named).isLessThan(10);
    SensorWatch unknown = model.begin();
    named = 0;
    for (double[] row : machine(9, 500, CONDITIONS + 1)) {
      named += unknown.take(row).verdicts().isEmpty() ? 0 : 1;
    }
    assertThat(named).isLessThan(10);
  }

  @Test
  void aLoadThatMovesWithoutStepsIsNoCondition() {
    KeyedRandom random = KeyedRandom.of(5, KeyedRandom.Purpose.OTHER, 4);
    double[][] rows = new double[1500][SENSORS];
    for (int r = 0; r < rows.length; r++) {
      double load = Math.sin(r / 50.0);
      for (int j = 0; j < SENSORS; j++) {
        rows[r][j] = 10 * j * load + 0.01 * random.nextGaussian();
      }
    }
    assertThat(SensorModel.fit(rows).conditions.count()).isEqualTo(1);
  }
}
