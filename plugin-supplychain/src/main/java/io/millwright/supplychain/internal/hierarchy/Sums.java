package io.millwright.supplychain.internal.hierarchy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Hierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds the series of a hierarchy up. */
final class Sums {

  private Sums() {}

  /** The series of the bottom, side by side over all periods that any of them has. */
  static List<Series> bottom(List<Series> series, Hierarchy hierarchy) {
    Map<String, Series> byName = new HashMap<>();
    series.forEach(s -> byName.put(s.id(), s));
    List<Series> bottom = new ArrayList<>();
    for (String name : hierarchy.bottom()) {
      Series one = byName.get(name);
      if (one == null) {
        throw new MillwrightException(
            ErrorCode.MISSING_VALUE,
            "the hierarchy has the series " + name + ", which has no history\nMaybe leave it out");
      }
      if (!bottom.isEmpty() && !one.frequency().equals(bottom.get(0).frequency())) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            "series "
                + name
                + " comes by "
                + one.frequency().text()
                + ", but "
                + bottom.get(0).id()
                + " by "
                + bottom.get(0).frequency().text()
                + "\nMaybe add the finer ones up first");
      }
      bottom.add(one);
    }
    long start = bottom.stream().mapToLong(Series::start).min().orElse(0);
    long end = bottom.stream().mapToLong(s -> s.start() + s.length()).max().orElse(0);
    return bottom.stream().map(s -> padded(s, start, end)).toList();
  }

  private static Series padded(Series s, long start, long end) {
    Double[] values = new Double[(int) (end - start)];
    Arrays.fill(values, Double.NaN);
    for (int t = 0; t < s.length(); t++) {
      values[(int) (s.start() - start) + t] = s.values().get(t);
    }
    return new Series(s.id(), s.frequency(), start, List.of(values));
  }

  /**
   * A sum. Before a series began and after it ended it adds nothing; a gap inside it is one of the
   * sum.
   */
  static Series sum(Hierarchy.Node node, List<Series> bottom, int ended) {
    int n = bottom.get(0).length();
    double[] sums = new double[n];
    for (int member : node.members()) {
      Series s = bottom.get(member);
      int first = 0;
      while (first < n && s.values().get(first).isNaN()) {
        first++;
      }
      int last = s.silent() >= ended ? n - s.silent() : n;
      for (int t = first; t < last; t++) {
        sums[t] += s.values().get(t);
      }
    }
    List<Double> values = Arrays.stream(sums).boxed().toList();
    Series one = bottom.get(0);
    return new Series(node.name(), one.frequency(), one.start(), values);
  }
}
