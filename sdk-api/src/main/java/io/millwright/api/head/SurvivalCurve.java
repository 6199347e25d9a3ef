package io.millwright.api.head;

import io.millwright.api.data.Unit;
import java.util.List;

/**
 * A survival curve: the probability to live longer than each of some times, linear between them and
 * 1 at time 0.
 *
 * @param times rising, positive
 * @param survival falling, between 0 and 1
 * @param unit the unit of time
 */
public record SurvivalCurve(List<Double> times, List<Double> survival, Unit unit) {
  /** Copies. */
  public SurvivalCurve {
    times = List.copyOf(times);
    survival = List.copyOf(survival);
  }

  /**
   * The probability to live longer.
   *
   * @param time the time, not negative
   * @return between 0 and 1; beyond the last time, that of the last time
   */
  public double at(double time) {
    double before = 0;
    double s = 1;
    for (int k = 0; k < times.size(); k++) {
      if (time <= times.get(k)) {
        double t = (time - before) / (times.get(k) - before);
        return s + Math.max(0, t) * (survival.get(k) - s);
      }
      before = times.get(k);
      s = survival.get(k);
    }
    return s;
  }

  /**
   * The time before which the event happens with a probability.
   *
   * @param probability between 0 and 1
   * @return the time; infinite when the curve does not fall so far
   */
  public double quantile(double probability) {
    double before = 0;
    double s = 1;
    for (int k = 0; k < times.size(); k++) {
      if (1 - survival.get(k) >= probability) {
        double fall = s - survival.get(k);
        double t = fall <= 0 ? 1 : (probability - (1 - s)) / fall;
        return before + Math.max(0, Math.min(1, t)) * (times.get(k) - before);
      }
      before = times.get(k);
      s = survival.get(k);
    }
    return Double.POSITIVE_INFINITY;
  }

  /**
   * The mean time lived up to the last time (restricted mean survival time).
   *
   * @return the area under the curve
   */
  public double mean() {
    double area = 0;
    double before = 0;
    double s = 1;
    for (int k = 0; k < times.size(); k++) {
      area += (times.get(k) - before) * (s + survival.get(k)) / 2;
      before = times.get(k);
      s = survival.get(k);
    }
    return area;
  }
}
