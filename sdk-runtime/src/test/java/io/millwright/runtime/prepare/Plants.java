package io.millwright.runtime.prepare;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Data for the tests of this room, drawn from a seed. */
final class Plants {

  static final double[][] SIX = {
    {0, 0, 100}, {10, 0.25, 100}, {20, 0.7, 100}, {25, 0.62, 60}, {35, 0.84, 100}, {42, 0.84, 100}
  };

  private Plants() {}

  static final Schema MIXED =
      Schema.of(
          Column.number("force"),
          Column.category("die"),
          Column.number("oil"),
          Column.age("age"),
          Column.number("flat"));

  /** Sequences of mixed columns with missing, infinite and repeated values here and there. */
  static List<Table> mixed(Random random, int sequences) {
    List<Table> tables = new ArrayList<>();
    for (int s = 0; s < sequences; s++) {
      int rows = 1 + random.nextInt(90);
      TableBuilder builder = Table.builder(MIXED, rows);
      double wear = 0;
      for (int r = 0; r < rows; r++) {
        wear += 0.05 * random.nextDouble();
        double force = 100 + 3 * wear + random.nextGaussian();
        Double dirty =
            random.nextInt(20) == 0
                ? null
                : random.nextInt(40) == 0 ? Double.POSITIVE_INFINITY : (Double) force;
        String die = random.nextInt(15) == 0 ? null : "d" + random.nextInt(3);
        builder.add(dirty, die, 20 + random.nextGaussian() - wear, (double) r, 7.0);
      }
      tables.add(builder.build());
    }
    return tables;
  }

  /** Every step that learns something, then trends. */
  static Preparation everything() {
    return Preparation.of(
        new Step.Clean(Step.Missing.LAST, 8, 5, true, List.of(new Step.Range("force", 0, 1e6))),
        new Step.Encode(),
        new Step.Conditions(List.of(), 8),
        new Step.DropConstant(),
        new Step.Drifting(10, 0.1),
        new Step.Interactions(true),
        new Step.Trends(List.of(0.3, 0.05), List.of(5, 20), true, 7, true),
        new Step.Scale(Step.Scaling.STANDARD, 4),
        new Step.Window(6));
  }

  /**
   * Units that change their operating condition from row to row: three settings, then readings of
   * which all but one wear.
   */
  static List<Table> fleet(Random random, int units, double[][] conditions, Schema schema) {
    List<Table> fleet = new ArrayList<>();
    for (int u = 0; u < units; u++) {
      int life = 80 + random.nextInt(120);
      double[][] rows = new double[life][schema.size()];
      for (int t = 0; t < life; t++) {
        double[] c = conditions[random.nextInt(conditions.length)];
        double wear = Math.exp(4.0 * t / life - 4);
        rows[t][0] = c[0] + 0.003 * random.nextGaussian();
        rows[t][1] = Math.max(0, c[1] + 0.0005 * random.nextGaussian());
        rows[t][2] = c[2];
        for (int k = 3; k < schema.size(); k++) {
          double load = (k + 1) * c[0] + 40 * Math.sin(k) * c[1] - c[2];
          double drift = k == 3 ? 0 : 2 * Math.cos(k);
          rows[t][k] = 500 + load + drift * wear + 0.5 * random.nextGaussian();
        }
      }
      fleet.add(Table.ofNumbers(schema, rows));
    }
    return fleet;
  }

  static Schema numbers(int n) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      columns.add(Column.number("c" + i));
    }
    return new Schema(columns);
  }
}
