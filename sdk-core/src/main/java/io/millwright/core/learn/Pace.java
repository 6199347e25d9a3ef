package io.millwright.core.learn;

import io.millwright.api.learn.Schedule;

/**
 * The step size of every step of a training.
 *
 * @param schedule how it changes
 * @param rate the rule's rate
 * @param stepsPerEpoch the steps of one epoch
 * @param epochs the number of epochs when nothing stops the training
 */
record Pace(Schedule schedule, double rate, int stepsPerEpoch, int epochs) {

  /** The step size of a step, counted from 0 over the whole training. */
  double at(long step) {
    double total = Math.max(1, (double) stepsPerEpoch * epochs);
    if (schedule instanceof Schedule.WarmUpCosine w) {
      double rise = w.warmUp() * total;
      if (step < rise) {
        return rate * (step + 1) / rise;
      }
      return rate
          * (1 + Math.cos(Math.PI * Math.min(1, (step - rise) / Math.max(1, total - rise))))
          / 2;
    }
    if (schedule instanceof Schedule.Steps s) {
      long falls = step / stepsPerEpoch / s.epochs();
      return rate * Math.pow(s.factor(), (double) falls);
    }
    if (schedule instanceof Schedule.Linear) {
      return rate * Math.max(0, 1 - step / total);
    }
    return rate;
  }
}
