package io.millwright.quality.internal.advice;

/**
 * The covariance of a surface: a constant, lines, a quadratic form with all interactions, and a
 * smooth rest (Matern 5/2), all with one relevance for each input. The logarithms of the parameters
 * are relevances, then the sizes of lines, quadratic and rest, the length of the rest and the
 * noise.
 */
final class Kernel {

  /** What a surface is made of. */
  enum Kind {
    MEAN("a constant: no input matters", false, false, false),
    LINEAR("linear", true, false, false),
    QUADRATIC("quadratic with interactions", true, true, false),
    SMOOTH("smooth", false, false, true),
    WHOLE("quadratic with a smooth rest", true, true, true);

    final String words;
    final boolean lines;
    final boolean curved;
    final boolean rest;

    Kind(String words, boolean lines, boolean curved, boolean rest) {
      this.words = words;
      this.lines = lines;
      this.curved = curved;
      this.rest = rest;
    }
  }

  /** The variance of the constant, of values of variance 1. */
  private static final double CONSTANT = 10;

  private final Kind kind;
  private final int d;
  private final double[] relevance;
  private final double lines;
  private final double curved;
  private final double rest;
  private final double length;
  final double noise;

  Kernel(Kind kind, int d, double[] theta) {
    this.kind = kind;
    this.d = d;
    relevance = new double[d];
    for (int j = 0; j < d; j++) {
      relevance[j] = Math.exp(theta[j]);
    }
    lines = kind.lines ? Math.exp(theta[d]) : 0;
    curved = kind.curved ? Math.exp(theta[d + 1]) : 0;
    rest = kind.rest ? Math.exp(theta[d + 2]) : 0;
    length = Math.exp(theta[d + 3]);
    noise = Math.exp(theta[d + 4]);
  }

  /** The mean of the prior of a parameter. */
  static double prior(int d, int parameter) {
    return switch (parameter - d) {
      case 0, 1 -> -1.5;
      case 2 -> -0.5;
      case 3 -> 0.8;
      case 4 -> -2;
      default -> -0.5;
    };
  }

  static double priorWidth(int d, int parameter) {
    return parameter == d + 4 ? 1.5 : 1;
  }

  double value(double[] x, double[] z) {
    double product = 0;
    double square = 0;
    for (int j = 0; j < d; j++) {
      product += relevance[j] * x[j] * z[j];
      square += relevance[j] * (x[j] - z[j]) * (x[j] - z[j]);
    }
    double k = CONSTANT + product * (lines + curved * product);
    if (kind.rest) {
      double far = Math.sqrt(5 * square) / length;
      k += rest * (1 + far + far * far / 3) * Math.exp(-far);
    }
    return k;
  }

  /** Adds weight times the derivatives by the logarithms of all parameters but the noise. */
  void gradient(double[] x, double[] z, double weight, double[] into) {
    double product = 0;
    double square = 0;
    for (int j = 0; j < d; j++) {
      product += relevance[j] * x[j] * z[j];
      square += relevance[j] * (x[j] - z[j]) * (x[j] - z[j]);
    }
    double slope = 0;
    if (kind.rest) {
      double far = Math.sqrt(5 * square) / length;
      double fall = Math.exp(-far);
      slope = -5.0 / 6 * rest * (1 + far) * fall / (length * length);
      into[d + 2] += weight * rest * (1 + far + far * far / 3) * fall;
      into[d + 3] -= weight * 2 * slope * square;
    }
    double byProduct = lines + 2 * curved * product;
    for (int j = 0; j < d; j++) {
      double apart = x[j] - z[j];
      into[j] += weight * relevance[j] * (byProduct * x[j] * z[j] + slope * apart * apart);
    }
    into[d] += weight * lines * product;
    into[d + 1] += weight * curved * product * product;
  }
}
