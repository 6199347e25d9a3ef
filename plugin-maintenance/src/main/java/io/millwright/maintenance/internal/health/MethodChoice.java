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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Chooses the method that misses the fewest faults planted in held-out normal readings, at equal
 * false alarms. Five blocks are held out in turn; limits and expectations come from the others. A
 * method is taken instead of a simpler one when it misses fewer by more than chance over the blocks
 * (a t-test of their differences) and by more than a little. Where it would alarm more often in
 * held-out readings than promised, and than PCA, its limits are first raised to where it does not.
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

  /** Of what the simpler method misses, the least that a better one finds. */
  private static final double LITTLE = 0.05;

  private final Composer composer;
  private final Jobs.Control<?> control;
  private final MonitoringPlan plan;
  private final Set<HealthMethod> methods;
  private final long key;

  MethodChoice(
      Composer composer,
      Jobs.Control<?> control,
      MonitoringPlan plan,
      Set<HealthMethod> methods,
      long key) {
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
   * @param raise by how much its limits were raised, at least 1
   * @param parts expectations by block, each learnt without it; empty for PCA
   */
  record Trial(double[] missed, double falseAlarms, double raise, List<Part> parts) {
    double mean() {
      return Arrays.stream(missed).average().orElse(1);
    }
  }

  /** Expectations that were learnt without a block, and the residuals of the block. */
  record Part(Residuals residuals, double[][] left) {}

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
    Trial simple = trial(HealthMethod.PCA, judged, used, plan.falseAlarms());
    double most = Math.max(plan.falseAlarms(), simple.falseAlarms());
    trials.put(HealthMethod.PCA, simple);
    List<String> left = new ArrayList<>();
    for (HealthMethod method : methods) {
      if (method != HealthMethod.PCA) {
        try {
          trials.put(method, trial(method, judged, used, most));
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
    HealthMethod best = alone ? first : best(trials, simple);
    Limits limits = plain;
    if (best != HealthMethod.PCA) {
      Trial trial = Objects.requireNonNull(trials.get(best), "chosen without a trial");
      List<Part> parts = judged == rows ? trial.parts() : parts(all, best, rows.length);
      limits =
          new Limits(
              ProcessModel.fit(rows, half(plan.lags())),
              all.fit(best, rows.length, rows.length),
              raised(unexpected(parts, -1), trial.raise()));
    }
    return new Choice(limits, best, trials, words(best, trials, left, alone));
  }

  private static Choice without(Limits plain, String why, boolean alone) {
    if (alone) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, why + "\nMaybe use PCA, or record normal operation for longer");
    }
    return new Choice(plain, HealthMethod.PCA, Map.of(), "PCA, without a choice: " + why);
  }

  /** From the simplest on, each has to be clearly better than the best before it. */
  private static HealthMethod best(Map<HealthMethod, Trial> trials, Trial simple) {
    HealthMethod best = HealthMethod.PCA;
    Trial least = simple;
    for (Map.Entry<HealthMethod, Trial> one : trials.entrySet()) {
      if (clearly(least.missed(), one.getValue().missed())) {
        best = one.getKey();
        least = one.getValue();
      }
    }
    return best;
  }

  private static boolean clearly(double[] simple, double[] other) {
    int n = simple.length;
    double mean = 0;
    double all = 0;
    for (int b = 0; b < n; b++) {
      all += simple[b] / n;
      mean += (simple[b] - other[b]) / n;
    }
    double squares = 0;
    for (int b = 0; b < n; b++) {
      double d = simple[b] - other[b] - mean;
      squares += d * d / (n - 1);
    }
    double t = new TDistribution(n - 1.0).inverseCumulativeProbability(CONFIDENCE);
    return mean > Math.max(LITTLE * all, t * Math.sqrt(squares / n));
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

  /** Limits of residuals, of all blocks but one. */
  private ProcessModel unexpected(List<Part> parts, int out) {
    List<double[]> left = new ArrayList<>();
    for (int b = 0; b < BLOCKS; b++) {
      if (b != out) {
        left.addAll(Arrays.asList(parts.get(b).left()));
      }
    }
    return ProcessModel.fit(left.toArray(double[][]::new), half(0));
  }

  private static ProcessModel raised(ProcessModel model, double by) {
    SortedMap<String, List<Double>> numbers = model.numbers();
    numbers.put("limits", model.limits().stream().map(l -> l * by).toList());
    return ProcessModel.of(numbers);
  }

  private static List<Part> parts(ResidualFit fit, HealthMethod method, int rows) {
    List<Part> parts = new ArrayList<>();
    for (int b = 0; b < BLOCKS && method != HealthMethod.PCA; b++) {
      int from = rows * b / BLOCKS;
      int to = rows * (b + 1) / BLOCKS;
      Residuals part = fit.fit(method, from, to);
      parts.add(new Part(part, fit.residuals(part, inside(fit, part.window(), from, to))));
    }
    return parts;
  }

  private static int[] inside(ResidualFit fit, int window, int from, int to) {
    return Arrays.stream(fit.ends(window, Integer.MAX_VALUE, Integer.MAX_VALUE))
        .filter(t -> t >= from && t < to)
        .toArray();
  }

  private Trial trial(HealthMethod method, double[][] rows, int[] used, double most) {
    ResidualFit fit = new ResidualFit(composer, control, key, rows, used);
    List<Part> parts = parts(fit, method, rows.length);
    List<Limits> limits = new ArrayList<>();
    List<Double> beyond = new ArrayList<>();
    int alarms = 0;
    for (int b = 0; b < BLOCKS; b++) {
      control.checkpoint();
      int from = rows.length * b / BLOCKS;
      int to = rows.length * (b + 1) / BLOCKS;
      double[][] rest = without(rows, from, to);
      Limits own =
          parts.isEmpty()
              ? new Limits(ProcessModel.fit(rest, plan), null, null)
              : new Limits(
                  ProcessModel.fit(rest, half(plan.lags())),
                  parts.get(b).residuals(),
                  unexpected(parts, b));
      limits.add(own);
      Limits.Watch watch = own.begin();
      for (int r = from; r < to; r++) {
        Limits.Point point = watch.take(rows[r]);
        if (point.readings().ratio() > 1) {
          alarms++;
        } else if (point.ratio() > 1) {
          beyond.add(point.ratio());
        }
      }
    }
    beyond.sort(Comparator.reverseOrder());
    int allowed = (int) Math.max(0, Math.floor(most * rows.length + 1e-9) - alarms);
    double raise = beyond.size() > allowed ? beyond.get(allowed) : 1;
    alarms += Math.min(allowed, beyond.size());
    double[] missed = new double[BLOCKS];
    for (int b = 0; b < BLOCKS; b++) {
      control.checkpoint();
      int from = rows.length * b / BLOCKS;
      int to = rows.length * (b + 1) / BLOCKS;
      Limits own = limits.get(b);
      if (own.unexpected() != null) {
        own = new Limits(own.process(), own.residuals(), raised(own.unexpected(), raise));
      }
      double[][] block = Arrays.copyOfRange(rows, from, Math.min(to, from + MOST_PLANTED));
      PlantedFaults faults =
          new PlantedFaults(without(rows, from, to), used, fit.scale(), key * BLOCKS + b);
      missed[b] = Arrays.stream(faults.missed(own, block, block.length / 3)).average().orElse(1);
    }
    return new Trial(missed, alarms / (double) rows.length, raise, parts);
  }

  private static double[][] without(double[][] rows, int from, int to) {
    double[][] rest = new double[rows.length - (to - from)][];
    System.arraycopy(rows, 0, rest, 0, from);
    System.arraycopy(rows, to, rest, from, rows.length - to);
    return rest;
  }
}
