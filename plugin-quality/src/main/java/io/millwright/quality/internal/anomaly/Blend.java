package io.millwright.quality.internal.anomaly;

/**
 * The score of an image from both members, each in standard deviations of good images held out.
 *
 * @param beyondMedian whether cells count by how far they are beyond their image's median
 * @param share of the memory of cells; the rest is that of the whole image
 * @param cells mean and deviation of the memory's scores of good images
 * @param whole mean and deviation of the whole's scores of good images
 */
record Blend(boolean beyondMedian, double share, Level cells, Level whole) {

  /** What may be chosen: the memory alone, or both alike. */
  static final double[] SHARES = {1, 0.5};

  /**
   * What good images have.
   *
   * @param mean their mean score
   * @param deviation its standard deviation, above 0
   */
  record Level(double mean, double deviation) {

    static Level of(double[] scores) {
      double mean = 0;
      double squares = 0;
      for (double s : scores) {
        mean += s / scores.length;
      }
      for (double s : scores) {
        squares += (s - mean) * (s - mean) / scores.length;
      }
      return new Level(mean, Math.sqrt(squares) + 1e-9);
    }

    double standard(double score) {
      return (score - mean) / deviation;
    }
  }

  double score(double cellScore, double wholeScore) {
    return share * cells.standard(cellScore) + (1 - share) * whole.standard(wholeScore);
  }
}
