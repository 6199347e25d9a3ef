package io.millwright.quality.internal.advice;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.quality.Advice;
import io.millwright.quality.AdviceCheck;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Knob;
import io.millwright.quality.SafeRange;
import io.millwright.quality.Span;
import io.millwright.quality.internal.fit.Shares;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.jspecify.annotations.Nullable;

/** Compares new parts with what an advice promised. */
final class Confirming {

  private static final int LEAST = 3;

  /** How exactly a knob must stand as advised, as a share of its limits. */
  private static final double EXACT = 0.05;

  private Confirming() {}

  static AdviceCheck of(AdviceProblem problem, Advice advice, Table parts) {
    double[] x =
        Arrays.stream(parts.numbers(problem.goal().column())).filter(Double::isFinite).toArray();
    if (x.length < LEAST) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          x.length + " new parts: " + LEAST + " are needed\nMaybe measure more of them");
    }
    Outlook outlook = Outlook.of(problem);
    made(problem, advice, parts);
    double[] to = outlook.inputs.settings(advice.to());
    double expected = outlook.mean(to);
    double deviation = outlook.deviation(to);
    double sure = (1 + problem.confidence()) / 2;
    double half =
        Outlook.NORMAL.inverseCumulativeProbability(sure)
            * Math.sqrt(deviation * deviation + outlook.about(to) / x.length);
    double mean = Arrays.stream(x).average().orElse(0);
    double square = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum();
    double error =
        new TDistribution(x.length - 1).inverseCumulativeProbability(sure)
            * Math.sqrt(square / (x.length - 1) / x.length);
    boolean as = Math.abs(mean - expected) <= half;
    int[] judged = outside(problem, parts);
    int n = judged[1];
    int out = judged[0];
    double stated = problem.safe().isEmpty() ? 1 : Math.max(advice.risk(), 1e-9);
    boolean within =
        out == 0
            || stated >= 1
            || 1 - new BinomialDistribution(n, stated).cumulativeProbability(out - 1)
                >= 1 - problem.confidence();
    return new AdviceCheck(
        new Span(expected, expected - half, expected + half),
        new Span(mean, mean - error, mean + error),
        as,
        Shares.exact(out, n, problem.confidence()),
        within,
        words(problem, x.length, mean, expected, half, as, out, within, advice.risk()));
  }

  /** Parts that were made otherwise say nothing of the advice. */
  private static void made(AdviceProblem problem, Advice advice, Table parts) {
    for (Knob knob : problem.knobs()) {
      if (!holds(parts, knob.column(), ColumnType.NUMBER)) {
        continue;
      }
      double[] set = parts.numbers(knob.column());
      double due = advice.to().getOrDefault(knob.column(), Double.NaN);
      double may = Math.max(EXACT * (knob.high() - knob.low()), 4 * knob.spread());
      for (int r = 0; r < set.length; r++) {
        if (Math.abs(set[r] - due) > may) {
          throw other(r, knob.column(), String.valueOf(set[r]), String.valueOf(due));
        }
      }
    }
    problem
        .given()
        .forEach(
            (column, value) -> {
              if (holds(parts, column, ColumnType.CATEGORY)) {
                List<@Nullable String> labels = parts.labels(column);
                for (int r = 0; r < labels.size(); r++) {
                  String label = labels.get(r);
                  if (label != null && !label.equals(value)) {
                    throw other(r, column, label, value);
                  }
                }
              }
            });
  }

  private static boolean holds(Table parts, String column, ColumnType type) {
    return parts.schema().columns().stream()
        .anyMatch(c -> c.name().equals(column) && c.type() == type);
  }

  private static MillwrightException other(int row, String column, String is, String due) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE,
        "new part "
            + (row + 1)
            + " was made with '"
            + column
            + "' at "
            + is
            + ", but the advice is "
            + due
            + "\nMaybe leave out parts that were made otherwise");
  }

  /** How many parts lie outside, of how many that have all values. */
  private static int[] outside(AdviceProblem problem, Table parts) {
    boolean[] out = new boolean[parts.rows()];
    boolean[] missing = new boolean[parts.rows()];
    for (SafeRange range : problem.safe()) {
      double[] x = parts.numbers(range.column());
      for (int r = 0; r < out.length; r++) {
        missing[r] |= Double.isNaN(x[r]);
        out[r] |= x[r] < range.low() || x[r] > range.high();
      }
    }
    int count = 0;
    int judged = 0;
    for (int r = 0; r < out.length; r++) {
      // One value beyond is enough; a part without all of them may lie anywhere.
      count += out[r] ? 1 : 0;
      judged += out[r] || !missing[r] ? 1 : 0;
    }
    if (judged == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "no new part has all of "
              + problem.safe().stream().map(SafeRange::column).toList()
              + "\nMaybe measure them");
    }
    return new int[] {count, judged};
  }

  private static String words(
      AdviceProblem problem,
      int n,
      double mean,
      double expected,
      double half,
      boolean as,
      int out,
      boolean within,
      double risk) {
    String first =
        String.format(
            Locale.ROOT,
            "%s of %d new parts is %.4g, %s promised (%.4g to %.4g)",
            problem.goal().column(),
            n,
            mean,
            as ? "as" : "not as",
            expected - half,
            expected + half);
    if (problem.safe().isEmpty()) {
      return first;
    }
    return first
        + String.format(
            Locale.ROOT,
            "; %d left the safe ranges, %s the stated %.2g %%",
            out,
            within ? "which agrees with" : "more than",
            100 * risk);
  }
}
