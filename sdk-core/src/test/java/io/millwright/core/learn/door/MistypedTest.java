package io.millwright.core.learn.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MistypedTest {

  private static final int ROWS = 1500;
  private static final Schema SCHEMA =
      Schema.of(
          Column.number("wear"), Column.number("a"), Column.number("b"), Column.category("kind"));

  private static Table inputs(long key) {
    Random random = new Random(key);
    var builder = Table.builder(SCHEMA, ROWS);
    for (int r = 0; r < ROWS; r++) {
      builder.add(
          random.nextDouble(),
          random.nextGaussian(),
          random.nextGaussian(),
          random.nextDouble() < 0.01 ? "big" : random.nextBoolean() ? "x" : "y");
    }
    return builder.build();
  }

  private static double[] targets(Table inputs, IntPredicate far, double times) {
    Random random = new Random(7);
    return IntStream.range(0, ROWS)
        .mapToDouble(
            r -> (60 + 5 * inputs.number(r, 1) + random.nextGaussian()) * (far.test(r) ? times : 1))
        .toArray();
  }

  @Test
  void slipsByAFactorAreLeftOut() {
    Table inputs = inputs(1);
    for (double times : new double[] {10, 100, 0.001, -1e4}) {
      IntPredicate slip = r -> r % 113 == 5;
      double[] targets = targets(inputs, slip, times);
      Set<Integer> rows = Mistyped.rows(inputs, targets);
      if (times == 0.001) {
        continue; // towards zero a slip is not far on the scale of the numbers
      }
      assertThat(rows).as("times %s", times).hasSize(14).allMatch(slip::test);
      assertThat(Mistyped.remark(rows, targets, "y")).contains("14 targets", "in row 6", "\"y\"");
    }
  }

  @Test
  void oneAloneIsLeftOut() {
    Table inputs = inputs(2);
    assertThat(Mistyped.rows(inputs, targets(inputs, r -> r == 77, 1e5))).containsExactly(77);
  }

  @Test
  void whatALabelExplainsIsKept() {
    Table inputs = inputs(3);
    double[] targets = targets(inputs, r -> "big".equals(inputs.label(r, 3)), 50);
    assertThat(Mistyped.rows(inputs, targets)).isEmpty();
  }

  @Test
  void whatAColumnExplainsIsKept() {
    Table inputs = inputs(4);
    double[] targets = targets(inputs, r -> inputs.number(r, 0) > 0.985, 50);
    assertThat(Mistyped.rows(inputs, targets)).isEmpty();
  }

  @Test
  void whatTwoColumnsExplainTogetherIsKept() {
    Table inputs = inputs(5);
    double[] targets =
        targets(inputs, r -> Math.hypot(inputs.number(r, 1) - 1, inputs.number(r, 2)) < 0.22, 50);
    assertThat(Mistyped.rows(inputs, targets)).isEmpty();
  }

  @Test
  void anEpisodeIsKept() {
    Table inputs = inputs(6);
    assertThat(Mistyped.rows(inputs, targets(inputs, r -> r >= 400 && r < 415, 50))).isEmpty();
  }

  @Test
  void aCodeIsLeftOutWhereverItStands() {
    Table inputs = inputs(7);
    double[] targets = targets(inputs, r -> false, 1);
    for (int r = 200; r < 220; r++) {
      targets[r] = -99999;
    }
    assertThat(Mistyped.rows(inputs, targets)).hasSize(20).contains(200, 219);
  }

  @Test
  void longTailsAreKept() {
    Table inputs = inputs(8);
    Random random = new Random(9);
    double[] lognormal =
        IntStream.range(0, ROWS).mapToDouble(r -> Math.exp(2 * random.nextGaussian())).toArray();
    assertThat(Mistyped.rows(inputs, lognormal)).isEmpty();
    double[] exponential =
        IntStream.range(0, ROWS).mapToDouble(r -> -Math.log(random.nextDouble())).toArray();
    assertThat(Mistyped.rows(inputs, exponential)).isEmpty();
    double[] counts =
        IntStream.range(0, ROWS)
            .mapToDouble(r -> random.nextDouble() < 0.8 ? 0 : random.nextInt(900))
            .toArray();
    assertThat(Mistyped.rows(inputs, counts)).isEmpty();
  }

  @Test
  void manyAreHowTheDataAre() {
    Table inputs = inputs(10);
    assertThat(Mistyped.rows(inputs, targets(inputs, r -> r % 20 == 3, 100))).isEmpty();
  }
}
