package io.millwright.quality.internal.fit;

import java.util.List;
import org.hipparchus.distribution.continuous.FDistribution;

/**
 * One-way analysis of variance, by deviations from means.
 *
 * @param betweenFree degrees of freedom between groups
 * @param betweenSquares sum of squares between groups
 * @param withinFree degrees of freedom within groups
 * @param withinSquares sum of squares within groups
 * @param f the ratio of the mean squares
 * @param p the probability of at least that ratio when the groups do not differ
 * @param rSquared the share of the squares that lies between groups
 * @param residualDeviation the standard deviation within groups
 */
public record OneWay(
    int betweenFree,
    double betweenSquares,
    int withinFree,
    double withinSquares,
    double f,
    double p,
    double rSquared,
    double residualDeviation) {

  /**
   * Analyses.
   *
   * @param groups at least 2, each with values; one of them with at least 2
   * @return the analysis
   */
  public static OneWay of(List<double[]> groups) {
    double first = groups.get(0)[0];
    // Differences from one value are exact where all share their leading digits.
    Summary.Sum all = new Summary.Sum();
    int n = 0;
    for (double[] group : groups) {
      for (double v : group) {
        all.add(v - first);
        n++;
      }
    }
    double grand = all.value() / n;
    Summary.Sum between = new Summary.Sum();
    Summary.Sum within = new Summary.Sum();
    for (double[] group : groups) {
      Summary.Sum sum = new Summary.Sum();
      for (double v : group) {
        sum.add(v - first);
      }
      double mean = sum.value() / group.length;
      between.add(group.length * (mean - grand) * (mean - grand));
      for (double v : group) {
        double d = v - first - mean;
        within.add(d * d);
      }
    }
    int k = groups.size() - 1;
    int free = n - groups.size();
    double squares = within.value();
    double f = between.value() / k / (squares / free);
    return new OneWay(
        k,
        between.value(),
        free,
        squares,
        f,
        1 - new FDistribution(k, free).cumulativeProbability(f),
        between.value() / (between.value() + squares),
        Math.sqrt(squares / free));
  }
}
