package io.millwright.api.head;

/**
 * A logistic curve from logits to probabilities (Platt 1999), drawn to the identity by a prior of
 * some samples, so that few of them change little.
 */
final class Platt {

  private static final double PRIOR = 2;
  private static final int STEPS = 30;

  private Platt() {}

  /** Slope and shift, by Newton's method. */
  static double[] fit(double[] logit, boolean[] truth) {
    double a = 1;
    double b = 0;
    for (int step = 0; step < STEPS; step++) {
      double ga = PRIOR * (a - 1);
      double gb = PRIOR * b;
      double haa = PRIOR;
      double hab = 0;
      double hbb = PRIOR;
      for (int i = 0; i < logit.length; i++) {
        double p = Places.sigmoid(a * logit[i] + b);
        double e = p - (truth[i] ? 1 : 0);
        double w = p * (1 - p);
        ga += e * logit[i];
        gb += e;
        haa += w * logit[i] * logit[i];
        hab += w * logit[i];
        hbb += w;
      }
      double det = haa * hbb - hab * hab;
      double da = (hbb * ga - hab * gb) / det;
      double db = (haa * gb - hab * ga) / det;
      double size = Math.max(Math.abs(da), Math.abs(db));
      double cut = size > 1 ? 1 / size : 1;
      a -= cut * da;
      b -= cut * db;
      if (size < 1e-10) {
        break;
      }
    }
    return new double[] {Math.max(0.01, a), b};
  }
}
