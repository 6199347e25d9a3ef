package io.millwright.benchmarks.trust;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ModelKind;
import io.millwright.runtime.explain.ShapleyValues;
import io.millwright.runtime.explain.TableExplainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Shapley values of boosted trees over 20 columns, 1,000 simulated rows: from the trees themselves
 * beside drawn ones. No arguments.
 */
public final class TreeReasons {

  private static final int COLUMNS = 20;

  private TreeReasons() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws Exception {
    Path bundle = Files.createTempFile("trees", ".mwb");
    try (Millwright millwright = Millwright.create()) {
      Table all = rows();
      millwright
          .learning()
          .number("y")
          .among(ModelKind.BOOSTED_TREES)
          .train(all)
          .await()
          .saveTo(bundle);
      Table inputs = all.without("y");
      try (Predictor<Table, Object> predictor = millwright.open(bundle)) {
        TableExplainer<Object> drawn = TableExplainer.of(predictor, inputs);
        TableExplainer<Object> read = drawn.reading(ModelSource.file(bundle));
        for (int round = 0; round < 3; round++) {
          Table input = inputs.slice(round, round + 1);
          ShapleyValues exact = timed("trees", read, input, 1);
          for (int answers : new int[] {2_000, 20_000}) {
            ShapleyValues values = timed(answers + " answers", drawn, input, answers);
            System.out.printf(Locale.ROOT, "  largest error %.4f%n", largest(exact, values));
          }
        }
      }
    } finally {
      Files.delete(bundle);
    }
  }

  private static ShapleyValues timed(
      String what, TableExplainer<Object> explainer, Table input, int answers) {
    long begin = System.nanoTime();
    ShapleyValues values = explainer.shapley(input, Budget.iterations(answers));
    System.out.printf(
        Locale.ROOT,
        "%-15s %.3f s, largest effect %.3f%n",
        what,
        (System.nanoTime() - begin) / 1e9,
        Math.abs(values.parts().get(0).effect()));
    return values;
  }

  private static double largest(ShapleyValues exact, ShapleyValues drawn) {
    double largest = 0;
    for (ShapleyValues.Part a : exact.parts()) {
      for (ShapleyValues.Part b : drawn.parts()) {
        largest =
            a.feature().equals(b.feature())
                ? Math.max(largest, Math.abs(a.effect() - b.effect()))
                : largest;
      }
    }
    return largest;
  }

  private static Table rows() {
    Random random = new Random(3);
    double[][] values = new double[1000][COLUMNS + 1];
    for (double[] x : values) {
      Arrays.setAll(x, c -> random.nextGaussian());
      double step = x[2] > 0 ? 3 : 0;
      x[COLUMNS] = 50 + 5 * x[0] * x[1] + step + 2 * x[3] + x[4] * x[5] + 0.5 * x[COLUMNS];
    }
    Stream<Column> inputs = IntStream.range(0, COLUMNS).mapToObj(c -> Column.number("c" + c));
    return Table.ofNumbers(
        new Schema(Stream.concat(inputs, Stream.of(Column.number("y"))).toList()), values);
  }
}
