package io.millwright.text.internal.search;

/**
 * The probability that a passage answers a question: a logistic curve of its score, as a share of
 * the best possible, and its lead over the next passage and over the fifth after it. The curves
 * were fitted to a manual with known answers, see {@code docs/experiments/texts.md}. A passage that
 * neither has the words of the question nor its meaning is held for less probable, however far it
 * leads.
 *
 * @param withMeaning the curve where there is an encoder
 * @param alone the curve of words alone
 */
record Sureness(Curve withMeaning, Curve alone) {

  private static final double COVERED = 0.35;
  private static final double ALIKE = 0.35;

  /**
   * A curve.
   *
   * @param constant the constant
   * @param score the slope of the score
   * @param lead the slope of the lead over the next
   * @param far the slope of the lead over the fifth after it
   */
  record Curve(double constant, double score, double lead, double far) {}

  static Sureness standard() {
    return new Sureness(new Curve(-1.0, 0.2, 2.0, 3.6), new Curve(-6.1, 5.1, 0.6, 4.1));
  }

  /**
   * The probability.
   *
   * @param score between 0 and 1
   * @param lead over the next passage, between 0 and 1
   * @param far over the fifth after it, between 0 and 1
   * @param covered the share of the question whose words are there, between 0 and 1
   * @param cosine of the meanings; NaN without an encoder
   */
  double of(double score, double lead, double far, double covered, double cosine) {
    boolean words = Double.isNaN(cosine);
    Curve curve = words ? alone : withMeaning;
    double z = curve.constant + curve.score * score + curve.lead * lead + curve.far * far;
    double fits = Math.max(covered / COVERED, words ? 0 : cosine / ALIKE);
    return Math.min(1, Math.max(0, fits)) / (1 + Math.exp(-z));
  }
}
