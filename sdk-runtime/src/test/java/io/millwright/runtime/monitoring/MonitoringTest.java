package io.millwright.runtime.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MonitoringTest {

  private static final int SENSORS = 6;

  /** A machine whose six sensors follow two loads that change slowly. */
  private static double[][] machine(long key, int rows) {
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 1);
    double[][] all = new double[rows][SENSORS];
    double a = 0;
    double b = 0;
    for (double[] row : all) {
      a = 0.9 * a + 0.44 * random.nextGaussian();
      b = 0.8 * b + 0.6 * random.nextGaussian();
      double[] clean = {a, b, a + b, a - b, 2 * a + 0.5 * b, b - 0.5 * a};
      for (int j = 0; j < SENSORS; j++) {
        row[j] = 20 + 5 * clean[j] + 0.8 * random.nextGaussian();
      }
    }
    return all;
  }

  @Test
  void alarmsAsOftenAsSaidOnNormalReadingsThatFollowEachOther() {
    double mean = 0;
    for (int key = 0; key < 20; key++) {
      ProcessModel model = ProcessModel.fit(machine(key, 600), MonitoringPlan.standard());
      ProcessWatch watch = model.begin();
      double alarms = 0;
      for (double[] row : machine(1000 + key, 1000)) {
        alarms += watch.take(row).alarm() ? 1 : 0;
      }
      mean += alarms / 1000 / 20;
    }
    assertThat(mean).isBetween(0.001, 0.02);
  }

  @Test
  void aSilentSensorIsNoAlarmWhereverTheOthersStand() {
    for (int lags = 0; lags < 2; lags++) {
      ProcessModel model = ProcessModel.fit(machine(3, 800), new MonitoringPlan(0.01, 0.1, lags));
      ProcessWatch watch = model.begin();
      int alarms = 0;
      for (double[] row : machine(1003, 2000)) {
        row[4] = Double.NaN;
        alarms += watch.take(row).alarm() ? 1 : 0;
      }
      assertThat(alarms / 2000.0).isLessThan(0.02);
      double[] silent = new double[SENSORS];
      Arrays.fill(silent, Double.NaN);
      assertThat(watch.take(silent).distance()).isFinite();
    }
  }

  @Test
  void oneReadingBeyondAllProportionIsForgottenAndItsSensorNamed() {
    ProcessModel model = ProcessModel.fit(machine(5, 800), MonitoringPlan.standard());
    SensorModel sensors = SensorModel.fit(machine(5, 800));
    for (double wild : new double[] {1e300, -1e300, 1e9, -999_999}) {
      ProcessWatch watch = model.begin();
      SensorWatch beside = sensors.begin();
      double[][] rows = machine(1005, 400);
      rows[200][2] = wild;
      int late = 0;
      for (int r = 0; r < rows.length; r++) {
        ProcessPoint point = watch.take(rows[r]);
        late += r > 280 && point.alarm() ? 1 : 0;
        SensorReport report = beside.take(rows[r]);
        if (r == 200) {
          assertThat(point.alarm()).isTrue();
          assertThat(report.verdicts()).extracting(SensorVerdict::sensor).containsExactly(2);
        } else if (r < 200) {
          assertThat(report.verdicts()).isEmpty();
        } else {
          assertThat(report.verdicts())
              .as("row %s, %s", r, wild)
              .extracting(SensorVerdict::sensor)
              .isSubsetOf(2);
        }
      }
      assertThat(late).isLessThan(6);
    }
  }

  /** A machine whose load goes up and down steadily, in sensors that know little else. */
  private static double[][] cycling(long key, int rows, double period) {
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 2);
    double[][] all = new double[rows][];
    for (int r = 0; r < rows; r++) {
      double load = Math.sin(2 * Math.PI * r / period) + 0.3 * random.nextGaussian();
      double other = random.nextGaussian();
      all[r] =
          new double[] {
            50 + 5 * load + 0.3 * random.nextGaussian(),
            3 + 0.4 * load + 0.1 * other + 0.03 * random.nextGaussian(),
            120 - 8 * load + 2 * other + 0.5 * random.nextGaussian(),
            7 + 0.5 * other + 0.05 * random.nextGaussian(),
            1000 + 5 * random.nextGaussian()
          };
    }
    return all;
  }

  @Test
  void limitsHoldWhereTheLoadGoesUpAndDownAboutOnceABlock() {
    for (double period : new double[] {60, 150, 240, 300, 314, 400, 600}) {
      ProcessWatch watch =
          ProcessModel.fit(cycling(1, 1500, period), MonitoringPlan.standard()).begin();
      double alarms = 0;
      for (double[] row : cycling(2, 1200, period)) {
        alarms += watch.take(row).alarm() ? 1 : 0;
      }
      assertThat(alarms / 1200).as("period %s", period).isLessThan(0.03);
    }
  }

  @Test
  void namesTheVariableThatLeftTheOthersAndSavesToTheSameBits() {
    double[][] normal = machine(3, 500);
    for (int lags = 0; lags < 3; lags++) {
      ProcessModel model = ProcessModel.fit(normal, new MonitoringPlan(0.01, 0.2, lags));
      ProcessModel again = ProcessModel.of(new TreeMap<>(model.numbers()));
      ProcessWatch first = model.begin();
      ProcessWatch second = again.begin();
      double[][] rows = machine(4, 300);
      ProcessPoint last = first.take(rows[0]);
      assertThat(second.take(rows[0])).isEqualTo(last);
      for (int r = 1; r < rows.length; r++) {
        if (r >= 200) {
          rows[r][4] += 8;
        }
        if (r == 150) {
          ProcessWatch restored = again.begin();
          restored.restore(second.memory());
          second = restored;
        }
        last = first.take(rows[r]);
        assertThat(second.take(rows[r])).isEqualTo(last);
      }
      assertThat(last.alarm()).isTrue();
      assertThat(first.health(last)).isLessThan(0.5);
      double largest = Collections.max(last.contributions());
      assertThat(last.contributions().get(4)).isEqualTo(largest);
    }
  }

  @Test
  void refusesWhatIsNoModelAndWhatDoesNotFit() {
    double[][] normal = machine(3, 100);
    SortedMap<String, List<Double>> numbers =
        ProcessModel.fit(normal, MonitoringPlan.standard()).numbers();
    for (String name : List.copyOf(numbers.keySet())) {
      SortedMap<String, List<Double>> broken = new TreeMap<>(numbers);
      broken.put(name, List.of(Double.NaN));
      assertThatThrownBy(() -> ProcessModel.of(broken)).isInstanceOf(MillwrightException.class);
      broken.remove(name);
      assertThatThrownBy(() -> ProcessModel.of(broken)).isInstanceOf(MillwrightException.class);
    }
    ProcessWatch watch = ProcessModel.fit(normal, MonitoringPlan.standard()).begin();
    assertThatThrownBy(() -> watch.take(new double[2])).hasMessageContaining("Maybe");
    assertThatThrownBy(() -> ProcessModel.fit(Arrays.copyOf(normal, 10), MonitoringPlan.standard()))
        .hasMessageContaining("Maybe");
    double[] silent = new double[SENSORS];
    Arrays.fill(silent, Double.NaN);
    assertThat(watch.take(silent).ratio()).isFinite();
  }

  /** The fault planted in one sensor, seen at the end. */
  private static List<SensorVerdict> planted(SensorModel model, long key, SensorFault fault) {
    double[][] rows = machine(key, 400);
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 2);
    SensorWatch watch = model.begin();
    List<SensorVerdict> seen = new ArrayList<>();
    for (int r = 0; r < rows.length; r++) {
      double[] row = rows[r];
      if (r >= 200) {
        switch (fault) {
          case MISSING -> row[2] = Double.NaN;
          case STUCK -> row[2] = rows[199][2];
          case BIASED -> row[2] += 12;
          case DRIFTING -> row[2] += 0.1 * (r - 200);
          case NOISY -> row[2] += 12 * random.nextGaussian();
          case SWAPPED -> {
            double other = row[0];
            row[0] = row[3];
            row[3] = other;
          }
        }
      }
      SensorReport report = watch.take(row);
      if (r >= 300) {
        seen.addAll(report.verdicts());
      }
    }
    return seen;
  }

  @Test
  void tellsWhichSensorLiesAndHow() {
    SensorModel model = SensorModel.of(SensorModel.fit(machine(7, 800)).numbers());
    for (SensorFault fault : SensorFault.values()) {
      int right = 0;
      int named = 0;
      for (int key = 50; key < 70; key++) {
        List<SensorVerdict> seen = planted(model, key, fault);
        int sensor = fault == SensorFault.SWAPPED ? 0 : 2;
        long of = seen.stream().filter(v -> v.sensor() == sensor).count();
        long kind = seen.stream().filter(v -> v.sensor() == sensor && v.fault() == fault).count();
        named += of > seen.size() / 3 ? 1 : 0;
        right += kind > of / 2 ? 1 : 0;
      }
      assertThat(named).as("%s named", fault).isGreaterThanOrEqualTo(19);
      assertThat(right).as("%s told", fault).isGreaterThanOrEqualTo(17);
    }
  }

  @Test
  void aMachineThatChangesIsNoSensorFaultAndTheVirtualReadingIsClose() {
    SensorModel model = SensorModel.fit(machine(7, 800));
    SensorWatch watch = model.begin();
    double squared = 0;
    int n = 0;
    for (double[] row : machine(9, 300)) {
      double truth = row[5];
      row[5] = Double.NaN;
      SensorReport report = watch.take(row);
      squared += Math.pow(report.verdicts().get(0).virtual() - truth, 2);
      n++;
    }
    double deviation = model.error[5] * model.common[5];
    assertThat(Math.sqrt(squared / n)).isBetween(0.7 * deviation, 1.3 * deviation);
    int machine = 0;
    SensorWatch other = model.begin();
    double[][] rows = machine(10, 300);
    for (int r = 0; r < rows.length; r++) {
      // Wear: the relation of three sensors changes.
      if (r >= 100) {
        rows[r][2] += 10;
        rows[r][3] -= 9;
        rows[r][5] += 8;
      }
      machine += other.take(rows[r]).machine() ? 1 : 0;
    }
    assertThat(machine).isGreaterThan(120);
  }

  @Test
  void changePointsAreTheOptimumOfAllDivisions() {
    for (int key = 0; key < 200; key++) {
      KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 3);
      int n = 6 + random.nextInt(7);
      int least = 1 + random.nextInt(3);
      double[] x = new double[n];
      for (int i = 0; i < n; i++) {
        x[i] = random.nextGaussian() + (i > n / 2 ? 2 : 0);
      }
      double penalty = 0.2 + 2 * random.nextDouble();
      double best = Double.POSITIVE_INFINITY;
      for (int mask = 0; mask < 1 << (n - 1); mask++) {
        List<Integer> cuts = new ArrayList<>();
        for (int i = 1; i < n; i++) {
          if ((mask >> (i - 1) & 1) == 1) {
            cuts.add(i);
          }
        }
        best = Math.min(best, cost(x, cuts, penalty, least));
      }
      assertThat(cost(x, ChangePoints.changes(x, penalty, least), penalty, least))
          .isCloseTo(best, org.assertj.core.api.Assertions.within(1e-9));
    }
  }

  private static double cost(double[] x, List<Integer> cuts, double penalty, int least) {
    double sum = penalty * cuts.size();
    int from = 0;
    for (int k = 0; k <= cuts.size(); k++) {
      int to = k < cuts.size() ? cuts.get(k) : x.length;
      if (to - from < least) {
        return Double.POSITIVE_INFINITY;
      }
      double mean = Arrays.stream(x, from, to).average().orElseThrow();
      sum += Arrays.stream(x, from, to).map(v -> (v - mean) * (v - mean)).sum();
      from = to;
    }
    return sum;
  }

  @Test
  void alarmsComeAndGoWithHysteresisAndCusumDatesTheChange() {
    AlarmRule rule = new AlarmRule(1, 0.5, 2, 3);
    AlarmRule.State state = AlarmRule.State.QUIET;
    double[] values = {2, 0, 2, 2, 0.7, 0.4, 0.4, 0.7, 0.1, Double.NaN, 0.1, 0.1, 0};
    boolean[] expected = {
      false, false, false, true, true, true, true, true, true, true, true, false, false
    };
    for (int i = 0; i < values.length; i++) {
      state = rule.next(state, values[i]);
      assertThat(state.active()).as("value %d", i).isEqualTo(expected[i]);
    }
    assertThatThrownBy(() -> new AlarmRule(1, 2, 1, 1)).hasMessageContaining("Maybe");
    Cusum cusum = new Cusum(0.5, 5);
    Cusum.State sums = Cusum.State.START;
    for (int i = 0; i < 20; i++) {
      sums = cusum.next(sums, i < 10 ? 0 : 2);
    }
    assertThat(cusum.changed(sums)).isEqualTo(10);
  }

  @Test
  void changesOfLevelAreFoundAndSlowNoiseIsNoChange() {
    KeyedRandom random = KeyedRandom.of(5, KeyedRandom.Purpose.OTHER, 4);
    double[] x = new double[300];
    double slow = 0;
    for (int i = 0; i < x.length; i++) {
      slow = 0.5 * slow + random.nextGaussian();
      x[i] = slow + (i >= 180 ? 6 : 0);
    }
    assertThat(ChangePoints.ofLevel(x)).hasSize(1);
    assertThat(ChangePoints.ofLevel(x).get(0)).isBetween(178, 182);
    assertThat(ChangePoints.ofLevel(new double[50])).isEmpty();
  }
}
