package io.millwright.benchmarks.demand;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.CoherentForecast;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastTrainer;
import io.millwright.supplychain.Hierarchy;
import io.millwright.supplychain.SupplyChain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Monthly retail turnover by state and industry (crossed groups), reconciled: the scaled error of
 * each level against each node forecast by itself, what sums differ by, and the cover of the bands,
 * over the 12 months after several origins that nothing has seen. Arguments: the file; then {@code
 * validate} for three origins before the test part; without it, its first 12 months once.
 */
public final class RetailSums {

  private static final int AHEAD = 12;
  private static final int LENGTH = 240;

  private RetailSums() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, Map<String, String>> labels = new TreeMap<>();
    Map<String, List<Double>> values = read(Path.of(args[0]), labels);
    boolean validate = args.length > 1;
    int[] backs = validate ? new int[] {60, 48, 36} : new int[] {24};
    Map<String, double[]> sums = new LinkedHashMap<>();
    double apart = 0;
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      ForecastTrainer trainer = supply.forecasting().horizon(AHEAD);
      Hierarchy hierarchy =
          Hierarchy.of(labels, List.of(List.of(), List.of("state"), List.of("industry")));
      for (int back : backs) {
        List<Series> known = new ArrayList<>();
        Map<String, double[]> came = new LinkedHashMap<>();
        values.forEach(
            (id, v) -> {
              if (labels.containsKey(id)) {
                int cut = v.size() - back;
                int from = cut - LENGTH;
                known.add(new Series(id, Frequency.MONTHLY, 23787 + from, v.subList(from, cut)));
                came.put(id, v.subList(cut, cut + AHEAD).stream().mapToDouble(d -> d).toArray());
              }
            });
        long start = System.nanoTime();
        CoherentForecast coherent =
            supply.hierarchies().forecast(trainer, known, hierarchy).await();
        System.out.printf(
            "%d months back: %s, %.0f s%n",
            back, coherent.method(), (System.nanoTime() - start) / 1e9);
        List<Series> histories =
            coherent.nodes().stream().map(CoherentForecast.Node::history).toList();
        try (Predictor<Series, Forecast> alone = trainer.train(histories).await().open()) {
          for (CoherentForecast.Node node : coherent.nodes()) {
            double[] truth = truth(node, hierarchy, came);
            Forecast own = alone.predict(node.history()).orElseThrow().value();
            add(sums.computeIfAbsent(node.level(), k -> new double[6]), node, own, truth);
          }
        }
        apart = Math.max(apart, apart(coherent, hierarchy));
      }
    }
    System.out.println("level  alone  reconciled  ratio  cover 80 / 95");
    sums.forEach(
        (level, s) ->
            System.out.printf(
                "%s  %.4f  %.4f  %.3f  %.1f / %.1f%n",
                level,
                s[0] / s[2],
                s[1] / s[2],
                s[1] / s[0],
                100 * s[3] / s[2],
                100 * s[4] / s[2]));
    System.out.printf("largest relative difference of a sum, points and samples: %.1e%n", apart);
  }

  private static double[] truth(
      CoherentForecast.Node node, Hierarchy hierarchy, Map<String, double[]> came) {
    double[] truth = new double[AHEAD];
    for (Hierarchy.Node sum : hierarchy.nodes()) {
      if (sum.name().equals(node.name())) {
        for (int member : sum.members()) {
          double[] one = came.getOrDefault(hierarchy.bottom().get(member), truth);
          for (int h = 0; h < AHEAD; h++) {
            truth[h] += one[h];
          }
        }
        return truth;
      }
    }
    return came.getOrDefault(node.name(), truth);
  }

  private static void add(double[] sums, CoherentForecast.Node node, Forecast own, double[] truth) {
    List<Double> y = node.history().values();
    double naive = 0;
    for (int t = 12; t < y.size(); t++) {
      naive += Math.abs(y.get(t) - y.get(t - 12)) / (y.size() - 12);
    }
    for (int h = 0; h < AHEAD; h++) {
      Distribution d = node.forecast().periods().get(h);
      sums[0] += Math.abs(truth[h] - own.periods().get(h).mean()) / naive;
      sums[1] += Math.abs(truth[h] - d.mean()) / naive;
      sums[2]++;
      sums[3] += truth[h] >= d.quantile(0.1) && truth[h] <= d.quantile(0.9) ? 1 : 0;
      sums[4] += truth[h] >= d.quantile(0.025) && truth[h] <= d.quantile(0.975) ? 1 : 0;
    }
  }

  private static double apart(CoherentForecast coherent, Hierarchy hierarchy) {
    double most = 0;
    for (Hierarchy.Node sum : hierarchy.nodes()) {
      CoherentForecast.Node node = coherent.node(sum.name());
      List<CoherentForecast.Node> parts =
          sum.members().stream().map(m -> coherent.node(hierarchy.bottom().get(m))).toList();
      for (int h = 0; h < AHEAD; h++) {
        int at = h;
        double mean = parts.stream().mapToDouble(n -> n.forecast().periods().get(at).mean()).sum();
        most = Math.max(most, Math.abs(mean / node.forecast().periods().get(h).mean() - 1));
        for (int s = 0; s < node.samples().size(); s++) {
          int one = s;
          double drawn = parts.stream().mapToDouble(n -> n.samples().get(one).get(at)).sum();
          most = Math.max(most, Math.abs(drawn / node.samples().get(s).get(h) - 1));
        }
      }
    }
    return most;
  }

  private static Map<String, List<Double>> read(Path file, Map<String, Map<String, String>> labels)
      throws IOException {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while ((line = reader.readLine()) != null) {
        String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
        values.computeIfAbsent(cells[2], k -> new ArrayList<>()).add(Double.valueOf(cells[4]));
        labels.put(cells[2], Map.of("state", cells[0], "industry", cells[1].replace("\"", "")));
      }
    }
    // Series that began later or ended earlier would have to be added up over other periods.
    int whole = values.values().stream().mapToInt(List::size).max().orElse(0);
    values.forEach(
        (id, v) -> {
          if (v.size() < whole) {
            labels.remove(id);
          }
        });
    return values;
  }
}
