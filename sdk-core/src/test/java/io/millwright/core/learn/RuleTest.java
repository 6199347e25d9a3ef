package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.LearningRule;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.WeightSpec.Role;
import io.millwright.runtime.network.Weights;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules against the equations of the papers in double precision. */
class RuleTest {

  private static final int SIZE = 6;
  private static final int STEPS = 50;

  private static final LearningRule ADAM = new LearningRule.Adam(1e-2, 0.9, 0.999, 1e-8);
  private static final LearningRule ADAM_W = new LearningRule.AdamW(1e-2, 0.8, 0.99, 1e-6, 0.3);

  private static WeightSpec spec(Role role) {
    return new WeightSpec("w", List.of(2, 3), role, Initialisation.AUTOMATIC, 3, 2);
  }

  /** Weights and gradients of one training, drawn by a seed. */
  private static final class Drawn {
    private final Random random;
    private final Weights weights = Weights.zero(List.of(spec(Role.MATRIX)));
    private final Weights gradients = Weights.zero(List.of(spec(Role.MATRIX)));
    private final double[] expected = new double[SIZE];

    Drawn(long seed) {
      random = new Random(seed);
      for (int k = 0; k < SIZE; k++) {
        weights.get(0)[k] = (float) random.nextGaussian();
        expected[k] = weights.get(0)[k];
      }
    }

    void next() {
      for (int k = 0; k < SIZE; k++) {
        gradients.get(0)[k] = (float) (random.nextGaussian() * Math.pow(10, k - 3));
      }
    }

    void same(int step) {
      for (int k = 0; k < SIZE; k++) {
        assertThat((double) weights.get(0)[k])
            .as("step %s, weight %s", step, k)
            .isCloseTo(expected[k], within(2e-5 * Math.max(1, Math.abs(expected[k]))));
      }
    }
  }

  private static double rate(int step) {
    return 1e-2 * (1 + step % 7);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9})
  void descentIsTheTextbooks(double momentum) {
    Drawn drawn = new Drawn(1);
    Rule rule = new Rule(new LearningRule.Sgd(1, momentum), List.of(spec(Role.MATRIX)));
    double[] v = new double[SIZE];
    for (int t = 1; t <= STEPS; t++) {
      drawn.next();
      for (int k = 0; k < SIZE; k++) {
        v[k] = momentum * v[k] + drawn.gradients.get(0)[k];
        drawn.expected[k] -= rate(t) * v[k];
      }
      rule.step(drawn.weights, drawn.gradients, rate(t));
      drawn.same(t);
    }
    assertThat(rule.steps()).isEqualTo(STEPS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void adamIsThePapers(long seed) {
    adam(ADAM, 0.9, 0.999, 1e-8, 0, Role.MATRIX, seed);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void decayShrinksMatricesAlone(Role role) {
    adam(ADAM_W, 0.8, 0.99, 1e-6, role == Role.MATRIX ? 0.3 : 0, role, 4);
  }

  private static void adam(
      LearningRule options,
      double beta1,
      double beta2,
      double epsilon,
      double decay,
      Role role,
      long seed) {
    Drawn drawn = new Drawn(seed);
    Rule rule = new Rule(options, List.of(spec(role)));
    double[] m = new double[SIZE];
    double[] v = new double[SIZE];
    for (int t = 1; t <= STEPS; t++) {
      drawn.next();
      for (int k = 0; k < SIZE; k++) {
        double g = drawn.gradients.get(0)[k];
        m[k] = beta1 * m[k] + (1 - beta1) * g;
        v[k] = beta2 * v[k] + (1 - beta2) * g * g;
        double unbiasedMean = m[k] / (1 - Math.pow(beta1, t));
        double unbiasedSquare = v[k] / (1 - Math.pow(beta2, t));
        drawn.expected[k] -=
            rate(t)
                * (unbiasedMean / (Math.sqrt(unbiasedSquare) + epsilon)
                    + decay * drawn.expected[k]);
      }
      rule.step(drawn.weights, drawn.gradients, rate(t));
      drawn.same(t);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17})
  void theMomentsAreAllThereIsToKeep(int after) {
    for (LearningRule options : List.of(ADAM, ADAM_W, new LearningRule.Sgd(1, 0.9))) {
      Drawn whole = new Drawn(5);
      Rule rule = new Rule(options, List.of(spec(Role.MATRIX)));
      Rule taken = new Rule(options, List.of(spec(Role.MATRIX)));
      Weights broken = whole.weights.copy();
      for (int t = 1; t <= STEPS; t++) {
        whole.next();
        rule.step(whole.weights, whole.gradients, rate(t));
        if (t <= after) {
          broken.set(whole.weights);
          taken.restore(rule.steps(), rule.moments().stream().map(Weights::copy).toList());
        } else {
          taken.step(broken, whole.gradients, rate(t));
        }
      }
      assertThat(broken.get(0)).isEqualTo(whole.weights.get(0));
    }
  }
}
