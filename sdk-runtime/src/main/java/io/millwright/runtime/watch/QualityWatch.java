package io.millwright.runtime.watch;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Watches the quality of data: values that are missing more often than they used to, sensors that
 * are stuck at one value, values outside of what was ever seen, unknown labels. Learns what is
 * usual from a reference. Immutable and thread-safe.
 */
public final class QualityWatch {

  /** What is usual for one column. */
  private record Usual(
      Column column, double missing, double low, double high, int longest, Set<String> labels) {}

  private final List<Usual> columns = new ArrayList<>();
  private final int rows;

  private QualityWatch(Table reference) {
    rows = reference.rows();
    for (Column column : reference.schema().columns()) {
      if (column.type().isNumeric()) {
        double[] v = reference.numbers(column.name());
        double[] known = Arrays.stream(v).filter(x -> !Double.isNaN(x)).toArray();
        columns.add(
            new Usual(
                column,
                1 - (double) known.length / Math.max(1, v.length),
                Arrays.stream(known).min().orElse(Double.NaN),
                Arrays.stream(known).max().orElse(Double.NaN),
                longest(v),
                Set.of()));
      } else if (column.type().isText()) {
        List<@Nullable String> labels = reference.labels(column.name());
        long missing = labels.stream().filter(l -> l == null).count();
        columns.add(
            new Usual(
                column,
                (double) missing / Math.max(1, labels.size()),
                Double.NaN,
                Double.NaN,
                0,
                new HashSet<>(reference.distinct(column.name()))));
      }
    }
  }

  /**
   * A watch.
   *
   * @param reference rows as they should be, in the order of time where stuck sensors matter
   * @return the watch
   */
  public static QualityWatch of(Table reference) {
    return new QualityWatch(reference);
  }

  private static int longest(double[] values) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < values.length; i++) {
      run = i > 0 && values[i] == values[i - 1] ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /**
   * Judges a window.
   *
   * @param window rows, in the order of time
   * @return what is wrong, by column; empty when nothing is
   */
  public List<Finding> judge(Table window) {
    List<Finding> findings = new ArrayList<>();
    for (Usual usual : columns) {
      String name = usual.column.name();
      String place = "column \"" + name + "\"";
      if (window.schema().indexOf(name) < 0) {
        findings.add(
            new Finding(ErrorCode.MISSING_COLUMN, place, "is absent", "see why it is not sent."));
      } else if (usual.column.type().isNumeric()) {
        numbers(usual, place, window.numbers(name), findings);
      } else {
        labels(usual, place, window.labels(name), findings);
      }
    }
    return findings;
  }

  private void missing(Usual usual, String place, long missing, int all, List<Finding> findings) {
    double share = (double) missing / Math.max(1, all);
    double pooled = (usual.missing * rows + missing) / Math.max(1.0, (double) rows + all);
    double error =
        Math.sqrt(pooled * (1 - pooled) * (1.0 / Math.max(1, rows) + 1.0 / Math.max(1, all)));
    if (share > usual.missing + 4 * error && share > usual.missing + 0.01) {
      findings.add(
          new Finding(
              ErrorCode.MISSING_VALUE,
              place,
              String.format(
                  Locale.ROOT,
                  "%.1f %% of %d values are missing, usually %.1f %%",
                  100 * share,
                  all,
                  100 * usual.missing),
              "see whether the sensor or its line fails."));
    }
  }

  private void numbers(Usual usual, String place, double[] v, List<Finding> findings) {
    missing(usual, place, Arrays.stream(v).filter(Double::isNaN).count(), v.length, findings);
    double room = 0.1 * (usual.high - usual.low);
    double[] outside =
        Arrays.stream(v).filter(x -> x < usual.low - room || x > usual.high + room).toArray();
    if (outside.length > 0) {
      findings.add(
          new Finding(
              ErrorCode.OUT_OF_RANGE,
              place,
              String.format(
                  Locale.ROOT,
                  "%d of %d values lie outside %.4g to %.4g by more than a tenth, such as %.4g",
                  outside.length,
                  v.length,
                  usual.low,
                  usual.high,
                  outside[0]),
              "see whether a unit, a scale or the process has changed."));
    }
    int stuck = longest(v);
    if (stuck >= 10 && stuck > 3 * usual.longest && usual.high > usual.low) {
      findings.add(
          new Finding(
              ErrorCode.BAD_VALUE,
              place,
              "stays at one value for "
                  + stuck
                  + " rows, usually for "
                  + usual.longest
                  + " at most",
              "see whether the sensor is stuck."));
    }
  }

  private void labels(
      Usual usual, String place, List<@Nullable String> labels, List<Finding> findings) {
    long missing = labels.stream().filter(l -> l == null).count();
    missing(usual, place, missing, labels.size(), findings);
    Map<String, Integer> unknown = new LinkedHashMap<>();
    for (String label : labels) {
      if (label != null && !usual.labels.contains(label)) {
        unknown.merge(label, 1, Integer::sum);
      }
    }
    if (!unknown.isEmpty()) {
      Set<String> some = new TreeSet<>(unknown.keySet());
      findings.add(
          new Finding(
              ErrorCode.BAD_LABEL,
              place,
              unknown.values().stream().mapToInt(Integer::intValue).sum()
                  + " values are labels never seen, such as "
                  + some.iterator().next(),
              "see whether a label was renamed, and train anew when it is here to stay."));
    }
  }
}
