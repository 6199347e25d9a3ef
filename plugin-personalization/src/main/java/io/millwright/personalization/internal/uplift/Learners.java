package io.millwright.personalization.internal.uplift;

import java.util.LinkedHashMap;
import java.util.Map;

/** The learners of uplift over any regression. */
final class Learners {

  static final String SIMPLE = "T-learner, ridge";

  /** All learners' uplifts, averaged. */
  static final String MEAN = "mean of all";

  private static final double RIDGE = 20;
  private static final double PAIRS_RIDGE = 300;

  private Learners() {}

  /** Fits an uplift from inputs, treatment and outcome. */
  @FunctionalInterface
  interface Learner {
    Regressor fit(double[][] x, boolean[] treated, double[] y);
  }

  /**
   * All of them.
   *
   * @param plain how many inputs are the features themselves; products of pairs follow
   */
  static Map<String, Learner> all(int plain) {
    Regressor.Fit ridge = first(plain, (x, y) -> Ridge.fit(x, y, RIDGE));
    Regressor.Fit pairs = (x, y) -> Ridge.fit(x, y, PAIRS_RIDGE);
    Regressor.Fit trees = first(plain, Boosted::fit);
    Map<String, Learner> all = new LinkedHashMap<>();
    all.put(SIMPLE, (x, t, y) -> two(x, t, y, ridge));
    all.put("T-learner, ridge with pairs", (x, t, y) -> two(x, t, y, pairs));
    all.put("T-learner, trees", (x, t, y) -> two(x, t, y, trees));
    all.put("X-learner, ridge", (x, t, y) -> cross(x, t, y, ridge, ridge));
    all.put("X-learner, trees", (x, t, y) -> cross(x, t, y, trees, ridge));
    all.put("class transformation, ridge", (x, t, y) -> transformed(x, t, y, ridge));
    all.put("class transformation, trees", (x, t, y) -> transformed(x, t, y, trees));
    return all;
  }

  private static Regressor.Fit first(int plain, Regressor.Fit fit) {
    return (x, y) -> {
      double[][] own = new double[x.length][];
      for (int r = 0; r < x.length; r++) {
        own[r] = java.util.Arrays.copyOf(x[r], plain);
      }
      Regressor fitted = fit.of(own, y);
      return v -> fitted.of(v.length == plain ? v : java.util.Arrays.copyOf(v, plain));
    };
  }

  static double share(boolean[] treated) {
    int count = 0;
    for (boolean t : treated) {
      count += t ? 1 : 0;
    }
    return (double) count / treated.length;
  }

  private static Regressor arm(
      double[][] x, boolean[] treated, double[] y, boolean which, Regressor.Fit fit) {
    int n = 0;
    for (boolean t : treated) {
      n += t == which ? 1 : 0;
    }
    double[][] own = new double[n][];
    double[] values = new double[n];
    int k = 0;
    for (int r = 0; r < y.length; r++) {
      if (treated[r] == which) {
        own[k] = x[r];
        values[k++] = y[r];
      }
    }
    return fit.of(own, values);
  }

  private static Regressor two(double[][] x, boolean[] t, double[] y, Regressor.Fit fit) {
    Regressor with = arm(x, t, y, true, fit);
    Regressor without = arm(x, t, y, false, fit);
    return v -> with.of(v) - without.of(v);
  }

  /** Kuenzel et al. 2019: effects imputed across the arms, then learnt in each. */
  private static Regressor cross(
      double[][] x, boolean[] t, double[] y, Regressor.Fit first, Regressor.Fit second) {
    Regressor with = arm(x, t, y, true, first);
    Regressor without = arm(x, t, y, false, first);
    double[] effect = new double[y.length];
    for (int r = 0; r < y.length; r++) {
      effect[r] = t[r] ? y[r] - without.of(x[r]) : with.of(x[r]) - y[r];
    }
    Regressor one = arm(x, t, effect, true, second);
    Regressor other = arm(x, t, effect, false, second);
    double e = share(t);
    return v -> (1 - e) * one.of(v) + e * other.of(v);
  }

  /** The outcome weighted by treatment, whose mean given x is the uplift. */
  static double[] transform(boolean[] t, double[] y) {
    double e = share(t);
    double[] z = new double[y.length];
    for (int r = 0; r < y.length; r++) {
      z[r] = t[r] ? y[r] / e : -y[r] / (1 - e);
    }
    return z;
  }

  private static Regressor transformed(double[][] x, boolean[] t, double[] y, Regressor.Fit fit) {
    return fit.of(x, transform(t, y));
  }
}
