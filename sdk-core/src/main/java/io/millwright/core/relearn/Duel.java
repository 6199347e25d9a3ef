package io.millwright.core.relearn;

import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Judges models on rows with their truth: squared error, log loss for classes, or the host's. */
final class Duel {

  private static final double ONE_SIDED = 1.645;

  private Duel() {}

  /**
   * What one model did on each row.
   *
   * @param loss NaN where it or the truth has no answer
   * @param held 1 for an interval that held the truth, 0 for one that did not, else NaN
   * @param silent whether it gave no answer where the truth is known and the host states no loss
   */
  record Losses(double[] loss, double[] held, boolean[] silent) {}

  static Losses losses(Predictor<Table, ?> predictor, Table rows, RelearnPlan plan) {
    String target = plan.target();
    List<Table> single =
        IntStream.range(0, rows.rows()).mapToObj(r -> rows.slice(r, r + 1)).toList();
    double[] loss = new double[rows.rows()];
    double[] held = new double[rows.rows()];
    boolean[] silent = new boolean[rows.rows()];
    List<? extends Outcome<?>> outcomes = predictor.predictAll(single);
    Column column = rows.schema().column(target);
    int t = rows.schema().indexOf(target);
    for (int r = 0; r < loss.length; r++) {
      loss[r] = Double.NaN;
      held[r] = Double.NaN;
      if (outcomes.get(r) instanceof Outcome.Prediction<?> p) {
        Object value = p.value();
        if (value instanceof ClassScores scores) {
          String label = label(rows, r, t, column);
          loss[r] = label.isEmpty() ? Double.NaN : -Math.log(Math.max(1e-6, scores.of(label)));
        } else if (value instanceof Number n && column.type().isNumeric()) {
          double truth = truth(rows, r, t);
          double e = n.doubleValue() - truth;
          loss[r] = e * e;
          if (p.uncertainty().at(0.9) instanceof Uncertainty.Interval i && !Double.isNaN(truth)) {
            held[r] = i.contains(truth) ? 1 : 0;
          }
        }
      } else {
        silent[r] =
            plan.loss().isEmpty()
                && (column.type().isNumeric()
                    ? !Double.isNaN(truth(rows, r, t))
                    : !label(rows, r, t, column).isEmpty());
      }
      if (plan.loss().isPresent()) {
        loss[r] = plan.loss().get().of(outcomes.get(r), rows.row(r));
      }
    }
    return new Losses(loss, held, silent);
  }

  /** What is infinite was not measured. */
  private static double truth(Table rows, int row, int t) {
    double truth = rows.number(row, t);
    return Double.isInfinite(truth) ? Double.NaN : truth;
  }

  /**
   * How many more rows one model leaves without an answer than another, with the error of that
   * number (McNemar's comparison of pairs).
   */
  record Silence(int more, double error) {
    static Silence of(Losses fresh, Losses old) {
      int more = 0;
      int unlike = 0;
      for (int r = 0; r < fresh.silent.length; r++) {
        more += (fresh.silent[r] ? 1 : 0) - (old.silent[r] ? 1 : 0);
        unlike += fresh.silent[r] != old.silent[r] ? 1 : 0;
      }
      return new Silence(more, Math.sqrt(unlike));
    }

    /** Whether it may be as silent as that, with 95 % confidence. */
    boolean noMoreThan(double allowed) {
      return more + ONE_SIDED * error <= allowed;
    }

    /** Whether it is more silent than that, with 95 % confidence. */
    boolean moreThan(double allowed) {
      return more - ONE_SIDED * error > allowed;
    }
  }

  private static String label(Table rows, int row, int t, Column column) {
    if (column.type().isText()) {
      String label = rows.label(row, t);
      return label == null ? "" : label;
    }
    double v = rows.number(row, t);
    return Double.isNaN(v) ? "" : v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v);
  }

  static DuelResult of(
      Predictor<Table, ?> champion, Predictor<Table, ?> challenger, Table rows, RelearnPlan plan) {
    Gate gate = plan.gate();
    Losses old = losses(champion, rows, plan);
    Losses fresh = losses(challenger, rows, plan);
    Map<String, double[]> groups = new LinkedHashMap<>();
    double a = 0;
    double b = 0;
    double square = 0;
    int n = 0;
    double mean = 0;
    double held = 0;
    int intervals = 0;
    for (int r = 0; r < rows.rows(); r++) {
      boolean oldKnown = !Double.isNaN(old.loss[r]);
      boolean freshKnown = !Double.isNaN(fresh.loss[r]);
      if (!oldKnown || !freshKnown) {
        continue;
      }
      n++;
      double d = fresh.loss[r] - old.loss[r];
      double ahead = d - mean;
      mean += ahead / n;
      square += ahead * (d - mean);
      a += old.loss[r];
      b += fresh.loss[r];
      if (!Double.isNaN(fresh.held[r])) {
        intervals++;
        held += fresh.held[r];
      }
      int row = r;
      plan.group()
          .ifPresent(
              g -> {
                int at = rows.schema().indexOf(g);
                Column column = rows.schema().column(g);
                String name =
                    column.type().isNumeric()
                        ? Double.toString(rows.number(row, at))
                        : String.valueOf(rows.label(row, at));
                double[] sums = groups.computeIfAbsent(name, x -> new double[4]);
                sums[0]++;
                sums[1] += old.loss[row];
                sums[2] += d;
                sums[3] += d * d;
              });
    }
    a /= Math.max(1, n);
    b /= Math.max(1, n);
    double error = n < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(square / (n - 1) / n);
    List<String> reasons = new ArrayList<>();
    boolean passed = true;
    if (n < gate.leastRows()) {
      reasons.add("refused: " + n + " judged rows, but " + gate.leastRows() + " are needed");
      passed = false;
    }
    double bound = b - a + ONE_SIDED * error;
    boolean safe = bound <= gate.margin() * a;
    reasons.add(
        String.format(
            Locale.ROOT,
            "%s: loss %.5g against %.5g, difference at most %.3g with 95 %% confidence, allowed"
                + " %.3g",
            safe ? "passed" : "refused",
            b,
            a,
            bound,
            gate.margin() * a));
    boolean better = a - b >= gate.gain() * a;
    if (!better) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "refused: it saves %.2f %% of the loss, but must save %.2f %%",
              100 * (a - b) / a,
              100 * gate.gain()));
    }
    passed &= safe && better;
    // Losses are compared where both answer, so that one that keeps to easy rows would look well.
    Silence silence = Silence.of(fresh, old);
    if (!silence.noMoreThan(gate.margin() * rows.rows())) {
      reasons.add(
          "refused: it leaves "
              + silence.more()
              + " of "
              + rows.rows()
              + " rows more without an answer");
      passed = false;
    }
    if (intervals >= 30) {
      double coverage = held / intervals;
      double slack = gate.coverageSlack() + ONE_SIDED * Math.sqrt(0.09 / intervals);
      boolean covers = coverage >= 0.9 - slack;
      reasons.add(
          String.format(
              Locale.ROOT,
              "%s: 90 %% intervals hold %.1f %%",
              covers ? "passed" : "refused",
              100 * coverage));
      passed &= covers;
    }
    for (Map.Entry<String, double[]> g : groups.entrySet()) {
      double[] s = g.getValue();
      double difference = s[2] / s[0];
      double spread = Math.sqrt(Math.max(0, s[3] / s[0] - difference * difference) / s[0]);
      if (s[0] >= 10 && difference - ONE_SIDED * spread > gate.groupMargin() * s[1] / s[0]) {
        reasons.add("refused: group " + g.getKey() + " becomes worse by more than is allowed");
        passed = false;
      }
    }
    return new DuelResult(n, a, b, b - a, error, passed, reasons);
  }
}
