package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Task;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Transfer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A steep law is known, a ripple on it is not: only both together tell the truth. */
class BaseTest {

  private static final Unit WATT = Unit.of("W");

  private static final Schema SCHEMA =
      Schema.of(Column.number("speed"), Column.number("angle"), Column.number("law", WATT));

  @TempDir Path folder;

  private final DefaultLearningToolkit toolkit = Bench.toolkit(Runnable::run);

  private static Binding<double[], Double, Double> binding(Schema schema) {
    return new Binding<>(
        new Task<>("test.power", 1, double[].class, Double.class),
        x -> Table.ofNumbers(schema, new double[][] {x}),
        Heads.number(WATT));
  }

  private static Samples<double[], Double> samples() {
    Random random = new Random(3);
    List<Sample<double[], Double>> all = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      double speed = 1 + 9 * random.nextDouble();
      double angle = -1 + 2 * random.nextDouble();
      double law = 0.7 * Math.pow(speed, 3);
      double truth = law + 40 * Math.sin(3 * angle) + random.nextGaussian();
      all.add(Sample.of("run " + i, new double[] {speed, angle, law}, truth));
    }
    return new Samples<>(all);
  }

  private static Recipe.Builder<double[], Double, Double> recipe(Schema schema) {
    return Recipe.of(binding(schema))
        .network(Networks.mlp(Activation.TANH, 12))
        .learning(Learning.adam(1e-2).batch(16).epochs(80).key(1))
        .split(Split.holdOut(0.3));
  }

  @Test
  void theNetworkCorrectsTheFormula() throws Exception {
    Trained<double[], Double> corrected =
        toolkit.trainer(recipe(SCHEMA).base("law").build()).train(samples()).await();
    Evaluation alone =
        toolkit
            .trainer(recipe(Schema.of(Column.number("speed"), Column.number("angle"))).build())
            .train(
                new Samples<>(
                    samples().all().stream()
                        .map(
                            s ->
                                Sample.of(
                                    s.group(),
                                    new double[] {s.input()[0], s.input()[1]},
                                    s.labels().get(0)))
                        .toList()))
            .await()
            .evaluation();
    double rmse = corrected.evaluation().figure("rmse");
    assertThat(rmse)
        .isLessThan(0.5 * corrected.evaluation().baselines().get("the formula alone").get("rmse"))
        .isLessThan(0.5 * alone.figure("rmse"));

    Path bundle = folder.resolve("power.mwb");
    corrected.saveTo(bundle);
    try (Predictor<double[], Double> before = corrected.open();
        Predictor<double[], Double> after = toolkit.reopen(binding(SCHEMA), bundle).open()) {
      double[] x = {5, 0.2, 87.5};
      double[] more = {5, 0.2, 187.5};
      assertThat(after.predict(x)).isEqualTo(before.predict(x));
      assertThat(after.predict(more).orElseThrow().value())
          .as("what the formula adds is in the answer, watt for watt")
          .isCloseTo(after.predict(x).orElseThrow().value() + 100, within(1e-3));
      assertThat(after.predict(new double[] {5, 0.2, Double.NaN}))
          .isInstanceOf(Outcome.Abstention.class);
    }
  }

  @Test
  void severalOutputsAndATransferKeepIt() throws Exception {
    Recipe<double[], Double, Double> quantiles =
        recipe(SCHEMA)
            .base("law")
            .learning(
                Learning.adam(1e-2).batch(16).epochs(40).key(1).loss(Loss.quantile(0.1, 0.5, 0.9)))
            .build();
    Trained<double[], Double> parent = toolkit.trainer(quantiles).train(samples()).await();
    assertThat(Bench.model(parent).head().outputs()).isEqualTo(3);
    Path bundle = folder.resolve("parent.mwb");
    parent.saveTo(bundle);
    Samples<double[], Double> twice =
        new Samples<>(
            samples().all().stream()
                .map(
                    s ->
                        Sample.of(
                            s.group(),
                            new double[] {s.input()[0], s.input()[1], 2 * s.input()[2]},
                            2 * s.labels().get(0)))
                .toList());
    Trained<double[], Double> child =
        toolkit
            .trainer(
                recipe(SCHEMA).network(Networks.mlp(Activation.TANH, 6)).build(),
                Transfer.from(bundle).frozen(0))
            .train(twice)
            .await();
    try (Predictor<double[], Double> predictor = child.open()) {
      double low = predictor.predict(new double[] {5, 0.2, 100}).orElseThrow().value();
      double high = predictor.predict(new double[] {5, 0.2, 200}).orElseThrow().value();
      assertThat(high - low).as("by the child's own scale").isCloseTo(100, within(1e-3));
    }
  }

  @Test
  void whatCannotBeABaseIsSaid() {
    Schema odd = Schema.of(Column.number("speed"), Column.number("angle"), Column.number("law"));
    refused(recipe(odd).base("law").build(), ErrorCode.WRONG_UNIT, "unit of the answer");
    refused(recipe(SCHEMA).base("rule").build(), ErrorCode.MISSING_COLUMN, "rule");
  }

  private void refused(Recipe<double[], Double, Double> recipe, ErrorCode code, String why) {
    assertThatThrownBy(() -> toolkit.trainer(recipe).train(samples()).await())
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(why);
  }
}
