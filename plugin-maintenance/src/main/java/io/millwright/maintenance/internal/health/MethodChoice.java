package io.millwright.maintenance.internal.health;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.maintenance.HealthMethod;
import io.millwright.runtime.monitoring.MonitoringPlan;
import io.millwright.runtime.monitoring.ProcessModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Chooses the method that misses the fewest faults planted in held-out normal readings, at equal
 * false alarms. Five blocks are held out in turn; limits and expectations come from the others. A
 * method other than PCA is taken when it misses fewer by more than chance over the blocks (a t-test
 * of their differences) and by more than a little, and alarms no more often in held-out readings
 * than promised, or than PCA.
 */
final class MethodChoice {

  private static final int BLOCKS = 5;

  /** Below so many readings five blocks say nothing. */
  static final int LEAST_ROWS = 250;

  /** So many readings are judged at most. */
  private static final int MOST_ROWS = 10_000;

  /** So many readings of a block get faults. */
  private static final int MOST_PLANTED = 400;

  private static final double CONFIDENCE = 0.95;
  private static final double LITTLE = 0.02;

  private final Composer composer;
  private final Jobs.Control<?> control;
  private final MonitoringPlan plan;
  private final Set<HealthMethod> methods;
  private final long key;

  MethodChoice(
      Composer composer, Jobs.Control<?> control, MonitoringPlan plan, Set<HealthMethod> methods, long key) {
    this.composer = composer;
    this.control = control;
    this.plan = plan;
    this.methods = methods;
    this.key = key;
  }

  /**
   * How a method did on held-out readings.
   *
   * @param missed the share of planted faults, by block
   * @param falseAlarms the share of normal readings
   */
  record Trial(double[] missed, double falseAlarms) {
    double mean() {
      return Arrays.stream(missed).average().orElse(1);
    }
  }

  /**
   * What was chosen.
   *
   * @param limits by the chosen method
   * @param method the method
   * @param trials of all methods that were judged; empty for none
   * @param why in words
   */
  record Choice(Limits limits, HealthMethod method, Map<HealthMethod, Trial> trials, String why) {}

  Choice of(double[][] rows) {
    ProcessModel pca = ProcessModel.fit(rows, plan);
    int[] used = pca.monitored().stream().mapToInt(j -> j).toArray();
    Map<HealthMethod, Trial> trials = new EnumMap<>(HealthMethod.class);
    Limits plain = new Limits(pca, null, null);
    boolean alone = methods.size() == 1;
    HealthMethod first = methods.iterator().next();
    if (alone && first == HealthMethod.PCA) {
      return new Choice(plain, first, trials, "PCA, as asked for");
    }
    if (used.length < 2) {
      return without(plain, "fewer than two columns change", alone);
    }
    ResidualFit all = new ResidualFit(composer, control, key, rows, used);
    int windows = all.ends(9, rows.length, rows.length).length;
    if (rows.length < LEAST_ROWS || windows < rows.length / 2) {
      return without(
          plain,
          rows.length < LEAST_ROWS
              ? rows.length + " readings are too few to choose by, " + LEAST_ROWS + " are needed"
              : "too many readings lack a value",
          alone);
    }
    double[][] judged = rows;
    if (rows.length > MOST_ROWS) {
      int each = MOST_ROWS / BLOCKS;
      judged = new double[each * BLOCKS][];
      for (int r = 0; r < judged.length; r++) {
        judged[r] = rows[(int) ((long) (r / each) * rows.length / BLOCKS) + r % each];
      }
    }
    trials.put(HealthMethod.PCA, trial(HealthMethod.PCA, judged, used));
    List<String> left = new ArrayList<>();
    for (HealthMethod method : methods) {
      if (method != HealthMethod.PCA) {
        try {
          trials.put(method, trial(method, judged, used));
        } catch (MillwrightException e) {
          boolean untried =
              e.code().equals(ErrorCode.NO_ENGINE) || e.code().equals(ErrorCode.DIVERGED);
          if (!untried || alone) {
            throw e;
          }
          left.add(method.words() + " not tried: " + e.code());
        }
      }
    }
    HealthMethod best = alone ? first : best(trials);
    Limits limits = best == HealthMethod.PCA ? plain : limits(best, rows, used);
    return new Choice(limits, best, trials, words(best, trials, left, alone));
  }

  private static Choice without(Limits plain, String why, boolean alone) {
    if (alone) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, why + "\nMaybe use PCA, or record normal operation for longer");
    }
    return new Choice(plain, HealthMethod.PCA, Map.of(), "PCA, without a choice: " + why);
  }

  private HealthMethod best(Map<HealthMethod, Trial> trials) {
    Trial pca = trials.get(HealthMethod.PCA);
    HealthMethod best = HealthMethod.PCA;
    for (Map.Entry<HealthMethod, Trial> one : trials.entrySet()) {
      Trial trial = one.getValue();
      if (pca != null
          && trial.mean() < java.util.Objects.requireNonNull(trials.get(best)).mean()
          && trial.falseAlarms() <= Math.max(plan.falseAlarms(), pca.falseAlarms())
          && clearly(pca.missed(), trial.missed())) {
        best = one.getKey();
      }
    }
    return best;
  }

  private static boolean clearly(double[] simple, double[] other) {
    int n = simple.length;
    double mean = 0;
    for (int b = 0; b < n; b++) {
      mean += (simple[b] - other[b]) / n;
    }
    double squares = 0;
    for (int b = 0; b < n; b++) {
      double d = simple[b] - other[b] - mean;
      squares += d * d / (n - 1);
    }
    double t = new TDistribution(n - 1.0).inverseCumulativeProbability(CONFIDENCE);
    return mean > Math.max(LITTLE, t * Math.sqrt(squares / n));
  }

  private static String words(
      HealthMethod best, Map<HealthMethod, Trial> trials, List<String> left, boolean alone) {
    List<String> parts = new ArrayList<>();
    trials.forEach(
        (method, trial) ->
            parts.add(
                String.format(
                    Locale.ROOT,
                    "%s misses %.1f %% with %.1f %% false alarms",
                    method.words(),
                    100 * trial.mean(),
                    100 * trial.falseAlarms())));
    parts.addAll(left);
    return best.words()
        + (alone ? ", as asked for" : "")
        + "; of faults planted in held-out normal readings "
        + String.join(", ", parts);
  }

  private MonitoringPlan half(int lags) {
    return new MonitoringPlan(plan.falseAlarms() / 2, plan.smoothing(), lags);
  }

  /** Limits from all rows; expectations that limits come from were learnt without their block. */
  private Limits limits(HealthMethod method, double[][] rows, int[] used) {
    ResidualFit fit = new ResidualFit(composer, control, key, rows, used);
    List<double[]> residuals = new ArrayList<>();
    for (int b = 0; b < BLOCKS; b++) {
      int from = rows.length * b / BLOCKS;
      int to = rows.length * (b + 1) / BLOCKS;
      Residuals part = fit.fit(method, from, to);
      residuals.addAll(Arrays.asList(fit.residuals(part, inside(fit, part.window(), from, to))));
    }
    return new Limits(
        ProcessModel.fit(rows, half(plan.lags())),
        fit.fit(method, rows.length, rows.length),
        ProcessModel.fit(residuals.toArray(double[][]::new), half(0)));
  }

  private static int[] inside(ResidualFit fit, int window, int from, int to) {
    return Arrays.stream(fit.ends(window, Integer.MAX_VALUE, Integer.MAX_VALUE))
        .filter(t -> t >= from && t < to)
        .toArray();
  }

  private Trial trial(HealthMethod method, double[][] rows, int[] used) {
    double[] scale = new double[used.length];
    for (int i = 0; i < used.length; i++) {
      int j = used[i];
      double mean = Arrays.stream(rows).mapToDouble(r -> r[j]).filter(Double::isFinite).average().orElse(0);
      scale[i] =
          Math.sqrt(
              Arrays.stream(rows)
                  .mapToDouble(r -> (r[j] - mean) * (r[j] - mean))
                  .filter(Double::isFinite)
                  .average()
                  .orElse(0));
    }
    ResidualFit fit = new ResidualFit(composer, control, key, rows, used);
    Residuals[] parts = new Residuals[BLOCKS];
    double[][][] residuals = new double[BLOCKS][][];
    if (method != HealthMethod.PCA) {
      for (int b = 0; b < BLOCKS; b++) {
        int from = rows.length * b / BLOCKS;
        int to = rows.length * (b + 1) / BLOCKS;
        parts[b] = fit.fit(method, from, to);
        residuals[b] = fit.residuals(parts[b], inside(fit, parts[b].window(), from, to));
      }
    }
    double[] missed = new double[BLOCKS];
    double alarms = 0;
    for (int b = 0; b < BLOCKS; b++) {
      control.checkpoint();
      int from = rows.length * b / BLOCKS;
      int to = rows.length * (b + 1) / BLOCKS;
      double[][] rest = without(rows, from, to);
      Limits limits;
      if (method == HealthMethod.PCA) {
        limits = new Limits(ProcessModel.fit(rest, plan), null, null);
      } else {
        List<double[]> others = new ArrayList<>();
        for (int o = 0; o < BLOCKS; o++) {
          if (o != b) {
            others.addAll(Arrays.asList(residuals[o]));
          }
        }
        limits =
            new Limits(
                ProcessModel.fit(rest, half(plan.lags())),
                parts[b],
                ProcessModel.fit(others.toArray(double[][]::new), half(0)));
      }
      double[][] block = Arrays.copyOfRange(rows, from, to);
      Limits.Watch watch = limits.begin();
      for (double[] row : block) {
        alarms += watch.take(row).ratio() > 1 ? 1 : 0;
      }
      double[][] part = Arrays.copyOf(block, Math.min(block.length, MOST_PLANTED));
      PlantedFaults faults = new PlantedFaults(rest, used, scale, key * BLOCKS + b);
      missed[b] =
          Arrays.stream(faults.missed(limits, part, part.length / 3)).average().orElse(1);
    }
    return new Trial(missed, alarms / rows.length);
  }

  private static double[][] without(double[][] rows, int from, int to) {
    double[][] rest = new double[rows.length - (to - from)][];
    System.arraycopy(rows, 0, rest, 0, from);
    System.arraycopy(rows, to, rest, from, rows.length - to);
    return rest;
  }
}
