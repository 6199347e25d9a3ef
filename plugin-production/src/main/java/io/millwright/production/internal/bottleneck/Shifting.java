package io.millwright.production.internal.bottleneck;

import io.millwright.production.internal.bottleneck.Activity.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shifting bottleneck (Roser, Nakano and Tanaka 2002): at any moment the resource with the
 * longest active period; while the period of one and that of the next overlap, the bottleneck
 * shifts.
 */
final class Shifting {

  final List<Period> phases = new ArrayList<>();
  final double[] sole;
  final double[] momentary;

  Shifting(Activity activity) {
    int n = activity.names.size();
    sole = new double[n];
    momentary = new double[n];
    List<Period> all = new ArrayList<>();
    activity.periods.forEach(all::addAll);
    all.sort(Comparator.comparingLong(Period::from));
    List<Period> chain = chain(all, activity.from);
    for (int i = 0; i < chain.size(); i++) {
      Period p = chain.get(i);
      long begin = i == 0 ? p.from() : Math.max(p.from(), chain.get(i - 1).from());
      momentary[p.resource()] += p.to() - begin;
      long soleFrom = i == 0 ? p.from() : Math.max(p.from(), chain.get(i - 1).to());
      long soleTo = i + 1 < chain.size() ? Math.min(p.to(), chain.get(i + 1).from()) : p.to();
      sole[p.resource()] += Math.max(0, soleTo - soleFrom);
      phases.add(new Period(p.resource(), soleFrom, p.to()));
    }
  }

  /** From each bottleneck to the one with the longest period at its end. */
  private static List<Period> chain(List<Period> all, long from) {
    List<Period> chain = new ArrayList<>();
    int next = 0;
    List<Period> open = new ArrayList<>();
    long now = from;
    while (true) {
      while (next < all.size() && all.get(next).from() <= now) {
        open.add(all.get(next++));
      }
      long at = now;
      open.removeIf(p -> p.to() <= at);
      Period longest = longest(open);
      if (longest != null) {
        chain.add(longest);
        now = longest.to();
      } else if (next < all.size()) {
        now = all.get(next).from();
      } else {
        return chain;
      }
    }
  }

  private static @Nullable Period longest(List<Period> open) {
    return open.stream().max(Comparator.comparingLong(Period::length)).orElse(null);
  }

  /** The bottleneck of each slot of a length: the largest time in it; -1 when there is none. */
  int[] labels(long from, long to, long length, int resources) {
    int slots = (int) Math.min(100_000, (to - from) / length);
    double[][] times = new double[slots][resources];
    for (Period p : phases) {
      for (long s = Math.max(0, (p.from() - from) / length);
          s < slots && from + s * length < p.to();
          s++) {
        long begin = Math.max(p.from(), from + s * length);
        long end = Math.min(p.to(), from + (s + 1) * length);
        times[(int) s][p.resource()] += Math.max(0, end - begin);
      }
    }
    int[] labels = new int[slots];
    for (int s = 0; s < slots; s++) {
      labels[s] = -1;
      double most = 0;
      for (int r = 0; r < resources; r++) {
        if (times[s][r] > most) {
          most = times[s][r];
          labels[s] = r;
        }
      }
    }
    return labels;
  }
}
