package io.millwright.api.data;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The few periods that lie far before or behind all others of a table: a mistyped year, not its
 * first or its present.
 *
 * @param first the first period that is none
 * @param last the last period that is none
 */
record StrayPeriods(long first, long last, boolean any) {

  /** At most so large a share of all values is mistyped, or two of them, or one period. */
  private static final double FEW = 0.02;

  private static final int TWO = 2;

  /** Fewer other periods do not say what is far. */
  private static final int LEAST = 4;

  /** So many times the widest gap between the others is wide. */
  private static final int WIDE = 4;

  /** So many series that go on until the gap make one behind it strange, however they began. */
  private static final int SERIES = 3;

  boolean has(long period) {
    return any && (period < first || period > last);
  }

  /** Those of a series that have a value, in order. */
  List<Long> known(Map<Long, Double> values) {
    return values.keySet().stream()
        .filter(p -> has(p) && !values.getOrDefault(p, Double.NaN).isNaN())
        .sorted()
        .toList();
  }

  /** What is far in the known values of series by their periods. */
  static StrayPeriods of(Map<String, Map<Long, Double>> series) {
    TreeMap<Long, Integer> counts = new TreeMap<>();
    series.forEach(
        (id, values) ->
            values.forEach(
                (period, value) -> {
                  if (!value.isNaN()) {
                    counts.merge(period, 1, Integer::sum);
                  }
                }));
    long[] periods = counts.keySet().stream().mapToLong(p -> p).toArray();
    int[] count = counts.values().stream().mapToInt(c -> c).toArray();
    if (periods.length <= LEAST) {
      return new StrayPeriods(0, 0, false);
    }
    double most = Math.max(TWO, FEW * counts.values().stream().mapToInt(c -> c).sum());
    int to = periods.length - 1;
    int behind = 0;
    for (int i = periods.length - 1; i >= LEAST; i--) {
      behind += count[i];
      if (behind > most && i < periods.length - 1) {
        break;
      }
      long gap = periods[i] - periods[i - 1];
      boolean alone = behind == 1 && goOn(series, periods[i - 1]) >= SERIES;
      if (gap > WIDE * widest(periods, 0, i - 1) && (gap > periods[i - 1] - periods[0] || alone)) {
        to = i - 1;
      }
    }
    int from = 0;
    int before = 0;
    for (int i = 0; i + LEAST <= to; i++) {
      before += count[i];
      if (before > most && i > 0) {
        break;
      }
      long gap = periods[i + 1] - periods[i];
      if (gap > WIDE * widest(periods, i + 1, to) && gap > periods[to] - periods[i + 1]) {
        from = i + 1;
      }
    }
    return new StrayPeriods(periods[from], periods[to], from > 0 || to < periods.length - 1);
  }

  private static long widest(long[] periods, int from, int to) {
    long widest = 1;
    for (int i = from + 1; i <= to; i++) {
      widest = Math.max(widest, periods[i] - periods[i - 1]);
    }
    return widest;
  }

  /** How many series have a value in a period. */
  private static long goOn(Map<String, Map<Long, Double>> series, long period) {
    return series.values().stream()
        .filter(v -> !v.getOrDefault(period, Double.NaN).isNaN())
        .count();
  }
}
