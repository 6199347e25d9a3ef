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
 * blocks. Where readings stand in clear operating conditions, the regression is that within them,
 * as a straight line across six conditions is coarser than any fault of a sensor within one. By it
 * a {@link SensorWatch} tells a sensor that lies from a machine that changed: without the lying
 * sensor, the others agree as ever. Immutable, thread-safe and deterministic.
 */
public final class SensorModel {

  private static final double RIDGE = 1e-3;

  final Conditions conditions;

  /** The deviation of each sensor within conditions. */
  final double[] common;

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
      Conditions conditions,
      double[][] precision,
      double[] error,
      double[] step,
      double[] run,
      double[] smoothLimit,
      double distance) {
    this.conditions = conditions;
    this.common = conditions.common();
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
    int[] labels = Conditions.find(rows);
    int count = 1 + Arrays.stream(labels).max().orElse(0);
    SensorModel plain = fit(rows, run, new int[rows.length], 1);
    SensorModel within = count == 1 ? plain : fit(rows, run, labels, count);
    return within.vague() < plain.vague() ? within : plain;
  }

  /** The mean logarithm of the deviations of the estimates. */
  private double vague() {
    double sum = 0;
    for (int j = 0; j < error.length; j++) {
      sum += Math.log(error[j] * common[j]) / error.length;
    }
    return sum;
  }

  private static SensorModel fit(double[][] rows, double[] run, int[] labels, int count) {
    int p = run.length;
    Gauss whole = Gauss.of(rows, labels, count);
    double[] squares = new double[p];
    double[] steps = new double[p];
    double[] most = new double[p];
    List<double[][]> held = new ArrayList<>();
    List<double[][]> errors = new ArrayList<>();
    double distance = p;
    for (int b = 0; b < ProcessModel.BLOCKS; b++) {
      int from = rows.length * b / ProcessModel.BLOCKS;
      int to = rows.length * (b + 1) / ProcessModel.BLOCKS;
      Gauss part = Gauss.of(ProcessModel.without(rows, from, to), without(labels, from, to), count);
      double[][] e = new double[to - from][];
      double[] apart = new double[to - from];
      for (int r = from; r < to; r++) {
        double[] z = part.conditions.standard(rows[r], labels[r]);
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
        whole.conditions, whole.precision, error, step, run, smoothLimit, 1.1 * distance);
  }

  private static int[] without(int[] labels, int from, int to) {
    return IntStream.range(0, labels.length)
        .filter(r -> r < from || r >= to)
        .map(r -> labels[r])
        .toArray();
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

  /** Conditions and the inverse of the correlations within them. */
  private record Gauss(Conditions conditions, double[][] precision) {

    static Gauss of(double[][] rows, int[] labels, int count) {
      int p = rows[0].length;
      Conditions conditions = Conditions.of(rows, labels, count);
      double[][] c = new double[p][p];
      for (int r = 0; r < rows.length; r++) {
        double[] z = conditions.standard(rows[r], labels[r]);
        for (int i = 0; i < p; i++) {
          double a = z[i] / rows.length;
          for (int j = 0; j <= i; j++) {
            c[i][j] += a * z[j];
            c[j][i] = c[i][j];
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
      return new Gauss(conditions, inverse);
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
    if (reading.length != sensors() || out.length != sensors()) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "the reading has "
              + reading.length
              + " numbers, but the model knows "
              + sensors()
              + " sensors\nMaybe write NaN for what is missing");
    }
    boolean[] all = out.clone();
    double[] known = reading.clone();
    for (int j = 0; j < known.length; j++) {
      all[j] |= !Double.isFinite(reading[j]);
      known[j] = all[j] ? Double.NaN : reading[j];
    }
    int condition = conditions.of(known, common);
    double[] full = filled(conditions.standard(known, condition), all);
    double[] estimates = reading.clone();
    for (int j = 0; j < known.length; j++) {
      estimates[j] = all[j] ? conditions.reading(full[j], condition, j) : reading[j];
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
    double[] deviations = new double[sensors()];
    int[] set = places(out);
    if (set.length == 0) {
      return deviations;
    }
    double[][] covariance = solver(set).getInverse().getData();
    for (int i = 0; i < set.length; i++) {
      int j = set[i];
      deviations[j] =
          error[j] * common[j] * Math.sqrt(Math.max(1, precision[j][j] * covariance[i][i]));
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
    return error.length;
  }

  /**
   * All that was learnt as named numbers, for a bundle.
   *
   * @return the numbers, the same bits by {@link #of}
   */
  public SortedMap<String, List<Double>> numbers() {
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    numbers.put("mean", flat(conditions.mean()));
    numbers.put("scale", flat(conditions.scale()));
    numbers.put("precision", flat(precision));
    numbers.put("error", list(error));
    numbers.put("step", list(step));
    numbers.put("run", list(run));
    numbers.put("smooth", list(smoothLimit));
    numbers.put("distance", List.of(distance));
    return numbers;
  }

  private static List<Double> flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).boxed().toList();
  }

  private static double[][] rows(double[] flat, int length) {
    return IntStream.range(0, flat.length / length)
        .mapToObj(r -> Arrays.copyOfRange(flat, r * length, (r + 1) * length))
        .toArray(double[][]::new);
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
    double[] error = Moments.numbers(numbers, "error", -1);
    int p = error.length;
    double[] mean = Moments.numbers(numbers, "mean", -1);
    if (mean.length % p != 0) {
      throw Moments.bad("mean", "has " + mean.length + " numbers for " + p + " sensors");
    }
    double[][] precision = rows(Moments.numbers(numbers, "precision", p * p), p);
    for (int j = 0; j < p; j++) {
      if (!(precision[j][j] > 0)) {
        throw Moments.bad("precision", "has a diagonal that is not above 0");
      }
    }
    double[] scale = Moments.numbers(numbers, "scale", mean.length);
    if (Arrays.stream(scale).anyMatch(s -> !(s > 0))) {
      throw Moments.bad("scale", "holds one that is not above 0");
    }
    return new SensorModel(
        new Conditions(rows(mean, p), rows(scale, p)),
        precision,
        error,
        Moments.numbers(numbers, "step", p),
        Moments.numbers(numbers, "run", p),
        Moments.numbers(numbers, "smooth", p),
        Moments.numbers(numbers, "distance", 1)[0]);
  }
}
