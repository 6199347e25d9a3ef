package io.millwright.supplychain.internal.hierarchy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Series;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.Hierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds the series of a hierarchy up. */
final class Sums {

  private Sums() {}

  /** Which series are in no sum, in words; empty where all are. */
  static Optional<String> outside(List<String> names, Hierarchy hierarchy) {
    Set<String> inside = new HashSet<>(hierarchy.bottom());
    hierarchy.nodes().forEach(n -> inside.add(n.name()));
    List<String> out = names.stream().filter(n -> !inside.contains(n)).sorted().toList();
    return out.isEmpty()
        ? Optional.empty()
        : Optional.of(
            out.size()
                + " of "
                + names.size()
                + " series stand in no row of the hierarchy, so that no sum has them: "
                + String.join(", ", out.subList(0, Math.min(5, out.size())))
                + (out.size() > 5 ? ", …" : ""));
  }

  /** The series of the bottom, side by side over all periods that any of them has. */
  static List<Series> bottom(List<Series> series, Hierarchy hierarchy) {
    Map<String, Series> byName = new HashMap<>();
    for (Series s : series) {
      if (byName.put(s.id(), s) != null) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "series " + s.id() + ": the name stands twice\nMaybe give each its own");
      }
    }
    List<Series> bottom = new ArrayList<>();
    for (String name : hierarchy.bottom()) {
      Series one = byName.get(name);
      if (one == null) {
        throw new MillwrightException(
            ErrorCode.MISSING_VALUE,
            "the hierarchy has the series " + name + ", which has no history\nMaybe leave it out");
      }
      if (!bottom.isEmpty() && !one.frequency().equals(bottom.get(0).frequency())) {
        throw otherFrequency(one, bottom.get(0));
      }
      bottom.add(one);
    }
    // A new article is nowhere yet.
    long start =
        bottom.stream().filter(s -> s.length() > 0).mapToLong(Series::start).min().orElse(0);
    long end = bottom.stream().mapToLong(s -> s.start() + s.length()).max().orElse(0);
    return bottom.stream().map(s -> padded(s, start, end)).toList();
  }

  /**
   * The series of the bottom with their covariates, side by side. What is given by the name of a
   * sum holds for each of its series that has none of its own.
   */
  static List<DrivenSeries> driven(List<DrivenSeries> all, Hierarchy hierarchy) {
    Map<String, DrivenSeries> byName = new HashMap<>();
    all.forEach(one -> byName.put(one.history().id(), one));
    List<Series> bottom = bottom(all.stream().map(DrivenSeries::history).toList(), hierarchy);
    List<DrivenSeries> driven = new ArrayList<>();
    for (int j = 0; j < bottom.size(); j++) {
      Series history = bottom.get(j);
      DrivenSeries now = beside(DrivenSeries.of(history), byName.get(history.id()));
      // The smallest sum is the nearest.
      for (int i = hierarchy.nodes().size() - 1; i >= 0; i--) {
        Hierarchy.Node sum = hierarchy.nodes().get(i);
        if (sum.members().contains(j)) {
          now = beside(now, byName.get(sum.name()));
        }
      }
      driven.add(now);
    }
    return driven;
  }

  /** With the covariates and attributes of another that it has not yet, moved to its periods. */
  private static DrivenSeries beside(DrivenSeries one, @Nullable DrivenSeries other) {
    if (other == null) {
      return one;
    }
    if (!other.history().frequency().equals(one.history().frequency())) {
      throw otherFrequency(other.history(), one.history());
    }
    DrivenSeries both = one;
    int later = (int) (other.history().start() - one.history().start());
    for (Map.Entry<String, List<Double>> e : other.known().entrySet()) {
      if (!one.known().containsKey(e.getKey())) {
        both = both.known(e.getKey(), moved(e.getValue(), later));
      }
    }
    for (Map.Entry<String, List<Double>> e : other.past().entrySet()) {
      if (!one.past().containsKey(e.getKey())) {
        List<Double> values = moved(e.getValue(), later);
        int length = Math.min(values.size(), one.history().length());
        both = both.past(e.getKey(), values.subList(0, length));
      }
    }
    for (Map.Entry<String, String> e : other.attributes().entrySet()) {
      if (!one.attributes().containsKey(e.getKey())) {
        both = both.attribute(e.getKey(), e.getValue());
      }
    }
    return both;
  }

  private static List<Double> moved(List<Double> values, int later) {
    if (later <= 0) {
      return values.subList(Math.min(-later, values.size()), values.size());
    }
    List<Double> moved = new ArrayList<>(Collections.nCopies(later, Double.NaN));
    moved.addAll(values);
    return moved;
  }

  private static MillwrightException otherFrequency(Series one, Series other) {
    return new MillwrightException(
        ErrorCode.WRONG_SHAPE,
        "series "
            + one.id()
            + " comes by "
            + one.frequency().text()
            + ", but "
            + other.id()
            + " by "
            + other.frequency().text()
            + "\nMaybe add the finer ones up first");
  }

  private static Series padded(Series s, long start, long end) {
    Double[] values = new Double[(int) (end - start)];
    Arrays.fill(values, Double.NaN);
    for (int t = 0; t < s.length(); t++) {
      values[(int) (s.start() - start) + t] = s.values().get(t);
    }
    return new Series(s.id(), s.frequency(), start, List.of(values));
  }

  /** The sums, then the series. */
  static List<Series> nodes(List<Series> bottom, Hierarchy hierarchy, int ended) {
    List<Series> nodes = new ArrayList<>(sums(bottom, hierarchy, ended));
    nodes.addAll(bottom);
    return nodes;
  }

  static List<Series> sums(List<Series> bottom, Hierarchy hierarchy, int ended) {
    return hierarchy.nodes().stream().map(node -> sum(node, bottom, ended)).toList();
  }

  /**
   * A sum. Before a series began and after it ended it adds nothing; a gap inside it is one of the
   * sum.
   */
  private static Series sum(Hierarchy.Node node, List<Series> bottom, int ended) {
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
