package io.millwright.benchmarks.spc;

import io.millwright.api.Millwright;
import io.millwright.api.Monitor;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ControlChart;
import io.millwright.quality.Quality;
import io.millwright.quality.Reading;
import io.millwright.quality.RunRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Mean run lengths to a signal, by simulation of normal readings through the monitor, beside
 * published ones: 1 / 0.0026998 for 3 sigma; Champ and Woodall (1987) for the four rules of Western
 * Electric; Lucas and Saccucci (1990), as in Montgomery's table 9.11, for EWMA; Montgomery's table
 * 9.3 for CUSUM. Shifts are in standard deviations of what is charted. Argument: the number of
 * runs.
 */
public final class RunLengths {

  private static final Instant AT = Instant.EPOCH;

  private RunLengths() {}

  /** Runs all cases and prints a table. */
  public static void main(String[] args) {
    int runs = Integer.parseInt(args[0]);
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      System.out.println("chart | shift | published | simulated | difference, standard error");
      run(
          quality,
          new ChartPlan.Means(4, ChartPlan.Spread.DEVIATION, RunRules.NONE),
          "mean",
          4,
          0,
          370.4,
          runs);
      run(
          quality,
          new ChartPlan.Means(4, ChartPlan.Spread.DEVIATION, RunRules.WESTERN_ELECTRIC),
          "mean",
          4,
          0,
          91.75,
          runs);
      double[][] ewma = {{0, 500, 500}, {0.5, 31.3, 48.2}, {1, 10.3, 11.1}};
      for (double[] row : ewma) {
        ChartPlan slow = new ChartPlan.Ewma(1, 0.1, 2.814, false);
        ChartPlan fast = new ChartPlan.Ewma(1, 0.25, 2.998, false);
        run(quality, slow, "average", 1, row[0], row[1], runs);
        run(quality, fast, "average", 1, row[0], row[2], runs);
      }
      double[][] cusum = {{0, 168, 465}, {0.5, 26.6, 38.0}, {1, 8.38, 10.4}};
      for (double[] row : cusum) {
        run(quality, new ChartPlan.Cusum(1, 0.5, 4, 0), "", 1, row[0], row[1], runs);
        run(quality, new ChartPlan.Cusum(1, 0.5, 5, 0), "", 1, row[0], row[2], runs);
      }
    }
  }

  private static void run(
      Quality quality,
      ChartPlan plan,
      String track,
      int size,
      double shift,
      double published,
      int runs) {
    ControlChart chart = ControlChart.given(plan, 0, 1, AT);
    SplittableRandom random = new SplittableRandom(7);
    double sum = 0;
    double squares = 0;
    double by = shift / Math.sqrt(size);
    try (Monitor<Reading, ChartPoint> monitor = quality.spc().monitor(chart)) {
      for (int r = 0; r < runs; r++) {
        double length = length(monitor, random, track, size, by);
        sum += length;
        squares += length * length;
        monitor.forget("a");
      }
    }
    double mean = sum / runs;
    double error = Math.sqrt((squares / runs - mean * mean) / runs);
    System.out.printf(
        Locale.ROOT,
        "%s | %.2f | %.2f | %.2f | %+.2f %%, %.2f %%%n",
        plan,
        shift,
        published,
        mean,
        100 * (mean / published - 1),
        100 * error / mean);
  }

  private static long length(
      Monitor<Reading, ChartPoint> monitor,
      SplittableRandom random,
      String track,
      int size,
      double by) {
    for (long n = 1; ; n++) {
      List<Double> values = new ArrayList<>(size);
      for (int k = 0; k < size; k++) {
        values.add(by + random.nextGaussian());
      }
      ChartPoint point = monitor.update("a", new Reading.Values(values), AT).orElseThrow().value();
      for (ChartPoint.Signal signal : point.signals()) {
        if (track.isEmpty() || signal.track().equals(track)) {
          return n;
        }
      }
    }
  }
}
