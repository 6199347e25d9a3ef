package io.millwright.personalization.internal.uplift;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.personalization.Bandit;
import io.millwright.personalization.LoggedDecision;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Inverse gap weighting over a ridge regression for each action, updated by rank one. */
final class GapBandit implements Bandit {

  private final List<String> actions;
  private final int size;
  private final double gamma;
  private final double[][][] inverse;
  private final double[][] sums;
  private final SplittableRandom random;

  GapBandit(List<String> actions, int features, double gamma, long key) {
    if (actions.isEmpty() || new LinkedHashSet<>(actions).size() < actions.size()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "actions are " + actions + "\nMaybe name each once");
    }
    if (features < 0 || features > 500 || !(gamma > 0) || Double.isInfinite(gamma)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          features + " features and exploration " + gamma + "\nMaybe use up to 500, and 20");
    }
    this.actions = List.copyOf(actions);
    this.size = features + 1;
    this.gamma = gamma;
    this.random = new SplittableRandom(key);
    inverse = new double[actions.size()][size][size];
    sums = new double[actions.size()][size];
    for (double[][] a : inverse) {
      for (int k = 0; k < size; k++) {
        a[k][k] = 1;
      }
    }
  }

  private double[] vector(List<Double> context) {
    if (context.size() != size - 1 || !context.stream().allMatch(Double::isFinite)) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "a context is "
              + context
              + ", but "
              + (size - 1)
              + " finite numbers are expected\nMaybe a feature is missing");
    }
    double[] x = new double[size];
    x[0] = 1;
    for (int k = 1; k < size; k++) {
      x[k] = context.get(k - 1);
    }
    return x;
  }

  private double[] probabilities(double[] x, List<Integer> among) {
    double[] value = new double[among.size()];
    int best = 0;
    for (int k = 0; k < value.length; k++) {
      int a = among.get(k);
      for (int i = 0; i < size; i++) {
        double weight = 0;
        for (int j = 0; j < size; j++) {
          weight += inverse[a][i][j] * sums[a][j];
        }
        value[k] += weight * x[i];
      }
      best = value[k] > value[best] ? k : best;
    }
    double[] p = new double[value.length];
    double rest = 1;
    for (int k = 0; k < p.length; k++) {
      if (k != best) {
        p[k] = 1 / (p.length + gamma * (value[best] - value[k]));
        rest -= p[k];
      }
    }
    p[best] = rest;
    return p;
  }

  @Override
  public synchronized Map<String, Double> probabilities(List<Double> context) {
    double[] p =
        probabilities(
            vector(context), java.util.stream.IntStream.range(0, actions.size()).boxed().toList());
    Map<String, Double> map = new LinkedHashMap<>();
    for (int k = 0; k < p.length; k++) {
      map.put(actions.get(k), p[k]);
    }
    return map;
  }

  @Override
  public synchronized Optional<Decision> decide(List<Double> context, Set<String> consented) {
    double[] x = vector(context);
    List<Integer> among =
        java.util.stream.IntStream.range(0, actions.size())
            .filter(a -> consented.contains(actions.get(a)))
            .boxed()
            .toList();
    if (among.isEmpty()) {
      return Optional.empty();
    }
    double[] p = probabilities(x, among);
    double at = random.nextDouble();
    int k = 0;
    while (k < p.length - 1 && at >= p[k]) {
      at -= p[k++];
    }
    return Optional.of(new Decision(context, actions.get(among.get(k)), p[k]));
  }

  @Override
  public synchronized LoggedDecision learn(Decision decision, double reward) {
    int a = actions.indexOf(decision.action());
    if (a < 0 || !Double.isFinite(reward)) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "action \""
              + decision.action()
              + "\" earned "
              + reward
              + "\nMaybe the decision is another bandit's, or the reward is missing");
    }
    double[] x = vector(decision.context());
    double[] ax = new double[size];
    double q = 1;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        ax[i] += inverse[a][i][j] * x[j];
      }
      q += x[i] * ax[i];
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        inverse[a][i][j] -= ax[i] * ax[j] / q;
      }
      sums[a][i] += reward * x[i];
    }
    return new LoggedDecision(decision.context(), decision.action(), decision.propensity(), reward);
  }
}
