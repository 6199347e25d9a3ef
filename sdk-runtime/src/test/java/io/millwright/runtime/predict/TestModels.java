package io.millwright.runtime.predict;

import io.millwright.api.Capability;
import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Provenance;
import io.millwright.api.Task;
import io.millwright.api.data.Column;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import io.millwright.api.head.Amount;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Head;
import io.millwright.api.head.Heads;
import io.millwright.api.head.HeldOut;
import io.millwright.api.head.Labels;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import io.millwright.api.learn.Trees;
import io.millwright.runtime.bundle.Golden;
import io.millwright.runtime.bundle.HeadData;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.TestHeads;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.RandomTrees;
import io.millwright.runtime.network.TreeNodes;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.plain.RandomNetworks;
import io.millwright.runtime.prepare.FittedPreparation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Models with random weights on fitted preparations: right arithmetic, no meaning. */
public final class TestModels {

  static final Unit CYCLE = Unit.CYCLE;

  private TestModels() {}

  static Schema numbers(int columns) {
    List<Column> list = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      list.add(Column.number("x" + i, Unit.of(i % 2 == 0 ? "K" : "")));
    }
    return new Schema(list);
  }

  /** Rows of slowly drifting numbers around 10 times the column's number. */
  public static Table rows(Schema schema, int rows, Random random) {
    TableBuilder builder = Table.builder(schema, rows);
    double[] level = new double[schema.size()];
    for (int r = 0; r < rows; r++) {
      List<Object> values = new ArrayList<>();
      for (int c = 0; c < schema.size(); c++) {
        level[c] += 0.2 * random.nextGaussian();
        switch (schema.columns().get(c).type()) {
          case NUMBER -> values.add(10 * c + level[c] + random.nextGaussian());
          case AGE -> values.add((double) r);
          case CATEGORY -> values.add("abc".substring(random.nextInt(3)).substring(0, 1));
          case TEXT, TIME, IMAGE ->
              throw new IllegalArgumentException("these models read numbers and labels");
        }
      }
      builder.add(values);
    }
    return builder.build();
  }

  private static FittedPreparation fit(Preparation preparation, Schema schema, long seed) {
    Random random = new Random(seed);
    List<Table> sequences = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sequences.add(rows(schema, 40, random));
    }
    return FittedPreparation.fit(preparation, schema, sequences).preparation();
  }

  private static Model model(
      FittedPreparation preparation,
      Network network,
      HeadData head,
      int members,
      List<Golden> golden) {
    NetworkPlan plan =
        NetworkPlan.of(network, preparation.shape(), head.outputs(), Initialisation.AUTOMATIC);
    List<Weights> weights = new ArrayList<>();
    for (int m = 0; m < members; m++) {
      weights.add(new RandomNetworks(m).weights(plan));
    }
    EnumSet<Capability> can = EnumSet.of(Capability.EXPLAIN, Capability.STREAM);
    if (!head.data().part("calibration").has("none")) {
      can.add(Capability.CALIBRATED);
    }
    Evaluation evaluation = Evaluation.builder().protocol("none").build();
    Provenance provenance =
        Provenance.builder().producer("test").created(Instant.EPOCH).key(1).build();
    return new Model(
        "test.task", 1, preparation, network, head, weights, evaluation, can, provenance, golden);
  }

  private static PlainData calibrated() {
    Random random = new Random(5);
    double[][] said = new double[400][1];
    float[][] truth = new float[400][1];
    Head<Amount, Amount> head = Heads.quantity(CYCLE, 0, 125);
    List<Amount> labels = List.of(Amount.of(0), Amount.of(125));
    FittedHead<Amount, Amount> fitted = head.fit(new Labels<>(labels, labels, 1, Optional.empty()));
    for (int i = 0; i < 400; i++) {
      said[i][0] = random.nextDouble();
      fitted.target(Amount.of(125 * said[i][0] + 8 * random.nextGaussian()), truth[i], 0);
    }
    return fitted
        .calibrated(new HeldOut(said, truth, Collections.nCopies(400, "")), Calibration.conformal())
        .data()
        .part("calibration");
  }

  /** Remaining life from 0 to 125 cycles. */
  static HeadData life(PlainData calibration) {
    return TestHeads.quantity(CYCLE, 0, 125, 100, 60, 1, calibration);
  }

  /** Independent rows of numbers and a category to a number without limits. */
  public static Model quantity(int columns, int members, Network network) {
    List<Column> schema = new ArrayList<>(numbers(columns).columns());
    schema.add(Column.category("kind"));
    return model(
        fit(Preparation.standard(), new Schema(schema), 1),
        network,
        life(calibrated()),
        members,
        List.of());
  }

  /** Independent rows of numbers and a category through so many trees to a number. */
  public static Model trees(int trees) {
    Model linear = quantity(4, 1, Networks.linear());
    TreeNodes.Writer nodes = RandomTrees.draw(8, linear.preparation().shape().features(), trees, 1);
    Trees layer = nodes.layer(1, false);
    Network network = Network.of(layer);
    NetworkPlan plan =
        NetworkPlan.of(network, linear.preparation().shape(), 1, Initialisation.AUTOMATIC);
    return new Model(
        linear.task(),
        1,
        linear.preparation(),
        network,
        linear.head(),
        List.of(RandomTrees.weights(plan, layer, nodes)),
        linear.evaluation(),
        linear.capabilities(),
        linear.provenance(),
        List.of());
  }

  /** Ten plain numbers through 64-32 to one calibrated number. */
  public static Model fast() {
    return model(
        fit(Preparation.standard(), numbers(10), 1),
        Networks.mlp(64, 32),
        life(calibrated()),
        1,
        List.of());
  }

  public static Model classes(int members) {
    Random random = new Random(3);
    double[][] probabilities = new double[300][];
    float[][] truth = new float[300][1];
    for (int i = 0; i < 300; i++) {
      double p = random.nextDouble();
      probabilities[i] = new double[] {p, (1 - p) / 2, (1 - p) / 2};
      truth[i][0] = random.nextDouble() < p ? 0 : 1 + random.nextInt(2);
    }
    List<String> labels = List.of("good", "scratch", "dent");
    PlainData calibration =
        Heads.classes()
            .read(
                PlainData.builder()
                    .put("labels", labels)
                    .put("calibration", TestHeads.none("not yet"))
                    .build())
            .calibrated(
                new HeldOut(probabilities, truth, Collections.nCopies(300, "")),
                Calibration.conformal())
            .data()
            .part("calibration");
    return model(
        fit(Preparation.standard(), numbers(6), 1),
        Networks.mlp(16),
        TestHeads.classes(labels, Optional.of(new ClassScores.Threshold("good", 0.3)), calibration),
        members,
        List.of());
  }

  public static Model quantiles() {
    return model(
        fit(Preparation.standard(), numbers(4), 1),
        Networks.mlp(8),
        TestHeads.quantity(
            CYCLE, 0, 125, 100, 60, 3, TestHeads.none("quantiles stand as they were learnt")),
        2,
        List.of());
  }

  /** Histories with an age column, trends and, when asked for, a window. */
  public static Model sequences(int window, int members) {
    List<Column> schema = new ArrayList<>(numbers(5).columns());
    schema.add(Column.age("age"));
    Preparation preparation =
        Preparation.of(
            new Step.Clean(Step.Missing.LAST, 0, 0, false, List.of()),
            Step.Trends.standard(),
            new Step.Scale(Step.Scaling.STANDARD, 4));
    if (window > 0) {
      preparation = preparation.then(new Step.Window(window));
    }
    return model(
        fit(preparation, new Schema(schema), 2),
        window > 0 ? Networks.lstm(12, 8) : Networks.mlp(16, 8),
        life(calibrated()),
        members,
        List.of());
  }

  static Model with(Model m, List<Golden> golden) {
    return new Model(
        m.task(),
        m.taskVersion(),
        m.preparation(),
        m.network(),
        m.head(),
        m.members(),
        m.evaluation(),
        m.capabilities(),
        m.provenance(),
        golden);
  }

  static Model with(Model m, EnumSet<Capability> capabilities) {
    return new Model(
        m.task(),
        m.taskVersion(),
        m.preparation(),
        m.network(),
        m.head(),
        m.members(),
        m.evaluation(),
        capabilities,
        m.provenance(),
        m.golden());
  }

  static ModelInfo info(Model model) {
    return ModelInfo.builder()
        .task(model.task())
        .taskVersion(model.taskVersion())
        .digest("digest-" + model.preparation().hashCode() + "-" + model.members().size())
        .inputs(model.preparation().inputs())
        .unit(model.head().unit())
        .low(model.head().low())
        .high(model.head().high())
        .classes(model.head().classes())
        .capabilities(model.capabilities())
        .provenance(model.provenance())
        .build();
  }

  static FittedHead<?, ?> head(Model model) {
    return model.head().fitted(model.head().known().orElseThrow());
  }

  static Ensemble java(Model model) {
    return Ensemble.of(model, head(model), Ensemble.javaMembers(model));
  }

  /** Tables in, numbers or scores out. */
  public static ModelPredictor<Table, Object> predictor(Model model) {
    return ModelPredictor.untyped(model, info(model), Ensemble.javaMembers(model));
  }

  static Binding<Table, Double, Double> binding() {
    return new Binding<>(
        new Task<>("test.task", 1, Table.class, Double.class),
        table -> table,
        Heads.quantity(CYCLE, 0, 125).<Double>labelled(Amount::of).answering(Amount::value));
  }

  static ModelMonitor<Double> monitor(Model model) {
    return ModelMonitor.of(binding(), model, info(model), Ensemble.javaMembers(model));
  }
}
