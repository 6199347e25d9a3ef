package io.millwright.maintenance;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.data.UnitHistory.End;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small data that wear as machines do, the same for the same seed. */
final class Simulated {

  static final double EARLY_LIFE = 20;

  static final Schema READINGS =
      Schema.of(
          Column.number("temperature", Unit.of("K")),
          Column.number("vibration", Unit.of("mm/s")),
          Column.number("speed", Unit.of("1/min")));

  private static final Schema PRESS =
      Schema.of(Column.number("force", Unit.of("kN")), Column.number("oil", Unit.of("K")));

  private Simulated() {}

  /** A unit that lives 25 to 44 cycles, and its record until it failed. */
  static UnitHistory failed(String name, long seed) {
    Random random = new Random(seed);
    int life = 25 + random.nextInt(20);
    double[][] rows = new double[life][];
    for (int t = 0; t < life; t++) {
      double wear = Math.pow((t + 1.0) / life, 3);
      rows[t] =
          new double[] {
            500 + 40 * wear + random.nextGaussian(),
            3 + 6 * wear + 0.3 * random.nextGaussian(),
            1500 + 10 * random.nextGaussian()
          };
    }
    return UnitHistory.failed(name, Table.ofNumbers(READINGS, rows));
  }

  static Fleet fleet(int units, long seed) {
    List<UnitHistory> all = new ArrayList<>();
    for (int i = 0; i < units; i++) {
      all.add(failed("pump " + i, 1000 * seed + i));
    }
    return new Fleet(all);
  }

  /** A unit that is still running, cut off so many cycles before its end. */
  static UnitHistory running(String name, long seed, int left) {
    UnitHistory whole = failed(name, seed);
    return new UnitHistory(name, whole.readings().slice(0, whole.length() - left), 0, End.RUNNING);
  }

  static List<KnownLife> truths(int units, long seed) {
    List<KnownLife> truths = new ArrayList<>();
    for (int i = 0; i < units; i++) {
      int left = i % 22;
      truths.add(new KnownLife(running("test " + i, 1000 * seed + i, left), left));
    }
    return truths;
  }

  /** Presses of which about every fifth row comes before a failure, in one of two modes. */
  static FailureData presses(int rows, long seed) {
    Random random = new Random(seed);
    double[][] readings = new double[rows][];
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      readings[i] = new double[] {100 + 10 * random.nextGaussian(), 320 + random.nextGaussian()};
      double risk = (readings[i][0] - 108) / 3;
      double heat = readings[i][1] - 321.5;
      outcomes.add(
          random.nextDouble() < 1 / (1 + Math.exp(-risk))
              ? "overload"
              : random.nextDouble() < 1 / (1 + Math.exp(-6 * heat)) ? "oil" : FailureData.NONE);
    }
    return FailureData.of(Table.ofNumbers(PRESS, readings), outcomes);
  }

  /** Small and short, to end within a second or two. */
  static RemainingLifeTrainer small(Maintenance maintenance) {
    return maintenance
        .remainingLife()
        .earlyLife(EARLY_LIFE)
        .network(Networks.mlp(Activation.SILU, 8))
        .learning(Learning.adamW(1e-2, 1e-2).batch(32).epochs(8).averaging(0.9).key(5))
        .split(Split.folds(2));
  }

  static FailureTrainer smallRisk(Maintenance maintenance) {
    return maintenance
        .failure()
        .network(Networks.mlp(Activation.SILU, 8))
        .learning(Learning.adamW(1e-2, 1e-2).batch(32).epochs(12).key(5));
  }
}
