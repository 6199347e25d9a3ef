package io.millwright.supplychain.internal.classic;

/**
 * Fits the two states with which an additive smoothing method begins: its one-step errors are
 * linear in them, so least squares gives them at once and the search is left with the smoothing
 * parameters alone. First one of the {@code run}s, then {@link #solve}. Not thread-safe.
 */
final class Linear {

  private static final double FEW_DIGITS = 1e-3;

  private final double[] y;
  private final double[] base;
  private final double[] first;
  private final double[] second;
  private int from;

  // The sums of products, of the first state's influence a, the second's b, and the error e.
  private double aa;
  private double ab;
  private double bb;
  private double ae;
  private double be;
  private double ee;

  /** The fitted states. */
  double a;

  double b;

  /** Of a series without gaps. */
  Linear(double[] y) {
    this.y = y;
    base = new double[y.length];
    first = new double[y.length];
    second = new double[y.length];
  }

  /**
   * Runs the filter {@code p' = p + turn q + gain e, q' = cross p + keep q + lift e, e = y - p}
   * from states of 0, and follows what each beginning would add.
   *
   * @param lent how much of the second beginning stands in p
   * @param own how much of it stands in q
   */
  Linear run(
      double turn, double gain, double cross, double keep, double lift, double lent, double own) {
    double pp = 1 - gain;
    double qp = cross - lift;
    double p = 0;
    double q = 0;
    double pa = 1;
    double qa = 0;
    double pb = lent;
    double qb = own;
    double saa = 0;
    double sab = 0;
    double sbb = 0;
    double sae = 0;
    double sbe = 0;
    double see = 0;
    for (int t = 0; t < y.length; t++) {
      double v = y[t];
      double e = v - p;
      base[t] = e;
      first[t] = pa;
      second[t] = pb;
      saa += pa * pa;
      sab += pa * pb;
      sbb += pb * pb;
      see += e * e;
      sae += pa * e;
      sbe += pb * e;
      double next = pp * p + (turn * q + gain * v);
      q = qp * p + (keep * q + lift * v);
      p = next;
      double nextA = pp * pa + turn * qa;
      qa = qp * pa + keep * qa;
      pa = nextA;
      double nextB = pp * pb + turn * qb;
      qb = qp * pb + keep * qb;
      pb = nextB;
    }
    return sums(0, see, saa, sab, sbb, sae, sbe);
  }

  /** Runs simple smoothing; the second state does nothing. */
  Linear run(double alpha) {
    double keep = 1 - alpha;
    double level = 0;
    double begin = 1;
    double saa = 0;
    double sae = 0;
    double see = 0;
    for (int t = 0; t < y.length; t++) {
      double v = y[t];
      double e = v - level;
      base[t] = e;
      first[t] = begin;
      saa += begin * begin;
      see += e * e;
      sae += begin * e;
      level = keep * level + alpha * v;
      begin *= keep;
    }
    return sums(0, see, saa, 0, 0, sae, 0);
  }

  /**
   * Runs simple smoothing beside lines, whose weight is the second state. The first two periods do
   * not yet have a line.
   *
   * @param intercepts of the line through all values before each period
   * @param slopes its slopes
   */
  Linear run(double alpha, double[] intercepts, double[] slopes) {
    double keep = 1 - alpha;
    double inverse = 1 / alpha;
    double level = 0;
    double begin = 1;
    double saa = 0;
    double sab = 0;
    double sbb = 0;
    double sae = 0;
    double sbe = 0;
    double see = 0;
    for (int t = 0; t < y.length; t++) {
      double v = y[t];
      if (t >= 2) {
        double e = v - level;
        double pull = begin * intercepts[t] + (1 - begin * keep) * inverse * slopes[t];
        base[t] = e;
        first[t] = begin;
        second[t] = pull;
        saa += begin * begin;
        sab += begin * pull;
        sbb += pull * pull;
        see += e * e;
        sae += begin * e;
        sbe += pull * e;
      }
      level = keep * level + alpha * v;
      begin *= keep;
    }
    return sums(2, see, saa, sab, sbb, sae, sbe);
  }

  private Linear sums(
      int begin, double see, double saa, double sab, double sbb, double sae, double sbe) {
    from = begin;
    ee = see;
    aa = saa;
    ab = sab;
    bb = sbb;
    ae = sae;
    be = sbe;
    return this;
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
    double saa = pullA + aa;
    double sbb = pullB + bb;
    double sae = pullA * towardA + ae;
    double sbe = pullB * towardB + be;
    double determinant = saa * sbb - ab * ab;
    if (sbb <= 0 || determinant <= 1e-12 * saa * sbb) {
      a = saa > 0 ? (sae - ab * towardB) / saa : towardA;
      b = towardB;
    } else {
      a = (sae * sbb - sbe * ab) / determinant;
      b = (saa * sbe - ab * sae) / determinant;
    }
    return squares();
  }

  /** The sum of squares at the states as they are. */
  double squares() {
    double together = ee - 2 * (a * ae + b * be) + a * a * aa + 2 * a * b * ab + b * b * bb;
    // A small difference of large sums has few digits left.
    return together > FEW_DIGITS * ee ? together : added();
  }

  private double added() {
    double even = 0;
    double odd = 0;
    int t = from;
    for (; t + 1 < y.length; t += 2) {
      double e = base[t] - a * first[t] - b * second[t];
      double f = base[t + 1] - a * first[t + 1] - b * second[t + 1];
      even += e * e;
      odd += f * f;
    }
    if (t < y.length) {
      double e = base[t] - a * first[t] - b * second[t];
      even += e * e;
    }
    return even + odd;
  }
}
