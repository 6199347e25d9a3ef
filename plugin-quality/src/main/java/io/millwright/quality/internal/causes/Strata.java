package io.millwright.quality.internal.causes;

import io.millwright.api.data.Table;
import io.millwright.quality.Stratum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which columns go with an outcome. */
final class Strata {

  private static final int SHOWN = 50;

  private Strata() {}

  static List<Stratum> of(Table table, String outcome, List<String> by) {
    List<String> columns =
        by.isEmpty() ? Data.telling(table).stream().filter(c -> !c.equals(outcome)).toList() : by;
    List<Stratum> all = new ArrayList<>();
    for (String column : columns) {
      all.add(one(table, outcome, column));
    }
    all.sort(
        Comparator.comparingDouble(Stratum::p)
            .thenComparing(Comparator.comparingDouble(Stratum::share).reversed()));
    double most = 0;
    for (int i = 0; i < all.size(); i++) {
      Stratum s = all.get(i);
      most = Math.max(most, Math.min(1, s.p() * (all.size() - i)));
      all.set(i, new Stratum(s.column(), most, s.share(), s.groups()));
    }
    return all;
  }

  private static Stratum one(Table table, String outcome, String column) {
    Data data = Data.of(table, List.of(outcome, column));
    int n = data.rows();
    if (n < 5) {
      throw Checks.few(n + " rows with both " + outcome + " and " + column + ": 5 are needed");
    }
    String[] names;
    int[] group;
    if (data.levels[1] > 0) {
      names = table.distinct(column).stream().sorted().toArray(String[]::new);
      group = Arrays.stream(data.values[1]).mapToInt(v -> (int) v).toArray();
    } else {
      double[] cuts = cuts(data.values[1]);
      names = ranges(cuts);
      group = Arrays.stream(data.values[1]).mapToInt(v -> place(cuts, v)).toArray();
    }
    int[] sizes = new int[names.length];
    for (int g : group) {
      sizes[g]++;
    }
    double[] means = new double[names.length];
    for (int i = 0; i < n; i++) {
      double v = data.levels[0] > 0 ? (data.values[0][i] == 0 ? 1 : 0) : data.values[0][i];
      means[group[i]] += v / sizes[group[i]];
    }
    double[] test =
        data.levels[0] > 0
            ? categories(data.values[0], data.levels[0], group, sizes)
            : ranks(data.values[0], group, sizes);
    List<Stratum.Group> groups = new ArrayList<>();
    for (int g = 0; g < names.length; g++) {
      if (sizes[g] > 0) {
        groups.add(new Stratum.Group(names[g], sizes[g], means[g]));
      }
    }
    if (data.levels[1] > 0) {
      groups.sort(Comparator.comparingInt(Stratum.Group::rows).reversed());
    }
    return new Stratum(column, test[0], test[1], groups.subList(0, Math.min(SHOWN, groups.size())));
  }

  /** Kruskal and Wallis's H with ties, and epsilon-square. */
  private static double[] ranks(double[] y, int[] group, int[] sizes) {
    double[] r = Ranks.of(y);
    double n = y.length;
    double mean = (n + 1) / 2;
    double[] sums = new double[sizes.length];
    double variance = 0;
    for (int i = 0; i < y.length; i++) {
      sums[group[i]] += r[i] - mean;
      variance += (r[i] - mean) * (r[i] - mean) / (n - 1);
    }
    double h = 0;
    for (int g = 0; g < sizes.length; g++) {
      h += sizes[g] > 0 ? sums[g] * sums[g] / sizes[g] : 0;
    }
    int free = (int) Arrays.stream(sizes).filter(s -> s > 0).count() - 1;
    if (free < 1 || !(variance > 0)) {
      return new double[] {1, 0};
    }
    h /= variance;
    return new double[] {tail(h, free), Math.min(1, h / (n - 1))};
  }

  /** Pearson's chi-square, and the square of Cramér's V. */
  private static double[] categories(double[] y, int levels, int[] group, int[] sizes) {
    double[][] cells = new double[levels][sizes.length];
    double[] rows = new double[levels];
    for (int i = 0; i < y.length; i++) {
      cells[(int) y[i]][group[i]]++;
      rows[(int) y[i]]++;
    }
    double square = 0;
    for (int a = 0; a < levels; a++) {
      for (int g = 0; g < sizes.length; g++) {
        double expected = rows[a] * sizes[g] / y.length;
        if (expected > 0) {
          square += (cells[a][g] - expected) * (cells[a][g] - expected) / expected;
        }
      }
    }
    int a = (int) Arrays.stream(rows).filter(v -> v > 0).count() - 1;
    int b = (int) Arrays.stream(sizes).filter(v -> v > 0).count() - 1;
    return a < 1 || b < 1
        ? new double[] {1, 0}
        : new double[] {tail(square, a * b), square / y.length / Math.min(a, b)};
  }

  static double tail(double square, int free) {
    return square <= 0 ? 1 : org.hipparchus.special.Gamma.regularizedGammaQ(free / 2.0, square / 2);
  }

  private static double[] cuts(double[] x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return Arrays.stream(new double[] {sorted[n / 4], sorted[n / 2], sorted[3 * n / 4]})
        .filter(v -> v > sorted[0])
        .distinct()
        .toArray();
  }

  private static int place(double[] cuts, double v) {
    int k = 0;
    while (k < cuts.length && v >= cuts[k]) {
      k++;
    }
    return k;
  }

  private static String[] ranges(double[] cuts) {
    String[] names = new String[cuts.length + 1];
    for (int k = 0; k <= cuts.length; k++) {
      names[k] =
          cuts.length == 0
              ? "all"
              : k == 0
                  ? "below " + text(cuts[0])
                  : k == cuts.length
                      ? "from " + text(cuts[k - 1])
                      : text(cuts[k - 1]) + " to " + text(cuts[k]);
    }
    return names;
  }

  private static String text(double v) {
    return String.format(Locale.ROOT, "%.4g", v);
  }
}
