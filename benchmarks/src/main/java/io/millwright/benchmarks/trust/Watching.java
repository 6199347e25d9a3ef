package io.millwright.benchmarks.trust;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.runtime.watch.DriftWatch;
import io.millwright.runtime.watch.OnlineInterval;
import io.millwright.runtime.watch.StreamDetector;
import io.millwright.runtime.watch.TestMartingale;
import io.millwright.runtime.watch.UnlabelledAccuracy;
import io.millwright.runtime.watch.UnlabelledEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Watching on simulated streams: delay and false alarms of detectors, alarms on columns that do not
 * drift, coverage and score of intervals through a shift, accuracy before the truth is known. No
 * arguments.
 */
public final class Watching {

  private static final int STREAMS = 200;

  private Watching() {}

  /** Runs the benchmark: all of it, or one of detectors, columns, intervals and unlabelled. */
  public static void main(String[] args) {
    Map<String, Runnable> parts =
        Map.of(
            "detectors", Watching::detectors,
            "columns", Watching::columns,
            "intervals", Watching::intervals,
            "unlabelled", Watching::unlabelled);
    List<String> all = List.of("detectors", "columns", "intervals", "unlabelled");
    for (String part : args.length == 0 ? all : List.of(args)) {
      Optional.ofNullable(parts.get(part))
          .orElseThrow(() -> new IllegalArgumentException("one of " + all))
          .run();
    }
  }

  private interface Detector {
    boolean add(double error);
  }

  /** Errors of a model: wrong with probability 0.1, after row 2000 with another one. */
  private static void detectors() {
    List<String> kinds = List.of("abrupt 0.1 to 0.3", "gradual over 1000", "recurring every 500");
    List<IntToDoubleFunction> rates =
        List.of(
            t -> t < 2000 ? 0.1 : 0.3,
            t -> t < 2000 ? 0.1 : Math.min(0.3, 0.1 + 0.2 * (t - 2000) / 1000.0),
            t -> t < 2000 || (t - 2000) / 500 % 2 == 1 ? 0.1 : 0.3);
    List<String> names = List.of("ADWIN 0.002", "Page-Hinkley 0.02, 15", "martingale 1e-4");
    for (int d = 0; d < names.size(); d++) {
      for (int k = 0; k < kinds.size(); k++) {
        int early = 0;
        int found = 0;
        double delay = 0;
        for (int stream = 0; stream < STREAMS; stream++) {
          Random random = new Random(1000L * k + stream);
          Detector detector = detector(d, stream);
          for (int t = 0; t < 4000; t++) {
            if (detector.add(random.nextDouble() < rates.get(k).applyAsDouble(t) ? 1 : 0)) {
              if (t < 2000) {
                early++;
              } else {
                found++;
                delay += t - 2000;
              }
              break;
            }
          }
        }
        System.out.printf(
            Locale.ROOT,
            "%-22s %-20s false alarms in 2000 rows %.1f %%, found %.1f %%, mean delay %.0f rows%n",
            names.get(d),
            kinds.get(k),
            100.0 * early / STREAMS,
            100.0 * found / Math.max(1, STREAMS - early),
            delay / Math.max(1, found));
      }
    }
  }

  private static Detector detector(int which, int stream) {
    if (which == 2) {
      TestMartingale martingale = TestMartingale.of(1e-4, stream);
      return martingale::add;
    }
    Supplier<StreamDetector> made =
        which == 0 ? () -> StreamDetector.adwin(0.002) : () -> StreamDetector.pageHinkley(0.02, 15);
    StreamDetector detector = made.get();
    return detector::add;
  }

  private static void columns() {
    Random random = new Random(7);
    for (double level : new double[] {0.05, 0.01}) {
      DriftWatch watch = DriftWatch.of(table(random, 2000)).level(level);
      int days = 200;
      int alarms = 0;
      for (int day = 0; day < days; day++) {
        alarms += watch.judge(table(random, 150)).drifted() ? 1 : 0;
      }
      System.out.printf(
          Locale.ROOT,
          "50 columns without drift, level %.2f: %d of %d days raise an alarm%n",
          level,
          alarms,
          days);
    }
  }

  private static Table table(Random random, int rows) {
    Schema schema =
        new Schema(IntStream.range(0, 50).mapToObj(c -> Column.number("c" + c)).toList());
    double[][] values = new double[rows][50];
    for (double[] row : values) {
      double common = random.nextGaussian();
      Arrays.setAll(row, c -> 0.5 * common + random.nextGaussian());
    }
    return Table.ofNumbers(schema, values);
  }

  /** A level that wanders, and noise whose size changes by a factor of four and back. */
  private static void intervals() {
    String[] names = {"plain", "adaptive", "volatility"};
    double[] held = new double[3];
    double[] score = new double[3];
    double[] width = new double[3];
    int n = 5000;
    int runs = 20;
    for (int run = 0; run < runs; run++) {
      Random random = new Random(run);
      double[] residuals = random.doubles(500, 0, 1).map(u -> random.nextGaussian()).toArray();
      List<OnlineInterval> all =
          List.of(
              OnlineInterval.plain(0.9, residuals),
              OnlineInterval.adaptive(0.9, 0.02, residuals),
              OnlineInterval.volatility(0.9, 0.02, 0.94, residuals));
      double log = 0;
      for (int t = 0; t < n; t++) {
        log = 0.995 * log + 0.1 * random.nextGaussian();
        double scale = t < 500 ? 1 : Math.exp(0.7 + log);
        double truth = scale * random.nextGaussian();
        for (int i = 0; i < 3; i++) {
          OnlineInterval.Range range = all.get(i).at(0);
          score[i] += range.score(truth, 0.9) / n / runs;
          width[i] += (range.high() - range.low()) / n / runs;
          held[i] += all.get(i).observe(0, truth) ? 1.0 / n / runs : 0;
        }
      }
    }
    for (int i = 0; i < 3; i++) {
      System.out.printf(
          Locale.ROOT,
          "%-11s coverage %.1f %%, interval score %.2f, width %.2f%n",
          names[i],
          100 * held[i],
          score[i],
          width[i]);
    }
  }

  /**
   * A classifier that knows its probabilities, whose inputs move; a held-out set of 3,000 and one
   * window each time.
   */
  private static void unlabelled() {
    Random random = new Random(9);
    for (int window : new int[] {400, 1000, 2000}) {
      for (double shift : new double[] {0, 0.5, 1, -0.7}) {
        int near = 0;
        int inside = 0;
        int known = 0;
        int ideal = 0;
        int windows = 500;
        for (int w = 0; w < windows; w++) {
          double[][] then = answers(random, 3000, 0, 1);
          double[][] now = answers(random, window, shift, 1);
          UnlabelledEstimate e = UnlabelledAccuracy.of(then[0], then[1]).estimate(now[0]);
          double truth = Arrays.stream(now[1]).average().orElse(0);
          near += Math.abs(truth - e.value()) < 0.02 ? 1 : 0;
          ideal += Math.abs(truth - Arrays.stream(now[0]).average().orElse(0)) < 0.02 ? 1 : 0;
          inside += truth >= e.low() && truth <= e.high() ? 1 : 0;
          known += e.known() ? 1 : 0;
        }
        System.out.printf(
            Locale.ROOT,
            "accuracy without truth, windows of %d, inputs moved by %.1f: within 2 points %.1f %%"
                + " (by the true probabilities %.1f %%), inside its interval %.1f %%, said to be"
                + " known %.1f %% of windows%n",
            window,
            shift,
            100.0 * near / windows,
            100.0 * ideal / windows,
            100.0 * inside / windows,
            100.0 * known / windows);
      }
    }
  }

  private static double[][] answers(Random random, int n, double shift, double slope) {
    double[][] answers = new double[2][n];
    for (int i = 0; i < n; i++) {
      double x = shift + 1.5 * random.nextGaussian();
      double p = 1 / (1 + Math.exp(-2 * slope * x));
      answers[0][i] = Math.max(p, 1 - p);
      answers[1][i] = random.nextDouble() < answers[0][i] ? 1 : 0;
    }
    return answers;
  }
}
