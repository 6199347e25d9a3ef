package io.millwright.runtime.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class InteractionFinderTest {

  private static FittedStep.Interactions find(
      int rows, int columns, int most, long key, ToDoubleFunction<double[]> logit) {
    SplittableRandom random = new SplittableRandom(key);
    Schema schema =
        new Schema(
            java.util.stream.IntStream.range(0, columns)
                .mapToObj(j -> Column.number("x" + j))
                .toList());
    List<Table> tables = new ArrayList<>();
    List<double[]> answers = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] x = new double[columns];
      List<Object> row = new ArrayList<>();
      for (int j = 0; j < columns; j++) {
        x[j] = 4 * random.nextDouble() - 2;
        row.add(x[j] + 10);
      }
      TableBuilder table = Table.builder(schema, 1);
      table.add(Collections.unmodifiableList(row));
      tables.add(table.build());
      double risk = 1 / (1 + Math.exp(-logit.applyAsDouble(x)));
      answers.add(new double[] {random.nextDouble() < risk ? 1 : 0});
    }
    return FittedPreparation.fit(
            Preparation.of(new Step.Interactions(true, most)),
            schema,
            tables,
            new FittedPreparation.Answers(answers, 2),
            () -> {})
        .preparation()
        .steps()
        .stream()
        .filter(s -> s instanceof FittedStep.Interactions)
        .map(s -> (FittedStep.Interactions) s)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void findsTheProductThatCounts() {
    FittedStep.Interactions found = find(600, 12, 10, 1, x -> 1.5 * x[2] * x[7] + x[0]);
    assertThat(found.products()).extracting(p -> p.left() + p.right()).contains("x2x7");
    assertThat(found.products().size() + found.quotients().size()).isLessThanOrEqualTo(10);
  }

  @Test
  void findsNothingWhereNothingIs() {
    int proposed = 0;
    for (long key = 0; key < 10; key++) {
      FittedStep.Interactions noise = find(400, 12, 30, key, x -> 0);
      FittedStep.Interactions linear = find(400, 12, 30, key, x -> 2 * x[0] - x[3]);
      proposed += noise.products().size() + noise.quotients().size();
      proposed += linear.products().size() + linear.quotients().size();
    }
    assertThat(proposed).isLessThanOrEqualTo(2);
  }

  @Test
  void withoutAnswersThereAreNone() {
    Schema schema = new Schema(List.of(Column.number("a"), Column.number("b")));
    TableBuilder table = Table.builder(schema, 2);
    table.add(List.of(1.0, 2.0));
    table.add(List.of(2.0, 5.0));
    FittedPreparation fitted =
        FittedPreparation.fit(
                Preparation.of(new Step.Interactions(true, 5)), schema, List.of(table.build()))
            .preparation();
    assertThat(fitted.features()).containsExactly("a", "b");
  }
}
