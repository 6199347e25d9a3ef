package io.millwright.api.learn;

/**
 * How gradients change weights (gradient optimiser). The rule's state is part of every checkpoint.
 */
public sealed interface LearningRule {

  /**
   * The largest step size, which the {@link Schedule} scales.
   *
   * @return the rate, positive
   */
  double rate();

  /**
   * Stochastic gradient descent: v = momentum v + g; w = w - rate v.
   *
   * @param rate the step size
   * @param momentum 0 for none, below 1
   */
  record Sgd(double rate, double momentum) implements LearningRule {
    /** Checks. */
    public Sgd {
      Checks.positive("rate", rate);
      Checks.fraction("momentum", momentum);
    }
  }

  /**
   * Adam (Kingma and Ba 2015), with bias correction.
   *
   * @param rate the step size
   * @param beta1 the decay of the mean of gradients
   * @param beta2 the decay of the mean of squared gradients
   * @param epsilon added to the root of the second
   */
  record Adam(double rate, double beta1, double beta2, double epsilon) implements LearningRule {
    /** Checks. */
    public Adam {
      Checks.positive("rate", rate);
      Checks.fraction("beta1", beta1);
      Checks.fraction("beta2", beta2);
      Checks.positive("epsilon", epsilon);
    }
  }

  /**
   * Adam with weight decay beside the gradient (Loshchilov and Hutter 2019): each step also shrinks
   * weights, but not biases and norms, by rate times decay.
   *
   * @param rate the step size
   * @param beta1 the decay of the mean of gradients
   * @param beta2 the decay of the mean of squared gradients
   * @param epsilon added to the root of the second
   * @param decay the weight decay
   */
  record AdamW(double rate, double beta1, double beta2, double epsilon, double decay)
      implements LearningRule {
    /** Checks. */
    public AdamW {
      Checks.positive("rate", rate);
      Checks.fraction("beta1", beta1);
      Checks.fraction("beta2", beta2);
      Checks.positive("epsilon", epsilon);
      Checks.notNegative("decay", decay);
    }
  }
}
