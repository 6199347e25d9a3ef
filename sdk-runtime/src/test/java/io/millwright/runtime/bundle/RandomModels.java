package io.millwright.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Capability;
import io.millwright.api.Evaluation;
import io.millwright.api.Provenance;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Image;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Branch;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.LearningCurve;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Route;
import io.millwright.api.learn.Step;
import io.millwright.api.learn.Views;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Models that no training would give, but that hold together: every part varies with the seed. */
final class RandomModels {

  private static final double[] EDGES = {
    0, -0.0, 1, -1, 0.1, 9.5e22, Double.MIN_VALUE, Double.MAX_VALUE, Double.MIN_NORMAL, 1e-5
  };

  private final Random random;

  private RandomModels(long seed) {
    random = new Random(seed);
  }

  static Model model(long seed) {
    return new RandomModels(seed).model();
  }

  private Model model() {
    boolean sequence = random.nextBoolean();
    boolean classes = random.nextInt(3) == 0;
    Schema inputs = schema();
    FittedPreparation preparation = new FittedPreparation(inputs, steps(inputs, sequence));
    Network network =
        new Network(
            layers(preparation.shape().steps(), preparation.shape().features(), random.nextInt(5)));
    HeadData head = classes ? category() : quantity(pick(List.of(1, 1, 1, 3)));
    List<WeightSpec> specs = Bundles.plan(preparation, network, head).weights();
    List<Weights> members = new ArrayList<>();
    for (int m = 1 + random.nextInt(3); m > 0; m--) {
      members.add(weights(specs));
    }
    List<Golden> golden = new ArrayList<>();
    for (int g = 1 + random.nextInt(3); g > 0; g--) {
      golden.add(new Golden(table(inputs), numbers(head.outputs())));
    }
    return new Model(
        "test.random-" + random.nextInt(10),
        1 + random.nextInt(3),
        preparation,
        network,
        head,
        members,
        evaluation(),
        pick(List.of(Set.of(), EnumSet.allOf(Capability.class), Set.of(Capability.STREAM))),
        provenance(),
        golden);
  }

  /** One model that has every kind of layer. */
  static Model everyLayer() {
    RandomModels r = new RandomModels(7);
    Schema inputs = Schema.of(Column.number("a"), Column.number("b"));
    FittedPreparation preparation =
        new FittedPreparation(
            inputs,
            List.of(
                new FittedStep.Seen(
                    List.of(
                        new FittedStep.SeenNumber("a", 0, 1), new FittedStep.SeenNumber("b", 0, 1)),
                    List.of()),
                new FittedStep.Window(12)));
    Activation tanh = Activation.TANH;
    Initialisation start = Initialisation.AUTOMATIC;
    Network network =
        new Network(
            List.of(
                new Layer.Conv1d(4, 3, 1, 2, Layer.Padding.CAUSAL, Activation.RELU, start),
                new Layer.PositionalEncoding(),
                new Layer.Attention(2, true),
                new Layer.LayerNorm(),
                new Layer.Residual(List.of(new Layer.Dense(6, tanh, start))),
                new Layer.Periodic(3, 0.25, 2, Activation.RELU),
                new Layer.Dropout(0.25),
                new Layer.Pool1d(Layer.Pooling.MAX, 2),
                new Layer.Lstm(3, true, tanh, start),
                new Layer.Gru(3, true, tanh, start),
                new Layer.Residual(
                    List.of(new Layer.Residual(List.of(new Layer.Dense(3, tanh, start))))),
                new Layer.Flatten(),
                new Layer.Dense(4, Activation.SILU, Initialisation.LECUN),
                new Route.Branches(
                    List.of(
                        Branch.of(new Layer.Embedding(5, 2)),
                        Branch.of(
                            new Route.Select(List.of(2, 0)),
                            new Layer.Limits(
                                List.of(-1.0, Double.NEGATIVE_INFINITY),
                                List.of(1.0, Double.POSITIVE_INFINITY)))),
                    Join.CONCATENATE),
                new Route.Repeat(3),
                new Route.Upsample(2),
                new Route.Reshape(0, 2, 30),
                new Route.Tap("features"),
                new Layer.GlobalPool(Layer.Pooling.AVERAGE),
                new Layer.Monotone(3, List.of(), true)));
    HeadData head =
        TestHeads.quantity(Unit.CYCLE, 0, 125, 60, 40, 1, TestHeads.none("not asked for"));
    List<WeightSpec> specs = Bundles.plan(preparation, network, head).weights();
    return new Model(
        "test.every-layer",
        1,
        preparation,
        network,
        head,
        List.of(r.weights(specs), r.weights(specs)),
        r.evaluation(),
        Set.of(Capability.CALIBRATED),
        r.provenance(),
        List.of(new Golden(r.table(inputs), List.of(0.5))),
        Blend.none(),
        Optional.of(TestRecipes.full()));
  }

  /** A model of images that has every kind of layer over images. */
  static Model images() {
    RandomModels r = new RandomModels(9);
    Schema inputs = Schema.of(Column.image("image"));
    FittedPreparation preparation =
        new FittedPreparation(
            inputs,
            List.of(
                new FittedStep.Picture(
                    "image",
                    12,
                    10,
                    true,
                    Step.Picture.Exposure.BOTH,
                    120,
                    100,
                    0.2,
                    0.7,
                    0.05,
                    0.3),
                new FittedStep.VaryPicture(
                    new FittedStep.PicturesVaried(true, false, 10, 0.1, 0.2, 0.3, 0.4, 0.5)),
                new FittedStep.Views(new Views(true, false))));
    Network network =
        new Network(
            List.of(
                new Layer.Conv2d(6, 3, 1, Layer.Padding.SAME, Activation.LINEAR, Initialisation.HE),
                new Layer.GroupNorm(3, Activation.RELU),
                new Layer.Pool2d(Layer.Pooling.MAX, 2),
                new Layer.Residual(List.of(new Layer.LayerNorm())),
                new Layer.GlobalPool(Layer.Pooling.AVERAGE)));
    HeadData head = TestHeads.classes(List.of("bad", "good"), Optional.empty(), r.sets());
    List<WeightSpec> specs = Bundles.plan(preparation, network, head).weights();
    List<Golden> golden = new ArrayList<>();
    for (Image.Format format : Image.Format.values()) {
      byte[] bytes = new byte[120 * 100 * format.channels() * (format.most() > 255 ? 2 : 1)];
      r.random.nextBytes(bytes);
      Image image = Image.ofBytes("golden \"1\".png", 120, 100, format, bytes);
      golden.add(new Golden(Table.of(inputs, List.of(Row.of(inputs, image))), List.of(0.25, 0.75)));
    }
    return new Model(
        "test.images",
        1,
        preparation,
        network,
        head,
        List.of(r.weights(specs)),
        r.evaluation(),
        Set.of(Capability.CALIBRATED),
        r.provenance(),
        golden);
  }

  /** A model of 4 MiB, which takes a while to write. */
  static Model wide() {
    Model m = everyLayer();
    Network network =
        Network.of(
            new Layer.Flatten(),
            new Layer.Dense(1000, Activation.RELU, Initialisation.HE),
            new Layer.Dense(1000, Activation.RELU, Initialisation.HE));
    List<WeightSpec> specs = Bundles.plan(m.preparation(), network, m.head()).weights();
    return new Model(
        m.task(),
        m.taskVersion(),
        m.preparation(),
        network,
        m.head(),
        List.of(new RandomModels(8).weights(specs)),
        m.evaluation(),
        m.capabilities(),
        m.provenance(),
        m.golden());
  }

  /** Fails unless two models are the same to the last bit. */
  static void assertSame(Model actual, Model expected) {
    assertThat(actual.task()).isEqualTo(expected.task());
    assertThat(actual.taskVersion()).isEqualTo(expected.taskVersion());
    assertThat(actual.preparation()).isEqualTo(expected.preparation());
    assertThat(actual.network()).isEqualTo(expected.network());
    assertThat(actual.head()).isEqualTo(expected.head());
    assertThat(actual.evaluation()).isEqualTo(expected.evaluation());
    assertThat(actual.capabilities()).isEqualTo(expected.capabilities());
    assertThat(actual.provenance()).isEqualTo(expected.provenance());
    assertThat(actual.golden()).isEqualTo(expected.golden());
    assertThat(actual.blend()).isEqualTo(expected.blend());
    assertThat(actual.recipe()).isEqualTo(expected.recipe());
    assertThat(actual.members()).hasSameSizeAs(expected.members());
    for (int m = 0; m < expected.members().size(); m++) {
      Weights a = actual.members().get(m);
      Weights e = expected.members().get(m);
      assertThat(a.count()).isEqualTo(e.count());
      for (int i = 0; i < e.count(); i++) {
        assertThat(a.get(i)).isEqualTo(e.get(i));
      }
    }
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private double number() {
    return random.nextInt(4) == 0
        ? EDGES[random.nextInt(EDGES.length)]
        : random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
  }

  private List<Double> numbers(int count) {
    return random.doubles(count, -10, 10).boxed().toList();
  }

  private Schema schema() {
    List<Column> columns = new ArrayList<>();
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      columns.add(
          Column.number(
              "n" + i + pick(List.of("", " °C", "\"\\", "\u0001", "𝛼")),
              pick(List.of(Unit.NONE, Unit.of("Cel"), Unit.of("N.m")))));
    }
    if (random.nextBoolean()) {
      columns.add(random.nextInt(columns.size() + 1), Column.category("kind"));
    }
    if (random.nextBoolean()) {
      columns.add(Column.age("age"));
    }
    return new Schema(columns);
  }

  private FittedStep.Likely likely(List<String> numbers, boolean labelled) {
    List<FittedStep.LikelyColumn> columns = new ArrayList<>();
    numbers.forEach(
        n -> columns.add(new FittedStep.LikelyColumn(n, List.of(), List.of(-1.0, 2.0))));
    if (labelled) {
      columns.add(new FittedStep.LikelyColumn("kind", List.of("y", "x"), List.of(0.25, 1.0)));
    }
    int d = columns.size();
    return new FittedStep.Likely(columns, Collections.nCopies(d * (d - 1) / 2, 0.25));
  }

  private List<FittedStep> steps(Schema schema, boolean sequence) {
    List<String> numbers = new ArrayList<>();
    schema.columns().stream()
        .filter(c -> c.type() == ColumnType.NUMBER)
        .forEach(c -> numbers.add(c.name()));
    boolean labelled = schema.indexOf("kind") >= 0;
    List<FittedStep> steps = new ArrayList<>();
    steps.add(
        new FittedStep.Seen(
            numbers.stream().map(n -> new FittedStep.SeenNumber(n, number(), number())).toList(),
            labelled ? List.of(new FittedStep.SeenLabels("kind", List.of("x", "y"))) : List.of()));
    if (random.nextBoolean()) {
      double infinity = Double.POSITIVE_INFINITY;
      steps.add(
          new FittedStep.Clean(
              random.nextBoolean(),
              numbers.stream()
                  .map(n -> new FittedStep.CleanNumber(n, -infinity, infinity, -5, 5, 3, number()))
                  .toList(),
              labelled ? List.of(new FittedStep.CleanLabel("kind", "x")) : List.of(),
              random.nextBoolean() ? Optional.of(likely(numbers, labelled)) : Optional.empty()));
    }
    if (labelled) {
      steps.add(new FittedStep.Encode(List.of("kind")));
    }
    if (random.nextBoolean()) {
      steps.add(
          new FittedStep.Scale(
              numbers.stream().map(n -> new FittedStep.Line(n, number(), number())).toList(), 4));
    }
    if (random.nextInt(3) == 0) {
      List<String> readings = List.copyOf(numbers.subList(1, numbers.size()));
      FittedStep.Condition condition =
          new FittedStep.Condition(
              numbers(1), 0.5, numbers(readings.size()), numbers(readings.size()));
      steps.add(
          new FittedStep.Conditions(
              List.of(new FittedStep.Line(numbers.get(0), 0, 1)),
              readings,
              List.of(condition, condition)));
      numbers.remove(0);
    }
    if (random.nextInt(3) == 0) {
      FittedStep.Pair pair = new FittedStep.Pair(numbers.get(0), numbers.get(0), 0.5);
      steps.add(new FittedStep.Interactions(List.of(pair), List.of(pair)));
    }
    if (random.nextInt(3) == 0) {
      steps.add(new FittedStep.Keep(numbers));
    }
    if (random.nextInt(3) == 0) {
      steps.add(new FittedStep.Trends(Step.Trends.standard()));
    }
    if (sequence) {
      steps.add(new FittedStep.Window(3 + random.nextInt(10)));
    }
    if (random.nextBoolean()) {}
    return steps;
  }

  private List<Layer> layers(int steps, int features, int count) {
    List<Layer> layers = new ArrayList<>();
    Activation activation = pick(List.of(Activation.values()));
    Initialisation start = pick(List.of(Initialisation.values()));
    int width = features;
    for (int i = 0; i < count; i++) {
      int units = 1 + random.nextInt(6);
      switch (random.nextInt(steps > 0 ? 9 : 4)) {
        case 0 -> {
          layers.add(new Layer.Dense(units, activation, start));
          width = units;
        }
        case 1 -> layers.add(new Layer.LayerNorm());
        case 2 -> layers.add(new Layer.Dropout(random.nextDouble()));
        case 3 -> {
          layers.add(
              new Layer.Residual(
                  List.of(
                      new Layer.LayerNorm(),
                      new Layer.Residual(List.of(new Layer.Dense(units, activation, start))))));
          width = units;
        }
        case 4 -> {
          layers.add(new Layer.Lstm(units, true, activation, start));
          width = units;
        }
        case 5 -> {
          layers.add(new Layer.Gru(units, true, activation, start));
          width = units;
        }
        case 6 -> {
          Layer.Padding padding = pick(List.of(Layer.Padding.SAME, Layer.Padding.CAUSAL));
          layers.add(
              new Layer.Conv1d(units, 1 + random.nextInt(3), 1, 2, padding, activation, start));
          width = units;
        }
        case 7 -> layers.add(new Layer.PositionalEncoding());
        default -> layers.add(new Layer.Attention(width, random.nextBoolean()));
      }
    }
    if (steps > 0 && random.nextBoolean()) {
      layers.add(new Layer.GlobalPool(pick(List.of(Layer.Pooling.values()))));
    }
    return layers;
  }

  private HeadData quantity(int outputs) {
    PlainData calibration =
        random.nextInt(4) == 0
            ? TestHeads.none("not asked for")
            : TestHeads.errors(
                TestHeads.scores(
                    List.of(-1.5, 0.25, 2.0), List.of(0.0, 0.4, 0.8), List.of(0.4, 0.8, 1.0), 20),
                List.of(0.0, 100.0),
                List.of(5.0, 12.5),
                1e-9);
    return random.nextBoolean()
        ? TestHeads.quantity(
            Unit.CYCLE,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            number(),
            2.5,
            outputs,
            calibration)
        : TestHeads.quantity(Unit.of("h"), 0, 125, 1e-3, Double.MIN_VALUE, outputs, calibration);
  }

  private HeadData category() {
    PlainData calibration = sets();
    return random.nextBoolean()
        ? TestHeads.classes(List.of("ok", "worn", "broken"), Optional.empty(), calibration)
        : TestHeads.classes(
            List.of("no", "yes"), Optional.of(new ClassScores.Threshold("no", 0.3)), calibration);
  }

  private PlainData sets() {
    return random.nextInt(4) == 0
        ? TestHeads.none("not asked for")
        : TestHeads.sets(
            TestHeads.scores(List.of(0.1, 0.9), List.of(0.0, 0.5), List.of(0.5, 1.0), 12), 1.5);
  }

  private Evaluation evaluation() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("rmse", Math.abs(number()));
    figures.put("mae", random.nextBoolean() ? Double.NaN : Math.abs(number()));
    figures.put("coverage 90", Double.POSITIVE_INFINITY);
    List<LearningCurve> curves = new ArrayList<>();
    for (int m = random.nextInt(3); m > 0; m--) {
      curves.add(
          new LearningCurve(
              "member " + m,
              List.of(
                  new LearningCurve.Epoch(1, number(), Double.NaN, 0.01),
                  new LearningCurve.Epoch(2, number(), number(), 0.001)),
              2));
    }
    return Evaluation.builder()
        .protocol("5 folds by unit | not *by row*")
        .samples(321)
        .figures(figures)
        .baselines(Map.of("mean", figures))
        .curves(curves)
        .build();
  }

  private Provenance provenance() {
    TreeMap<String, String> settings = new TreeMap<>();
    settings.put("epochs", "40");
    settings.put("note", "line\nbreak | and \u2028 more");
    return Provenance.builder()
        .producer("millwright test")
        .created(
            Instant.ofEpochSecond(
                1_700_000_000L + random.nextInt(1000), random.nextInt(1_000_000_000)))
        .key(random.nextLong())
        .settings(settings)
        .environment(new TreeMap<>(Map.of("java", "17")))
        .parents(List.of("parent"))
        .build();
  }

  private Table table(Schema schema) {
    TableBuilder builder = Table.builder(schema, 4);
    for (int r = 1 + random.nextInt(4); r > 0; r--) {
      Object[] row = new Object[schema.size()];
      for (int c = 0; c < row.length; c++) {
        boolean missing = random.nextInt(6) == 0;
        if (schema.columns().get(c).type() == ColumnType.CATEGORY) {
          row[c] = missing ? null : pick(List.of("x", "y", "unheard of"));
        } else {
          row[c] = missing ? null : (Object) number();
        }
      }
      builder.add(row);
    }
    return builder.build();
  }

  private Weights weights(List<WeightSpec> specs) {
    List<float[]> arrays = new ArrayList<>();
    for (WeightSpec spec : specs) {
      float[] values = new float[spec.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      arrays.add(values);
    }
    return Weights.of(arrays);
  }
}
