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
    int n = start.length;
    double[][] x = new double[n + 1][];
    double[] v = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      x[i] = start.clone();
      if (i > 0) {
        x[i][i - 1] += step[i - 1];
      }
      v[i] = f.applyAsDouble(x[i]);
    }
    int asked = n + 1;
    double[] centre = new double[n];
    while (asked < evaluations) {
      sort(x, v);
      if (v[n] - v[0] <= 1e-6 * (Math.abs(v[0]) + 1e-12)) {
        break;
      }
      Arrays.fill(centre, 0);
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
          centre[k] += x[i][k] / n;
        }
      }
      double[] reflected = along(centre, x[n], -1);
      double r = f.applyAsDouble(reflected);
      asked++;
      if (r < v[0]) {
        double[] further = along(centre, x[n], -2);
        double e = f.applyAsDouble(further);
        asked++;
        replace(x, v, n, e < r ? further : reflected, Math.min(e, r));
      } else if (r < v[n - 1]) {
        replace(x, v, n, reflected, r);
      } else {
        double[] nearer = along(centre, r < v[n] ? reflected : x[n], 0.5);
        double c = f.applyAsDouble(nearer);
        asked++;
        if (c < Math.min(r, v[n])) {
          replace(x, v, n, nearer, c);
        } else {
          for (int i = 1; i <= n; i++) {
            x[i] = along(x[0], x[i], 0.5);
            v[i] = f.applyAsDouble(x[i]);
          }
          asked += n;
        }
      }
    }
    sort(x, v);
    return new Least(x[0], v[0]);
  }

  private static void replace(double[][] x, double[] v, int at, double[] point, double value) {
    x[at] = point;
    v[at] = value;
  }

  private static double[] along(double[] from, double[] to, double part) {
    double[] point = new double[from.length];
    for (int k = 0; k < point.length; k++) {
      point[k] = from[k] + part * (to[k] - from[k]);
    }
    return point;
  }

  private static void sort(double[][] x, double[] v) {
    for (int i = 1; i < v.length; i++) {
      double[] point = x[i];
      double value = v[i];
      int k = i - 1;
      while (k >= 0 && !(v[k] <= value)) {
        x[k + 1] = x[k];
        v[k + 1] = v[k];
        k--;
      }
      x[k + 1] = point;
      v[k + 1] = value;
    }
  }
}
