package io.millwright.text.internal.search;

/**
 * The probability that a passage answers a question: a logistic curve of what speaks for it. The
 * curves were fitted to a manual with known answers, of which some were taken out, see {@code
 * docs/experiments/texts.md}. A passage that has neither a word of the question that means
 * something nor its meaning does not answer it, however far it leads.
 *
 * @param withMeaning the curve where there is an encoder
 * @param alone the curve of words alone
 */
record Sureness(Curve withMeaning, Curve alone) {

  /** Below so little of it the words or the meaning of a question are not there. */
  private static final double COVERED = 0.25;

  private static final double ALIKE = 0.25;

  /**
   * A curve.
   *
   * @param constant the constant
   * @param lead the slope of the lead over the next
   * @param far the slope of the lead over the fifth after it
   * @param covered the slope of the share of the question
   * @param alike the slope of the meaning
   */
  record Curve(double constant, double lead, double far, double covered, double alike) {}

  /**
   * What speaks for a passage.
   *
   * @param lead over the next passage, between 0 and 1
   * @param far over the fifth after it, or the last one, between 0 and 1
   * @param covered the share of the question's meaningful words that are there, between 0 and 1
   * @param alike the cosine of the meanings beyond that of any two passages, at most 1; NaN without
   *     an encoder
   */
  record Evidence(double lead, double far, double covered, double alike) {}

  static Sureness standard() {
    return new Sureness(new Curve(-3.85, 1.6, 1.3, 3.2, 1.3), new Curve(-3.85, 1.1, 0.8, 4.1, 0));
  }

  double of(Evidence seen) {
    boolean words = Double.isNaN(seen.alike);
    Curve curve = words ? alone : withMeaning;
    double z =
        curve.constant
            + curve.lead * seen.lead
            + curve.far * seen.far
            + curve.covered * seen.covered
            + (words ? 0 : curve.alike * Math.max(0, seen.alike));
    double fits = Math.max(seen.covered / COVERED, words ? 0 : seen.alike / ALIKE);
    return Math.min(1, Math.max(0, fits)) / (1 + Math.exp(-z));
  }
}
