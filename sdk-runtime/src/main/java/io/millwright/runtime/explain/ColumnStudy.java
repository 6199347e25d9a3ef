package io.millwright.runtime.explain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassScores;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What single columns do to a model of independent rows: dependence and importance. */
final class ColumnStudy {

  private static final int MOST_ROWS = 2000;

  private ColumnStudy() {}

  static <V> Dependence dependence(
      AskedModel<Table, V> model, Table rows, String name, int points, int curves) {
    Column column = rows.schema().column(name);
    List<Object> grid = grid(rows, column, points);
    double[][] answers = new double[grid.size()][];
    for (int g = 0; g < grid.size(); g++) {
      Table moved = with(rows, column, grid.get(g));
      answers[g] = model.of(single(moved));
    }
    List<Dependence.Point> found = new ArrayList<>();
    for (int g = 0; g < grid.size(); g++) {
      double[] known = Arrays.stream(answers[g]).filter(v -> !Double.isNaN(v)).toArray();
      double mean = Arrays.stream(known).average().orElse(Double.NaN);
      double square = Arrays.stream(known).map(v -> (v - mean) * (v - mean)).sum();
      double error = Math.sqrt(square / Math.max(1, known.length - 1) / Math.max(1, known.length));
      boolean number = grid.get(g) instanceof Double;
      found.add(
          new Dependence.Point(
              number ? ColumnView.text((Double) grid.get(g), null) : String.valueOf(grid.get(g)),
              number ? (Double) grid.get(g) : Double.NaN,
              mean,
              error));
    }
    List<List<Double>> single = new ArrayList<>();
    for (int r = 0; r < Math.min(curves, rows.rows()); r++) {
      int row = (int) ((long) r * rows.rows() / Math.min(curves, rows.rows()));
      single.add(IntStream.range(0, grid.size()).mapToObj(g -> answers[g][row]).toList());
    }
    return new Dependence(name, column.unit().symbol(), found, single);
  }

  /** Labels as they come; numbers at quantiles, so that every part of the data has points. */
  private static List<Object> grid(Table rows, Column column, int points) {
    if (column.type().isText()) {
      List<String> labels = rows.distinct(column.name());
      return new ArrayList<>(labels.subList(0, Math.min(labels.size(), 40)));
    }
    double[] sorted =
        Arrays.stream(rows.numbers(column.name())).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "column \"" + column.name() + "\" has no value\nMaybe give background rows with values");
    }
    return new ArrayList<>(
        IntStream.range(0, points)
            .mapToObj(i -> sorted[(int) ((long) i * (sorted.length - 1) / Math.max(1, points - 1))])
            .distinct()
            .toList());
  }

  private static Table with(Table rows, Column column, Object value) {
    if (value instanceof Double number) {
      double[] all = new double[rows.rows()];
      Arrays.fill(all, number);
      return rows.with(column, all);
    }
    String[] all = new String[rows.rows()];
    Arrays.fill(all, (String) value);
    return rows.with(column, Arrays.asList(all));
  }

  static List<Table> single(Table rows) {
    return IntStream.range(0, rows.rows()).mapToObj(r -> rows.slice(r, r + 1)).toList();
  }

  static <V> Importance importance(
      Predictor<Table, V> predictor,
      List<String> columns,
      Table data,
      String target,
      int repeats,
      long key) {
    Table rows = data.rows() <= MOST_ROWS ? data : data.rows(spread(data.rows()));
    Column truth = rows.schema().column(target);
    boolean classes = !predictor.info().classes().isEmpty();
    double[] base = losses(predictor, rows, truth, rows);
    int known = (int) Arrays.stream(base).filter(v -> !Double.isNaN(v)).count();
    if (known < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "only "
              + known
              + " rows have both an answer and a known \""
              + target
              + "\"\nMaybe give rows that the model did not learn from, with their truth");
    }
    List<Importance.Growth> growths = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      double[] grown = new double[rows.rows()];
      for (int k = 0; k < repeats; k++) {
        int[] order =
            KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 73, c, k).permutation(rows.rows());
        Table mixed = shuffled(rows, rows.schema().column(columns.get(c)), order);
        double[] loss = losses(predictor, mixed, truth, rows);
        for (int r = 0; r < grown.length; r++) {
          grown[r] += (loss[r] - base[r]) / repeats;
        }
      }
      double[] all = Arrays.stream(grown).filter(v -> !Double.isNaN(v)).toArray();
      double mean = Arrays.stream(all).average().orElse(0);
      double square = Arrays.stream(all).map(v -> (v - mean) * (v - mean)).sum();
      growths.add(
          new Importance.Growth(
              columns.get(c),
              mean,
              Math.sqrt(square / Math.max(1, all.length - 1) / Math.max(1, all.length))));
    }
    growths.sort(Comparator.comparingDouble((Importance.Growth g) -> -g.growth()));
    double mean = Arrays.stream(base).filter(v -> !Double.isNaN(v)).average().orElse(0);
    return new Importance(
        classes ? "log loss" : "squared error", mean, growths, rows.rows(), repeats);
  }

  private static int[] spread(int rows) {
    return IntStream.range(0, MOST_ROWS).map(i -> (int) ((long) i * rows / MOST_ROWS)).toArray();
  }

  private static Table shuffled(Table rows, Column column, int[] order) {
    if (column.type().isNumeric()) {
      double[] old = rows.numbers(column.name());
      return rows.with(column, Arrays.stream(order).mapToDouble(i -> old[i]).toArray());
    }
    List<@Nullable String> old = rows.labels(column.name());
    return rows.with(column, Arrays.stream(order).<@Nullable String>mapToObj(old::get).toList());
  }

  private static <V> double[] losses(
      Predictor<Table, V> predictor, Table rows, Column truth, Table truths) {
    List<Outcome<V>> outcomes = predictor.predictAll(single(rows));
    double[] losses = new double[outcomes.size()];
    int t = truths.schema().indexOf(truth.name());
    for (int r = 0; r < losses.length; r++) {
      int row = r;
      losses[r] =
          outcomes.get(r).fold(p -> loss(p.value(), truths, row, t, truth), a -> Double.NaN);
    }
    return losses;
  }

  private static double loss(Object answer, Table truths, int row, int t, Column truth) {
    if (answer instanceof ClassScores scores) {
      String label = label(truths, row, t, truth);
      return label == null ? Double.NaN : -Math.log(Math.max(1e-12, scores.of(label)));
    }
    double e = ((Number) answer).doubleValue() - truths.number(row, t);
    return e * e;
  }

  /** A label; a number that stands for one is written as labels of numbers are. */
  static @Nullable String label(Table truths, int row, int t, Column truth) {
    if (truth.type().isText()) {
      return truths.label(row, t);
    }
    double v = truths.number(row, t);
    if (Double.isNaN(v)) {
      return null;
    }
    return v == Math.rint(v) ? Long.toString((long) v) : String.format(Locale.ROOT, "%s", v);
  }
}
