package io.millwright.supplychain.internal.forecast;

/** Adds up the two errors by which forecasts of many series are judged. Not thread-safe. */
final class Score {

  private double smape;
  private double mase;
  private int smapes;
  private int mases;

  /**
   * Adds a forecast.
   *
   * @param naive the error that scales; 0 leaves the series out of the scaled error
   */
  void add(double[] truth, double[] mean, double naive) {
    double percent = 0;
    double absolute = 0;
    int known = 0;
    for (int h = 0; h < truth.length; h++) {
      if (!Double.isNaN(truth[h])) {
        double e = Math.abs(truth[h] - mean[h]);
        double size = Math.abs(truth[h]) + Math.abs(mean[h]);
        percent += size > 0 ? 200 * e / size : 0;
        absolute += e;
        known++;
      }
    }
    if (known == 0) {
      return;
    }
    smape += percent / known;
    smapes++;
    if (naive > 0) {
      mase += absolute / known / naive;
      mases++;
    }
  }

  double smape() {
    return smapes == 0 ? Double.NaN : smape / smapes;
  }

  double mase() {
    return mases == 0 ? Double.NaN : mase / mases;
  }

  int count() {
    return smapes;
  }

  /** Both errors beside those of a reference, averaged (Makridakis et al. 2020). */
  double against(Score reference) {
    double a = reference.smape() > 0 ? smape() / reference.smape() : 1;
    double b = reference.mase() > 0 ? mase() / reference.mase() : 1;
    return Double.isNaN(b) ? a : (a + b) / 2;
  }
}
