package io.millwright.benchmarks.demand;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.SupplyChain;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How long forecasts with bands take of many monthly series of ten years, the choice of methods
 * included. Arguments: how many series (10,000), and the horizon (18).
 */
public final class ManySeries {

  private ManySeries() {}

  /** Runs it. */
  public static void main(String[] args) throws InterruptedException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int horizon = args.length > 1 ? Integer.parseInt(args[1]) : 18;
    Random random = new Random(7);
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(one(random, "s" + i));
    }
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      long begin = System.nanoTime();
      ForecastModel model = supply.forecasting().horizon(horizon).train(all).await();
      double trained = (System.nanoTime() - begin) / 1e9;
      int answered = 0;
      double sum = 0;
      try (Predictor<Series, Forecast> predictor = model.open()) {
        for (Outcome<Forecast> outcome : predictor.predictAll(all)) {
          if (outcome instanceof Outcome.Prediction<Forecast> p) {
            answered++;
            sum += p.value().periods().get(horizon - 1).quantile(0.9);
          }
        }
      }
      System.out.println(model.choice());
      System.out.printf(
          Locale.ROOT,
          "%d of %d series answered; learnt in %.1f s, learnt and answered in %.1f s on %d cores"
              + " (%.1f s of processor time); at most %d MiB of heap; sum of the last upper bounds"
              + " %.6f%n",
          answered,
          count,
          trained,
          (System.nanoTime() - begin) / 1e9,
          Runtime.getRuntime().availableProcessors(),
          cpu() / 1e9,
          peak() >> 20,
          sum);
    }
  }

  private static long cpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private static long peak() {
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      peak +=
          pool.getType() == java.lang.management.MemoryType.HEAP
              ? pool.getPeakUsage().getUsed()
              : 0;
    }
    return peak;
  }

  private static Series one(Random random, String id) {
    double level = 50 * Math.exp(2 * random.nextDouble());
    double noise = level * (0.03 + 0.07 * random.nextDouble());
    double size = random.nextInt(3) == 0 ? 0 : level * 0.3 * random.nextDouble();
    double slope = level * (random.nextDouble() - 0.3) / 120;
    double turn = 2 * Math.PI * random.nextDouble();
    double walking = random.nextInt(3) == 0 ? noise : 0;
    double walk = 0;
    double[] y = new double[120];
    for (int t = 0; t < y.length; t++) {
      walk += walking * random.nextGaussian();
      y[t] =
          level
              + slope * t
              + walk
              + size * Math.sin(2 * Math.PI * t / 12 + turn)
              + noise * random.nextGaussian();
    }
    return Series.of(id, Frequency.MONTHLY, "2015-01-01", y);
  }
}
