package io.millwright.core.learn;

import io.millwright.api.learn.Learning;
import io.millwright.api.learn.LearningCurve.Epoch;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the fitting of one network stands: all that a checkpoint must hold so that the rest of the
 * training is the same as if it had never stopped. Used by one thread at a time.
 */
final class FittingState {

  private final Weights weights;
  private final Weights averaged;
  private final Weights best;
  private final Rule rule;
  private final List<Epoch> epochs = new ArrayList<>();
  private int bestEpoch;

  private FittingState(Weights weights, Weights averaged, Weights best, Rule rule) {
    this.weights = weights;
    this.averaged = averaged;
    this.best = best;
    this.rule = rule;
  }

  static FittingState begin(Weights start, Rule rule, List<WeightSpec> specs) {
    List<float[]> averaged = new ArrayList<>();
    List<float[]> best = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      boolean frozen = i < rule.frozen(); // is the same in all three, and held once
      averaged.add(frozen ? start.get(i) : start.get(i).clone());
      best.add(frozen ? start.get(i) : new float[specs.get(i).size()]);
    }
    return new FittingState(start, Weights.of(averaged), Weights.of(best), rule);
  }

  Weights weights() {
    return weights;
  }

  Rule rule() {
    return rule;
  }

  /**
   * Draws the weights into their average. Early on the average forgets faster, so that it does not
   * remember the start.
   */
  void average(double decay) {
    if (decay == 0) {
      return;
    }
    long step = rule.steps();
    float d = (float) Math.min(decay, (1.0 + step) / (10.0 + step));
    for (int i = rule.frozen(); i < weights.count(); i++) {
      float[] a = averaged.get(i);
      float[] w = weights.get(i);
      for (int k = 0; k < a.length; k++) {
        a[k] = d * a[k] + (1 - d) * w[k];
      }
    }
  }

  /** The weights that would be used if training ended now. */
  Weights current(Learning learning) {
    return learning.averaging() > 0 ? averaged : weights;
  }

  /**
   * Takes note of an epoch, and of its weights when they are the best so far; without validation
   * the last are the best.
   */
  void epochDone(Epoch epoch, Learning learning) {
    epochs.add(epoch);
    boolean better =
        Double.isNaN(epoch.validationLoss())
            || bestEpoch == 0
            || epoch.validationLoss() < epochs.get(bestEpoch - 1).validationLoss();
    if (better) {
      bestEpoch = epoch.number();
      best.set(current(learning));
    }
  }

  int epochs() {
    return epochs.size();
  }

  List<Epoch> course() {
    return List.copyOf(epochs);
  }

  int bestEpoch() {
    return bestEpoch;
  }

  /** The best weights so far; live. */
  Weights best() {
    return best;
  }

  /** Whether the epochs are done or patience has ended. */
  boolean finished(Learning learning) {
    return epochs.size() >= learning.epochs()
        || (learning.patience() > 0
            && epochs.size() - bestEpoch >= learning.patience()
            && bestEpoch > 0);
  }

  /** All arrays, live, in a fixed order. */
  List<Weights> arrays() {
    List<Weights> all = new ArrayList<>(List.of(weights, averaged, best));
    all.addAll(rule.moments());
    return all;
  }

  /**
   * Takes up what {@link #arrays}, {@link #course}, {@link #bestEpoch} and the number of steps
   * were.
   */
  void restore(List<Weights> arrays, List<Epoch> course, int bestSoFar, long steps) {
    weights.set(arrays.get(0));
    averaged.set(arrays.get(1));
    best.set(arrays.get(2));
    rule.restore(steps, arrays.subList(3, 5));
    epochs.clear();
    epochs.addAll(course);
    bestEpoch = bestSoFar;
  }
}
