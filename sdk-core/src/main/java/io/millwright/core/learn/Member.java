package io.millwright.core.learn;

import io.millwright.api.learn.LearningCurve;
import io.millwright.runtime.network.Weights;
import org.jspecify.annotations.Nullable;

/** One network of an ensemble: fitted by one thread, then read by others. */
final class Member {

  private final Fitting fitting;
  private final FittingState state;
  private final int[] judged;
  private volatile int epochs;
  private volatile float @Nullable [] judgedOutputs;

  /**
   * @param judged the items of the fold that it does not see
   */
  Member(Fitting fitting, int[] judged) {
    this.fitting = fitting;
    this.state = fitting.begin();
    this.judged = judged;
  }

  Fitting fitting() {
    return fitting;
  }

  FittingState state() {
    return state;
  }

  int[] judged() {
    return judged;
  }

  /** How many epochs are done, for progress: all of them once the member has ended. */
  int epochs() {
    return epochs;
  }

  void epochs(int done) {
    epochs = done;
  }

  /** Whether there are weights to use. */
  boolean usable() {
    return state.bestEpoch() > 0;
  }

  Weights weights() {
    return state.best();
  }

  /** What its best weights give for the items it is judged on; null until it has ended. */
  float @Nullable [] judgedOutputs() {
    return judgedOutputs;
  }

  void judgedOutputs(float[] outputs) {
    judgedOutputs = outputs;
  }

  LearningCurve curve() {
    return new LearningCurve(fitting.name(), state.course(), state.bestEpoch());
  }
}
