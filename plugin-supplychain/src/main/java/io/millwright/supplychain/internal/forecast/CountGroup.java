package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.Compound;
import io.millwright.supplychain.internal.classic.CountRate;
import io.millwright.supplychain.internal.classic.NegativeBinomial;
import io.millwright.supplychain.internal.classic.Smoothing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What was learnt of counts that come now and then: the rate, and one shape of the negative
 * binomial distribution for a period, and one for each sum of periods, of pieces or, where a series
 * has them, of lots of its own sizes. Shapes are shared by all series: shapes of each gave absurd
 * tails, see {@code docs/experiments/forecasting.md}.
 *
 * @param horizon how far ahead forecasts go
 * @param rate the rate that all series teach
 * @param own the share of each series' own smoothed level in its mean
 * @param methods what takes the rate's place when methods were asked for; empty otherwise
 * @param period the shape of a single period
 * @param totals the shapes of the sums of the first 1, 2, … periods
 */
record CountGroup(
    int horizon,
    CountRate rate,
    double own,
    List<ForecastMethod> methods,
    double period,
    double[] totals) {

  private static final int LEAST = 6;

  /** Shares are tried in so many steps. */
  private static final int SHARES = 4;

  /** Errors that differ by less are alike. */
  private static final double NEAR = 1.01;

  /** Copies. */
  CountGroup {
    methods = List.copyOf(methods);
  }

  /**
   * Learns. The shapes come from the last horizon of every series, with a rate that has not seen
   * it.
   */
  static CountGroup train(List<Past> pasts, int horizon, List<ForecastMethod> methods) {
    List<double[]> whole = pasts.stream().map(Past::raw).toList();
    double unit = unit(pasts);
    List<Past> before = new ArrayList<>();
    List<double[]> truths = new ArrayList<>();
    for (Past past : pasts) {
      int at = past.length() - horizon;
      if (at >= LEAST) {
        before.add(past.until(at));
        truths.add(past.following(at, horizon));
      }
    }
    CountRate earlier = CountRate.fit(before.stream().map(Past::raw).toList(), horizon, unit);
    double own = methods.isEmpty() ? own(before, truths, earlier) : 0;
    double[] lots = before.stream().mapToDouble(CountGroup::lot).toArray();
    double[] means = new double[lots.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = mean(before.get(i), earlier, own, methods) / lots[i];
    }
    double[] totals = new double[horizon];
    for (int n = 1; n <= horizon; n++) {
      List<Double> sums = new ArrayList<>();
      List<Double> expected = new ArrayList<>();
      for (int i = 0; i < means.length; i++) {
        double sum = 0;
        for (int h = 0; h < n; h++) {
          sum += truths.get(i)[h] / lots[i];
        }
        if (!Double.isNaN(sum)) {
          sums.add(sum);
          expected.add(n * means[i]);
        }
      }
      totals[n - 1] = shape(sums, expected);
    }
    List<Double> counts = new ArrayList<>();
    List<Double> expected = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      for (double v : truths.get(i)) {
        if (!Double.isNaN(v)) {
          counts.add(v / lots[i]);
          expected.add(means[i]);
        }
      }
    }
    return new CountGroup(
        horizon,
        CountRate.fit(whole, horizon, unit),
        own,
        methods,
        shape(counts, expected),
        totals);
  }

  /**
   * The least share of own levels with which absolute errors, scaled, are not clearly larger than
   * those of own levels alone, as long as squared ones hardly grow. What all series teach draws
   * rare demand up: that makes squared errors less, and absolute ones larger.
   */
  private static double own(List<Past> before, List<double[]> truths, CountRate rate) {
    double[] absolute = new double[SHARES + 1];
    double[] squared = new double[SHARES + 1];
    for (int i = 0; i < before.size(); i++) {
      Past past = before.get(i);
      double scale = past.naiveError();
      double pooled = mean(past, rate, 0, List.of());
      double alone = level(past);
      for (int s = 0; s <= SHARES && scale > 0; s++) {
        double said = pooled + (alone - pooled) * s / SHARES;
        for (double v : truths.get(i)) {
          if (!Double.isNaN(v)) {
            absolute[s] += Math.abs(v - said) / scale;
            squared[s] += (v - said) * (v - said) / (scale * scale);
          }
        }
      }
    }
    int share = 0;
    while (share < SHARES
        && absolute[share] > NEAR * absolute[SHARES]
        && squared[share + 1] <= NEAR * squared[0]) {
      share++;
    }
    return (double) share / SHARES;
  }

  /** The level of a series by simple smoothing. */
  private static double level(Past past) {
    return Math.max(0, Smoothing.simple(past.y(), 1).mean()[0]);
  }

  /** The expected demand of one period. */
  double mean(Past past) {
    return mean(past, rate, own, methods);
  }

  /** How many pieces a lot of all demand has. */
  private static double unit(List<Past> pasts) {
    double pieces = 0;
    double lots = 0;
    for (Past past : pasts) {
      double sum = Arrays.stream(past.raw()).filter(v -> v > 0).sum();
      pieces += sum;
      lots += sum / lot(past);
    }
    return lots > 0 ? pieces / lots : 1;
  }

  /** The mean size of a lot; 1 where demand comes by pieces. */
  private static double lot(Past past) {
    return Arrays.stream(past.lots()).average().orElse(1);
  }

  private static double mean(Past past, CountRate rate, double own, List<ForecastMethod> methods) {
    if (methods.isEmpty()) {
      double pooled = rate.mean(past.raw());
      return own == 0 ? pooled : pooled + own * (level(past) - pooled);
    }
    double[] mean =
        Origin.mean(
            past.fits(methods, 1),
            Gate.equal(methods.size()).weights(new double[0], new double[0]));
    return Math.max(0, mean[0]);
  }

  /** Without anything held out: twice the variance of Poisson's distribution at a mean of 1. */
  private static double shape(List<Double> counts, List<Double> means) {
    return counts.isEmpty()
        ? 1
        : NegativeBinomial.shape(
            counts.stream().mapToDouble(Double::doubleValue).toArray(),
            means.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Quantiles of the sum of the first periods, at the probabilities of {@link Bands}. */
  double[] total(Past past, double mean, int periods) {
    return quantiles(past.lots(), periods * mean, totals[periods - 1]);
  }

  /** Quantiles of a single period. */
  double[] single(Past past, double mean) {
    return quantiles(past.lots(), mean, period);
  }

  private static double[] quantiles(double[] lots, double mean, double shape) {
    if (lots.length == 0) {
      return NegativeBinomial.quantiles(mean, shape, Bands.PROBABILITIES);
    }
    double size = Arrays.stream(lots).average().orElse(1);
    return Compound.quantiles(mean / size, shape, lots, Bands.PROBABILITIES);
  }
}
