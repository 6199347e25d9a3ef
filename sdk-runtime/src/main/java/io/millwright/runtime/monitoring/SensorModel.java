package io.millwright.runtime.monitoring;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;

/**
 * What sensors say of each other, learnt from normal readings: each is estimated from all others by
 * linear regression (the inverse of the covariance holds all of them), with the errors of held-out
 * blocks. By it a {@link SensorWatch} tells a sensor that lies from a machine that changed: without
 * the lying sensor, the others agree as ever. Immutable, thread-safe and deterministic.
 */
public final class SensorModel {

  private static final double RIDGE = 1e-3;

  final double[] mean;
  final double[] scale;
  final double[][] precision;

  /** The deviation of each estimate on held-out blocks, in standard units. */
  final double[] error;

  /** The deviation of differences between estimates' errors that follow each other. */
  final double[] step;

  /** The longest run of one value. */
  final double[] run;

  /** The limit of a smoothed single error, in its own deviations. */
  final double[] smoothLimit;

  /** The largest mean squared distance of a window on held-out blocks. */
  final double distance;

  private SensorModel(
      double[] mean,
      double[] scale,
      double[][] precision,
      double[] error,
      double[] step,
      double[] run,
      double[] smoothLimit,
      double distance) {
    this.mean = mean;
    this.scale = scale;
    this.precision = precision;
    this.error = error;
    this.step = step;
    this.run = run;
    this.smoothLimit = smoothLimit;
    this.distance = distance;
  }

  /**
   * Learns from normal readings.
   *
   * @param normal rows in the order of time, at least 40 and 3 for each sensor; NaN for missing
   * @return the model
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} when rows are too few
   */
  public static SensorModel fit(double[][] normal) {
    if (normal.length < 40 || normal[0].length < 2 || normal.length < 3 * normal[0].length) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          normal.length
              + " normal readings"
              + (normal.length == 0 ? "" : " of " + normal[0].length + " sensors")
              + " are too few\n"
              + "Maybe give at least 40 rows, 3 for each sensor, of 2 sensors or more");
    }
    double[][] rows = ProcessModel.filled(normal);
    int p = rows[0].length;
    double[] run = new double[p];
    for (int j = 0; j < p; j++) {
      int now = 1;
      for (int r = 1; r < normal.length; r++) {
        now = normal[r][j] == normal[r - 1][j] ? now + 1 : 1;
        run[j] = Math.max(run[j], now);
      }
    }
    Gauss whole = Gauss.of(rows);
    double[] squares = new double[p];
    double[] steps = new double[p];
    double[] most = new double[p];
    List<double[][]> held = new ArrayList<>();
    List<double[][]> errors = new ArrayList<>();
    double distance = p;
    for (int b = 0; b < ProcessModel.BLOCKS; b++) {
      int from = rows.length * b / ProcessModel.BLOCKS;
      int to = rows.length * (b + 1) / ProcessModel.BLOCKS;
      Gauss part = Gauss.of(ProcessModel.without(rows, from, to));
      double[][] e = new double[to - from][];
      double[] apart = new double[to - from];
      for (int r = from; r < to; r++) {
        double[] z = part.standard(rows[r]);
        e[r - from] = part.errors(z);
        apart[r - from] = part.distance(z, e[r - from]);
        for (int j = 0; j < p; j++) {
          squares[j] += e[r - from][j] * e[r - from][j] / rows.length;
          if (r > from) {
            double d = e[r - from][j] - e[r - from - 1][j];
            steps[j] += d * d / rows.length;
          }
        }
      }
      errors.add(e);
      distance = Math.max(distance, largest(apart));
    }
    double[] error = new double[p];
    double[] step = new double[p];
    for (int j = 0; j < p; j++) {
      error[j] = Math.sqrt(squares[j]) + 1e-6;
      step[j] = Math.sqrt(steps[j]) + 1e-6;
    }
    for (double[][] e : errors) {
      double[][] index = new double[e.length][p];
      double[] smooth = new double[p];
      for (int r = 0; r < e.length; r++) {
        for (int j = 0; j < p; j++) {
          smooth[j] += SensorWatch.WEIGHT * (e[r][j] / error[j] - smooth[j]);
          index[r][j] = smooth[j] * smooth[j];
          most[j] = Math.max(most[j], Math.abs(smooth[j]));
        }
      }
      held.add(index);
    }
    double[] smoothLimit = new double[p];
    for (int j = 0; j < p; j++) {
      smoothLimit[j] =
          Math.max(
              1.5 * most[j], Math.sqrt(HeldOutLimit.of(held, j, 0.01 / p, SensorWatch.CONFIDENCE)));
    }
    return new SensorModel(
        whole.mean, whole.scale, whole.precision, error, step, run, smoothLimit, 1.1 * distance);
  }

  /** The largest mean of a window. */
  private static double largest(double[] values) {
    double sum = 0;
    double most = 0;
    for (int r = 0; r < values.length; r++) {
      sum += values[r] - (r >= SensorWatch.WINDOW ? values[r - SensorWatch.WINDOW] : 0);
      most = r >= SensorWatch.WINDOW - 1 ? Math.max(most, sum / SensorWatch.WINDOW) : most;
    }
    return most;
  }

  /** Mean, scale and the inverse of the correlations. */
  private record Gauss(double[] mean, double[] scale, double[][] precision) {

    static Gauss of(double[][] rows) {
      int p = rows[0].length;
      double[] mean = new double[p];
      double[] scale = new double[p];
      for (int j = 0; j < p; j++) {
        int at = j;
        double[] column = Arrays.stream(rows).mapToDouble(r -> r[at]).toArray();
        mean[j] = Moments.mean(column);
        scale[j] = Math.sqrt(Moments.variance(column)) + 1e-9 * (1 + Math.abs(mean[j]));
      }
      double[][] c = new double[p][p];
      for (double[] row : rows) {
        for (int i = 0; i < p; i++) {
          double a = (row[i] - mean[i]) / scale[i] / rows.length;
          for (int j = 0; j < p; j++) {
            c[i][j] += a * (row[j] - mean[j]) / scale[j];
          }
        }
      }
      double ridge = Math.max(RIDGE, (double) p / (10 * rows.length));
      for (int i = 0; i < p; i++) {
        c[i][i] += ridge;
      }
      double[][] inverse =
          new CholeskyDecomposition(new Array2DRowRealMatrix(c, false), 1e-9, 1e-12)
              .getSolver()
              .getInverse()
              .getData();
      return new Gauss(mean, scale, inverse);
    }

    double[] standard(double[] row) {
      double[] z = new double[row.length];
      for (int j = 0; j < z.length; j++) {
        z[j] = (row[j] - mean[j]) / scale[j];
      }
      return z;
    }

    /** The squared distance of Mahalanobis. */
    double distance(double[] z, double[] errors) {
      double sum = 0;
      for (int j = 0; j < z.length; j++) {
        sum += z[j] * errors[j] * precision[j][j];
      }
      return sum;
    }

    double[] errors(double[] z) {
      double[] e = new double[z.length];
      for (int j = 0; j < z.length; j++) {
        double sum = 0;
        for (int k = 0; k < z.length; k++) {
          sum += precision[j][k] * z[k];
        }
        e[j] = sum / precision[j][j];
      }
      return e;
    }
  }

  /** Standard readings with some replaced by what the others say: the conditional mean. */
  double[] filled(double[] z, boolean[] out) {
    double[] full = z.clone();
    int[] set = places(out);
    if (set.length == 0) {
      return full;
    }
    double[] right = new double[set.length];
    for (int i = 0; i < set.length; i++) {
      double[] row = precision[set[i]];
      for (int k = 0; k < z.length; k++) {
        right[i] -= out[k] ? 0 : row[k] * z[k];
      }
    }
    double[] values =
        set.length == 1
            ? new double[] {right[0] / precision[set[0]][set[0]]}
            : solver(set).solve(new ArrayRealVector(right, false)).toArray();
    for (int i = 0; i < set.length; i++) {
      full[set[i]] = values[i];
    }
    return full;
  }

  private static int[] places(boolean[] out) {
    return IntStream.range(0, out.length).filter(j -> out[j]).toArray();
  }

  private DecompositionSolver solver(int[] set) {
    double[][] part = new double[set.length][set.length];
    for (int i = 0; i < set.length; i++) {
      for (int k = 0; k < set.length; k++) {
        part[i][k] = precision[set[i]][set[k]];
      }
    }
    return new CholeskyDecomposition(new Array2DRowRealMatrix(part, false), 1e-9, 1e-12)
        .getSolver();
  }

  /**
   * What a reading would be if some of its sensors were estimated from the others (virtual sensors,
   * soft sensors).
   *
   * @param reading one number for each sensor; NaN for missing, which are estimated as well
   * @param out the sensors to estimate
   * @return the reading with estimates, in the units of the sensors
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} when the number of sensors
   *     differs
   */
  public double[] estimated(double[] reading, boolean[] out) {
    if (reading.length != mean.length || out.length != mean.length) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "the reading has "
              + reading.length
              + " numbers, but the model knows "
              + mean.length
              + " sensors\nMaybe write NaN for what is missing");
    }
    boolean[] all = out.clone();
    double[] z = new double[mean.length];
    for (int j = 0; j < z.length; j++) {
      all[j] |= !Double.isFinite(reading[j]);
      z[j] = all[j] ? 0 : (reading[j] - mean[j]) / scale[j];
    }
    double[] full = filled(z, all);
    double[] estimates = reading.clone();
    for (int j = 0; j < z.length; j++) {
      estimates[j] = all[j] ? full[j] * scale[j] + mean[j] : reading[j];
    }
    return estimates;
  }

  /**
   * How well sensors are estimated when some are left out together: the conditional deviation, as
   * much wider as held-out readings showed.
   *
   * @param out the sensors to estimate
   * @return the standard deviation of each estimate in the unit of the sensor, 0 for the others
   */
  public double[] deviations(boolean[] out) {
    double[] deviations = new double[mean.length];
    int[] set = places(out);
    if (set.length == 0) {
      return deviations;
    }
    double[][] covariance = solver(set).getInverse().getData();
    for (int i = 0; i < set.length; i++) {
      int j = set[i];
      deviations[j] =
          error[j] * scale[j] * Math.sqrt(Math.max(1, precision[j][j] * covariance[i][i]));
    }
    return deviations;
  }

  /**
   * Begins to watch the sensors of one machine.
   *
   * @return a watch that has seen nothing
   */
  public SensorWatch begin() {
    return new SensorWatch(this);
  }

  /**
   * How many sensors there are.
   *
   * @return the number
   */
  public int sensors() {
    return mean.length;
  }

  /**
   * All that was learnt as named numbers, for a bundle.
   *
   * @return the numbers, the same bits by {@link #of}
   */
  public SortedMap<String, List<Double>> numbers() {
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    numbers.put("mean", list(mean));
    numbers.put("scale", list(scale));
    List<Double> flat = new ArrayList<>();
    for (double[] row : precision) {
      flat.addAll(list(row));
    }
    numbers.put("precision", flat);
    numbers.put("error", list(error));
    numbers.put("step", list(step));
    numbers.put("run", list(run));
    numbers.put("smooth", list(smoothLimit));
    numbers.put("distance", List.of(distance));
    return numbers;
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /**
   * A model from its numbers.
   *
   * @param numbers those of {@link #numbers}; not trusted
   * @return the model
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when they are none of a model
   */
  public static SensorModel of(SortedMap<String, List<Double>> numbers) {
    double[] mean = Moments.numbers(numbers, "mean", -1);
    int p = mean.length;
    double[] flat = Moments.numbers(numbers, "precision", p * p);
    double[][] precision = new double[p][];
    for (int j = 0; j < p; j++) {
      precision[j] = Arrays.copyOfRange(flat, j * p, (j + 1) * p);
      if (!(precision[j][j] > 0)) {
        throw Moments.bad("precision", "has a diagonal that is not above 0");
      }
    }
    double[] scale = Moments.numbers(numbers, "scale", p);
    if (Arrays.stream(scale).anyMatch(s -> !(s > 0))) {
      throw Moments.bad("scale", "holds one that is not above 0");
    }
    return new SensorModel(
        mean,
        scale,
        precision,
        Moments.numbers(numbers, "error", p),
        Moments.numbers(numbers, "step", p),
        Moments.numbers(numbers, "run", p),
        Moments.numbers(numbers, "smooth", p),
        Moments.numbers(numbers, "distance", 1)[0]);
  }
}
