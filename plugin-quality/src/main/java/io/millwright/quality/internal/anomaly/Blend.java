package io.millwright.quality.internal.anomaly;

import java.util.Arrays;

/**
 * The score of an image from several members, each in standard deviations of good images held out.
 *
 * @param beyondMedian whether cells count by how far they are beyond their image's median
 * @param weights what each member counts; together 1
 * @param levels what good images have from each member
 */
record Blend(boolean beyondMedian, double[] weights, Level[] levels) {

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

  /**
   * The levels of good images.
   *
   * @param scores of each image those of each member
   */
  static Level[] levels(double[][] scores) {
    Level[] levels = new Level[scores[0].length];
    for (int m = 0; m < levels.length; m++) {
      int own = m;
      levels[m] = Level.of(Arrays.stream(scores).mapToDouble(s -> s[own]).toArray());
    }
    return levels;
  }

  double score(double[] members) {
    double sum = 0;
    for (int m = 0; m < members.length; m++) {
      // A member without weight has no say, whatever it saw.
      sum += weights[m] == 0 ? 0 : weights[m] * levels[m].standard(members[m]);
    }
    return sum;
  }
}
