package io.millwright.core.learn.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/**
 * Minimises a smooth function by L-BFGS (Nocedal 1980; Nocedal and Wright 2006, algorithm 7.5) with
 * backtracking. The same function gives the same bits.
 */
final class Minimum {

  private static final int MEMORY = 8;
  private static final double DECREASE = 1e-4;
  private static final int HALVINGS = 25;

  /** A function with its gradient. */
  interface Smooth {
    /**
     * Value and gradient.
     *
     * @param x where
     * @param gradient filled by the call
     * @return the value
     */
    double at(double[] x, double[] gradient);
  }

  private record Pair(double[] step, double[] change, double rho) {}

  private Minimum() {}

  /**
   * Walks from a point to a minimum.
   *
   * @param rounds the most steps
   * @param tolerance ends when a step lowers the value by less than this share
   * @param stopped asked before each step
   */
  static double[] from(
      double[] start, Smooth f, int rounds, double tolerance, BooleanSupplier stopped) {
    int n = start.length;
    double[] x = start.clone();
    double[] g = new double[n];
    double value = f.at(x, g);
    Deque<Pair> memory = new ArrayDeque<>();
    double[] next = new double[n];
    double[] slope = new double[n];
    for (int round = 0; round < rounds && !stopped.getAsBoolean(); round++) {
      double[] d = direction(g, memory);
      double down = dot(d, g);
      if (!(down < 0)) {
        memory.clear();
        d = direction(g, memory);
        down = dot(d, g);
        if (!(down < 0)) {
          break;
        }
      }
      double length = memory.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(g, g))) : 1;
      double there = Double.NaN;
      boolean lower = false;
      for (int h = 0; h < HALVINGS && !lower; h++) {
        for (int i = 0; i < n; i++) {
          next[i] = x[i] + length * d[i];
        }
        there = f.at(next, slope);
        lower = there <= value + DECREASE * length * down;
        length /= 2;
      }
      if (!lower) {
        break;
      }
      double[] step = new double[n];
      double[] change = new double[n];
      for (int i = 0; i < n; i++) {
        step[i] = next[i] - x[i];
        change[i] = slope[i] - g[i];
      }
      double curve = dot(step, change);
      if (curve > 1e-12) {
        memory.addLast(new Pair(step, change, 1 / curve));
        if (memory.size() > MEMORY) {
          memory.removeFirst();
        }
      }
      double gained = value - there;
      System.arraycopy(next, 0, x, 0, n);
      System.arraycopy(slope, 0, g, 0, n);
      value = there;
      if (gained <= tolerance * Math.max(1e-12, Math.abs(value))) {
        break;
      }
    }
    return x;
  }

  private static double[] direction(double[] g, Deque<Pair> memory) {
    double[] q = g.clone();
    double[] alpha = new double[memory.size()];
    Pair[] pairs = memory.toArray(Pair[]::new);
    for (int i = pairs.length - 1; i >= 0; i--) {
      alpha[i] = pairs[i].rho * dot(pairs[i].step, q);
      add(q, -alpha[i], pairs[i].change);
    }
    if (pairs.length > 0) {
      Pair last = pairs[pairs.length - 1];
      double scale = dot(last.step, last.change) / dot(last.change, last.change);
      for (int i = 0; i < q.length; i++) {
        q[i] *= scale;
      }
    }
    for (int i = 0; i < pairs.length; i++) {
      double beta = pairs[i].rho * dot(pairs[i].change, q);
      add(q, alpha[i] - beta, pairs[i].step);
    }
    for (int i = 0; i < q.length; i++) {
      q[i] = -q[i];
    }
    return q;
  }

  private static void add(double[] into, double factor, double[] what) {
    for (int i = 0; i < into.length; i++) {
      into[i] += factor * what[i];
    }
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
