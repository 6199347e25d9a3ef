package io.millwright.runtime.compress;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two models on the same samples. */
record Comparison(
    Map<String, Double> before, Map<String, Double> after, double rise, double uncovered) {

  /** Figures, and the one that must not rise. */
  private record Judged(Map<String, Double> figures, double error, double covered) {}

  private static final double LEVEL = 0.9;
  private static final double LEAST = 1e-12;

  static Comparison of(
      Predictor<Table, Object> before, Predictor<Table, Object> after, Table rows, String target) {
    int column = rows.schema().names().indexOf(target);
    if (column < 0) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "the samples have no column \""
              + target
              + "\"\nMaybe it is one of "
              + rows.schema().names());
    }
    boolean number = rows.schema().columns().get(column).type() == ColumnType.NUMBER;
    Judged old = judged(before, rows, column, number);
    Judged now = judged(after, rows, column, number);
    double was = Math.max(LEAST, old.error());
    // By how much of itself the error rises; below 0 when it falls.
    return new Comparison(
        old.figures(), now.figures(), (now.error() - was) / was, old.covered() - now.covered());
  }

  private static Judged judged(
      Predictor<Table, Object> predictor, Table rows, int column, boolean number) {
    List<Table> inputs = new ArrayList<>();
    for (int r = 0; r < rows.rows(); r++) {
      inputs.add(rows.slice(r, r + 1));
    }
    List<Outcome<Object>> outcomes = predictor.predictAll(inputs);
    double error = 0;
    double held = 0;
    double right = 0;
    int sets = 0;
    int judged = 0;
    for (int r = 0; r < outcomes.size(); r++) {
      if (!(outcomes.get(r) instanceof Outcome.Prediction<Object> p)) {
        continue;
      }
      if (number && p.value() instanceof Double value) {
        double truth = rows.number(r, column);
        if (Double.isFinite(truth)) {
          error += (value - truth) * (value - truth);
          held +=
              p.uncertainty().at(LEVEL) instanceof Uncertainty.Interval i && i.contains(truth)
                  ? 1
                  : 0;
          judged++;
        }
      } else if (!number && p.value() instanceof ClassScores scores) {
        String truth = rows.label(r, column);
        if (truth != null && scores.labels().contains(truth)) {
          error -= Math.log(Math.max(LEAST, scores.of(truth)));
          right += scores.best().equals(truth) ? 1 : 0;
          if (p.uncertainty().at(LEVEL) instanceof Uncertainty.LabelSet set) {
            held += set.labels().contains(truth) ? 1 : 0;
            sets++;
          }
          judged++;
        }
      } else {
        throw new MillwrightException(
            ErrorCode.UNSUPPORTED,
            "the model answers "
                + p.value().getClass().getSimpleName()
                + ", but the column holds "
                + (number ? "numbers" : "labels")
                + "\nMaybe another column is the target");
      }
    }
    if (judged == 0) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "none of "
              + rows.rows()
              + " samples got an answer and has a truth\nMaybe the samples are of another kind");
    }
    Map<String, Double> figures = new TreeMap<>();
    double mean = number ? Math.sqrt(error / judged) : error / judged;
    figures.put(number ? "rmse" : "log loss", mean);
    int covered = number ? judged : sets;
    if (covered > 0) {
      figures.put("coverage 90", held / covered);
    }
    if (!number) {
      figures.put("accuracy", right / judged);
    }
    figures.put("answered", (double) judged / rows.rows());
    return new Judged(figures, mean, covered > 0 ? held / covered : 0);
  }
}
