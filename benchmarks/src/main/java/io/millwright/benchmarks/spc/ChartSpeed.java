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
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Random;

/**
 * Readings per second on one thread over a thousand signals; then, with many signals at once, the
 * memory for each (heap after a collection, bytes of a snapshot) and the readings per second when
 * they come by turns and in no order. Arguments: millions of readings, thousands of signals.
 */
public final class ChartSpeed {

  private static final int SIGNALS = 1000;

  private ChartSpeed() {}

  /** Measures and prints. */
  public static void main(String[] args) {
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      ChartPlan[] plans = {
        new ChartPlan.Individuals(RunRules.WESTERN_ELECTRIC),
        ChartPlan.Ewma.standard(),
        ChartPlan.Cusum.standard()
      };
      for (ChartPlan plan : plans) {
        speed(quality, plan, Integer.parseInt(args[0]) * 1_000_000);
      }
      memory(quality, Integer.parseInt(args[1]) * 1000);
    }
  }

  private static void speed(Quality quality, ChartPlan plan, int readings) {
    Reading[] drawn = drawn();
    String[] names = new String[SIGNALS];
    for (int i = 0; i < SIGNALS; i++) {
      names[i] = "signal " + i;
    }
    for (int round = 0; round < 3; round++) {
      try (Monitor<Reading, ChartPoint> monitor =
          quality.spc().monitor(ControlChart.given(plan, 0, 1, Instant.EPOCH))) {
        long begun = System.nanoTime();
        int signalled = 0;
        for (int i = 0; i < readings; i++) {
          ChartPoint point =
              monitor
                  .update(names[i % SIGNALS], drawn[i * 31 & 4095], Instant.EPOCH)
                  .orElseThrow()
                  .value();
          signalled += point.inControl() ? 0 : 1;
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "%s, round %d: %.2f million readings a second (%d signals)%n",
            plan,
            round + 1,
            readings / seconds / 1e6,
            signalled);
      }
    }
  }

  private static void memory(Quality quality, int signals) {
    try (Monitor<Reading, ChartPoint> monitor =
        quality
            .spc()
            .monitor(
                ControlChart.given(
                    new ChartPlan.Individuals(RunRules.WESTERN_ELECTRIC), 0, 1, Instant.EPOCH))) {
      long before = used();
      String[] names = new String[signals];
      long begun = System.nanoTime();
      for (int i = 0; i < signals; i++) {
        names[i] = "line 4, station " + i;
        monitor.update(names[i], Reading.of(0.5), Instant.EPOCH);
      }
      print("first reading of each", signals, begun);
      long after = used();
      System.out.printf(
          Locale.ROOT,
          "%d signals: %d bytes of heap each, %d bytes of snapshot each%n",
          signals,
          (after - before) / signals,
          monitor.snapshot().length / signals);
      Reading[] drawn = drawn();
      for (int round = 0; round < 6; round++) {
        if (round == 3) {
          Collections.shuffle(Arrays.asList(names), new Random(2));
        }
        begun = System.nanoTime();
        for (int i = 0; i < signals; i++) {
          monitor.update(names[i], drawn[(i * 31 + round) & 4095], Instant.EPOCH);
        }
        print(round < 3 ? "by turns" : "in no order", signals, begun);
      }
    }
  }

  private static void print(String order, int readings, long begun) {
    System.out.printf(
        Locale.ROOT,
        "%d signals at once, %s: %.2f million readings a second%n",
        readings,
        order,
        readings / ((System.nanoTime() - begun) / 1e9) / 1e6);
  }

  private static Reading[] drawn() {
    Reading[] drawn = new Reading[4096];
    Random random = new Random(1);
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = Reading.of(random.nextGaussian());
    }
    return drawn;
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
