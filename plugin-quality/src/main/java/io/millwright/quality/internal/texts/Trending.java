package io.millwright.quality.internal.texts;

import io.millwright.quality.Span;
import io.millwright.quality.ThemeTrend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Logistic regression of the share of a theme on the period. */
final class Trending {

  private static final NormalDistribution NORMAL = new NormalDistribution();
  private static final int LEAST = 5;
  private static final int PERIODS = 3;

  private Trending() {}

  static List<ThemeTrend> of(List<Set<String>> themes, List<Integer> periods, double level) {
    int first = periods.stream().mapToInt(Integer::intValue).min().orElse(0);
    int last = periods.stream().mapToInt(Integer::intValue).max().orElse(0);
    int n = last - first + 1;
    int[] totals = new int[n];
    Map<String, int[]> counts = new HashMap<>();
    for (int r = 0; r < themes.size(); r++) {
      int at = periods.get(r) - first;
      totals[at]++;
      themes.get(r).forEach(t -> counts.computeIfAbsent(t, k -> new int[n])[at]++);
    }
    long filled = Arrays.stream(totals).filter(t -> t > 0).count();
    if (filled < PERIODS) {
      return List.of();
    }
    List<ThemeTrend> out = new ArrayList<>();
    for (String theme : new TreeSet<>(counts.keySet())) {
      int[] own = counts.getOrDefault(theme, new int[n]);
      int sum = Arrays.stream(own).sum();
      if (sum >= LEAST && sum < themes.size()) {
        out.add(one(theme, own, totals, level));
      }
    }
    out.sort(Comparator.comparingDouble(ThemeTrend::p));
    return holm(out);
  }

  private static ThemeTrend one(String theme, int[] counts, int[] totals, double level) {
    int n = counts.length;
    double[] b = new double[2];
    double share = (Arrays.stream(counts).sum() + 0.5) / (Arrays.stream(totals).sum() + 1.0);
    b[0] = Math.log(share / (1 - share));
    double variance = 1;
    for (int round = 0; round < 50; round++) {
      double[] g = new double[2];
      double[] h = new double[3];
      for (int t = 0; t < n; t++) {
        double x = at(t, n);
        double p = 1 / (1 + Math.exp(-b[0] - b[1] * x));
        double weight = totals[t] * p * (1 - p);
        g[0] += counts[t] - totals[t] * p;
        g[1] += x * (counts[t] - totals[t] * p);
        h[0] += weight;
        h[1] += weight * x;
        h[2] += weight * x * x;
      }
      // A trace of ridge keeps the slope finite where a theme begins or ends at once.
      g[1] -= 0.1 * b[1];
      h[2] += 0.1;
      double determinant = h[0] * h[2] - h[1] * h[1];
      double[] step = {
        (h[2] * g[0] - h[1] * g[1]) / determinant, (h[0] * g[1] - h[1] * g[0]) / determinant
      };
      double size = Math.max(1, Math.max(Math.abs(step[0]), Math.abs(step[1])));
      b[0] += step[0] / size;
      b[1] += step[1] / size;
      variance = h[0] / determinant;
      if (Math.abs(step[0]) + Math.abs(step[1]) < 1e-9) {
        break;
      }
    }
    double error = Math.sqrt(variance * Math.max(1, dispersion(counts, totals, b)));
    double z = NORMAL.inverseCumulativeProbability((1 + level) / 2);
    return new ThemeTrend(
        theme,
        boxed(counts),
        boxed(totals),
        new Span(Math.exp(b[1]), Math.exp(b[1] - z * error), Math.exp(b[1] + z * error)),
        2 * NORMAL.cumulativeProbability(-Math.abs(b[1]) / error));
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** From -1/2 at the first period to 1/2 at the last. */
  private static double at(int period, int periods) {
    return (double) period / (periods - 1) - 0.5;
  }

  /** Pearson's statistic by its degrees of freedom. */
  private static double dispersion(int[] counts, int[] totals, double[] b) {
    double sum = 0;
    int free = -2;
    for (int t = 0; t < counts.length; t++) {
      double p = 1 / (1 + Math.exp(-b[0] - b[1] * at(t, counts.length)));
      double variance = totals[t] * p * (1 - p);
      if (totals[t] > 0) {
        free++;
        sum += (counts[t] - totals[t] * p) * (counts[t] - totals[t] * p) / variance;
      }
    }
    return free > 0 ? sum / free : 1;
  }

  private static List<ThemeTrend> holm(List<ThemeTrend> sorted) {
    List<ThemeTrend> out = new ArrayList<>();
    double most = 0;
    for (int k = 0; k < sorted.size(); k++) {
      ThemeTrend t = sorted.get(k);
      most = Math.max(most, Math.min(1, t.p() * (sorted.size() - k)));
      out.add(new ThemeTrend(t.theme(), t.counts(), t.totals(), t.factor(), most));
    }
    return Collections.unmodifiableList(out);
  }
}
