package io.millwright.runtime.bundle;

import io.millwright.api.Capability;
import io.millwright.api.Evaluation;
import io.millwright.api.Provenance;
import io.millwright.api.data.Column;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.LearningCurve;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Step;
import io.millwright.api.learn.Variation;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The models of the bundles in {@code src/test/resources/io/millwright/runtime/bundle}, which every
 * later version must open. Between them they hold every kind of step, layer, target and calibration
 * that format 1.0 knows. Once a version has been released, these models and files do not change any
 * more: a later format gets files of its own.
 */
final class FormatFixture {

  private FormatFixture() {}

  /** Writes the files into the folder that is given. */
  public static void main(String[] args) {
    BundleWriter.write(quantity(), Path.of(args[0], "format-1.0-quantity.mwb"));
    BundleWriter.write(classes(), Path.of(args[0], "format-1.0-classes.mwb"));
  }

  static Model quantity() {
    Schema inputs =
        Schema.of(
            Column.number("altitude", Unit.of("[ft_i]")),
            Column.number("temperature", Unit.of("Cel")),
            Column.number("pressure", Unit.of("bar")),
            Column.age("cycle"));
    double infinity = Double.POSITIVE_INFINITY;
    FittedPreparation preparation =
        new FittedPreparation(
            inputs,
            List.of(
                new FittedStep.Seen(
                    List.of(
                        new FittedStep.SeenNumber("altitude", 0, 42_000),
                        new FittedStep.SeenNumber("temperature", 518.5, 643.25),
                        new FittedStep.SeenNumber("pressure", 1.25, 14.5)),
                    List.of()),
                new FittedStep.Clean(
                    true,
                    List.of(
                        new FittedStep.CleanNumber(
                            "temperature", -273.15, infinity, 400, 800, 20, 600)),
                    List.of()),
                new FittedStep.Conditions(
                    List.of(new FittedStep.Line("altitude", 20_000, 1e-4)),
                    List.of("temperature", "pressure"),
                    List.of(
                        new FittedStep.Condition(
                            List.of(-2.0), 0.5, List.of(530.0, 1.5), List.of(0.1, 2.0)),
                        new FittedStep.Condition(
                            List.of(2.0), 0.5, List.of(630.0, 14.0), List.of(0.2, 4.0)))),
                new FittedStep.Keep(List.of("cycle", "temperature", "pressure")),
                new FittedStep.Trends(new Step.Trends(List.of(0.5), List.of(2), true, 3, true)),
                new FittedStep.Window(8),
                new FittedStep.Augment(new Variation.Rows(0.01, 0.0, 0.5))));
    Activation tanh = Activation.TANH;
    Initialisation start = Initialisation.AUTOMATIC;
    Network network =
        new Network(
            List.of(
                new Layer.Conv1d(2, 3, 1, 1, Layer.Padding.CAUSAL, Activation.RELU, start),
                new Layer.PositionalEncoding(),
                new Layer.Attention(1, true),
                new Layer.LayerNorm(),
                new Layer.Residual(
                    List.of(new Layer.Dense(3, Activation.GELU, Initialisation.LECUN))),
                new Layer.Pool1d(Layer.Pooling.AVERAGE, 2),
                new Layer.Lstm(2, true, tanh, start),
                new Layer.Gru(2, true, tanh, start),
                new Layer.Dropout(0.25),
                new Layer.Flatten()));
    PlainData scores =
        TestHeads.scores(
            List.of(-2.0, -0.5, 0.5, 1.75),
            List.of(0.0, 0.25, 0.5, 0.75),
            List.of(0.25, 0.5, 0.75, 1.0),
            4);
    return model(
        preparation,
        network,
        TestHeads.quantity(
            Unit.CYCLE,
            0,
            125,
            0,
            125,
            3,
            TestHeads.errors(scores, List.of(0.0, 60.0, 125.0), List.of(2.0, 9.5, 14.0), 0.125)),
        2,
        new Golden(
            Table.ofNumbers(inputs, new double[][] {{0, 530, 1.5, 1}, {42_000, Double.NaN, 14, 2}}),
            List.of(0.25, 0.5, 0.75)));
  }

  static Model classes() {
    Schema inputs = Schema.of(Column.category("type"), Column.number("torque", Unit.of("N.m")));
    FittedPreparation preparation =
        new FittedPreparation(
            inputs,
            List.of(
                new FittedStep.Seen(
                    List.of(new FittedStep.SeenNumber("torque", 3.5, 76.5)),
                    List.of(new FittedStep.SeenLabels("type", List.of("H", "L", "M")))),
                new FittedStep.Clean(
                    false, List.of(), List.of(new FittedStep.CleanLabel("type", "L"))),
                new FittedStep.Encode(List.of("type")),
                new FittedStep.Interactions(
                    List.of(new FittedStep.Pair("torque", "type=L", 0)),
                    List.of(new FittedStep.Pair("type=H", "torque", 3.5))),
                new FittedStep.Scale(List.of(new FittedStep.Line("torque", 40, 0.1)), 4)));
    Network network = new Network(List.of(new Layer.Dense(3, Activation.SILU, Initialisation.HE)));
    HeadData head =
        TestHeads.classes(
            List.of("fails", "holds"),
            Optional.of(new ClassScores.Threshold("holds", 0.3)),
            TestHeads.sets(
                TestHeads.scores(List.of(0.25, 0.75), List.of(0.0, 0.5), List.of(0.5, 1.0), 2),
                1.5));
    TableBuilder rows = Table.builder(inputs, 1).add("L", 41.5);
    return model(preparation, network, head, 1, new Golden(rows.build(), List.of(0.125, 0.875)));
  }

  private static Model model(
      FittedPreparation preparation, Network network, HeadData head, int members, Golden golden) {
    List<Weights> weights = new ArrayList<>();
    for (int m = 0; m < members; m++) {
      List<float[]> arrays = new ArrayList<>();
      for (WeightSpec spec : Bundles.plan(preparation, network, head).weights()) {
        float[] values = new float[spec.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = ((i * 7 + m * 3 + arrays.size()) % 17 - 8) / 16f;
        }
        arrays.add(values);
      }
      weights.add(Weights.of(arrays));
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("rmse", 9.25);
    figures.put("coverage 90", Double.NaN);
    Evaluation evaluation =
        Evaluation.builder()
            .protocol("5 folds by unit")
            .samples(100)
            .figures(figures)
            .baselines(Map.of("mean", Map.of("rmse", 41.5)))
            .curves(
                List.of(
                    new LearningCurve(
                        "member 1 of " + members,
                        List.of(new LearningCurve.Epoch(1, 0.5, Double.NaN, 0.001)),
                        1)))
            .build();
    Provenance provenance =
        Provenance.builder()
            .producer("millwright 0.1.0")
            .created(Instant.parse("2024-05-01T12:00:00Z"))
            .dataDigest("0".repeat(64))
            .key(-42)
            .settings(new TreeMap<>(Map.of("epochs", "1")))
            .environment(new TreeMap<>(Map.of("engine", "none: written by hand")))
            .build();
    return new Model(
        "test.format",
        1,
        preparation,
        network,
        head,
        weights,
        evaluation,
        members > 1 ? Set.of() : EnumSet.allOf(Capability.class),
        provenance,
        List.of(golden),
        Blend.none(),
        members > 1 ? Optional.empty() : Optional.of(TestRecipes.full()));
  }
}
