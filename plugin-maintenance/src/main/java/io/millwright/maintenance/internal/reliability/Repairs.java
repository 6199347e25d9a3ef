package io.millwright.maintenance.internal.reliability;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.maintenance.LifeFit.Estimate;
import io.millwright.maintenance.RepairHistory;
import io.millwright.maintenance.RepairableFit;
import io.millwright.maintenance.RepairableFit.MeanCumulative;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/** Systems that are repaired. */
final class Repairs {

  private Repairs() {}

  static RepairableFit of(List<RepairHistory> histories, double level) {
    long repairs = histories.stream().mapToLong(h -> h.repairs().size()).sum();
    if (repairs < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          repairs + " repairs of " + histories.size() + " systems, but 2 are needed");
    }
    double scale = histories.stream().mapToDouble(RepairHistory::end).max().orElse(1);
    // lambda (t / scale)^beta: log lambda, log beta.
    Maximum.Surface f =
        x -> {
          double beta = Math.exp(x[1]);
          double sum = 0;
          for (RepairHistory h : histories) {
            for (double t : h.repairs()) {
              sum += x[0] + x[1] + (beta - 1) * Math.log(t / scale);
            }
            sum -= Math.exp(x[0]) * Math.pow(h.end() / scale, beta);
          }
          return sum;
        };
    Maximum best = Maximum.of(f, new double[] {Math.log((double) repairs / histories.size()), 0});
    double[] shape = Profile.bounds(f, best, 1, level);
    double beta = Math.exp(best.at()[1]);
    double lambda = Math.exp(best.at()[0]) * Math.pow(scale, -beta);
    // In the unit of the ages: log lambda there takes the place of log lambda here.
    double log = Math.log(scale);
    Maximum.Surface own = y -> f.at(new double[] {y[0] + Math.exp(y[1]) * log, y[1]});
    double[] at = {Math.log(lambda), best.at()[1]};
    double variance = 0;
    double[] slope = {1, -beta * log};
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        variance += slope[i] * slope[j] * best.covariance().getEntry(i, j);
      }
    }
    var covariance = best.covariance().copy();
    covariance.setEntry(0, 0, variance);
    double[] size = Profile.bounds(own, new Maximum(at, best.value(), covariance), 0, level);
    double trend = trend(histories);
    return new RepairableFit(
        new Estimate(
            "beta",
            beta,
            beta * Math.sqrt(best.covariance().getEntry(1, 1)),
            Math.exp(shape[0]),
            Math.exp(shape[1])),
        new Estimate(
            "lambda", lambda, lambda * Math.sqrt(variance), Math.exp(size[0]), Math.exp(size[1])),
        best.value() - repairs * log,
        trend,
        meanCumulative(histories, level),
        words(Math.exp(shape[0]), Math.exp(shape[1]), trend));
  }

  private static String words(double low, double high, double trend) {
    return String.format(
        Locale.ROOT,
        "Repairs %s (shape %.2f to %.2f; no trend would look like this with p %.2g).",
        low > 1
            ? "become more frequent: the systems wear out"
            : high < 1 ? "become rarer: the systems improve" : "show no clear trend with age",
        low,
        high,
        trend);
  }

  private static double student(double level, int freedom) {
    return new TDistribution(Math.max(1, freedom)).inverseCumulativeProbability((1 + level) / 2);
  }

  /** 2 sum log(end / t) is chi-square with twice as many degrees of freedom as repairs. */
  private static double trend(List<RepairHistory> histories) {
    double sum = 0;
    int free = 0;
    for (RepairHistory h : histories) {
      for (double t : h.repairs()) {
        if (t < h.end()) {
          sum += 2 * Math.log(h.end() / t);
          free += 2;
        }
      }
    }
    if (free == 0) {
      return 1;
    }
    double below = new ChiSquaredDistribution(free).cumulativeProbability(sum);
    return Math.min(1, 2 * Math.min(below, 1 - below));
  }

  /**
   * The error is the published one. Intervals of few systems need more: each step's residuals are
   * scaled by the freedom that its mean takes, and ends are Student's with one less than the
   * systems watched then.
   */
  static List<MeanCumulative> meanCumulative(List<RepairHistory> histories, double level) {
    TreeMap<Double, Integer> ages = new TreeMap<>();
    histories.forEach(h -> h.repairs().forEach(t -> ages.merge(t, 1, Integer::sum)));
    double mean = 0;
    double[] own = new double[histories.size()];
    double[] wide = new double[own.length];
    List<MeanCumulative> points = new ArrayList<>();
    for (var age : ages.entrySet()) {
      double t = age.getKey();
      int risk = (int) histories.stream().filter(h -> h.end() >= t).count();
      double rate = (double) age.getValue() / risk;
      mean += rate;
      double variance = 0;
      double wider = 0;
      double freedom = Math.sqrt(risk / Math.max(1.0, risk - 1));
      for (int i = 0; i < own.length; i++) {
        RepairHistory h = histories.get(i);
        if (h.end() >= t) {
          long here = h.repairs().stream().filter(r -> r == t).count();
          own[i] += (here - rate) / risk;
          wide[i] += freedom * (here - rate) / risk;
        }
        variance += own[i] * own[i];
        wider += wide[i] * wide[i];
      }
      double error = Math.sqrt(variance);
      double factor = Math.exp(student(level, risk - 1) * Math.sqrt(wider) / mean);
      points.add(
          new MeanCumulative(t, risk, age.getValue(), mean, error, mean / factor, mean * factor));
    }
    return points;
  }
}
