package io.millwright.api.head;

/** Arithmetic of lives that are right-censored. */
final class Survival {

  private Survival() {}

  /**
   * The concordance (Harrell et al. 1982): the share of pairs whose order in time is known that
   * stand in the order predicted; ties count half. NaN when no pair is comparable.
   */
  static double concordance(double[] time, boolean[] event, double[] predicted) {
    double right = 0;
    double pairs = 0;
    for (int i = 0; i < time.length; i++) {
      if (!event[i]) {
        continue;
      }
      for (int j = 0; j < time.length; j++) {
        if (time[j] > time[i] || (j != i && time[j] == time[i] && !event[j])) {
          pairs++;
          right += predicted[j] > predicted[i] ? 1 : predicted[j] == predicted[i] ? 0.5 : 0;
        }
      }
    }
    return right / pairs;
  }
}
