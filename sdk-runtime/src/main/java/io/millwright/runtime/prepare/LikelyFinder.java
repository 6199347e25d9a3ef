package io.millwright.runtime.prepare;

import io.millwright.api.data.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.special.Erf;

/**
 * Learns the distribution of independent records: quantiles and shares of each column, joined by
 * the correlations of normal scores (a Gaussian copula; Liu, Lafferty and Wasserman 2009). It holds
 * no record.
 */
final class LikelyFinder {

  /** Of more columns correlations are many and say little. */
  private static final int MOST = 100;

  private static final int POINTS = 65;

  /** Towards no correlation, so that what two of a few rows share by chance counts less. */
  private static final double SHRUNK = 2;

  private LikelyFinder() {}

  static Optional<FittedStep.Likely> find(
      Frame frame, Map<String, List<String>> labels, List<FittedStep.CleanNumber> numbers) {
    List<FittedStep.LikelyColumn> columns = new ArrayList<>();
    List<double[]> scores = new ArrayList<>();
    for (FittedStep.CleanNumber number : numbers) {
      double[] values = frame.values(index(frame, number.column()));
      for (int i = 0; i < values.length; i++) {
        values[i] = number.accepts(values[i]) ? values[i] : Double.NaN;
      }
      double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
      if (sorted.length > 0) {
        columns.add(new FittedStep.LikelyColumn(number.column(), List.of(), points(sorted)));
        scores.add(scores(values, sorted));
      }
    }
    for (int c = 0; c < frame.width(); c++) {
      if (frame.columns().get(c).type() == ColumnType.CATEGORY) {
        labelled(frame, c, labels.getOrDefault(frame.name(c), List.of()), columns, scores);
      }
    }
    if (columns.isEmpty() || columns.size() > MOST) {
      return Optional.empty();
    }
    return Optional.of(new FittedStep.Likely(columns, correlations(scores)));
  }

  private static int index(Frame frame, String column) {
    return IntStream.range(0, frame.width())
        .filter(c -> frame.name(c).equals(column))
        .findFirst()
        .orElseThrow();
  }

  private static List<Double> points(double[] sorted) {
    List<Double> points = new ArrayList<>();
    for (int k = 0; k < POINTS; k++) {
      points.add(Statistics.quantile(sorted, (double) k / (POINTS - 1)));
    }
    return points;
  }

  /** Equal values share the middle of their ranks; 0 for what is missing. */
  private static double[] scores(double[] values, double[] sorted) {
    double[] scores = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        int from = first(sorted, values[i], false);
        int to = first(sorted, values[i], true);
        scores[i] = normal((from + to) / 2.0 / sorted.length);
      }
    }
    return scores;
  }

  /** The first place of a value that is not below, or that is beyond. */
  private static int first(double[] sorted, double value, boolean beyond) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) / 2;
      if (beyond ? sorted[middle] <= value : sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The quantile of the normal distribution. */
  private static double normal(double probability) {
    return -Math.sqrt(2) * Erf.erfcInv(2 * probability);
  }

  /** Labels are put in the order in which the column goes that tells them apart most. */
  private static void labelled(
      Frame frame,
      int c,
      List<String> known,
      List<FittedStep.LikelyColumn> columns,
      List<double[]> scores) {
    double[] codes = frame.values(c);
    double[] count = new double[known.size()];
    for (double code : codes) {
      if (code >= 0 && code < known.size()) {
        count[(int) code]++;
      }
    }
    double all = Arrays.stream(count).sum();
    if (all == 0) {
      return;
    }
    double[] order = new double[known.size()];
    double most = 0;
    for (double[] score : scores) {
      double[] mean = new double[known.size()];
      for (int i = 0; i < codes.length; i++) {
        if (codes[i] >= 0 && codes[i] < known.size()) {
          mean[(int) codes[i]] += score[i] / count[(int) codes[i]];
        }
      }
      double between = 0;
      for (int k = 0; k < mean.length; k++) {
        between += count[k] * mean[k] * mean[k];
      }
      if (between > most) {
        most = between;
        order = mean;
      }
    }
    double[] by = order;
    List<Integer> places =
        IntStream.range(0, known.size())
            .boxed()
            .filter(k -> count[k] > 0)
            .sorted(Comparator.comparingDouble(k -> by[k]))
            .toList();
    double[] score = new double[known.size()];
    List<Double> points = new ArrayList<>();
    double below = 0;
    for (int k : places) {
      score[k] = normal((below + count[k] / 2) / all);
      below += count[k];
      points.add(below / all);
    }
    columns.add(
        new FittedStep.LikelyColumn(
            frame.name(c), places.stream().map(known::get).toList(), points));
    scores.add(
        Arrays.stream(codes)
            .map(code -> code >= 0 && code < score.length ? score[(int) code] : 0)
            .toArray());
  }

  private static List<Double> correlations(List<double[]> scores) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      for (int j = 0; j < i; j++) {
        double product = 0;
        double one = 0;
        double other = 0;
        double[] a = scores.get(i);
        double[] b = scores.get(j);
        int rows = 0;
        for (int r = 0; r < a.length; r++) {
          // A score is exactly 0 where a value is missing, or in the middle, which says as little.
          if (a[r] != 0 && b[r] != 0) {
            product += a[r] * b[r];
            one += a[r] * a[r];
            other += b[r] * b[r];
            rows++;
          }
        }
        double size = Math.sqrt(one * other);
        all.add(size > 0 ? product / size * rows / (rows + SHRUNK) : 0);
      }
    }
    return all;
  }
}
