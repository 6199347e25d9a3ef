package io.millwright.supplychain.internal.classic;

/**
 * Fits the two states with which an additive smoothing method begins: its one-step errors are
 * linear in them, so least squares gives them at once and the search is left with the smoothing
 * parameters alone. Filled by the filter as it runs. Not thread-safe.
 */
final class Linear {

  private final double[] base;
  private final double[] first;
  private final double[] second;
  private int n;

  /** The fitted states. */
  double a;

  double b;

  Linear(int size) {
    base = new double[size];
    first = new double[size];
    second = new double[size];
  }

  void clear() {
    n = 0;
  }

  /**
   * Adds one period.
   *
   * @param e its error when both states are 0
   * @param da how the error grows with the first state
   * @param db how the error grows with the second state
   */
  void add(double e, double da, double db) {
    base[n] = e;
    first[n] = da;
    second[n] = db;
    n++;
  }

  /**
   * The least sum of squares.
   *
   * @param towardA where the first state is drawn to
   * @param towardB where the second state is drawn to
   * @param pullA how strongly, in periods
   * @param pullB how strongly, in periods
   */
  double solve(double towardA, double towardB, double pullA, double pullB) {
    double aa = pullA;
    double ab = 0;
    double bb = pullB;
    double ra = pullA * towardA;
    double rb = pullB * towardB;
    for (int t = 0; t < n; t++) {
      aa += first[t] * first[t];
      ab += first[t] * second[t];
      bb += second[t] * second[t];
      ra -= first[t] * base[t];
      rb -= second[t] * base[t];
    }
    double determinant = aa * bb - ab * ab;
    if (bb <= 0 || determinant <= 1e-12 * aa * bb) {
      a = aa > 0 ? (ra - ab * towardB) / aa : towardA;
      b = towardB;
    } else {
      a = (ra * bb - rb * ab) / determinant;
      b = (aa * rb - ab * ra) / determinant;
    }
    return squares();
  }

  /** The sum of squares at the states as they are. */
  double squares() {
    double sum = 0;
    for (int t = 0; t < n; t++) {
      double e = base[t] + a * first[t] + b * second[t];
      sum += e * e;
    }
    return sum;
  }
}
