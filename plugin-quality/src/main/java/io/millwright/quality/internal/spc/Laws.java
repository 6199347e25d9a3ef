package io.millwright.quality.internal.spc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.CapabilityPlan.Law;
import io.millwright.quality.internal.fit.Summary;
import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Laws of readings that are not normal, fitted by maximum likelihood. */
final class Laws {

  private static final NormalDistribution NORMAL = new NormalDistribution();

  private Laws() {}

  /** A law with its parameters. */
  interface Fitted {
    /** The value that a share of readings lies below. */
    double quantile(double p);

    /** The share of readings below a value. */
    double below(double value);

    /** Its name and parameters. */
    String words();
  }

  static Fitted fit(Law law, double[] x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    if (law != Law.EMPIRICAL && !(sorted[0] > 0)) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          "a law "
              + law
              + " needs values above 0, but the least is "
              + sorted[0]
              + "\nMaybe subtract the bound that the values cannot pass");
    }
    return switch (law) {
      case WEIBULL -> weibull(sorted);
      case LOGNORMAL -> power(sorted, 0, "lognormal");
      case BOX_COX -> power(sorted, Examination.boxCox(sorted, 0), "Box-Cox");
      default -> new Empirical(sorted);
    };
  }

  private static Fitted power(double[] x, double lambda, String name) {
    double[] y = Arrays.stream(x).map(v -> Adjusting.power(v, lambda)).toArray();
    Summary s = Summary.of(y);
    // Maximum likelihood divides by n.
    double sigma = s.deviation() * Math.sqrt((y.length - 1.0) / y.length);
    return new Powered(name, lambda, s.mean(), sigma);
  }

  private static Fitted weibull(double[] x) {
    double scale = x[x.length - 1];
    double[] logs = Arrays.stream(x).map(v -> Math.log(v / scale)).toArray();
    double mean = Arrays.stream(logs).average().orElse(0);
    double shape =
        new BrentSolver(1e-10)
            .solve(
                500,
                b -> {
                  double sum = 0;
                  double weighted = 0;
                  for (double l : logs) {
                    double w = Math.exp(b * l);
                    sum += w;
                    weighted += w * l;
                  }
                  return weighted / sum - mean - 1 / b;
                },
                1e-3,
                1e4);
    double sum = Arrays.stream(logs).map(l -> Math.exp(shape * l)).sum();
    return new Weibull(shape, scale * Math.pow(sum / x.length, 1 / shape));
  }

  private record Powered(String name, double lambda, double mean, double sigma) implements Fitted {
    @Override
    public double quantile(double p) {
      double at = Adjusting.root(mean + sigma * NORMAL.inverseCumulativeProbability(p), lambda);
      // Beyond what a power can reach lies the end of the law.
      return Double.isNaN(at) ? (lambda > 0 ? 0 : Double.POSITIVE_INFINITY) : at;
    }

    @Override
    public double below(double value) {
      return value <= 0
          ? 0
          : NORMAL.cumulativeProbability((Adjusting.power(value, lambda) - mean) / sigma);
    }

    @Override
    public String words() {
      return String.format(
          Locale.ROOT, "%s, power %.4g, mean %.6g, deviation %.6g", name, lambda, mean, sigma);
    }
  }

  private record Weibull(double shape, double scale) implements Fitted {
    @Override
    public double quantile(double p) {
      return scale * Math.pow(-Math.log1p(-p), 1 / shape);
    }

    @Override
    public double below(double value) {
      return value <= 0 ? 0 : -Math.expm1(-Math.pow(value / scale, shape));
    }

    @Override
    public String words() {
      return String.format(Locale.ROOT, "Weibull, shape %.6g, scale %.6g", shape, scale);
    }
  }

  private record Empirical(double[] sorted) implements Fitted {
    @Override
    public double quantile(double p) {
      // Weibull's plotting position, so that the ends are not the extremes themselves.
      double at = p * (sorted.length + 1) - 1;
      int low = (int) Math.max(0, Math.min(sorted.length - 2, Math.floor(at)));
      double share = Math.max(0, Math.min(1, at - low));
      return sorted[low] + share * (sorted[low + 1] - sorted[low]);
    }

    @Override
    public double below(double value) {
      int found = 0;
      for (double v : sorted) {
        found += v < value ? 1 : 0;
      }
      return (double) found / sorted.length;
    }

    @Override
    public String words() {
      return "the readings themselves";
    }
  }
}
