package io.millwright.supplychain.internal.risk;

import io.millwright.api.data.Series;
import io.millwright.runtime.monitoring.ChangePoints;
import io.millwright.supplychain.SupplyAnomaly;
import io.millwright.supplychain.internal.classic.Gaps;
import io.millwright.supplychain.internal.classic.Normal;
import io.millwright.supplychain.internal.classic.Seasons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds what is unusual in one course. */
final class Anomalies {

  private static final int LEAST = 8;
  private static final int SILENT = 3;

  /** The chance that a course without anything has a spike, by a normal distribution. */
  private static final double DOUBT = 0.01;

  /** The median of deviations is itself uncertain. */
  private static final double CARE = 1.15;

  /** Values beside their levels that are alike by more than this correlation are a walk. */
  private static final double WALK = 0.4;

  private static final double MAD = 1.4826;

  /** Counts below this mean have the noise of Poisson. */
  private static final double SMALL = 50;

  /** So do more changes than one in so many values. */
  private static final int MOST = 20;

  private Anomalies() {}

  static List<SupplyAnomaly> of(Series course) {
    double[] y = course.toArray();
    int known = course.known();
    List<SupplyAnomaly> found = new ArrayList<>();
    if (known < LEAST) {
      return found;
    }
    silence(course, y, found);
    int end = y.length - course.silent();
    int first = 0;
    while (Double.isNaN(y[first])) {
      first++;
    }
    double[] raw = Arrays.copyOfRange(y, first, end);
    Scale scale = Scale.of(raw);
    double[] x = Arrays.stream(raw).map(scale::to).toArray();
    double[] filled = Gaps.filledWhole(x);
    int[] lengths = course.frequency().seasons().stream().mapToInt(i -> i).toArray();
    Seasons seasons = Seasons.of(filled, lengths);
    double[] rest = seasons.adjusted();
    for (int t = 0; t < rest.length; t++) {
      rest[t] = Double.isNaN(x[t]) ? Double.NaN : rest[t];
    }
    boolean[] spikes = new boolean[rest.length];
    List<Integer> changes = changes(rest, spikes);
    boolean walks =
        changes.size() > Math.max(2, rest.length / MOST)
            || memory(rest, levels(rest, changes, spikes), spikes) > WALK;
    if (walks) {
      jumps(course, first, raw, rest, found);
    } else {
      levels(course, first, raw, rest, changes, spikes, found);
    }
    found.sort(Comparator.comparingLong(a -> course.frequency().number(a.since())));
    return found;
  }

  /** Spikes are taken out before levels are sought, and sought again beside the levels found. */
  private static List<Integer> changes(double[] rest, boolean[] spikes) {
    List<Integer> changes = ChangePoints.ofLevel(rest);
    for (int pass = 0; pass < 3; pass++) {
      double[] level = levels(rest, changes, spikes);
      double noise = noise(rest, level);
      boolean more = false;
      for (int t = 0; t < rest.length && noise > 0; t++) {
        if (!spikes[t] && Math.abs(rest[t] - level[t]) > limit(rest.length) * noise) {
          spikes[t] = true;
          more = true;
        }
      }
      if (!more) {
        break;
      }
      double[] without = rest.clone();
      for (int t = 0; t < without.length; t++) {
        without[t] = spikes[t] ? Double.NaN : without[t];
      }
      changes = ChangePoints.ofLevel(without);
    }
    return changes;
  }

  /** The correlation of neighbours, beside their levels. */
  private static double memory(double[] rest, double[] level, boolean[] spikes) {
    double product = 0;
    double squares = 0;
    for (int t = 0; t < rest.length; t++) {
      double e = spikes[t] ? Double.NaN : rest[t] - level[t];
      double before = t == 0 || spikes[t - 1] ? Double.NaN : rest[t - 1] - level[t - 1];
      squares += Double.isNaN(e) ? 0 : e * e;
      product += Double.isNaN(e * before) ? 0 : e * before;
    }
    return squares > 0 ? product / squares : 0;
  }

  private static double limit(int n) {
    return CARE * Normal.quantile(1 - DOUBT / 2 / n);
  }

  /** The median of each stretch. */
  private static double[] levels(double[] rest, List<Integer> changes, boolean[] spikes) {
    double[] level = new double[rest.length];
    int from = 0;
    for (int k = 0; k <= changes.size(); k++) {
      int to = k < changes.size() ? changes.get(k) : rest.length;
      List<Double> values = new ArrayList<>();
      for (int t = from; t < to; t++) {
        if (!Double.isNaN(rest[t]) && !spikes[t]) {
          values.add(rest[t]);
        }
      }
      double median = median(values);
      Arrays.fill(level, from, to, median);
      from = to;
    }
    return level;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  private static double noise(double[] rest, double[] level) {
    List<Double> apart = new ArrayList<>();
    for (int t = 0; t < rest.length; t++) {
      if (!Double.isNaN(rest[t]) && !Double.isNaN(level[t])) {
        apart.add(Math.abs(rest[t] - level[t]));
      }
    }
    double mad = MAD * median(apart);
    double plain = Math.sqrt(apart.stream().mapToDouble(a -> a * a).average().orElse(0));
    // Where most values are alike, the median says that there is no noise at all.
    return Math.max(mad, 0.3 * plain);
  }

  private static void levels(
      Series course,
      int first,
      double[] raw,
      double[] rest,
      List<Integer> changes,
      boolean[] spikes,
      List<SupplyAnomaly> found) {
    double[] level = levels(rest, changes, spikes);
    double noise = noise(rest, level);
    for (int k = 0; k < changes.size(); k++) {
      int at = changes.get(k);
      int from = k == 0 ? 0 : changes.get(k - 1);
      int to = k + 1 < changes.size() ? changes.get(k + 1) : rest.length;
      found.add(
          new SupplyAnomaly(
              course.id(),
              SupplyAnomaly.Kind.LEVEL,
              course.label(first + at),
              course.label(first + to - 1),
              to == rest.length,
              median(raw, from, at, spikes),
              median(raw, at, to, spikes),
              Math.abs(level[at] - level[at - 1]) / noise));
    }
    for (int t = 0; t < rest.length; t++) {
      if (!spikes[t] || (t > 0 && spikes[t - 1])) {
        continue;
      }
      int last = t;
      while (last + 1 < rest.length && spikes[last + 1]) {
        last++;
      }
      int from = stretch(changes, t);
      found.add(
          new SupplyAnomaly(
              course.id(),
              SupplyAnomaly.Kind.SPIKE,
              course.label(first + t),
              course.label(first + last),
              last == rest.length - 1,
              median(raw, from, stretchEnd(changes, t, rest.length), spikes),
              raw[t],
              Math.abs(rest[t] - level[t]) / noise));
    }
  }

  private static int stretch(List<Integer> changes, int t) {
    return changes.stream().filter(c -> c <= t).reduce(0, (a, b) -> b);
  }

  private static int stretchEnd(List<Integer> changes, int t, int n) {
    return changes.stream().filter(c -> c > t).findFirst().orElse(n);
  }

  private static double median(double[] raw, int from, int to, boolean[] spikes) {
    List<Double> values = new ArrayList<>();
    for (int t = from; t < to; t++) {
      if (!Double.isNaN(raw[t]) && !spikes[t]) {
        values.add(raw[t]);
      }
    }
    return median(values);
  }

  /** In a walk, steps that are far from all others: those that stay are levels. */
  private static void jumps(
      Series course, int first, double[] raw, double[] rest, List<SupplyAnomaly> found) {
    double[] step = new double[rest.length];
    List<Double> sizes = new ArrayList<>();
    for (int t = 1; t < rest.length; t++) {
      step[t] = rest[t] - rest[t - 1];
      if (!Double.isNaN(step[t])) {
        sizes.add(Math.abs(step[t]));
      }
    }
    double noise =
        Math.max(
            MAD * median(sizes),
            0.3 * Math.sqrt(sizes.stream().mapToDouble(s -> s * s).average().orElse(0)));
    for (int t = 1; t < rest.length && noise > 0; t++) {
      if (!(Math.abs(step[t]) > limit(rest.length) * noise)) {
        continue;
      }
      boolean back =
          t + 1 < rest.length
              && Math.abs(step[t + 1]) > limit(rest.length) * noise
              && step[t] * step[t + 1] < 0;
      int last = back ? t : rest.length - 1;
      found.add(
          new SupplyAnomaly(
              course.id(),
              back ? SupplyAnomaly.Kind.SPIKE : SupplyAnomaly.Kind.LEVEL,
              course.label(first + t),
              course.label(first + last),
              last == rest.length - 1,
              raw[t - 1],
              raw[t],
              Math.abs(step[t]) / noise));
      t = back ? t + 1 : t;
    }
  }

  private static void silence(Series course, double[] y, List<SupplyAnomaly> found) {
    int n = y.length;
    int silent = course.silent();
    int gaps = n - silent - course.known();
    if (silent >= SILENT && 5 * gaps < n - silent) {
      add(course, n - silent, y[n - silent - 1], Double.NaN, found);
      return;
    }
    int run = 1;
    while (silent == 0 && run < n && y[n - 1 - run] == y[n - 1]) {
      run++;
    }
    int changed = 0;
    int steps = 0;
    for (int t = 1; t < n - run; t++) {
      if (!Double.isNaN(y[t]) && !Double.isNaN(y[t - 1])) {
        steps++;
        changed += y[t] != y[t - 1] ? 1 : 0;
      }
    }
    // How probable so long a run is, from how often values stayed the same before.
    double stays = (steps - changed + 1.0) / (steps + 2.0);
    if (steps >= LEAST && Math.pow(stays, run - 1) < DOUBT / n) {
      add(course, n - run, y[n - run - 1], y[n - 1], found);
    }
  }

  private static void add(
      Series course, int at, double before, double after, List<SupplyAnomaly> found) {
    found.add(
        new SupplyAnomaly(
            course.id(),
            SupplyAnomaly.Kind.SILENCE,
            course.label(at),
            course.label(course.length() - 1),
            true,
            before,
            after,
            Double.NaN));
  }

  /** A scale on which the noise is even: roots of small counts, logarithms of positive values. */
  private enum Scale {
    ROOTS,
    LOGARITHMS,
    PLAIN;

    static Scale of(double[] raw) {
      boolean counts = true;
      boolean positive = true;
      double sum = 0;
      int known = 0;
      for (double v : raw) {
        if (!Double.isNaN(v)) {
          counts &= v >= 0 && v == Math.rint(v);
          positive &= v > 0;
          sum += v;
          known++;
        }
      }
      if (counts && sum < SMALL * known) {
        return ROOTS;
      }
      return positive ? LOGARITHMS : PLAIN;
    }

    double to(double v) {
      return switch (this) {
        case ROOTS -> 2 * Math.sqrt(v + 0.375);
        case LOGARITHMS -> Math.log(v);
        case PLAIN -> v;
      };
    }
  }
}
