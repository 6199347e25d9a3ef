package io.millwright.runtime.monitoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * Standardises readings and turns them, with their lags, into uncorrelated components of unit
 * variance, the largest first.
 */
final class Whitening {

  /** How often a change of the level between blocks counts, beside the changes within them. */
  private static final double SLOW = 10;

  /** A ridge, as a share of the mean variance: no direction is known better than so. */
  private static final double RIDGE = 0.02;

  private static final int MOST = 20_000;

  /** Deviations beyond which it does not matter any more how far off a reading is. */
  private static final double FAR = 100;

  private static final double TINY = 1e-12;

  private final int variables;
  private final int lags;
  private final double[] mean;
  private final double[] scale;
  private final double[] centre;
  private final double[][] axes;
  private final int retained;
  private final double[] precision;

  private Whitening(
      int lags, double[] mean, double[] scale, double[] centre, double[][] axes, int retained) {
    this.variables = mean.length;
    this.lags = lags;
    this.mean = mean;
    this.scale = scale;
    this.centre = centre;
    this.axes = axes;
    this.retained = retained;
    precision = new double[centre.length];
    for (double[] axis : axes) {
      for (int i = 0; i < axis.length; i++) {
        precision[i] += axis[i] * axis[i];
      }
    }
  }

  /**
   * Learns the components.
   *
   * @param rows normal readings in the order of time
   * @param blocks in how many blocks changes of the level are looked for. Limits hold for blocks of
   *     one length only: a level that changes within one block and not within another scales the
   *     components differently
   * @param lags earlier readings beside each reading
   */
  static Whitening fit(double[][] rows, int blocks, int lags) {
    int p = rows[0].length;
    double[] mean = new double[p];
    double[] scale = new double[p];
    for (int j = 0; j < p; j++) {
      int at = j;
      double[] column = Arrays.stream(rows).mapToDouble(r -> r[at]).toArray();
      mean[j] = Moments.mean(column);
      scale[j] = Math.sqrt(Moments.variance(column)) + 1e-9 * (1 + Math.abs(mean[j]));
    }
    int d = p * (lags + 1);
    int n = rows.length - lags;
    double[][] z = new double[n][d];
    for (int r = 0; r < n; r++) {
      for (int l = 0; l <= lags; l++) {
        for (int j = 0; j < p; j++) {
          z[r][l * p + j] = (rows[r + lags - l][j] - mean[j]) / scale[j];
        }
      }
    }
    double[] centre = means(z, 0, n);
    double[][] within = new double[d][d];
    double[][] levels = new double[blocks][];
    for (int b = 0; b < blocks; b++) {
      int from = n * b / blocks;
      int to = n * (b + 1) / blocks;
      levels[b] = means(z, from, to);
      for (int r = from; r < to; r++) {
        add(within, z[r], levels[b], 1.0 / n);
      }
    }
    double[] middle = means(levels, 0, blocks);
    for (double[] level : levels) {
      add(within, level, middle, SLOW / (blocks - 1));
    }
    double trace = 0;
    for (int i = 0; i < d; i++) {
      trace += within[i][i];
    }
    for (int i = 0; i < d; i++) {
      within[i][i] += RIDGE * trace / d;
      for (int j = 0; j < i; j++) {
        within[i][j] = within[j][i];
      }
    }
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(within, false));
    double edge = Math.pow(1 + Math.sqrt((double) d / n), 2) * trace / d;
    double[][] axes = new double[d][];
    int retained = 0;
    for (int c = 0; c < d; c++) {
      double value = eigen.getEigenvalue(c);
      retained += value > edge ? 1 : 0;
      axes[c] = eigen.getEigenvector(c).mapDivide(Math.sqrt(value)).toArray();
    }
    return new Whitening(lags, mean, scale, centre, axes, Math.max(1, retained));
  }

  private static double[] means(double[][] rows, int from, int to) {
    double[] sum = new double[rows[0].length];
    for (int r = from; r < to; r++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += rows[r][i] / (to - from);
      }
    }
    return sum;
  }

  private static void add(double[][] sum, double[] row, double[] centre, double weight) {
    int d = row.length;
    for (int i = 0; i < d; i++) {
      double a = weight * (row[i] - centre[i]);
      for (int j = i; j < d; j++) {
        sum[i][j] += a * (row[j] - centre[j]);
      }
    }
  }

  int size() {
    return centre.length;
  }

  int lags() {
    return lags;
  }

  int retained() {
    return retained;
  }

  /**
   * A reading in standard units; missing ones at their mean, those beyond all proportion at a
   * bound, from where smoothing comes back.
   */
  void standardise(double[] reading, double[] into) {
    for (int j = 0; j < variables; j++) {
      double v = (reading[j] - mean[j]) / scale[j];
      into[j] = Double.isFinite(v) ? Math.max(-FAR, Math.min(FAR, v)) : 0;
    }
  }

  /**
   * Puts what is likeliest by all others, earlier readings too, in place of missing ones of the
   * newest reading (the conditional mean): at their mean they would contradict the others wherever
   * these are not at theirs.
   *
   * @param standard standard units with lags
   * @param missing which of the newest reading
   */
  void fill(double[] standard, boolean[] missing) {
    int[] set = IntStream.range(0, missing.length).filter(j -> missing[j]).toArray();
    if (set.length == 0) {
      return;
    }
    for (int j : set) {
      standard[j] = centre[j];
    }
    double[] components = components(standard);
    double[][] inverse = new double[set.length][set.length];
    double[] pull = new double[set.length];
    for (int c = 0; c < axes.length; c++) {
      for (int i = 0; i < set.length; i++) {
        pull[i] -= axes[c][set[i]] * components[c];
        inverse[i][i] += TINY;
        for (int k = 0; k < set.length; k++) {
          inverse[i][k] += axes[c][set[i]] * axes[c][set[k]];
        }
      }
    }
    double[] moved =
        new CholeskyDecomposition(new Array2DRowRealMatrix(inverse, false), 1e-9, 0)
            .getSolver()
            .solve(new ArrayRealVector(pull, false))
            .toArray();
    for (int i = 0; i < set.length; i++) {
      standard[set[i]] += moved[i];
    }
  }

  /** Components of standard units with their lags, the newest reading first. */
  double[] components(double[] standard) {
    double[] components = new double[axes.length];
    for (int c = 0; c < axes.length; c++) {
      double[] axis = axes[c];
      double sum = 0;
      for (int i = 0; i < axis.length; i++) {
        sum += axis[i] * (standard[i] - centre[i]);
      }
      components[c] = sum;
    }
    return components;
  }

  /** The combined index of rows that follow each other, for each smoothing weight. */
  double[][] statistics(double[][] rows, double[] weights) {
    double[] standard = new double[size()];
    double[][] smooth = new double[weights.length][axes.length];
    double[][] all = new double[rows.length][weights.length];
    double[] now = new double[variables];
    for (int r = 0; r < rows.length; r++) {
      standardise(rows[r], now);
      shift(standard, now, r == 0);
      double[] components = components(standard);
      for (int w = 0; w < weights.length; w++) {
        double sum = 0;
        for (int c = 0; c < components.length; c++) {
          smooth[w][c] += weights[w] * (components[c] - smooth[w][c]);
          sum += smooth[w][c] * smooth[w][c];
        }
        all[r][w] = sum;
      }
    }
    return all;
  }

  /** Puts the newest reading first; the first one stands for those before it. */
  void shift(double[] standard, double[] now, boolean first) {
    for (int l = lags; l >= 0; l--) {
      if (l == 0 || first) {
        System.arraycopy(now, 0, standard, l * variables, variables);
      } else {
        System.arraycopy(standard, (l - 1) * variables, standard, l * variables, variables);
      }
    }
  }

  /** The part of each variable in the index of these components, by reconstruction. */
  double[] contributions(double[] components) {
    double[] parts = new double[variables];
    double sum = 0;
    for (int i = 0; i < centre.length; i++) {
      double pull = 0;
      for (int c = 0; c < axes.length; c++) {
        pull += axes[c][i] * components[c];
      }
      double part = pull * pull / precision[i];
      parts[i % variables] += part;
      sum += part;
    }
    for (int j = 0; j < variables; j++) {
      parts[j] = sum > 0 ? parts[j] / sum : 0;
    }
    return parts;
  }

  void write(SortedMap<String, List<Double>> numbers) {
    numbers.put("mean", list(mean));
    numbers.put("scale", list(scale));
    numbers.put("centre", list(centre));
    numbers.put("retained", List.of((double) retained));
    List<Double> flat = new ArrayList<>(axes.length * axes.length);
    for (double[] axis : axes) {
      flat.addAll(list(axis));
    }
    numbers.put("axes", flat);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  static Whitening read(SortedMap<String, List<Double>> numbers, int variables, int lags) {
    int d = variables * (lags + 1);
    if (d > MOST) {
      throw Moments.bad("axes", "would have " + d + " components");
    }
    double[] scale = Moments.numbers(numbers, "scale", variables);
    for (double s : scale) {
      if (!(s > 0)) {
        throw Moments.bad("scale", "holds " + s);
      }
    }
    double[] flat = Moments.numbers(numbers, "axes", d * d);
    double[][] axes = new double[d][];
    for (int c = 0; c < d; c++) {
      axes[c] = Arrays.copyOfRange(flat, c * d, (c + 1) * d);
    }
    return new Whitening(
        lags,
        Moments.numbers(numbers, "mean", variables),
        scale,
        Moments.numbers(numbers, "centre", d),
        axes,
        Moments.whole(Moments.numbers(numbers, "retained", 1)[0], "retained", 1, d));
  }
}
