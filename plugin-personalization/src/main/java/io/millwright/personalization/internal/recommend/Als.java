package io.millwright.personalization.internal.recommend;

import io.millwright.api.spi.Jobs;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Matrix factorisation of implicit feedback by alternating least squares (Hu, Koren and Volinsky
 * 2008) with conjugate gradients (Takacs et al. 2011). A customer's factors are folded in from the
 * history when they are asked for.
 */
final class Als implements Scorer {

  private static final int STEPS = 3;

  private final int rank;
  private final double alpha;
  private final double ridge;
  private final double recency;
  private final float[] items;
  private final double[] gram;

  Als(int rank, double alpha, double ridge, double recency, float[] items) {
    this.rank = rank;
    this.alpha = alpha;
    this.ridge = ridge;
    this.recency = recency;
    this.items = items;
    this.gram = gram(items, rank);
  }

  static Als fit(
      Log log,
      int rank,
      int sweeps,
      double alpha,
      double ridge,
      double recency,
      long key,
      Jobs.Control<?> control) {
    int[][] owned = log.histories();
    int[][] owners = transposed(log);
    SplittableRandom random = new SplittableRandom(key);
    float[] x = new float[owned.length * rank];
    float[] y = new float[log.items() * rank];
    for (int k = 0; k < y.length; k++) {
      y[k] = (float) ((random.nextDouble() - 0.5) * 0.2 / Math.sqrt(rank));
    }
    for (int sweep = 0; sweep < sweeps; sweep++) {
      control.checkpoint();
      half(owned, x, y, rank, alpha, ridge);
      control.checkpoint();
      half(owners, y, x, rank, alpha, ridge);
    }
    return new Als(rank, alpha, ridge, recency, y);
  }

  private static int[][] transposed(Log log) {
    int[][] places = log.places();
    int[][] owners = new int[log.items()][];
    for (int i = 0; i < owners.length; i++) {
      owners[i] = new int[places[i].length / 2];
      for (int k = 0; k < owners[i].length; k++) {
        owners[i][k] = places[i][2 * k];
      }
    }
    return owners;
  }

  /** Solves all rows of one side while the other is fixed. */
  private static void half(
      int[][] of, float[] solved, float[] fixed, int rank, double alpha, double ridge) {
    double[] gram = gram(fixed, rank);
    IntStream.range(0, of.length)
        .parallel()
        .forEach(
            u -> {
              double[] v = new double[rank];
              for (int k = 0; k < rank; k++) {
                v[k] = solved[u * rank + k];
              }
              solve(of[u], null, fixed, gram, rank, alpha, ridge, v, STEPS);
              for (int k = 0; k < rank; k++) {
                solved[u * rank + k] = (float) v[k];
              }
            });
  }

  private static double[] gram(float[] y, int rank) {
    double[] gram = new double[rank * rank];
    for (int i = 0; i < y.length; i += rank) {
      for (int a = 0; a < rank; a++) {
        double f = y[i + a];
        for (int b = 0; b < rank; b++) {
          gram[a * rank + b] += f * y[i + b];
        }
      }
    }
    return gram;
  }

  /** Conjugate gradients on (Y'Y + ridge I + alpha sum w y y') v = sum (1 + alpha) w y. */
  private static void solve(
      int[] own,
      double @org.jspecify.annotations.Nullable [] weights,
      float[] y,
      double[] gram,
      int rank,
      double alpha,
      double ridge,
      double[] v,
      int steps) {
    double[] r = new double[rank];
    double[] ap = new double[rank];
    product(own, weights, y, gram, rank, alpha, ridge, v, ap);
    for (int t = 0; t < own.length; t++) {
      double w = weights == null ? 1 : weights[t];
      for (int k = 0; k < rank; k++) {
        r[k] += (1 + alpha) * w * y[own[t] * rank + k];
      }
    }
    double rr = 0;
    for (int k = 0; k < rank; k++) {
      r[k] -= ap[k];
      rr += r[k] * r[k];
    }
    double[] p = r.clone();
    for (int step = 0; step < steps && rr > 1e-12; step++) {
      product(own, weights, y, gram, rank, alpha, ridge, p, ap);
      double pap = 0;
      for (int k = 0; k < rank; k++) {
        pap += p[k] * ap[k];
      }
      double a = rr / pap;
      double next = 0;
      for (int k = 0; k < rank; k++) {
        v[k] += a * p[k];
        r[k] -= a * ap[k];
        next += r[k] * r[k];
      }
      double b = next / rr;
      for (int k = 0; k < rank; k++) {
        p[k] = r[k] + b * p[k];
      }
      rr = next;
    }
  }

  private static void product(
      int[] own,
      double @org.jspecify.annotations.Nullable [] weights,
      float[] y,
      double[] gram,
      int rank,
      double alpha,
      double ridge,
      double[] v,
      double[] out) {
    for (int a = 0; a < rank; a++) {
      double sum = ridge * v[a];
      for (int b = 0; b < rank; b++) {
        sum += gram[a * rank + b] * v[b];
      }
      out[a] = sum;
    }
    for (int t = 0; t < own.length; t++) {
      int at = own[t] * rank;
      double dot = 0;
      for (int k = 0; k < rank; k++) {
        dot += y[at + k] * v[k];
      }
      dot *= alpha * (weights == null ? 1 : weights[t]);
      for (int k = 0; k < rank; k++) {
        out[k] += dot * y[at + k];
      }
    }
  }

  float[] items() {
    return items;
  }

  @Override
  public String name() {
    return "implicit ALS";
  }

  @Override
  public void score(int[] history, float[] into) {
    Arrays.fill(into, 0);
    if (history.length == 0) {
      return;
    }
    double[] weights = new double[history.length];
    double w = 1;
    for (int t = history.length - 1; t >= 0; t--) {
      weights[t] = w;
      w *= recency;
    }
    double[] v = new double[rank];
    solve(history, weights, items, gram, rank, alpha, ridge, v, 2 * STEPS);
    float[] f = new float[rank];
    for (int k = 0; k < rank; k++) {
      f[k] = (float) v[k];
    }
    for (int i = 0; i < into.length; i++) {
      float sum = 0;
      int at = i * rank;
      for (int k = 0; k < rank; k++) {
        sum += items[at + k] * f[k];
      }
      into[i] = sum;
    }
  }
}
