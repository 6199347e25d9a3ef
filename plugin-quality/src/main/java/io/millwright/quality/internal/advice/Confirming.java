package io.millwright.quality.internal.advice;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.quality.Advice;
import io.millwright.quality.AdviceCheck;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.SafeRange;
import io.millwright.quality.Span;
import io.millwright.quality.internal.fit.Shares;
import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/** Compares new parts with what an advice promised. */
final class Confirming {

  private static final int LEAST = 3;

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
    int n = parts.rows();
    int out = outside(problem, parts);
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

  private static int outside(AdviceProblem problem, Table parts) {
    boolean[] out = new boolean[parts.rows()];
    for (SafeRange range : problem.safe()) {
      double[] x = parts.numbers(range.column());
      for (int r = 0; r < out.length; r++) {
        out[r] |= x[r] < range.low() || x[r] > range.high();
      }
    }
    int count = 0;
    for (boolean one : out) {
      count += one ? 1 : 0;
    }
    return count;
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
