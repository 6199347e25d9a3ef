package io.millwright.runtime.plain;

import io.millwright.api.learn.Activation;

/**
 * Activations over runs of an array. The exponential is computed in double precision with a
 * relative error below 1e-9, so that what is rounded to float32 is nearly always the nearest float;
 * {@link Math#exp} would be several times slower, and the library's {@code tanh} is slower still.
 */
public final class Functions {

  private static final double LOG2E = 1.4426950408889634;
  // ln 2 in two parts: the first has trailing zero bits, so that its product with an integer is
  // exact.
  private static final double LN2_HIGH = 0.6931471803691238;
  private static final double LN2_LOW = 1.9082149292705877E-10;
  private static final double TWO_BY_PI = 0.6366197723675814;
  // Half of pi in two parts, the first with trailing zero bits again.
  private static final double QUARTER_HIGH = 1.5707963267341256;
  private static final double QUARTER_LOW = 6.077100506506192E-11;
  // Added and taken away again, it rounds to the nearest integer and leaves it in the low bits.
  private static final double ROUND = 0x1.8p52;

  private Functions() {}

  /** e to the power x; x is cut to -700 and 700, NaN stays NaN. */
  public static double exp(double x) {
    if (x > 700) {
      x = 700;
    } else if (x < -700) {
      x = -700;
    }
    double shifted = x * LOG2E + ROUND;
    double n = shifted - ROUND;
    double r = (x - n * LN2_HIGH) - n * LN2_LOW;
    // Taylor's polynomial of degree 8 over |r| <= ln 2 / 2: the next term is below 2.1e-10.
    double r2 = r * r;
    double r4 = r2 * r2;
    double low = (1 + r) + r2 * (0.5 + r * (1.0 / 6));
    double high = (1.0 / 24 + r * (1.0 / 120)) + r2 * (1.0 / 720 + r * (1.0 / 5040));
    double p = low + r4 * (high + r4 * (1.0 / 40320));
    return p * Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) + 1023) << 52);
  }

  /**
   * The hyperbolic tangent as a quotient of two polynomials in x squared, whose coefficients
   * minimise the largest relative error over |x| <= 8.5: 1.2e-8, and with the rounding of float32
   * below 5e-7. Beyond, where the tangent is 1 to the last bit but one, the quotient passes 1 and
   * is cut. Without a branch or a table, so that the compiler turns loops over it into vector
   * instructions.
   */
  static float tanh(float x) {
    float z = Math.max(-10f, Math.min(10f, x));
    float t = z * z;
    float p =
        0.99999999f
            + t * (0.13413233f + t * (3.5340098e-3f + t * (2.1250743e-5f + t * 1.4268763e-8f)));
    float q =
        1f + t * (0.46746555f + t * (2.6022688e-2f + t * (3.3488361e-4f + t * 8.1449433e-7f)));
    return Math.max(-1f, Math.min(1f, z * p / q));
  }

  static float sigmoid(float x) {
    return 0.5f + 0.5f * tanh(0.5f * x);
  }

  /**
   * The normal distribution function, by the error function's approximation 7.1.26 in Abramowitz
   * and Stegun (1964), after Hastings (1955): absolute error below 7.5e-8.
   */
  static double normal(double x) {
    double z = Math.abs(x) * 0.7071067811865476;
    double t = 1 / (1 + 0.3275911 * z);
    double p =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    double tail = 0.5 * p * exp(-z * z);
    return x < 0 ? tail : 1 - tail;
  }

  /**
   * Sine and cosine of one angle at once, with an absolute error below 1e-8: both follow from the
   * angle's distance to the nearest quarter turn. Angles beyond 1e5, which would lose digits there,
   * go to the library.
   *
   * @param y takes the sine at {@code sine} and the cosine at {@code cosine}
   */
  static void sineAndCosine(double x, float[] y, int sine, int cosine) {
    if (!(Math.abs(x) < 1e5)) {
      y[sine] = (float) Math.sin(x);
      y[cosine] = (float) Math.cos(x);
      return;
    }
    double shifted = x * TWO_BY_PI + ROUND;
    double n = shifted - ROUND;
    double r = (x - n * QUARTER_HIGH) - n * QUARTER_LOW;
    double r2 = r * r;
    // Taylor's polynomials over |r| <= pi / 4: the next terms are below 1.8e-9 and 1.2e-10.
    double s =
        r + r * r2 * (-1.0 / 6 + r2 * (1.0 / 120 + r2 * (-1.0 / 5040 + r2 * (1.0 / 362880))));
    double c =
        1
            + r2
                * (-0.5
                    + r2
                        * (1.0 / 24
                            + r2 * (-1.0 / 720 + r2 * (1.0 / 40320 - r2 * (1.0 / 3628800)))));
    long quarter = Double.doubleToRawLongBits(shifted);
    boolean odd = (quarter & 1) != 0;
    double a = odd ? c : s;
    double b = odd ? s : c;
    y[sine] = (float) ((quarter & 2) != 0 ? -a : a);
    y[cosine] = (float) (((quarter + 1) & 2) != 0 ? -b : b);
  }

  static double softplus(double x) {
    return x > 30 ? x : Math.log(1 + exp(x));
  }

  /** Replaces {@code y[from .. from + n)} by the activation of each value. */
  static void apply(Activation activation, float[] y, int from, int n) {
    int to = from + n;
    switch (activation) {
      case LINEAR -> {}
      case RELU -> {
        for (int i = from; i < to; i++) {
          y[i] = Math.max(0f, y[i]);
        }
      }
      case LEAKY_RELU -> {
        for (int i = from; i < to; i++) {
          float x = y[i];
          y[i] = x > 0 ? x : 0.01f * x;
        }
      }
      case ELU -> {
        for (int i = from; i < to; i++) {
          float x = y[i];
          y[i] = x > 0 ? x : (float) (exp(x) - 1);
        }
      }
      case SILU -> {
        for (int i = from; i < to; i++) {
          y[i] = (float) (y[i] / (1 + exp(-y[i])));
        }
      }
      case GELU -> {
        for (int i = from; i < to; i++) {
          y[i] = (float) (y[i] * normal(y[i]));
        }
      }
      case SOFTPLUS -> {
        for (int i = from; i < to; i++) {
          y[i] = (float) softplus(y[i]);
        }
      }
      case SIGMOID -> {
        for (int i = from; i < to; i++) {
          y[i] = sigmoid(y[i]);
        }
      }
      case TANH -> {
        for (int i = from; i < to; i++) {
          y[i] = tanh(y[i]);
        }
      }
    }
  }

  /** Replaces {@code y[from .. from + n)} by its softmax. */
  static void softmax(float[] y, int from, int n) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + n; i++) {
      largest = Math.max(largest, y[i]);
    }
    double sum = 0;
    for (int i = from; i < from + n; i++) {
      double e = exp((double) y[i] - largest);
      y[i] = (float) e;
      sum += e;
    }
    float scale = (float) (1 / sum);
    for (int i = from; i < from + n; i++) {
      y[i] *= scale;
    }
  }
}
