package io.millwright.runtime.monitoring;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Multivariate limits of a process, learnt from normal readings alone. Readings are standardised
 * and turned into uncorrelated components of unit variance; T² sums the squares of the components
 * that stand out of noise (above the edge of Marchenko and Pastur 1967), SPE those of the others,
 * each in its own variance (Hawkins 1974), and the alarm is by their sum (the combined index of Yue
 * and Qin 2001), once for each reading and once smoothed. The covariance counts slow changes of
 * level several times, since a short training shows only a part of them.
 *
 * <p>A limit is the quantile of readings held out in whole blocks, moved up to where the quantile
 * of a block that nobody has seen stays below it with 90 %: readings that follow each other are
 * alike, so the textbook's limits alarm too often. Immutable, thread-safe and deterministic.
 */
public final class ProcessModel {

  static final int BLOCKS = 5;
  private static final int LEAST_ROWS = 40;
  private static final double CONFIDENCE = 0.9;

  /** A variable whose block means have more than this share of its variance drifts. */
  private static final double DRIFT = 0.3;

  private static final double MOST_MISSING = 0.2;

  private final MonitoringPlan plan;
  private final int variables;
  private final int[] used;
  private final Whitening whitening;
  private final double[] limits;
  private final double[] typical;

  private ProcessModel(
      MonitoringPlan plan,
      int variables,
      int[] used,
      Whitening whitening,
      double[] limits,
      double[] typical) {
    this.plan = plan;
    this.variables = variables;
    this.used = used;
    this.whitening = whitening;
    this.limits = limits;
    this.typical = typical;
  }

  /**
   * Learns limits.
   *
   * @param normal rows of readings in the order of time, all of one length, at least 40; NaN for
   *     missing
   * @param plan how
   * @return the model
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} when rows or variables are too
   *     few, with {@link ErrorCode#WRONG_SHAPE} when rows differ in length
   */
  public static ProcessModel fit(double[][] normal, MonitoringPlan plan) {
    checkShape(normal);
    double[][] rows = filled(normal);
    int[] used = usable(normal, rows);
    double[][] chosen = select(rows, used);
    double[] weights = plan.smoothing() < 1 ? new double[] {1, plan.smoothing()} : new double[] {1};
    List<double[][]> held = new ArrayList<>();
    for (int b = 0; b < BLOCKS; b++) {
      int from = chosen.length * b / BLOCKS;
      int to = chosen.length * (b + 1) / BLOCKS;
      Whitening part = Whitening.fit(without(chosen, from, to), BLOCKS - 1, plan.lags());
      held.add(part.statistics(Arrays.copyOfRange(chosen, from, to), weights));
    }
    double[] limits = new double[weights.length];
    double[] typical = new double[weights.length];
    for (int s = 0; s < weights.length; s++) {
      limits[s] = HeldOutLimit.of(held, s, plan.falseAlarms() / weights.length, CONFIDENCE);
      typical[s] = HeldOutLimit.median(held, s);
    }
    return new ProcessModel(
        plan, normal[0].length, used, Whitening.fit(chosen, BLOCKS, plan.lags()), limits, typical);
  }

  private static void checkShape(double[][] normal) {
    if (normal.length < LEAST_ROWS) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "there are "
              + normal.length
              + " normal readings, but limits need "
              + LEAST_ROWS
              + "\nMaybe record normal operation for longer");
    }
    for (int r = 0; r < normal.length; r++) {
      if (normal[r].length != normal[0].length || normal[r].length == 0) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            "row "
                + (r + 1)
                + " has "
                + normal[r].length
                + " readings, but the first has "
                + normal[0].length
                + "\nMaybe write NaN for what is missing");
      }
    }
  }

  /** Missing readings hold the last one before them, or the mean. */
  static double[][] filled(double[][] rows) {
    int p = rows[0].length;
    double[][] full = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      full[r] = rows[r].clone();
    }
    for (int j = 0; j < p; j++) {
      int at = j;
      double last =
          Arrays.stream(rows).mapToDouble(x -> x[at]).filter(Double::isFinite).average().orElse(0);
      for (double[] row : full) {
        if (Double.isFinite(row[j])) {
          last = row[j];
        } else {
          row[j] = last;
        }
      }
    }
    return full;
  }

  private static int[] usable(double[][] normal, double[][] rows) {
    int p = normal[0].length;
    List<Integer> steady = new ArrayList<>();
    List<Integer> moving = new ArrayList<>();
    for (int j = 0; j < p; j++) {
      int at = j;
      long missing = Arrays.stream(normal).filter(x -> !Double.isFinite(x[at])).count();
      double[] course = Arrays.stream(rows).mapToDouble(x -> x[at]).toArray();
      double variance = Moments.variance(course);
      double size = Math.abs(Moments.mean(course));
      if (missing > MOST_MISSING * normal.length || !(variance > 1e-18 * (1 + size * size))) {
        continue;
      }
      double[] means = new double[BLOCKS];
      for (int b = 0; b < BLOCKS; b++) {
        means[b] =
            Moments.mean(
                Arrays.copyOfRange(
                    course, course.length * b / BLOCKS, course.length * (b + 1) / BLOCKS));
      }
      (Moments.variance(means) > DRIFT * variance ? moving : steady).add(j);
    }
    // Where nearly everything drifts, drift is what the process does.
    List<Integer> all = new ArrayList<>(steady);
    if (steady.size() < 2) {
      all.addAll(moving);
      all.sort(null);
    }
    if (all.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "none of the "
              + p
              + " variables changes in the normal readings\nMaybe they are not read");
    }
    return all.stream().mapToInt(i -> i).toArray();
  }

  static double[][] select(double[][] rows, int[] used) {
    return Arrays.stream(rows)
        .map(r -> Arrays.stream(used).mapToDouble(j -> r[j]).toArray())
        .toArray(double[][]::new);
  }

  static double[][] without(double[][] rows, int from, int to) {
    double[][] rest = new double[rows.length - (to - from)][];
    System.arraycopy(rows, 0, rest, 0, from);
    System.arraycopy(rows, to, rest, from, rows.length - to);
    return rest;
  }

  /**
   * Begins to watch a process.
   *
   * @return a watch that has seen nothing
   */
  public ProcessWatch begin() {
    return new ProcessWatch(this);
  }

  /**
   * How many variables a reading has.
   *
   * @return the number
   */
  public int variables() {
    return variables;
  }

  /**
   * Which variables are monitored: those that change in the training data without drifting away.
   *
   * @return their places, from 0, ascending
   */
  public List<Integer> monitored() {
    return Arrays.stream(used).boxed().toList();
  }

  /**
   * How many components T² retains, chosen by itself.
   *
   * @return the number, at least 1
   */
  public int components() {
    return whitening.retained();
  }

  /**
   * The plan.
   *
   * @return as given
   */
  public MonitoringPlan plan() {
    return plan;
  }

  /**
   * The limits of the combined index: for each reading, and smoothed when the plan smooths.
   *
   * @return one or two limits
   */
  public List<Double> limits() {
    return Arrays.stream(limits).boxed().toList();
  }

  int[] used() {
    return used;
  }

  Whitening whitening() {
    return whitening;
  }

  double limit(int statistic) {
    return limits[statistic];
  }

  double typical(int statistic) {
    return typical[statistic];
  }

  int statistics() {
    return limits.length;
  }

  /**
   * All that was learnt as named numbers, for a bundle.
   *
   * @return the numbers, the same bits by {@link #of}
   */
  public SortedMap<String, List<Double>> numbers() {
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    numbers.put(
        "plan", List.of(plan.falseAlarms(), plan.smoothing(), plan.lags() + 0.0, variables + 0.0));
    numbers.put("used", Arrays.stream(used).mapToObj(j -> (double) j).toList());
    numbers.put("limits", Arrays.stream(limits).boxed().toList());
    numbers.put("typical", Arrays.stream(typical).boxed().toList());
    whitening.write(numbers);
    return numbers;
  }

  /**
   * A model from its numbers.
   *
   * @param numbers those of {@link #numbers}; not trusted
   * @return the model
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when they are none of a model
   */
  public static ProcessModel of(SortedMap<String, List<Double>> numbers) {
    double[] head = Moments.numbers(numbers, "plan", 4);
    MonitoringPlan plan;
    try {
      plan = new MonitoringPlan(head[0], head[1], Moments.whole(head[2], "plan", 0, 10));
    } catch (MillwrightException e) {
      throw Moments.bad("plan", "is no plan: " + e.getMessage());
    }
    int variables = Moments.whole(head[3], "plan", 1, 100_000);
    double[] places = Moments.numbers(numbers, "used", -1);
    int[] used = new int[places.length];
    for (int i = 0; i < used.length; i++) {
      used[i] = Moments.whole(places[i], "used", i == 0 ? 0 : used[i - 1] + 1, variables - 1);
    }
    int statistics = plan.smoothing() < 1 ? 2 : 1;
    return new ProcessModel(
        plan,
        variables,
        used,
        Whitening.read(numbers, used.length, plan.lags()),
        Moments.numbers(numbers, "limits", statistics),
        Moments.numbers(numbers, "typical", statistics));
  }
}
