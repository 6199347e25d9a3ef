package io.millwright.quality.internal.causes;

/**
 * The direction of a linear link by how far from normal its residuals are: the likelihood ratio of
 * Hyvärinen and Smith (2013), entropies by Hyvärinen's approximation (1998).
 */
final class Pairwise {

  private Pairwise() {}

  /** Above 0 where x drives y; both are brought to mean 0 and variance 1 first. */
  static double ratio(double[] x, double[] y) {
    double[] a = standard(x);
    double[] b = standard(y);
    double r = 0;
    for (int i = 0; i < a.length; i++) {
      r += a[i] * b[i] / a.length;
    }
    return entropy(b) + entropy(rest(a, b, r)) - entropy(a) - entropy(rest(b, a, r));
  }

  private static double[] rest(double[] x, double[] y, double r) {
    double[] out = new double[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = x[i] - r * y[i];
    }
    return standard(out);
  }

  private static double[] standard(double[] x) {
    double mean = 0;
    for (double v : x) {
      mean += v / x.length;
    }
    double square = 0;
    for (double v : x) {
      square += (v - mean) * (v - mean) / x.length;
    }
    double deviation = square > 0 ? Math.sqrt(square) : 1;
    double[] out = new double[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (x[i] - mean) / deviation;
    }
    return out;
  }

  private static double entropy(double[] u) {
    double cosh = 0;
    double bump = 0;
    for (double v : u) {
      double a = Math.abs(v);
      cosh += (a + Math.log1p(Math.exp(-2 * a)) - Math.log(2)) / u.length;
      bump += v * Math.exp(-v * v / 2) / u.length;
    }
    double one = cosh - 0.37457;
    return (1 + Math.log(2 * Math.PI)) / 2 - 79.047 * one * one - 7.4129 * bump * bump;
  }
}
