package io.millwright.core.learn.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.Millwright;
import io.millwright.api.PluginSource;
import io.millwright.api.TableTrainer;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.ModelKind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that nobody measured, and targets that do not vary: said in the words of the table. */
class ImpossibleValuesTest {

  private static Millwright millwright;

  @BeforeAll
  static void open() {
    millwright = Millwright.builder().plugins(new PluginSource.Nowhere()).build();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  /** A line with little noise, whose 18th row has another input or target. */
  private static Table line(int rows, double input, double target) {
    Schema schema = Schema.of(Column.number("hour"), Column.number("a"), Column.number("y"));
    Random random = new Random(4);
    TableBuilder table = Table.builder(schema, rows);
    for (int r = 0; r < rows; r++) {
      double a = random.nextGaussian();
      table.add(
          (double) (rows - r),
          r == 17 && !Double.isNaN(input) ? input : a,
          r == 17 && !Double.isNaN(target) ? target : 3 * a + 0.3 * random.nextGaussian());
    }
    return table.build();
  }

  private static TableTrainer<Double> trainer() {
    return millwright.learning().number("y").among(ModelKind.LINEAR);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -1e300})
  void aTargetThatIsNoMeasuredValueIsNamedByRowAndColumn(double value) {
    Table table = line(60, Double.NaN, value);
    for (TableTrainer<Double> trainer :
        List.of(trainer().trusting("y"), trainer().trusting("y").time("hour"))) {
      assertThatThrownBy(() -> trainer.train(table))
          .hasMessageContaining("row 18, column \"y\": is " + value)
          .hasMessageContaining("leave it empty");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e6, 1e12, 1e39, 1e300, Double.POSITIVE_INFINITY})
  void oneCellDoesNotSpoilItsColumn(double value) throws InterruptedException {
    Table table = line(200, value, Double.NaN).without("hour");
    assertThat(trainer().examine(table).remarks())
        .anyMatch(r -> r.contains("column \"a\"") && r.contains("row 18"));
    double rmse = trainer().train(table).await().evaluation().figures().get("rmse");
    assertThat(rmse)
        .isLessThan(1.2); // 3 where the column says nothing; the one row cannot be known
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void anInfiniteInputIsNoMissingOneAndTheWayOutIsSaid(double value) {
    Table table = line(60, value, Double.NaN).without("hour");
    assertThat(trainer().examine(table).remarks())
        .anyMatch(
            r ->
                r.contains("column \"a\" is infinite in row 18")
                    && r.contains("division by zero")
                    && r.contains("leave the cell empty"))
        .noneMatch(r -> r.contains("values are missing"));
  }

  @Test
  void aTargetThatDoesNotVaryIsToldSo() {
    Schema schema = Schema.of(Column.number("a"), Column.number("y"), Column.category("verdict"));
    TableBuilder builder = Table.builder(schema, 60);
    for (int r = 0; r < 60; r++) {
      builder.add((double) r, 5.5, "ok");
    }
    Table table = builder.build();
    assertThatThrownBy(() -> millwright.learning().target("y").train(table.without("verdict")))
        .hasMessageContaining("target \"y\": is 5.5 in all 60 rows")
        .hasMessageContaining("nothing to learn")
        .hasMessageNotContaining("classes");
    assertThatThrownBy(() -> millwright.learning().number("y").train(table))
        .hasMessageContaining("is 5.5 in all 60 rows");
    assertThatThrownBy(() -> millwright.learning().classes("verdict").train(table.without("y")))
        .hasMessageContaining("is ok in all 60 rows");
  }

  @Test
  void aLeakNamesTheWayOut() {
    Table leak = line(100, Double.NaN, Double.NaN).without("hour");
    TableBuilder builder =
        Table.builder(Schema.of(Column.number("net"), Column.number("y")), leak.rows());
    for (int r = 0; r < leak.rows(); r++) {
      builder.add(2 * leak.numbers("y")[r] + 1, leak.numbers("y")[r]);
    }
    Table table = builder.build();
    assertThatThrownBy(() -> trainer().train(table))
        .hasMessageContaining("trusting(\"net\")")
        .hasMessageContaining("--trust net")
        .hasMessageContaining("--ignore net");
  }
}
