package io.millwright.quality.internal.fit;

import io.millwright.quality.Statistics.Anova;
import java.util.List;
import org.hipparchus.distribution.continuous.FDistribution;

/** One-way analysis of variance, by deviations from means. */
public final class OneWay {

  private OneWay() {}

  /**
   * Analyses.
   *
   * @param groups at least 2, each with values; one of them with at least 2
   * @return the analysis
   */
  public static Anova of(List<double[]> groups) {
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
    return new Anova(
        k,
        between.value(),
        free,
        squares,
        f,
        Double.isFinite(f) ? 1 - new FDistribution(k, free).cumulativeProbability(f) : 0,
        between.value() / (between.value() + squares),
        Math.sqrt(squares / free));
  }
}
