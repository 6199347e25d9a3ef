package io.millwright.maintenance.internal.vibration;

import io.millwright.maintenance.Vibration;

/** Computed order tracking: samples at equal angles instead of equal times. */
final class Angles {

  /** Samples on either side that a sample between them is made of. */
  private static final int REACH = 12;

  private Angles() {}

  /** Turns of the shaft at each of some samples, counted from the first of them. */
  static double[] turns(Vibration vibration, int from, int count) {
    double[] turns = new double[count];
    double start = vibration.speed().turns(from / vibration.sampling());
    for (int i = 0; i < count; i++) {
      turns[i] = vibration.speed().turns((from + i) / vibration.sampling()) - start;
    }
    return turns;
  }

  /**
   * Resamples by a windowed sinc. The step must not be wider than samples are, or what is above the
   * half of its rate folds back.
   *
   * @param samples at equal times
   * @param turns of the shaft at each of them, rising
   * @param step turns between two samples of the answer
   * @param count how many, the first at the first sample's angle; those beyond the end repeat it
   */
  static double[] even(double[] samples, double[] turns, double step, int count) {
    double[] answer = new double[count];
    int at = 0;
    for (int k = 0; k < count; k++) {
      double angle = turns[0] + k * step;
      while (at < turns.length - 2 && turns[at + 1] <= angle) {
        at++;
      }
      double u = (angle - turns[at]) / (turns[at + 1] - turns[at]);
      answer[k] = u >= 1 ? samples[at + 1] : between(samples, at, u);
    }
    return answer;
  }

  private static double between(double[] samples, int at, double u) {
    if (u < 1e-9) {
      return samples[at];
    }
    double sine = Math.sin(Math.PI * u) / Math.PI;
    double sum = 0;
    double weights = 0;
    for (int k = 1 - REACH; k <= REACH; k++) {
      double d = u - k;
      double window = 0.5 + 0.5 * Math.cos(Math.PI * d / (REACH + 1));
      double weight = ((k & 1) == 0 ? sine : -sine) / d * window;
      weights += weight;
      sum += weight * samples[Math.max(0, Math.min(samples.length - 1, at + k))];
    }
    return sum / weights;
  }
}
