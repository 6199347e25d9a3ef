package io.millwright.runtime.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import io.millwright.runtime.prepare.FittedPreparation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is missing is drawn as it is beside what is known. */
class LikelyRowsTest {

  private static final Schema SCHEMA =
      Schema.of(
          Column.number("heat"),
          Column.number("force"),
          Column.number("noise"),
          Column.category("kind"));

  /** Heat and force go together by 0.8, force is lognormal; the kind tells of the heat. */
  private static FittedPreparation learnt(Step.Missing missing, int rows, double gaps) {
    Random random = new Random(1);
    List<Table> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double heat = random.nextGaussian();
      double force = Math.exp(0.8 * heat + 0.6 * random.nextGaussian());
      String kind = heat + 0.3 * random.nextGaussian() > 0 ? "A" : "B";
      all.add(
          row(
              random.nextDouble() < gaps ? null : (Double) (300 + 10 * heat),
              force,
              random.nextDouble(),
              kind));
    }
    return FittedPreparation.fit(
            Preparation.of(new Step.Clean(missing, 0, 0, false, List.of()), new Step.Encode()),
            SCHEMA,
            all)
        .preparation();
  }

  private static Table row(@Nullable Object... values) {
    TableBuilder builder = Table.builder(SCHEMA, 1);
    builder.add(new Row(SCHEMA, Arrays.asList(values)).values());
    return builder.build();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
  }

  @Test
  void aNumberIsDrawnByWhatIsKnown() {
    for (double gaps : new double[] {0, 0.3}) {
      LikelyRows likely = new LikelyRows(learnt(Step.Missing.LIKELY, 3000, gaps));
      // Without the kind, the regression of the heat on the force: 0.8 of its normal score.
      double[] high = likely.rows(row(null, Math.exp(1.5), 0.5, "no such kind")).numbers("heat");
      assertThat(mean(high)).isCloseTo(300 + 10 * 0.8 * 1.5, within(1.5));
      assertThat(deviation(high)).isCloseTo(6, within(1.0));
      Table low = likely.rows(row(null, Math.exp(-1.5), 0.5, "B"));
      assertThat(mean(low.numbers("heat"))).isLessThan(300 - 10);
      assertThat(low.numbers("noise")).containsOnly(0.5);
      assertThat(low.labels("kind")).containsOnly("B");
    }
  }

  @Test
  void severalValuesAreDrawnTogether() {
    LikelyRows likely = new LikelyRows(learnt(Step.Missing.LIKELY, 3000, 0));
    Table drawn = likely.rows(row(null, null, 0.5, "A"));
    double[] heat = drawn.numbers("heat");
    double[] force = drawn.numbers("force");
    double common = 0;
    for (int i = 0; i < heat.length; i++) {
      common += (heat[i] - mean(heat)) * (Math.log(force[i])) / heat.length;
    }
    assertThat(mean(heat)).isBetween(304.0, 311.0);
    assertThat(common / deviation(heat)).isGreaterThan(0.3);
    Table nothing = likely.rows(row(Double.NaN, Double.POSITIVE_INFINITY, null, null));
    assertThat(mean(nothing.numbers("heat"))).isCloseTo(300, within(2.0));
    assertThat(deviation(nothing.numbers("heat"))).isCloseTo(10, within(2.0));
    assertThat(nothing.labels("kind")).contains("A", "B");
  }

  @Test
  void aLabelIsDrawnByWhatIsKnown() {
    LikelyRows likely = new LikelyRows(learnt(Step.Missing.LIKELY, 3000, 0));
    List<@Nullable String> hot = likely.rows(row(312.0, 3.0, 0.5, null)).labels("kind");
    List<@Nullable String> cold = likely.rows(row(288.0, 0.3, 0.5, null)).labels("kind");
    assertThat(hot.stream().filter("A"::equals).count()).isGreaterThan(48);
    assertThat(cold.stream().filter("B"::equals).count()).isGreaterThan(48);
  }

  @Test
  void theSameRecordIsDrawnAlikeAndACompleteOneNotAtAll() {
    LikelyRows likely = new LikelyRows(learnt(Step.Missing.LIKELY, 200, 0));
    Table gap = row(null, 1.0, 0.5, "A");
    assertThat(likely.rows(gap)).isEqualTo(likely.rows(gap));
    assertThat(likely.rows(row(300.0, 1.0, 0.5, "A")).rows()).isZero();
    LikelyRows median = new LikelyRows(learnt(Step.Missing.MEDIAN, 200, 0));
    assertThat(median.any()).isFalse();
    assertThat(median.rows(gap).rows()).isZero();
  }
}
