package io.millwright.supplychain.internal.classic;

/**
 * The negative binomial distribution by its mean and its shape r: the variance is mean + mean^2 /
 * r. With a large shape it is the distribution of Poisson.
 */
public final class NegativeBinomial {

  private static final int MOST = 10_000_000;

  /** The logarithm of a shape of 5: a little wider than Poisson's distribution. */
  private static final double USUAL = Math.log(5);

  private NegativeBinomial() {}

  /** The logarithm of the probability of a count. */
  public static double log(double count, double mean, double shape) {
    double m = Math.max(mean, 1e-9);
    return logGamma(count + shape)
        - logGamma(shape)
        - logGamma(count + 1)
        + shape * Math.log(shape / (shape + m))
        + count * Math.log(m / (shape + m));
  }

  /** The least counts whose cumulative probability reaches each of some rising probabilities. */
  public static double[] quantiles(double mean, double shape, double[] probabilities) {
    double[] quantiles = new double[probabilities.length];
    double m = Math.max(mean, 1e-9);
    double probability = Math.exp(shape * Math.log(shape / (shape + m)));
    if (probability < 1e-280) {
      return normal(m, shape, probabilities);
    }
    double step = m / (shape + m);
    double sum = probability;
    int count = 0;
    for (int i = 0; i < quantiles.length; i++) {
      while (sum < probabilities[i] && count < MOST) {
        count++;
        probability *= step * (shape + count - 1) / count;
        sum += probability;
        if (probability < 1e-300) {
          break;
        }
      }
      quantiles[i] = count;
    }
    return quantiles;
  }

  /** For means so large that the recursion would begin at 0: Wilson and Hilferty's gamma. */
  private static double[] normal(double mean, double shape, double[] probabilities) {
    double variance = mean + mean * mean / shape;
    double k = mean * mean / variance;
    double[] quantiles = new double[probabilities.length];
    for (int i = 0; i < quantiles.length; i++) {
      double z = Normal.quantile(probabilities[i]);
      double root = 1 - 1 / (9 * k) + z / (3 * Math.sqrt(k));
      quantiles[i] = Math.rint(mean * Math.max(0, root * root * root));
    }
    return quantiles;
  }

  /**
   * The shape that makes some counts most probable, given their means; with few counts it is drawn
   * to a usual one, as if its logarithm were normal around that.
   */
  public static double shape(double[] counts, double[] means) {
    double best =
        Search.golden(
            logShape -> {
              double shape = Math.exp(logShape);
              double sum = (logShape - USUAL) * (logShape - USUAL) / 2;
              for (int i = 0; i < counts.length; i++) {
                sum -= log(counts[i], means[i], shape);
              }
              return sum;
            },
            Math.log(0.02),
            Math.log(200),
            17,
            14);
    return Math.exp(best);
  }

  /** Lanczos' approximation with five terms; good to nine digits for positive numbers. */
  static double logGamma(double x) {
    double sum = 1.000000000190015;
    sum += 76.18009172947146 / (x + 1);
    sum -= 86.50532032941677 / (x + 2);
    sum += 24.01409824083091 / (x + 3);
    sum -= 1.231739572450155 / (x + 4);
    sum += 0.1208650973866179e-2 / (x + 5);
    sum -= 0.5395239384953e-5 / (x + 6);
    double t = x + 5.5;
    return (x + 0.5) * Math.log(t) - t + Math.log(2.5066282746310005 * sum / x);
  }
}
