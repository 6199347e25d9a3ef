package io.millwright.runtime.monitoring;

import java.util.Arrays;

/**
 * Operating conditions (regimes) of sensors: clear clusters of normal readings, in each of which
 * every sensor has a mean and a deviation of its own. What readings say of each other within a
 * condition is finer than what they say across conditions, where no straight line holds. A reading
 * belongs to the condition that most of its sensors stand for, so that one that lies changes
 * nothing. One condition stands for none.
 *
 * @param mean for each condition and sensor
 * @param scale the deviation in each condition
 */
record Conditions(double[][] mean, double[][] scale) {

  private static final int MOST = 12;
  private static final int ROWS = 4000;
  private static final int ROUNDS = 12;

  /** How much one sensor may say against a condition, in squared deviations. */
  private static final double CAP = 25;

  /** The share of the readings that must be clearly nearer to their condition than to the next. */
  private static final double CLEAR = 0.995;

  /** A condition occurs so often in every block, and so often in all. */
  private static final int LEAST_IN_BLOCK = 4;

  private static final int LEAST = 40;

  /** The deviation common to all conditions counts as so many readings of each. */
  private static final double COMMON = 20;

  int count() {
    return mean.length;
  }

  int sensors() {
    return mean[0].length;
  }

  /** Means and deviations of readings whose conditions are known. */
  static Conditions of(double[][] rows, int[] labels, int count) {
    int p = rows[0].length;
    double[][] mean = new double[count][p];
    double[][] scale = new double[count][p];
    int[] n = new int[count];
    for (int r = 0; r < rows.length; r++) {
      n[labels[r]]++;
      for (int j = 0; j < p; j++) {
        mean[labels[r]][j] += rows[r][j];
      }
    }
    double[] common = new double[p];
    for (int c = 0; c < count; c++) {
      for (int j = 0; j < p; j++) {
        mean[c][j] /= Math.max(1, n[c]);
      }
    }
    for (int r = 0; r < rows.length; r++) {
      for (int j = 0; j < p; j++) {
        double d = rows[r][j] - mean[labels[r]][j];
        scale[labels[r]][j] += d * d;
        common[j] += d * d / rows.length;
      }
    }
    for (int j = 0; j < p; j++) {
      double apart = 0;
      double level = 0;
      for (int c = 0; c < count; c++) {
        apart = Math.max(apart, Math.abs(mean[c][j] - mean[0][j]));
        level = Math.max(level, Math.abs(mean[c][j]));
      }
      // A sensor that never moves within a condition is known to a thousandth of its range.
      double floor = 1e-9 * (1 + level);
      floor = Math.sqrt(common[j]) > 1e-6 * apart ? floor : Math.max(floor, 1e-3 * apart);
      for (int c = 0; c < count; c++) {
        double own = count == 1 ? common[j] : (scale[c][j] + COMMON * common[j]) / (n[c] + COMMON);
        scale[c][j] = Math.sqrt(own) + floor;
      }
    }
    return new Conditions(mean, scale);
  }

  /** The deviation of each sensor within conditions. */
  double[] common() {
    double[] common = new double[sensors()];
    for (int j = 0; j < common.length; j++) {
      for (double[] s : scale) {
        common[j] += s[j] * s[j] / scale.length;
      }
      common[j] = Math.sqrt(common[j]);
    }
    return common;
  }

  /** The condition of a reading; sensors that are no number say nothing. */
  int of(double[] reading, double[] common) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < mean.length && mean.length > 1; c++) {
      double distance = distance(reading, c, common);
      if (distance < least) {
        least = distance;
        best = c;
      }
    }
    return best;
  }

  private double distance(double[] reading, int c, double[] common) {
    double sum = 0;
    for (int j = 0; j < reading.length; j++) {
      double d = (reading[j] - mean[c][j]) / common[j];
      sum += d * d < CAP ? d * d : Double.isFinite(reading[j]) ? CAP : 0;
    }
    return sum;
  }

  /** A reading in the units of a condition; what is no number at its mean. */
  double[] standard(double[] reading, int c) {
    double[] z = new double[reading.length];
    for (int j = 0; j < z.length; j++) {
      double v = (reading[j] - mean[c][j]) / scale[c][j];
      z[j] = Double.isFinite(v) ? v : 0;
    }
    return z;
  }

  double reading(double z, int c, int sensor) {
    return z * scale[c][sensor] + mean[c][sensor];
  }

  /**
   * Looks for conditions: the most clusters of which each is clear, occurs in every block of the
   * readings, and would be found without any one of the sensors.
   *
   * @param rows normal readings without gaps
   * @return the condition of each row, all 0 when there are none
   */
  static int[] find(double[][] rows) {
    int step = 1 + (rows.length - 1) / ROWS;
    double[][] some = new double[1 + (rows.length - 1) / step][];
    for (int i = 0; i < some.length; i++) {
      some[i] = rows[i * step];
    }
    int[] none = new int[some.length];
    Conditions one = of(some, none, 1);
    double[][] z = new double[some.length][];
    for (int i = 0; i < z.length; i++) {
      z[i] = one.standard(some[i], 0);
    }
    double[][] seeds = seeds(z);
    Conditions found = one;
    for (int k = 2; k <= seeds.length; k++) {
      int[] labels = nearest(z, Arrays.copyOf(seeds, k));
      for (int round = 0; round < ROUNDS; round++) {
        labels = nearest(z, of(z, labels, k).mean);
      }
      // Sensors that are sharp within conditions count most, whatever their range across them.
      Conditions now = of(some, labels, k);
      for (int round = 0; round < ROUNDS / 4; round++) {
        now = of(some, now.labels(some), k);
      }
      found = now.clear(some) ? now : found;
    }
    return found.labels(rows);
  }

  private int[] labels(double[][] rows) {
    double[] common = common();
    return Arrays.stream(rows).mapToInt(row -> of(row, common)).toArray();
  }

  /** Readings far from each other; the farthest few are strays. */
  private static double[][] seeds(double[][] z) {
    double[][] seeds = new double[MOST][];
    double[] far = new double[z.length];
    seeds[0] = z[0];
    for (int k = 0; k < MOST; k++) {
      for (int i = 0; i < z.length; i++) {
        double d = apart(z[i], seeds[k]);
        far[i] = k == 0 ? d : Math.min(far[i], d);
      }
      if (k + 1 < MOST) {
        double edge = Moments.quantile(far, 0.99);
        int at = 0;
        for (int i = 1; i < z.length; i++) {
          at = Math.abs(far[i] - edge) < Math.abs(far[at] - edge) ? i : at;
        }
        seeds[k + 1] = z[at];
      }
    }
    return seeds;
  }

  private static double apart(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }

  private static int[] nearest(double[][] z, double[][] centres) {
    int[] labels = new int[z.length];
    for (int i = 0; i < z.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < centres.length; c++) {
        double d = apart(z[i], centres[c]);
        if (d < least) {
          least = d;
          labels[i] = c;
        }
      }
    }
    return labels;
  }

  private boolean clear(double[][] rows) {
    double[] common = common();
    int[][] often = new int[count()][ProcessModel.BLOCKS];
    int clear = 0;
    for (int r = 0; r < rows.length; r++) {
      double first = Double.POSITIVE_INFINITY;
      double second = Double.POSITIVE_INFINITY;
      int at = 0;
      for (int c = 0; c < count(); c++) {
        double d = distance(rows[r], c, common);
        if (d < first) {
          second = first;
          first = d;
          at = c;
        } else {
          second = Math.min(second, d);
        }
      }
      // One sensor that lies brings at most its cap to the one and takes it from the other.
      clear += second > 2 * first && second > first + 2 * CAP ? 1 : 0;
      often[at][(int) ((long) r * ProcessModel.BLOCKS / rows.length)]++;
    }
    return clear >= CLEAR * rows.length
        && Arrays.stream(often)
            .allMatch(
                n ->
                    Arrays.stream(n).min().orElse(0) >= LEAST_IN_BLOCK
                        && Arrays.stream(n).sum() >= LEAST);
  }
}
