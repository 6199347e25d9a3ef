package io.millwright.benchmarks.speed;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import java.util.ArrayList;
import java.util.List;

/**
 * One prediction with preparation and interval beside a DJL predictor without translator that is
 * handed a prepared row; and many predictions together. One thread.
 */
public final class OnePrediction {

  private static final int CALLS = 20_000;

  private OnePrediction() {}

  /** Runs the comparison and prints its lines. */
  public static void main(String[] args) {
    int pairs = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    Samples<Table, Double> samples = Bench.samples(2000, 1, 10);
    List<Table> rows = samples.all().stream().map(Sample::input).toList();
    for (boolean java : new boolean[] {true, false}) {
      Bench bench = new Bench(java);
      Trained<Table, Double> trained =
          bench.train(
              Bench.recipe(Networks.mlp(64, 32), 0, 32, 2), samples, new Bench.EpochClock());
      try (io.millwright.api.Predictor<Table, Double> ours = trained.open();
          Model model = Model.newInstance("bare", "PyTorch");
          NDManager manager = NDManager.newBaseManager("PyTorch")) {
        model.setBlock(Nets.mlp());
        model.getBlock().initialize(manager, DataType.FLOAT32, new Shape(1, 10));
        try (Predictor<NDList, NDList> bare = model.newPredictor(new NoopTranslator())) {
          String runtime = java ? "plain Java" : "PyTorch";
          int calls = java ? CALLS : CALLS / 10;
          Pairs.compare(
              "one row, " + runtime + ", interval included",
              5,
              pairs,
              () -> one(ours, rows, calls),
              () -> bare(bare, manager, CALLS / 10));
          Pairs.compare(
              "256 rows together / one by one, " + runtime,
              5,
              pairs,
              () -> together(ours, rows),
              () -> one(ours, rows, 2048));
        }
      }
    }
  }

  private static double one(
      io.millwright.api.Predictor<Table, Double> predictor, List<Table> rows, int calls) {
    double sum = 0;
    long begin = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      var p = predictor.predict(rows.get(i % rows.size())).orElseThrow();
      sum += p.value() + p.uncertainty().quantiles(0.05)[0];
    }
    double seconds = (System.nanoTime() - begin) / 1e9 / calls;
    return Double.isNaN(sum) ? Double.NaN : seconds;
  }

  private static double together(
      io.millwright.api.Predictor<Table, Double> predictor, List<Table> rows) {
    List<Table> some = new ArrayList<>(rows.subList(0, 256));
    double sum = 0;
    long begin = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      for (var o : predictor.predictAll(some)) {
        var p = o.orElseThrow();
        sum += p.value() + p.uncertainty().quantiles(0.05)[0];
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9 / (20 * 256);
    return Double.isNaN(sum) ? Double.NaN : seconds;
  }

  private static double bare(Predictor<NDList, NDList> predictor, NDManager manager, int calls) {
    float[] row = new float[10];
    double sum = 0;
    long begin = System.nanoTime();
    try {
      for (int i = 0; i < calls; i++) {
        try (NDManager call = manager.newSubManager()) {
          row[i % 10] = i;
          NDList result = predictor.predict(new NDList(call.create(row, new Shape(1, 10))));
          sum += result.singletonOrThrow().toFloatArray()[0];
          result.close();
        }
      }
    } catch (TranslateException e) {
      throw new IllegalStateException(e);
    }
    double seconds = (System.nanoTime() - begin) / 1e9 / calls;
    return Double.isNaN(sum) ? Double.NaN : seconds;
  }
}
