package io.millwright.benchmarks.demand;

import io.millwright.api.Millwright;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.CoherentForecast;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.Hierarchy;
import io.millwright.supplychain.SupplyChain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How often the bands of reconciled sums hold the truth, level by level, on drawn hierarchies: nine
 * shops in three regions over eight years of months, with a course that all share, one of each
 * region and one of each shop, a season, and noise; the next six months are the truth. Arguments:
 * how many hierarchies, and the first key.
 */
public final class DrawnSums {

  private static final int MONTHS = 96;
  private static final int AHEAD = 6;

  private DrawnSums() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws InterruptedException {
    int many = Integer.parseInt(args[0]);
    long key = Long.parseLong(args[1]);
    Map<String, double[]> covers = new LinkedHashMap<>();
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      for (int k = 0; k < many; k++) {
        Map<String, Map<String, String>> labels = new TreeMap<>();
        Map<String, double[]> drawn = drawn(key + k, labels);
        Hierarchy hierarchy = Hierarchy.of(labels, List.of(List.of(), List.of("region")));
        List<Series> known = new ArrayList<>();
        drawn.forEach(
            (id, y) -> {
              List<Double> values = new ArrayList<>();
              for (int t = 0; t < MONTHS; t++) {
                values.add(y[t]);
              }
              known.add(new Series(id, Frequency.MONTHLY, 24000, values));
            });
        CoherentForecast coherent =
            supply
                .hierarchies()
                .forecast(supply.forecasting().horizon(AHEAD), known, hierarchy)
                .await();
        for (CoherentForecast.Node node : coherent.nodes()) {
          double[] cover = covers.computeIfAbsent(node.level(), l -> new double[3]);
          for (int h = 0; h < AHEAD; h++) {
            double truth = truth(node.name(), hierarchy, drawn, MONTHS + h);
            Distribution d = node.forecast().periods().get(h);
            cover[0]++;
            cover[1] += truth >= d.quantile(0.1) && truth <= d.quantile(0.9) ? 1 : 0;
            cover[2] += truth >= d.quantile(0.025) && truth <= d.quantile(0.975) ? 1 : 0;
          }
        }
      }
    }
    System.out.println("level  periods  cover 80 / 95");
    covers.forEach(
        (level, c) ->
            System.out.printf(
                "%s  %.0f  %.1f / %.1f%n",
                level.isEmpty() ? "total" : level, c[0], 100 * c[1] / c[0], 100 * c[2] / c[0]));
  }

  private static double truth(
      String name, Hierarchy hierarchy, Map<String, double[]> drawn, int at) {
    for (Hierarchy.Node sum : hierarchy.nodes()) {
      if (sum.name().equals(name)) {
        return sum.members().stream()
            .mapToDouble(m -> drawn.getOrDefault(hierarchy.bottom().get(m), new double[0])[at])
            .sum();
      }
    }
    return drawn.getOrDefault(name, new double[0])[at];
  }

  private static Map<String, double[]> drawn(long key, Map<String, Map<String, String>> labels) {
    SplittableRandom random = new SplittableRandom(key);
    double[] common = course(random, 0.03);
    Map<String, double[]> all = new TreeMap<>();
    for (int r = 0; r < 3; r++) {
      double[] region = course(random, 0.03);
      for (int s = 0; s < 3; s++) {
        double[] shop = course(random, 0.03);
        double[] y = new double[MONTHS + AHEAD];
        double size = 50 + 400 * random.nextDouble();
        double phase = random.nextInt(12);
        for (int t = 0; t < y.length; t++) {
          double season = 0.2 * Math.sin(2 * Math.PI * (t + phase) / 12);
          double log = common[t] + region[t] + shop[t] + season + 0.06 * random.nextGaussian();
          y[t] = size * Math.exp(log);
        }
        String id = "shop " + r + s;
        all.put(id, y);
        labels.put(id, Map.of("region", "r" + r));
      }
    }
    return all;
  }

  /** A course that comes back slowly. */
  private static double[] course(SplittableRandom random, double step) {
    double[] x = new double[MONTHS + AHEAD];
    for (int t = 1; t < x.length; t++) {
      x[t] = 0.95 * x[t - 1] + step * random.nextGaussian();
    }
    return x;
  }
}
