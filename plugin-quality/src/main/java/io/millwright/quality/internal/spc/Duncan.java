package io.millwright.quality.internal.spc;

import io.millwright.quality.ChartCosts;
import io.millwright.quality.ChartDesign;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;
import org.hipparchus.optim.univariate.UnivariatePointValuePair;

/** The economic design of an x-bar chart (Duncan 1956; Montgomery 2013, equation 10.31). */
final class Duncan {

  private static final int LARGEST = 100;

  private static final NormalDistribution NORMAL = new NormalDistribution();

  private Duncan() {}

  static ChartDesign design(ChartCosts costs) {
    ChartDesign best = null;
    int worse = 0;
    for (int n = 1; n <= LARGEST && worse < 8; n++) {
      int size = n;
      UnivariatePointValuePair width = least(w -> interval(costs, size, w).getValue(), 0.2, 7);
      UnivariatePointValuePair log = interval(costs, n, width.getPoint());
      if (best == null || log.getValue() < best.cost()) {
        double w = width.getPoint();
        best =
            new ChartDesign(
                n, Math.exp(log.getPoint()), w, log.getValue(), alarm(w), power(costs, n, w));
        worse = 0;
      } else {
        worse++;
      }
    }
    return java.util.Objects.requireNonNull(best);
  }

  /** The logarithm of the cheapest interval, and its cost. */
  private static UnivariatePointValuePair interval(ChartCosts costs, int n, double width) {
    double life = Math.log(1 / costs.failures());
    return least(h -> cost(costs, n, Math.exp(h), width), life - 12, life + 4);
  }

  private static UnivariatePointValuePair least(
      org.hipparchus.analysis.UnivariateFunction f, double low, double high) {
    // A coarse look first: Brent's method finds the valley that it starts in.
    double best = low;
    double value = Double.POSITIVE_INFINITY;
    int points = 24;
    double step = (high - low) / points;
    for (int i = 0; i <= points; i++) {
      double at = f.value(low + i * step);
      if (at < value) {
        value = at;
        best = low + i * step;
      }
    }
    return new BrentOptimizer(1e-9, 1e-12)
        .optimize(
            new MaxEval(500),
            new UnivariateObjectiveFunction(f),
            GoalType.MINIMIZE,
            new SearchInterval(Math.max(low, best - step), Math.min(high, best + step), best));
  }

  private static double alarm(double width) {
    return 2 * NORMAL.cumulativeProbability(-width);
  }

  private static double power(ChartCosts c, int n, double width) {
    double by = c.shift() * Math.sqrt(n);
    return NORMAL.cumulativeProbability(by - width) + NORMAL.cumulativeProbability(-by - width);
  }

  /** The expected cost of an hour. */
  static double cost(ChartCosts c, int n, double h, double width) {
    double lh = c.failures() * h;
    // How long after a sample the cause appears, on average, given that it does before the next.
    double tau =
        lh < 1e-4
            ? h * (0.5 - lh / 12)
            : (1 - (1 + lh) * Math.exp(-lh)) / (c.failures() * -Math.expm1(-lh));
    double out =
        h / Math.max(1e-12, power(c, n, width)) - tau + c.readingTime() * n + c.searchTime();
    double cycle = 1 / c.failures() + out;
    double falseAlarms = c.falseAlarm() * alarm(width) * Math.exp(-lh) / -Math.expm1(-lh);
    return (c.sample() + c.reading() * n) / h
        + (c.outOfControl() * out + c.search() + falseAlarms) / cycle;
  }
}
