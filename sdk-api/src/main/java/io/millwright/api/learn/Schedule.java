package io.millwright.api.learn;

/**
 * How the step size changes over a training (learning rate schedule): a factor of the rule's rate.
 */
public sealed interface Schedule {

  /** Always the rule's rate. */
  record Constant() implements Schedule {}

  /**
   * Rises in a line from 0 over the first steps, then falls along half a cosine to 0 at the last
   * step (Loshchilov and Hutter 2017).
   *
   * @param warmUp the part of all steps that rise
   */
  record WarmUpCosine(double warmUp) implements Schedule {
    /** Checks. */
    public WarmUpCosine {
      Checks.fraction("warmUp", warmUp);
    }
  }

  /**
   * Multiplied by a factor after every so many epochs.
   *
   * @param epochs how many epochs a step lasts
   * @param factor above 0, at most 1
   */
  record Steps(int epochs, double factor) implements Schedule {
    /** Checks. */
    public Steps {
      Checks.atLeast("epochs", epochs, 1);
      if (!(factor > 0 && factor <= 1)) {
        throw new IllegalArgumentException(
            "factor is " + factor + ", but must be above 0 and at most 1");
      }
    }
  }

  /** Falls in a line to 0 at the last step. */
  record Linear() implements Schedule {}
}
