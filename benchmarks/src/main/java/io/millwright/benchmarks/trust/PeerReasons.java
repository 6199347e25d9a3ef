package io.millwright.benchmarks.trust;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureRisk;
import io.millwright.maintenance.Maintenance;
import io.millwright.runtime.explain.Explainer;
import io.millwright.runtime.explain.FeatureView;
import io.millwright.runtime.explain.ShapleyValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.kie.kogito.explainability.local.shap.ShapConfig;
import org.kie.kogito.explainability.local.shap.ShapKernelExplainer;
import org.kie.kogito.explainability.local.shap.ShapResults;
import org.kie.kogito.explainability.model.Feature;
import org.kie.kogito.explainability.model.FeatureFactory;
import org.kie.kogito.explainability.model.FeatureImportance;
import org.kie.kogito.explainability.model.Output;
import org.kie.kogito.explainability.model.PerturbationContext;
import org.kie.kogito.explainability.model.PredictionInput;
import org.kie.kogito.explainability.model.PredictionOutput;
import org.kie.kogito.explainability.model.PredictionProvider;
import org.kie.kogito.explainability.model.SimplePrediction;
import org.kie.kogito.explainability.model.Type;
import org.kie.kogito.explainability.model.Value;

/**
 * Shapley values of the failure model over 20 columns beside TrustyAI's kernel SHAP (as Maven
 * Central serves it, {@code org.kie.kogito:explainability-core}), on the same model, inputs and
 * background in the same run. The truth is counted over all 2^20 coalitions. Arguments: how many
 * background rows (default 2) and how many answers of the model each may ask.
 */
public final class PeerReasons {

  private static final int COLUMNS = 20;
  private static final int ROWS = 2000;
  private static final int BATCH = 8192;
  private static final Schema SCHEMA =
      new Schema(IntStream.range(0, COLUMNS).mapToObj(c -> Column.number("c" + c)).toList());

  private PeerReasons() {}

  /** The columns of one row as features. */
  private static final class RowView implements FeatureView<Row> {
    @Override
    public List<String> names(Row input) {
      return input.schema().names();
    }

    @Override
    public Row mixed(Row input, Row reference, BitSet kept) {
      double[] x = new double[COLUMNS];
      for (int c = 0; c < COLUMNS; c++) {
        x[c] = (kept.get(c) ? input : reference).number(c);
      }
      return row(x);
    }

    @Override
    public String text(Row input, int feature) {
      return Double.toString(input.number(feature));
    }
  }

  private static Row row(double... x) {
    return Table.ofNumbers(SCHEMA, new double[][] {x}).row(0);
  }

  /** Runs the benchmark. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int background = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    int[] asked =
        args.length > 1
            ? Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray()
            : new int[] {2_000, 10_000, 50_000};
    Random random = new Random(4);
    double[][] x = new double[ROWS][];
    List<String> outcomes = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      double[] v = IntStream.range(0, COLUMNS).mapToDouble(c -> random.nextGaussian()).toArray();
      double z = -2 + 1.5 * v[0] * v[1] + (v[2] > 0 ? 1.5 : 0) + v[3] - v[4] * v[5] + 0.5 * v[6];
      outcomes.add(random.nextDouble() < 1 / (1 + Math.exp(-z)) ? "failure" : FailureData.NONE);
      x[r] = v;
    }
    try (Millwright millwright = Millwright.create();
        Predictor<Row, FailureRisk> predictor =
            millwright
                .plugin(Maintenance.class)
                .failure()
                .key(1)
                .train(FailureData.of(Table.ofNumbers(SCHEMA, x), outcomes))
                .await()
                .open()) {
      List<Row> usual =
          IntStream.range(0, background).mapToObj(i -> row(x[i * ROWS / background])).toList();
      Explainer<Row, FailureRisk> explainer =
          Explainer.of(predictor, new RowView(), usual).explaining(FailureRisk::probability);
      for (int round = 0; round < 2; round++) {
        Row input = row(x[7 + 300 * round]);
        long begin = System.nanoTime();
        double[] truth = counted(predictor, input, usual);
        System.out.printf(
            Locale.ROOT,
            "row %d: largest effect %.3f, all coalitions in %.0f s%n",
            round,
            Arrays.stream(truth).map(Math::abs).max().orElse(0),
            (System.nanoTime() - begin) / 1e9);
        for (int answers : asked) {
          ours(explainer, input, answers, truth);
          peer(predictor, input, usual, answers, truth);
        }
      }
    }
  }

  private static void ours(
      Explainer<Row, FailureRisk> explainer, Row input, int answers, double[] truth) {
    long begin = System.nanoTime();
    ShapleyValues values = explainer.shapley(input, Budget.iterations(answers));
    double seconds = (System.nanoTime() - begin) / 1e9;
    double[] found = new double[COLUMNS];
    int inside = 0;
    for (ShapleyValues.Part part : values.parts()) {
      int c = SCHEMA.indexOf(part.feature());
      found[c] = part.effect();
      inside += Math.abs(part.effect() - truth[c]) <= values.margin(part, 0.95) ? 1 : 0;
    }
    said("Millwright", values.evaluations(), seconds, found, truth);
    System.out.printf(Locale.ROOT, ", %d of %d inside their own 95 %% interval%n", inside, COLUMNS);
  }

  private static void peer(
      Predictor<Row, FailureRisk> predictor,
      Row input,
      List<Row> usual,
      int answers,
      double[] truth)
      throws InterruptedException, ExecutionException {
    AtomicLong asked = new AtomicLong();
    PredictionProvider provider =
        inputs -> {
          asked.addAndGet(inputs.size());
          List<Row> rows =
              inputs.stream()
                  .map(
                      i ->
                          row(
                              i.getFeatures().stream()
                                  .mapToDouble(f -> f.getValue().asNumber())
                                  .toArray()))
                  .toList();
          return CompletableFuture.completedFuture(
              predictor.predictAll(rows).stream()
                  .map(PeerReasons::probability)
                  .map(PeerReasons::output)
                  .toList());
        };
    ShapConfig config =
        ShapConfig.builder()
            .withLink(ShapConfig.LinkType.IDENTITY)
            .withBackground(usual.stream().map(PeerReasons::features).toList())
            .withPC(new PerturbationContext(1L, new Random(1), 0))
            .withNSamples(Math.max(1, answers / usual.size()))
            .withRegularizer(ShapConfig.RegularizerType.NONE)
            .build();
    PredictionInput explained = features(input);
    PredictionOutput answer = provider.predictAsync(List.of(explained)).get().get(0);
    asked.set(0);
    long begin = System.nanoTime();
    ShapResults results =
        new ShapKernelExplainer(config)
            .explainAsync(new SimplePrediction(explained, answer), provider)
            .get();
    double seconds = (System.nanoTime() - begin) / 1e9;
    double[] found = new double[COLUMNS];
    for (FeatureImportance part : results.getSaliencies()[0].getPerFeatureImportance()) {
      if (SCHEMA.names().contains(part.getFeature().getName())) {
        found[SCHEMA.indexOf(part.getFeature().getName())] = part.getScore();
      }
    }
    said("TrustyAI", asked.get(), seconds, found, truth);
    System.out.println();
  }

  private static void said(
      String who, long answers, double seconds, double[] found, double[] truth) {
    double largest = 0;
    double mean = 0;
    for (int c = 0; c < COLUMNS; c++) {
      largest = Math.max(largest, Math.abs(found[c] - truth[c]));
      mean += Math.abs(found[c] - truth[c]) / COLUMNS;
    }
    System.out.printf(
        Locale.ROOT,
        "  %-10s %6d answers, %.2f s, mean error %.4f, largest %.4f, adds up to %.1e",
        who,
        answers,
        seconds,
        mean,
        largest,
        Math.abs(Arrays.stream(found).sum() - Arrays.stream(truth).sum()));
  }

  private static PredictionInput features(Row row) {
    List<Feature> features = new ArrayList<>();
    for (int c = 0; c < COLUMNS; c++) {
      features.add(FeatureFactory.newNumericalFeature("c" + c, row.number(c)));
    }
    return new PredictionInput(features);
  }

  private static double probability(Outcome<FailureRisk> outcome) {
    return outcome.orElseThrow().value().probability();
  }

  private static PredictionOutput output(double probability) {
    return new PredictionOutput(
        List.of(new Output("failure", Type.NUMBER, new Value(probability), 1)));
  }

  /** Over all coalitions. */
  private static double[] counted(
      Predictor<Row, FailureRisk> predictor, Row input, List<Row> usual) {
    int size = 1 << COLUMNS;
    double[] mean = new double[size];
    RowView view = new RowView();
    for (Row reference : usual) {
      for (int from = 0; from < size; from += BATCH) {
        List<Row> batch = new ArrayList<>(BATCH);
        for (int s = from; s < from + BATCH; s++) {
          batch.add(view.mixed(input, reference, BitSet.valueOf(new long[] {s})));
        }
        List<Outcome<FailureRisk>> answers = predictor.predictAll(batch);
        for (int i = 0; i < BATCH; i++) {
          mean[from + i] += probability(answers.get(i)) / usual.size();
        }
      }
    }
    double[] weight = new double[COLUMNS];
    weight[0] = 1.0 / COLUMNS;
    for (int s = 1; s < COLUMNS; s++) {
      weight[s] = weight[s - 1] * s / (COLUMNS - s);
    }
    double[] values = new double[COLUMNS];
    for (int s = 0; s < size; s++) {
      for (int c = 0; c < COLUMNS; c++) {
        if ((s >> c & 1) == 0) {
          values[c] += weight[Integer.bitCount(s)] * (mean[s | 1 << c] - mean[s]);
        }
      }
    }
    return values;
  }
}
