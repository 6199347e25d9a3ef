package io.millwright.maintenance.internal.reliability;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.maintenance.Life;
import io.millwright.maintenance.SurvivalPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Nonparametric survival functions. */
final class Survival {

  private static final int MOST_ROUNDS = 20_000;

  private Survival() {}

  static List<SurvivalPoint> of(List<Life> lives, double level) {
    if (lives.stream().allMatch(Life::right)) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "none of " + lives.size() + " lives ended\nMaybe wait for a failure");
    }
    return lives.stream().allMatch(l -> l.exact() || l.right())
        ? kaplanMeier(lives, level)
        : turnbull(lives);
  }

  private static List<SurvivalPoint> kaplanMeier(List<Life> lives, double level) {
    TreeMap<Double, double[]> times = new TreeMap<>();
    double risk = 0;
    for (Life l : lives) {
      times.computeIfAbsent(l.from(), k -> new double[2])[l.right() ? 1 : 0] += l.count();
      risk += l.count();
    }
    double z = new NormalDistribution().inverseCumulativeProbability((1 + level) / 2);
    List<SurvivalPoint> points = new ArrayList<>();
    double survival = 1;
    double sum = 0;
    for (var time : times.entrySet()) {
      double failed = time.getValue()[0];
      if (failed > 0) {
        survival = risk - failed < 1e-9 * risk ? 0 : survival * (1 - failed / risk);
        sum += survival == 0 ? 0 : failed / (risk * (risk - failed));
        double low = 0;
        double high = 0;
        if (survival > 0) {
          double half = z * Math.sqrt(sum) / Math.log(survival);
          low = Math.pow(survival, Math.exp(-half));
          high = Math.pow(survival, Math.exp(half));
        }
        points.add(
            new SurvivalPoint(
                time.getKey(), risk, failed, survival, survival * Math.sqrt(sum), low, high));
      }
      risk -= failed + time.getValue()[1];
    }
    return points;
  }

  /** Turnbull's self-consistent shares of the intervals between all ends. */
  private static List<SurvivalPoint> turnbull(List<Life> lives) {
    TreeSet<Double> ends = new TreeSet<>();
    for (Life l : lives) {
      if (l.exact()) {
        ends.add(Math.nextDown(l.from()));
      } else {
        ends.add(l.from());
      }
      ends.add(l.to());
    }
    ends.add(0.0);
    ends.add(Double.POSITIVE_INFINITY);
    double[] at = ends.stream().mapToDouble(Double::doubleValue).toArray();
    int cells = at.length - 1;
    double[] share = new double[cells];
    java.util.Arrays.fill(share, 1.0 / cells);
    double all = lives.stream().mapToDouble(Life::count).sum();
    int[][] range = new int[lives.size()][2];
    for (int i = 0; i < range.length; i++) {
      Life l = lives.get(i);
      double from = l.exact() ? Math.nextDown(l.from()) : l.from();
      range[i][0] = java.util.Arrays.binarySearch(at, from);
      range[i][1] = java.util.Arrays.binarySearch(at, l.to());
    }
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] next = new double[cells];
      for (int i = 0; i < range.length; i++) {
        double sum = 0;
        for (int c = range[i][0]; c < range[i][1]; c++) {
          sum += share[c];
        }
        for (int c = range[i][0]; c < range[i][1]; c++) {
          next[c] += lives.get(i).count() * share[c] / (sum * all);
        }
      }
      double change = 0;
      for (int c = 0; c < cells; c++) {
        change = Math.max(change, Math.abs(next[c] - share[c]));
      }
      share = next;
      if (change < 1e-10) {
        break;
      }
    }
    List<SurvivalPoint> points = new ArrayList<>();
    double survival = 1;
    for (int c = 0; c < cells; c++) {
      if (share[c] > 1e-7 && Double.isFinite(at[c + 1])) {
        survival -= share[c];
        points.add(
            new SurvivalPoint(
                at[c + 1],
                Double.NaN,
                share[c] * all,
                Math.max(0, survival),
                Double.NaN,
                Double.NaN,
                Double.NaN));
      }
    }
    return points;
  }
}
