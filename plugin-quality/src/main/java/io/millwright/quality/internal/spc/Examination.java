package io.millwright.quality.internal.spc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.Adjustment;
import io.millwright.quality.BaselineCheck;
import io.millwright.quality.internal.fit.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Whether readings are independent and normal. */
final class Examination {

  private static final int FEWEST = 20;

  /** Limits of a chart bear mild departures; beyond this probability they are not mild. */
  private static final double DEPARTS = 0.005;

  private static final NormalDistribution NORMAL = new NormalDistribution();

  private Examination() {}

  static BaselineCheck of(List<Double> values) {
    double[] x = sound(values, FEWEST, "an examination");
    Summary s = Summary.of(x);
    int n = x.length;
    double r = s.autocorrelation();
    boolean correlated = Math.abs(r) > 2.576 / Math.sqrt(n);
    double[] judged = x;
    Adjustment adjustment = new Adjustment.AsIs();
    StringBuilder words = new StringBuilder();
    if (correlated) {
      double phi = Math.max(-0.98, Math.min(0.98, r + (1 + 4 * r) / n));
      Adjustment.Residual residual = new Adjustment.Residual(s.mean(), phi);
      adjustment = residual;
      judged = new double[n];
      for (int i = 0; i < n; i++) {
        judged[i] = Adjusting.apply(residual, x[i], "", i == 0 ? Double.NaN : x[i - 1]);
      }
      words.append(
          String.format(
              Locale.ROOT,
              "Each reading follows the one before (correlation %.2f): limits for independent"
                  + " readings would give false signals. Chart the residuals of a first-order"
                  + " autoregression with coefficient %.2f, or take readings less often.",
              r,
              phi));
    } else {
      words.append(
          String.format(
              Locale.ROOT, "Readings look independent (correlation %.2f with the one before).", r));
    }
    double a = andersonDarling(judged);
    double p = probability(a);
    if (p >= DEPARTS) {
      words.append(
          String.format(
              Locale.ROOT, " They look normal enough (Anderson-Darling %.2f, p %.3g).", a, p));
    } else if (correlated) {
      words.append(
          String.format(
              Locale.ROOT,
              " The residuals are not normal (Anderson-Darling %.2f, p %.2g): chart means of"
                  + " subgroups, or an EWMA of weight 0.1, which bear that.",
              a,
              p));
    } else {
      double least = Arrays.stream(x).min().orElse(0);
      double shift = least > 0 ? 0 : 0.1 * s.deviation() - least;
      double lambda = boxCox(x, shift);
      double[] moved = Arrays.stream(x).map(v -> Adjusting.power(v + shift, lambda)).toArray();
      double after = andersonDarling(moved);
      double better = probability(after);
      if (better >= DEPARTS) {
        adjustment = new Adjustment.Power(lambda, shift);
        words.append(
            String.format(
                Locale.ROOT,
                " They are not normal (Anderson-Darling %.2f, p %.2g), but are after the power"
                    + " %.2f of Box and Cox (p %.3g): chart those.",
                a,
                p,
                lambda,
                better));
      } else {
        words.append(
            String.format(
                Locale.ROOT,
                " They are not normal (Anderson-Darling %.2f, p %.2g), and no power makes them so"
                    + " (p %.2g at best): look for a mixture of machines or lots, chart means of"
                    + " subgroups, or an EWMA of weight 0.1, which bear that.",
                a,
                p,
                better));
      }
    }
    return new BaselineCheck(
        n, s.mean(), s.deviation(), r, correlated, a, p, adjustment, words.toString());
  }

  /** Values as numbers, or an error that names what is wrong. */
  static double[] sound(List<Double> values, int fewest, String what) {
    int n = values.size();
    if (n < fewest) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, n + " readings, but " + what + " needs at least " + fewest);
    }
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = values.get(i);
      if (!Double.isFinite(x[i])) {
        throw new MillwrightException(
            ErrorCode.MISSING_VALUE,
            "reading " + (i + 1) + " is " + x[i] + "\nMaybe leave missing readings out");
      }
    }
    Summary s = Summary.of(x);
    if (!(s.deviation() > 1e-12 * Math.max(1e-300, Math.abs(s.mean())))) {
      throw Estimates.constant("the readings", x[0]);
    }
    return x;
  }

  /** Anderson and Darling's statistic for a normal law with both parameters estimated. */
  static double andersonDarling(double[] values) {
    double[] x = values.clone();
    Arrays.sort(x);
    Summary s = Summary.of(x);
    int n = x.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double low = NORMAL.cumulativeProbability((x[i] - s.mean()) / s.deviation());
      double high = NORMAL.cumulativeProbability(-(x[n - 1 - i] - s.mean()) / s.deviation());
      sum += (2.0 * i + 1) * (Math.log(Math.max(low, 1e-300)) + Math.log(Math.max(high, 1e-300)));
    }
    double a = -n - sum / n;
    return a * (1 + 0.75 / n + 2.25 / ((double) n * n));
  }

  /** D'Agostino and Stephens (1986), table 4.9. */
  static double probability(double a) {
    if (a >= 0.6) {
      return Math.exp(1.2937 - 5.709 * a + 0.0186 * a * a);
    }
    if (a >= 0.34) {
      return Math.exp(0.9177 - 4.279 * a - 1.38 * a * a);
    }
    return a >= 0.2
        ? 1 - Math.exp(-8.318 + 42.796 * a - 59.938 * a * a)
        : 1 - Math.exp(-13.436 + 101.14 * a - 223.73 * a * a);
  }

  /** The power between -3 and 3 with the largest likelihood. */
  static double boxCox(double[] x, double shift) {
    double logs = Arrays.stream(x).map(v -> Math.log(v + shift)).sum();
    double low = -3;
    double high = 3;
    // The profile likelihood of the power is smooth with one peak: golden section.
    double golden = (Math.sqrt(5) - 1) / 2;
    while (high - low > 1e-7) {
      double a = high - golden * (high - low);
      double b = low + golden * (high - low);
      if (likelihood(x, shift, logs, a) < likelihood(x, shift, logs, b)) {
        low = a;
      } else {
        high = b;
      }
    }
    return (low + high) / 2;
  }

  private static double likelihood(double[] x, double shift, double logs, double lambda) {
    double[] y = new double[x.length];
    double scale = Math.exp(logs / x.length);
    for (int i = 0; i < x.length; i++) {
      y[i] = Adjusting.power((x[i] + shift) / scale, lambda);
    }
    return -x.length * Math.log(Summary.of(y).deviation());
  }
}
