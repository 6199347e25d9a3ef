package io.millwright.supplychain.internal.classic;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Small searches for a least value. Own code because a fit takes some hundred evaluations of a few
 * microseconds, and a library's bookkeeping would cost more than the function.
 */
final class Search {

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private Search() {}

  /** The least value found, and where. */
  record Least(double[] at, double value) {}

  /**
   * The place of the least value on a line: the best of equally spaced points, then golden section
   * (Kiefer 1953) between its neighbours.
   *
   * @param points how many points are looked at first, at least 3
   * @param cuts how often the bracket is cut
   */
  static double golden(DoubleUnaryOperator f, double low, double high, int points, int cuts) {
    double step = (high - low) / (points - 1);
    double best = low;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points; i++) {
      double x = low + i * step;
      double v = f.applyAsDouble(x);
      if (v < least) {
        least = v;
        best = x;
      }
    }
    double a = Math.max(low, best - step);
    double b = Math.min(high, best + step);
    double c = b - GOLDEN * (b - a);
    double d = a + GOLDEN * (b - a);
    double fc = f.applyAsDouble(c);
    double fd = f.applyAsDouble(d);
    for (int i = 0; i < cuts; i++) {
      if (fc < fd) {
        b = d;
        d = c;
        fd = fc;
        c = b - GOLDEN * (b - a);
        fc = f.applyAsDouble(c);
      } else {
        a = c;
        c = d;
        fc = fd;
        d = a + GOLDEN * (b - a);
        fd = f.applyAsDouble(d);
      }
    }
    double found = fc < fd ? c : d;
    return Math.min(fc, fd) <= least ? found : best;
  }

  /**
   * The simplex of Nelder and Mead (1965). A function says with positive infinity where it is not
   * defined.
   *
   * @param start where to begin
   * @param step the first distances along each axis
   * @param evaluations about how often the function may be asked
   */
  static Least simplex(
      ToDoubleFunction<double[]> f, double[] start, double[] step, int evaluations) {
    Simplex search = new Simplex(start, step, evaluations);
    while (!search.isDone()) {
      search.tell(f.applyAsDouble(search.asked()));
    }
    return search.least();
  }

  /**
   * The same step by step, so that whoever evaluates can do so for several searches at once: while
   * it is not done, the value at {@link #asked} is told. Not thread-safe.
   */
  static final class Simplex {

    private enum Move {
      BEGIN,
      REFLECT,
      EXPAND,
      CONTRACT,
      SHRINK
    }

    private final int n;
    private final int evaluations;
    private final double[][] x;
    private final double[] v;

    /** The points, divided by how many make a centre. */
    private final double[][] parts;

    private final double[] centre;
    private Move move = Move.BEGIN;
    private double[] asked;

    /** Which point of a beginning or shrinking simplex is asked. */
    private int at;

    private int count;
    private double[] reflected;
    private double valueThere;
    private boolean done;

    Simplex(double[] start, double[] step, int evaluations) {
      this.n = start.length;
      this.evaluations = evaluations;
      x = new double[n + 1][];
      v = new double[n + 1];
      parts = new double[n + 1][n];
      centre = new double[n];
      for (int i = 0; i <= n; i++) {
        x[i] = start.clone();
        if (i > 0) {
          x[i][i - 1] += step[i - 1];
        }
      }
      asked = x[0];
      reflected = asked;
    }

    boolean isDone() {
      return done;
    }

    /** Where the value is wanted; not to be changed. */
    double[] asked() {
      return asked;
    }

    /** The least value told, and where. */
    Least least() {
      return new Least(x[0], v[0]);
    }

    /** Tells the value at the point asked. */
    void tell(double value) {
      count++;
      switch (move) {
        case BEGIN -> {
          put(at, asked, value);
          at++;
          if (at <= n) {
            asked = x[at];
          } else {
            reflect();
          }
        }
        case REFLECT -> reflectedTo(value);
        case EXPAND -> {
          put(n, value < valueThere ? asked : reflected, Math.min(value, valueThere));
          reflect();
        }
        case CONTRACT -> {
          if (value < Math.min(valueThere, v[n])) {
            put(n, asked, value);
            reflect();
          } else {
            move = Move.SHRINK;
            at = 1;
            asked = along(x[0], x[1], 0.5);
          }
        }
        case SHRINK -> {
          put(at, asked, value);
          at++;
          if (at <= n) {
            asked = along(x[0], x[at], 0.5);
          } else {
            reflect();
          }
        }
      }
    }

    private void put(int at, double[] point, double value) {
      x[at] = point;
      v[at] = value;
      double[] part = parts[at];
      for (int k = 0; k < n; k++) {
        part[k] = point[k] / n;
      }
    }

    private void reflect() {
      sort();
      if (count >= evaluations || v[n] - v[0] <= 1e-6 * (Math.abs(v[0]) + 1e-12)) {
        done = true;
        return;
      }
      Arrays.fill(centre, 0);
      for (int i = 0; i < n; i++) {
        double[] part = parts[i];
        for (int k = 0; k < n; k++) {
          centre[k] += part[k];
        }
      }
      reflected = along(centre, x[n], -1);
      asked = reflected;
      move = Move.REFLECT;
    }

    private void reflectedTo(double value) {
      valueThere = value;
      if (value < v[0]) {
        asked = along(centre, x[n], -2);
        move = Move.EXPAND;
      } else if (value < v[n - 1]) {
        put(n, reflected, value);
        reflect();
      } else {
        asked = along(centre, value < v[n] ? reflected : x[n], 0.5);
        move = Move.CONTRACT;
      }
    }

    private void sort() {
      for (int i = 1; i < v.length; i++) {
        double[] point = x[i];
        double[] part = parts[i];
        double value = v[i];
        int k = i - 1;
        while (k >= 0 && !(v[k] <= value)) {
          x[k + 1] = x[k];
          parts[k + 1] = parts[k];
          v[k + 1] = v[k];
          k--;
        }
        x[k + 1] = point;
        parts[k + 1] = part;
        v[k + 1] = value;
      }
    }
  }

  private static double[] along(double[] from, double[] to, double part) {
    double[] point = new double[from.length];
    for (int k = 0; k < point.length; k++) {
      point[k] = from[k] + part * (to[k] - from[k]);
    }
    return point;
  }
}
