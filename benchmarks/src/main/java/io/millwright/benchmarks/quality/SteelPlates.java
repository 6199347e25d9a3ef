package io.millwright.benchmarks.quality;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassMetrics;
import io.millwright.api.learn.ClassScores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/**
 * Steel plates faults by stratified folds, defaults only, beside XGBoost: {@code SteelPlates FILE
 * FOLDS [FROM TO]}.
 */
public final class SteelPlates {

  private static final String TARGET = "Fault";
  private static final int BINS = 15;

  private SteelPlates() {}

  /**
   * Runs it.
   *
   * @param args the file, the number of folds, and the first and the last of them where not all
   * @throws InterruptedException when interrupted
   * @throws XGBoostError when the peer fails
   */
  public static void main(String[] args) throws InterruptedException, XGBoostError {
    int folds = Integer.parseInt(args[1]);
    int from = args.length > 2 ? Integer.parseInt(args[2]) : 0;
    int to = args.length > 3 ? Integer.parseInt(args[3]) : folds - 1;
    List<Integer> truth = new ArrayList<>();
    Map<String, List<double[]>> answers = new HashMap<>();
    try (Millwright millwright = Millwright.create()) {
      Table all = millwright.tables().read(Path.of(args[0]), CsvFormat.guessed()).table();
      List<@Nullable String> labels = all.labels(TARGET);
      List<String> classes = all.distinct(TARGET).stream().sorted().toList();
      int[] fold = folds(labels, classes, folds);
      for (int f = from; f <= to; f++) {
        int one = f;
        int[] train = IntStream.range(0, fold.length).filter(r -> fold[r] != one).toArray();
        int[] test = IntStream.range(0, fold.length).filter(r -> fold[r] == one).toArray();
        long start = System.nanoTime();
        for (int r : test) {
          truth.add(classes.indexOf(labels.get(r)));
        }
        Trained<Table, ClassScores> model =
            millwright.learning().classes(TARGET).key(1).train(all.rows(train)).await();
        System.out.println(model.evaluation().protocol().replaceFirst(".*chosen: ", "chosen: "));
        System.out.println(model.evaluation().figures());
        List<double[]> own =
            answers.computeIfAbsent("millwright, defaults", k -> new ArrayList<>());
        try (Predictor<Table, ClassScores> predictor = model.open()) {
          for (int r : test) {
            Outcome<ClassScores> outcome = predictor.predict(all.rows(r).without(TARGET));
            own.add(
                outcome.fold(
                    p -> classes.stream().mapToDouble(c -> p.value().of(c)).toArray(),
                    a -> new double[classes.size()]));
          }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        peer(all, labels, classes, train, test, Map.of(), 100, "XGBoost, defaults", answers);
        peer(
            all,
            labels,
            classes,
            train,
            test,
            Map.of("eta", 0.05, "max_depth", 6, "subsample", 0.8, "colsample_bytree", 0.6),
            400,
            "XGBoost, slow and sampled",
            answers);
        System.out.printf(Locale.ROOT, "fold %d of %d: %.0f s%n", f + 1, folds, seconds);
        print(truth, classes, answers);
      }
    }
  }

  private static void print(
      List<Integer> truth, List<String> classes, Map<String, List<double[]>> answers) {
    int[] right = truth.stream().mapToInt(Integer::intValue).toArray();
    answers.forEach(
        (name, all) -> {
          double[][] p = all.toArray(new double[0][]);
          int hits = 0;
          for (int i = 0; i < p.length; i++) {
            int best = 0;
            for (int c = 1; c < classes.size(); c++) {
              best = p[i][c] > p[i][best] ? c : best;
            }
            hits += best == right[i] ? 1 : 0;
          }
          System.out.printf(
              Locale.ROOT,
              "  %s: accuracy %.4f, calibration error %.4f (%d plates)%n",
              name,
              (double) hits / p.length,
              ClassMetrics.calibrationError(right, p, BINS),
              p.length);
        });
  }

  private static int[] folds(List<@Nullable String> labels, List<String> classes, int folds) {
    int[] fold = new int[labels.size()];
    Random random = new Random(1);
    int next = 0;
    for (String label : classes) {
      List<Integer> rows = new ArrayList<>();
      for (int r = 0; r < fold.length; r++) {
        if (label.equals(labels.get(r))) {
          rows.add(r);
        }
      }
      Collections.shuffle(rows, random);
      for (int r : rows) {
        fold[r] = next++ % folds;
      }
    }
    return fold;
  }

  private static void peer(
      Table all,
      List<@Nullable String> labels,
      List<String> classes,
      int[] train,
      int[] test,
      Map<String, Object> options,
      int rounds,
      String name,
      Map<String, List<double[]>> answers)
      throws XGBoostError {
    Map<String, Object> said = new HashMap<>(options);
    said.put("objective", "multi:softprob");
    said.put("num_class", classes.size());
    said.put("nthread", 2);
    said.put("seed", 1);
    DMatrix learnt = matrix(all, train);
    float[] truth = new float[train.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = classes.indexOf(labels.get(train[i]));
    }
    learnt.setLabel(truth);
    Booster booster = XGBoost.train(learnt, said, rounds, Map.of(), null, null);
    DMatrix asked = matrix(all, test);
    List<double[]> into = answers.computeIfAbsent(name, k -> new ArrayList<>());
    for (float[] p : booster.predict(asked)) {
      into.add(IntStream.range(0, p.length).mapToDouble(c -> p[c]).toArray());
    }
    booster.dispose();
    learnt.dispose();
    asked.dispose();
  }

  private static DMatrix matrix(Table all, int[] rows) throws XGBoostError {
    List<String> names =
        all.schema().columns().stream().map(Column::name).filter(n -> !n.equals(TARGET)).toList();
    float[] values = new float[rows.length * names.size()];
    Arrays.fill(values, Float.NaN);
    for (int c = 0; c < names.size(); c++) {
      double[] column = all.numbers(names.get(c));
      for (int i = 0; i < rows.length; i++) {
        values[i * names.size() + c] = (float) column[rows[i]];
      }
    }
    return new DMatrix(values, rows.length, names.size(), Float.NaN);
  }
}
