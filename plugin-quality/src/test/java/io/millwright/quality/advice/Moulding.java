package io.millwright.quality.advice;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Goal;
import io.millwright.quality.Knob;
import io.millwright.quality.SafeRange;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Simulated moulding with two knobs that matter and one that does not. */
final class Moulding {

  static final List<Knob> KNOBS =
      List.of(
          Knob.between("heat", 160, 220),
          Knob.between("time", 5, 40).step(5),
          Knob.between("light", 0, 1));
  static final Map<String, Double> TODAY = Map.of("heat", 175.0, "time", 15.0, "light", 0.5);

  private Moulding() {}

  static double strength(double heat, double time) {
    double x = (heat - 195) / 30;
    double y = (time - 25) / 17.5;
    return 60 - 6 * x * x - 4 * y * y + 2 * x * y;
  }

  static double flash(double heat) {
    return 1 + 0.02 * (heat - 190);
  }

  static Table runs(long key, int rows) {
    Random random = new Random(key);
    double[][] values = new double[rows][5];
    for (double[] row : values) {
      row[0] = 160 + 60 * random.nextDouble();
      row[1] = 5 * (1 + random.nextInt(8));
      row[2] = random.nextDouble();
      row[3] = strength(row[0], row[1]) + 0.5 * random.nextGaussian();
      row[4] = flash(row[0]) + 0.05 * random.nextGaussian();
    }
    return Table.ofNumbers(
        Schema.of(
            Column.number("heat"),
            Column.number("time"),
            Column.number("light"),
            Column.number("strength"),
            Column.number("flash")),
        values);
  }

  static AdviceProblem.Builder problem(int rows) {
    return AdviceProblem.builder()
        .runs(runs(4, rows))
        .knobs(KNOBS)
        .goal(Goal.largest("strength"))
        .current(TODAY);
  }

  static AdviceProblem limited(double most) {
    return problem(40).safe(List.of(SafeRange.atMost("flash", most))).build();
  }
}
