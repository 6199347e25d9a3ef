package io.millwright.api.plan;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import java.util.List;

/**
 * A probability distribution of a time, or of a ratio of times such as real over planned: a
 * quantile function with its mean. Nothing is below 0. Records are immutable and thread-safe; bad
 * numbers are refused with {@link ErrorCode#BAD_OPTION}.
 */
public sealed interface TimeDistribution {

  /**
   * The time by which a share is done.
   *
   * @param probability between 0 and 1, 1 excluded
   * @return the quantile, 0 or more and finite
   */
  double quantile(double probability);

  /**
   * The expected time.
   *
   * @return the mean, 0 or more and finite
   */
  double mean();

  /**
   * Always the same.
   *
   * @param value the time, 0 or more
   */
  record Constant(double value) implements TimeDistribution {
    /** Checks. */
    public Constant {
      require(value >= 0, "constant " + value, "use 0 or more");
      require(value < Double.POSITIVE_INFINITY, "constant " + value, "use a finite time");
    }

    @Override
    public double quantile(double probability) {
      probable(probability);
      return value;
    }

    @Override
    public double mean() {
      return value;
    }
  }

  /**
   * The triangular distribution: what people can say who have no bookings.
   *
   * @param least the shortest time, 0 or more
   * @param likely the most likely time
   * @param most the longest time
   */
  record Triangular(double least, double likely, double most) implements TimeDistribution {
    /** Checks. */
    public Triangular {
      require(
          least >= 0 && least <= likely && likely <= most && most < Double.POSITIVE_INFINITY,
          "triangular " + least + ", " + likely + ", " + most,
          "give the least, the likely and the most in rising order");
    }

    @Override
    public double quantile(double probability) {
      probable(probability);
      double span = most - least;
      if (span == 0) {
        return likely;
      }
      double below = (likely - least) / span;
      return probability < below
          ? least + Math.sqrt(probability * span * (likely - least))
          : most - Math.sqrt((1 - probability) * span * (most - likely));
    }

    @Override
    public double mean() {
      return least / 3 + likely / 3 + most / 3;
    }
  }

  /**
   * The lognormal distribution: work of people, which seldom ends early and now and then far late.
   *
   * @param mean the mean, above 0
   * @param deviation the standard deviation, 0 or more
   */
  record Lognormal(double mean, double deviation) implements TimeDistribution {
    /** Checks. */
    public Lognormal {
      require(
          mean > 0 && mean < Double.POSITIVE_INFINITY && deviation >= 0 && deviation <= 100 * mean,
          "lognormal of mean " + mean + " and deviation " + deviation,
          "use a mean above 0 and a deviation of at most 100 means");
    }

    @Override
    public double quantile(double probability) {
      probable(probability);
      double variance = Math.log1p(deviation / mean * (deviation / mean));
      return mean * Math.exp(Math.sqrt(variance) * Normal.quantile(probability) - variance / 2);
    }
  }

  /**
   * The Weibull distribution; of shape 1 the exponential one. Also the life of a unit.
   *
   * @param shape below 1 early failures, above 1 wear; from 0.1 to 100
   * @param scale the time by which 63.2 % are done, above 0
   */
  record Weibull(double shape, double scale) implements TimeDistribution, LifeDistribution {
    /** Checks. */
    public Weibull {
      require(
          shape >= 0.1 && shape <= 100 && scale > 0 && scale < Double.POSITIVE_INFINITY,
          "Weibull of shape " + shape + " and scale " + scale,
          "use a shape from 0.1 to 100 and a scale above 0");
    }

    @Override
    public double quantile(double probability) {
      probable(probability);
      return scale * Math.pow(-Math.log1p(-probability), 1 / shape);
    }

    @Override
    public double cdf(double time) {
      return time <= 0 ? 0 : -Math.expm1(-Math.pow(time / scale, shape));
    }

    @Override
    public double hazard(double time) {
      return shape / scale * Math.pow(time / scale, shape - 1);
    }

    @Override
    public double mean() {
      return scale * Normal.gamma(1 + 1 / shape);
    }
  }

  /**
   * What was observed (the empirical distribution): its quantile function joins the sorted values
   * by straight lines (Hyndman and Fan 1996, definition 5).
   *
   * @param values at least one, in any order, each 0 or more
   */
  record Observed(List<Double> values) implements TimeDistribution {
    /** Checks and sorts. */
    public Observed {
      double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
      require(sorted.length > 0, "no observed value", "give at least one");
      for (double v : sorted) {
        require(
            v >= 0 && v < Double.POSITIVE_INFINITY, "observed " + v, "use finite values from 0 on");
      }
      values = Arrays.stream(sorted).boxed().toList();
    }

    @Override
    public double quantile(double probability) {
      probable(probability);
      double at = probability * values.size() - 0.5;
      int low = (int) Math.max(0, Math.min(values.size() - 1.0, Math.floor(at)));
      int high = Math.min(values.size() - 1, low + 1);
      double part = Math.max(0, Math.min(1, at - low));
      return values.get(low) + part * (values.get(high) - values.get(low));
    }

    @Override
    public double mean() {
      return values.stream().mapToDouble(v -> v).average().orElseThrow();
    }
  }

  private static void probable(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "probability is " + probability + ", but must be from 0 to below 1");
    }
  }

  private static void require(boolean good, String what, String remedy) {
    if (!good) {
      throw new MillwrightException(ErrorCode.BAD_OPTION, what + "\nMaybe " + remedy);
    }
  }
}
