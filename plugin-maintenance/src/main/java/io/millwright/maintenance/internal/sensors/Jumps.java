package io.millwright.maintenance.internal.sensors;

import io.millwright.runtime.monitoring.SensorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sensor judged against its own earlier course in the same unit: the errors of its estimate, the
 * mean of the last beside that of some time ago. Where units differ by as much as a fault, the
 * fault shows in what changes within one of them. What sound units change together as they wear is
 * learnt as sensors are, by {@link SensorModel}.
 *
 * @param models for each span of time what changes say of each other
 * @param limits for each span and sensor, beyond which a change is no sound unit's
 */
record Jumps(List<SensorModel> models, double[][] limits) {

  /** How many readings lie between the last ones and those before. */
  private static final int[] GAPS = {8, 32, 80};

  private static final int AFTER = 16;
  private static final int BEFORE = 32;

  /** Fewer readings before tell no course. */
  private static final int LEAST = 16;

  private static final int EVERY = 5;

  /** Beyond the largest of sound units held out. */
  private static final double ROOM = 1.35;

  /** Knows nothing and names nobody. */
  static Jumps none() {
    return new Jumps(List.of(), new double[0][]);
  }

  /** The errors of the estimates, in the units of the sensors. */
  static double[][] errors(SensorModel model, double[][] rows) {
    double[][] errors = new double[rows.length][model.sensors()];
    for (int j = 0; j < model.sensors(); j++) {
      boolean[] out = new boolean[model.sensors()];
      out[j] = true;
      for (int r = 0; r < rows.length; r++) {
        errors[r][j] = rows[r][j] - model.estimated(rows[r], out)[j];
      }
    }
    return errors;
  }

  /**
   * Learns from sound units.
   *
   * @param units the errors of their estimates
   * @param limits by span and sensor
   */
  static Jumps fit(List<double[][]> units, double[][] limits) {
    List<SensorModel> models = new ArrayList<>();
    for (int gap : GAPS) {
      List<double[]> changes = new ArrayList<>();
      for (double[][] errors : units) {
        for (int end = first(gap); end <= errors.length; end += EVERY) {
          changes.add(change(errors, end, gap));
        }
      }
      int p = units.get(0)[0].length;
      if (changes.size() < Math.max(40, 3 * p)) {
        break;
      }
      models.add(SensorModel.fit(changes.toArray(double[][]::new)));
    }
    return new Jumps(models, Arrays.copyOf(limits, models.size()));
  }

  static double[][] unlimited(int sensors) {
    return new double[GAPS.length][sensors];
  }

  /** Raises limits to what a sound unit shows at any age. */
  void raise(double[][] errors, double[][] limit) {
    for (int g = 0; g < models.size(); g++) {
      for (int end = first(GAPS[g]); end <= errors.length; end += EVERY) {
        double[] apart = apart(g, change(errors, end, GAPS[g]), -1);
        for (int j = 0; j < apart.length; j++) {
          limit[g][j] = Math.max(limit[g][j], ROOM * Math.abs(apart[j]));
        }
      }
    }
  }

  /** The sensor that changed alone, or -1. */
  int liar(double[][] errors) {
    for (int g = 0; g < models.size() && errors.length >= first(GAPS[g]); g++) {
      double[] change = change(errors, errors.length, GAPS[g]);
      double[] apart = apart(g, change, -1);
      double[] limit = limits[g];
      int first = 0;
      for (int j = 1; j < apart.length; j++) {
        first = Math.abs(apart[j]) > Math.abs(apart[first]) ? j : first;
      }
      double[] others = apart(g, change, first);
      int liar = first;
      if (Math.abs(apart[first]) > limit[first]
          && IntStream.range(0, others.length)
              .allMatch(j -> j == liar || !(Math.abs(others[j]) > limit[j]))) {
        return first;
      }
    }
    return -1;
  }

  private static int first(int gap) {
    return AFTER + gap + LEAST;
  }

  private static double[] change(double[][] errors, int end, int gap) {
    int to = end - AFTER - gap;
    double[] change = mean(errors, end - AFTER, end);
    double[] before = mean(errors, Math.max(0, to - BEFORE), to);
    for (int j = 0; j < change.length; j++) {
      change[j] -= before[j];
    }
    return change;
  }

  private static double[] mean(double[][] errors, int from, int to) {
    double[] mean = new double[errors[0].length];
    for (int j = 0; j < mean.length; j++) {
      int at = j;
      mean[j] =
          IntStream.range(from, to)
              .mapToDouble(r -> errors[r][at])
              .filter(Double::isFinite)
              .average()
              .orElse(Double.NaN);
    }
    return mean;
  }

  /** How far each change is from what the others say, one of them perhaps left out. */
  private double[] apart(int g, double[] change, int without) {
    SensorModel model = models.get(g);
    double[] apart = new double[change.length];
    for (int j = 0; j < change.length; j++) {
      boolean[] out = new boolean[change.length];
      out[j] = true;
      if (without >= 0) {
        out[without] = true;
      }
      double e = change[j] - model.estimated(change, out)[j];
      apart[j] = Double.isFinite(e) ? e / model.deviations(out)[j] : 0;
    }
    return apart;
  }
}
