package io.millwright.core.learn;

import io.millwright.api.learn.LearningRule;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * A learning rule at work: it changes weights in place and owns its moments, which a checkpoint
 * holds as well. Used by one thread at a time.
 */
final class Rule {

  private final LearningRule rule;
  private final boolean[] shrinks;
  private final Weights first;
  private final Weights second;
  private final int frozen;
  private long steps;

  Rule(LearningRule rule, List<WeightSpec> specs) {
    this(rule, specs, 0);
  }

  /**
   * @param frozen how many of the first arrays it leaves as they are
   */
  Rule(LearningRule rule, List<WeightSpec> specs, int frozen) {
    this.frozen = frozen;
    this.rule = rule;
    this.shrinks = new boolean[specs.size()];
    for (int i = 0; i < shrinks.length; i++) {
      shrinks[i] = specs.get(i).role() == WeightSpec.Role.MATRIX;
    }
    this.first = moments(specs, frozen);
    this.second =
        rule instanceof LearningRule.Sgd ? Weights.zero(List.of()) : moments(specs, frozen);
  }

  /** All zero; what never moves has none. */
  private static Weights moments(List<WeightSpec> specs, int frozen) {
    List<float[]> arrays = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      arrays.add(new float[i < frozen ? 0 : specs.get(i).size()]);
    }
    return Weights.of(arrays);
  }

  /** How many of the first arrays it leaves as they are. */
  int frozen() {
    return frozen;
  }

  /**
   * One step.
   *
   * @param rate the step size, the schedule included
   */
  void step(Weights weights, Weights gradients, double rate) {
    steps++;
    for (int i = frozen; i < weights.count(); i++) {
      float[] w = weights.get(i);
      float[] g = gradients.get(i);
      if (rule instanceof LearningRule.Sgd sgd) {
        descend(w, g, first.get(i), (float) rate, (float) sgd.momentum());
      } else if (rule instanceof LearningRule.Adam adam) {
        adapt(
            w, g, first.get(i), second.get(i), rate, adam.beta1(), adam.beta2(), adam.epsilon(), 0);
      } else if (rule instanceof LearningRule.AdamW adam) {
        adapt(
            w,
            g,
            first.get(i),
            second.get(i),
            rate,
            adam.beta1(),
            adam.beta2(),
            adam.epsilon(),
            shrinks[i] ? adam.decay() : 0);
      }
    }
  }

  private static void descend(float[] w, float[] g, float[] v, float rate, float momentum) {
    for (int k = 0; k < w.length; k++) {
      v[k] = momentum * v[k] + g[k];
      w[k] -= rate * v[k];
    }
  }

  private void adapt(
      float[] w,
      float[] g,
      float[] m,
      float[] v,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double decay) {
    // Both bias corrections are drawn into the step size and epsilon, which is the same up to
    // rounding and leaves one division for each weight.
    double root = Math.sqrt(1 - Math.pow(beta2, (double) steps));
    float size = (float) (rate * root / (1 - Math.pow(beta1, (double) steps)));
    float small = (float) (epsilon * root);
    float keep = (float) (1 - rate * decay);
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float c1 = (float) (1 - beta1);
    float c2 = (float) (1 - beta2);
    for (int k = 0; k < w.length; k++) {
      float d = g[k];
      m[k] = b1 * m[k] + c1 * d;
      v[k] = b2 * v[k] + c2 * d * d;
      w[k] = keep * w[k] - size * m[k] / ((float) Math.sqrt(v[k]) + small);
    }
  }

  long steps() {
    return steps;
  }

  /** The moments, live, in the order in which {@link #restore} takes them. */
  List<Weights> moments() {
    return List.of(first, second);
  }

  void restore(long taken, List<Weights> moments) {
    steps = taken;
    first.set(moments.get(0));
    second.set(moments.get(1));
  }
}
