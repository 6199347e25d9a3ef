package io.millwright.runtime.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Task;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.head.Head;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.plain.RandomNetworks;
import io.millwright.runtime.plain.ReferenceForward;
import io.millwright.runtime.prepare.Notes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelPredictorTest {

  private static List<Table> singles(Table table) {
    List<Table> rows = new ArrayList<>();
    for (int i = 0; i < table.rows(); i++) {
      rows.add(table.slice(i, i + 1));
    }
    return rows;
  }

  private static void hasCode(Throwable error, ErrorCode code) {
    assertThat(error)
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(error.getMessage()).contains("Maybe");
  }

  @Test
  void aQuantityIsTheMembersMeanOnTheTargetsScale() {
    Model model = TestModels.quantity(6, 3, Networks.mlp(16, 8));
    Table rows = TestModels.rows(model.preparation().inputs(), 50, new Random(1));
    try (ModelPredictor<Table, Object> predictor = TestModels.predictor(model)) {
      int limited = 0;
      for (Table row : singles(rows)) {
        float[] x = model.preparation().plan().row(row, 0, new Notes());
        double[] members =
            model.members().stream()
                .mapToDouble(w -> new ReferenceForward(Bundles.plan(model), w).run(x)[0])
                .toArray();
        double expected = 100 + 60 * Arrays.stream(members).average().orElseThrow();
        Outcome.Prediction<Object> got = predictor.predict(row).orElseThrow();
        assertThat((Double) got.value())
            .isCloseTo(Math.max(0, Math.min(125, expected)), within(1e-3));
        assertThat(got.flags().contains(Flag.AT_LIMIT)).isEqualTo((Double) got.value() == 125);
        limited += got.flags().contains(Flag.AT_LIMIT) ? 1 : 0;
        Uncertainty.Interval interval = (Uncertainty.Interval) got.uncertainty().at(0.9);
        assertThat(interval.unit()).isEqualTo(Unit.CYCLE);
        assertThat(interval.low()).isBetween(0.0, 125.0);
      }
      assertThat(limited).as("answers at the limit occurred, and others").isBetween(1, 49);
    }
  }

  @Test
  void theSpreadIsTheStandardDeviationOfTheMembers() {
    Model model = TestModels.quantity(6, 4, Networks.mlp(16, 8));
    Ensemble ensemble = TestModels.java(model);
    float[] x = new RandomNetworks(2).inputs(Bundles.plan(model), 7);
    double[] said = ensemble.run(x, 7);
    List<ForwardPass> passes = Ensemble.javaMembers(model);
    for (int r = 0; r < 7; r++) {
      double mean = 0;
      for (ForwardPass pass : passes) {
        mean += pass.run(x, 7)[r] / 4.0;
      }
      assertThat(said[r]).isCloseTo(mean, within(1e-9));
    }
  }

  static List<Model> models() {
    return List.of(
        TestModels.quantity(6, 2, Networks.mlp(16, 8)),
        TestModels.classes(3),
        TestModels.quantiles(),
        TestModels.sequences(0, 2),
        TestModels.sequences(8, 1));
  }

  @ParameterizedTest
  @MethodSource("models")
  void rowsOfATableGetTheBitsThatEachGetsAsAnInput(Model model) {
    Schema schema = model.preparation().inputs();
    Table rows = TestModels.rows(schema, 1100, new Random(4));
    try (ModelPredictor<Table, Object> predictor = TestModels.predictor(model)) {
      assertThat(predictor.predictRows(rows)).isEqualTo(predictor.predictAll(singles(rows)));
      assertThat(predictor.predictRows(rows.slice(0, 0))).isEmpty();
      assertThatThrownBy(() -> predictor.predictRows(rows.without(schema.names().get(0))))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining(schema.names().get(0));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void manyInputsTogetherGetTheAnswersOfEachAlone(Model model) {
    Random random = new Random(9);
    Schema schema = model.preparation().inputs();
    List<Table> inputs = new ArrayList<>();
    for (int i = 0; i < 1100; i++) {
      // Now and then nothing, or nothing but missing values, in between.
      Table table = TestModels.rows(schema, random.nextInt(5), random);
      inputs.add(i % 50 == 7 ? missing(schema) : table);
    }
    try (ModelPredictor<Table, Object> predictor = TestModels.predictor(model)) {
      List<Outcome<Object>> together = predictor.predictAll(inputs);
      assertThat(together).hasSize(inputs.size());
      for (int i = 0; i < inputs.size(); i++) {
        Outcomes.same(together.get(i), predictor.predict(inputs.get(i)));
      }
      assertThat(together).hasAtLeastOneElementOfType(Outcome.Prediction.class);
      assertThat(together).hasAtLeastOneElementOfType(Outcome.Abstention.class);
      assertThat(predictor.predictAll(List.of())).isEmpty();
    }
  }

  private static Table missing(Schema schema) {
    return Table.builder(schema, 1).add(new Object[schema.size()]).build();
  }

  @Test
  void classesAreTheCalibratedMeanOfTheMembersProbabilities() {
    Model model = TestModels.classes(3);
    Table rows = TestModels.rows(model.preparation().inputs(), 30, new Random(4));
    try (ModelPredictor<Table, Object> predictor = TestModels.predictor(model)) {
      for (Table row : singles(rows)) {
        Outcome.Prediction<Object> got = predictor.predict(row).orElseThrow();
        ClassScores scores = (ClassScores) got.value();
        assertThat(scores.labels()).containsExactly("good", "scratch", "dent");
        assertThat(scores.probabilities().stream().mapToDouble(p -> p).sum())
            .isCloseTo(1, within(1e-9));
        assertThat(scores.threshold()).contains(new ClassScores.Threshold("good", 0.3));
        Uncertainty.LabelSet set = (Uncertainty.LabelSet) got.uncertainty().at(0.9);
        assertThat(set.labels().get(0)).isEqualTo(scores.best());
      }
    }
  }

  @Test
  void ofQuantilesTheMiddleOneIsTheAnswerAndNothingIsClaimedOfTheRest() {
    Model model = TestModels.quantiles();
    Table row = TestModels.rows(model.preparation().inputs(), 1, new Random(4));
    float[] x = model.preparation().plan().row(row, 0, new Notes());
    double expected =
        model.members().stream()
            .mapToDouble(w -> new ReferenceForward(Bundles.plan(model), w).run(x)[1])
            .average()
            .orElseThrow();
    try (ModelPredictor<Table, Object> predictor = TestModels.predictor(model)) {
      Outcome.Prediction<Object> got = predictor.predict(row).orElseThrow();
      assertThat((Double) got.value())
          .isCloseTo(Math.max(0, Math.min(125, 100 + 60 * expected)), within(1e-3));
      assertThat(got.uncertainty().at(0.9))
          .isEqualTo(new Uncertainty.None("quantiles stand as they were learnt"));
    }
  }

  @Test
  void dirtyValuesAreFlaggedAndNeverThrow() {
    Model model = TestModels.quantity(4, 1, Networks.mlp(8));
    Schema schema = model.preparation().inputs();
    try (ModelPredictor<Table, Object> predictor = TestModels.predictor(model)) {
      assertThat(flags(predictor, schema, 0.0, 10.0, 20.0, 30.0, "a")).doesNotContain(Flag.IMPUTED);
      assertThat(flags(predictor, schema, Double.NaN, 10.0, 20.0, 30.0, "a"))
          .contains(Flag.IMPUTED);
      assertThat(flags(predictor, schema, Double.NaN, 10.0, 20.0, 30.0, "a"))
          .doesNotContain(Flag.INFINITE);
      assertThat(flags(predictor, schema, Double.POSITIVE_INFINITY, 10.0, 20.0, 30.0, "a"))
          .contains(Flag.IMPUTED, Flag.INFINITE);
      assertThat(flags(predictor, schema, 0.0, 10.0, Double.NEGATIVE_INFINITY, 30.0, "a"))
          .contains(Flag.IMPUTED, Flag.INFINITE);
      assertThat(flags(predictor, schema, 0.0, 10.0, 20.0, 30.0, "z"))
          .contains(Flag.UNKNOWN_CATEGORY);
      assertThat(flags(predictor, schema, 0.0, 10.0, 20.0, 1e6, "a"))
          .contains(Flag.OUTSIDE_TRAINING_RANGE);
      Outcome<Object> nothing = predictor.predict(missing(schema));
      assertThat(nothing).isInstanceOf(Outcome.Abstention.class);
      Outcome<Object> empty = predictor.predict(Table.builder(schema, 0).build());
      assertThat(((Outcome.Abstention<Object>) empty).code()).isEqualTo(ErrorCode.TOO_FEW_DATA);
    }
  }

  private static java.util.Set<Flag> flags(
      ModelPredictor<Table, Object> predictor, Schema schema, Object... values) {
    return predictor.predict(Table.builder(schema, 1).add(values).build()).orElseThrow().flags();
  }

  @Test
  void aTableWithoutTheColumnsIsRefusedWithAllFindings() {
    Model model = TestModels.fast();
    List<Column> columns = new ArrayList<>(model.preparation().inputs().columns());
    columns.set(0, Column.number("x0", Unit.of("Cel")));
    columns.set(1, Column.category("x1"));
    columns.remove(9);
    Schema wrong = new Schema(columns);
    try (ModelPredictor<Table, Object> predictor = TestModels.predictor(model)) {
      for (int rows = 0; rows < 3; rows++) {
        Table table = TestModels.rows(wrong, rows, new Random(1));
        assertThatThrownBy(() -> predictor.predict(table))
            .isInstanceOfSatisfying(
                MillwrightException.class,
                e ->
                    assertThat(e.findings())
                        .extracting(f -> f.code())
                        .contains(
                            ErrorCode.WRONG_UNIT, ErrorCode.WRONG_TYPE, ErrorCode.MISSING_COLUMN));
        assertThatThrownBy(() -> predictor.predictAll(List.of(table)))
            .isInstanceOf(MillwrightException.class);
      }
      // Other columns and another order do no harm.
      List<Column> more = new ArrayList<>(model.preparation().inputs().columns());
      java.util.Collections.reverse(more);
      more.add(Column.category("remark"));
      Table table = TestModels.rows(new Schema(more), 1, new Random(1));
      Outcomes.same(
          predictor.predict(table),
          predictor.predict(table.select(model.preparation().inputs().names())));
    }
  }

  @Test
  void aClosedPredictorSaysSoAndClosesItsMembersOnce() {
    AtomicInteger closed = new AtomicInteger();
    Model model = TestModels.fast();
    ForwardPass java = Ensemble.javaMembers(model).get(0);
    ForwardPass counted =
        new ForwardPass() {
          @Override
          public float[] run(float[] inputs, int count) {
            return java.run(inputs, count);
          }

          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    ModelPredictor<Table, Object> predictor =
        ModelPredictor.untyped(model, TestModels.info(model), List.of(counted));
    Table row = TestModels.rows(model.preparation().inputs(), 1, new Random(1));
    predictor.predict(row);
    predictor.close();
    predictor.close();
    assertThat(closed).hasValue(1);
    assertThatThrownBy(() -> predictor.predict(row)).satisfies(e -> hasCode(e, ErrorCode.CLOSED));
    assertThatThrownBy(() -> predictor.predictAll(List.of(row)))
        .satisfies(e -> hasCode(e, ErrorCode.CLOSED));
    assertThatThrownBy(() -> predictor.explain(row, ExplainRequest.standard()))
        .satisfies(e -> hasCode(e, ErrorCode.CLOSED));
    assertThat(predictor.info().task()).isEqualTo("test.task");
  }

  @Test
  void anEngineThatFailsOrGivesNonsenseIsTold() {
    Model model = TestModels.fast();
    Table row = TestModels.rows(model.preparation().inputs(), 1, new Random(1));
    ForwardPass broken =
        pass(
            () -> {
              throw new IllegalStateException("out of native memory");
            });
    ModelPredictor<Table, Object> predictor =
        ModelPredictor.untyped(model, TestModels.info(model), List.of(broken));
    assertThatThrownBy(() -> predictor.predict(row))
        .satisfies(e -> hasCode(e, ErrorCode.ENGINE_FAILED))
        .hasMessageContaining("out of native memory");
    ForwardPass nonsense = pass(() -> new float[] {Float.NaN});
    Outcome<Object> outcome =
        ModelPredictor.untyped(model, TestModels.info(model), List.of(nonsense)).predict(row);
    assertThat(((Outcome.Abstention<Object>) outcome).code()).isEqualTo(ErrorCode.BAD_VALUE);
  }

  private static ForwardPass pass(java.util.function.Supplier<float[]> answer) {
    return new ForwardPass() {
      @Override
      public float[] run(float[] inputs, int count) {
        return answer.get();
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void aTaskThatTheModelDoesNotAnswerIsRefused() {
    Model model = TestModels.fast();
    Head<Double, Double> cycles = TestModels.binding().head();
    Task<Table, Double> task = TestModels.binding().task();
    List<Binding<Table, Double, Double>> wrong =
        List.of(
            new Binding<>(new Task<>("test.other", 1, Table.class, Double.class), t -> t, cycles),
            new Binding<>(new Task<>("test.task", 2, Table.class, Double.class), t -> t, cycles),
            new Binding<>(task, t -> t, Heads.number(Unit.of("h"))),
            new Binding<>(
                task,
                t -> t,
                Heads.classes().<Double>labelled(String::valueOf).answering(s -> 0.0)));
    for (Binding<Table, Double, Double> binding : wrong) {
      assertThatThrownBy(
              () ->
                  ModelPredictor.of(
                      binding, model, TestModels.info(model), Ensemble.javaMembers(model)))
          .satisfies(e -> hasCode(e, ErrorCode.WRONG_BUNDLE));
    }
  }

  @Test
  void anExplanationSaysHowFarEachColumnMovesTheAnswer() {
    Model model = TestModels.quantity(4, 2, Networks.linear());
    Table row = TestModels.rows(model.preparation().inputs(), 3, new Random(12));
    try (ModelPredictor<Table, Object> predictor = TestModels.predictor(model)) {
      int within = 0;
      for (int seed = 0; seed < 30; seed++) {
        Table other = TestModels.rows(model.preparation().inputs(), 3, new Random(seed));
        Explanation why = predictor.explain(other, ExplainRequest.standard());
        assertThat(why.answer()).isEqualTo(predictor.predict(other).orElseThrow().value());
        double all = why.contributions().stream().mapToDouble(c -> c.effect()).sum();
        double largest = why.contributions().stream().mapToDouble(c -> c.effect()).max().orElse(0);
        double least = why.contributions().stream().mapToDouble(c -> c.effect()).min().orElse(0);
        if (why.answer() - largest > 0
            && why.answer() - least < 125
            && why.answer() < 125
            && why.reference() > 0
            && why.reference() < 125) {
          // Away from the limits a linear model's effects add up.
          assertThat(all).isCloseTo(why.answer() - why.reference(), within(0.01));
          within++;
        }
      }
      assertThat(within).isPositive();
      Explanation all = predictor.explain(row, ExplainRequest.standard());
      assertThat(all.contributions())
          .extracting(c -> c.column())
          .containsExactlyInAnyOrder("x0", "x1", "x2", "x3", "kind");
      assertThat(all.contributions()).extracting(c -> -Math.abs(c.effect())).isSorted();
      Explanation.Contribution first = all.contributions().get(0);
      assertThat(predictor.explain(row, new ExplainRequest(Optional.empty(), 1)).contributions())
          .containsExactly(first);
      assertThatThrownBy(() -> predictor.explain(row, new ExplainRequest(Optional.of("dent"), 3)))
          .satisfies(e -> hasCode(e, ErrorCode.BAD_LABEL));
    }
  }

  @Test
  void anExplanationOfClassesIsOfOneProbability() {
    Model model = TestModels.classes(1);
    Table row = TestModels.rows(model.preparation().inputs(), 1, new Random(12));
    try (ModelPredictor<Table, Object> predictor = TestModels.predictor(model)) {
      ClassScores scores = (ClassScores) predictor.predict(row).orElseThrow().value();
      assertThat(predictor.explain(row, ExplainRequest.standard()).answer())
          .isEqualTo(scores.of(scores.best()));
      for (String label : scores.labels()) {
        Explanation why = predictor.explain(row, new ExplainRequest(Optional.of(label), 9));
        assertThat(why.answer()).isEqualTo(scores.of(label));
      }
    }
    Model silent = TestModels.with(model, EnumSet.noneOf(Capability.class));
    assertThatThrownBy(() -> TestModels.predictor(silent).explain(row, ExplainRequest.standard()))
        .satisfies(e -> hasCode(e, ErrorCode.UNSUPPORTED));
  }
}
