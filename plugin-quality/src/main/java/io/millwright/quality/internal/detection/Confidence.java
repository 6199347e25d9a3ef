package io.millwright.quality.internal.detection;

/**
 * How the score of a detection becomes the probability that it is right: a logistic curve over the
 * logit of the score (Platt 2000). The order of scores stays.
 *
 * @param slope above 0
 * @param level the logit for a score of one half
 */
public record Confidence(double slope, double level) {

  /** Scores as they are. */
  public static final Confidence AS_IS = new Confidence(1, 0);

  private static final int ROUNDS = 100;
  private static final double LEAST_SLOPE = 0.05;
  private static final int LEAST = 10;

  private static double logit(double score) {
    double inside = Math.max(1e-6, Math.min(1 - 1e-6, score));
    return Math.log(inside / (1 - inside));
  }

  /** The probability of a score. */
  public double of(double score) {
    return Grid.sigmoid(slope * logit(score) + level);
  }

  /** Fits by maximum likelihood, drawn a little towards scores as they are. */
  public static Confidence fit(double[] scores, boolean[] right) {
    if (scores.length < LEAST) {
      return AS_IS;
    }
    double a = 1;
    double b = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double ga = a - 1;
      double gb = b * 0.1;
      double haa = 1;
      double hab = 0;
      double hbb = 0.1;
      for (int i = 0; i < scores.length; i++) {
        double x = logit(scores[i]);
        double p = Grid.sigmoid(a * x + b);
        double e = p - (right[i] ? 1 : 0);
        double w = Math.max(1e-9, p * (1 - p));
        ga += e * x;
        gb += e;
        haa += w * x * x;
        hab += w * x;
        hbb += w;
      }
      double determinant = haa * hbb - hab * hab;
      double stepA = (hbb * ga - hab * gb) / determinant;
      double stepB = (haa * gb - hab * ga) / determinant;
      double reach = Math.max(1, Math.max(Math.abs(stepA), Math.abs(stepB)));
      a = Math.max(LEAST_SLOPE, a - stepA / reach);
      b -= stepB / reach;
      if (Math.abs(stepA) + Math.abs(stepB) < 1e-9) {
        break;
      }
    }
    return new Confidence(a, b);
  }
}
