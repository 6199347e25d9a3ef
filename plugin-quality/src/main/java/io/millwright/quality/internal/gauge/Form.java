package io.millwright.quality.internal.gauge;

import io.millwright.quality.GaugeStudies.AverageRange;
import io.millwright.quality.internal.spc.Constants;

/** The AIAG form of averages and ranges. */
final class Form {

  private Form() {}

  static AverageRange of(Balanced data) {
    int a = data.appraisers();
    int p = data.parts();
    int r = data.trials();
    double range = 0;
    double[] byAppraiser = new double[a];
    double[] byPart = new double[p];
    for (int i = 0; i < a; i++) {
      for (int j = 0; j < p; j++) {
        range += span(data.values()[i][j]) / (a * p);
        for (double v : data.values()[i][j]) {
          byAppraiser[i] += v / (p * r);
          byPart[j] += v / (a * r);
        }
      }
    }
    double difference = span(byAppraiser);
    double parts = span(byPart);
    double ev = range * printed(1 / Constants.meanRange(r));
    double av = Math.sqrt(Math.max(0, square(difference * printed(single(a))) - ev * ev / (p * r)));
    double grr = Math.hypot(ev, av);
    double pv = parts * printed(single(p));
    double tv = Math.hypot(grr, pv);
    return new AverageRange(
        range, difference, parts, ev, av, grr, pv, tv, 100 * grr / tv, 1.41 * pv / grr);
  }

  /** 1 / d2* of one range: the root of the mean squared range (Duncan 1974, table D3). */
  private static double single(int size) {
    var c = Constants.of(size);
    return 1 / Math.hypot(c.d2(), c.d3());
  }

  /** Four decimals, as the form prints its constants. */
  private static double printed(double constant) {
    return Math.round(constant * 1e4) / 1e4;
  }

  private static double span(double[] values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
    return most - least;
  }

  private static double square(double v) {
    return v * v;
  }
}
