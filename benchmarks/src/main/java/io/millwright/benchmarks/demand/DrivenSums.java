package io.millwright.benchmarks.demand;

import io.millwright.api.Millwright;
import io.millwright.api.data.Series;
import io.millwright.supplychain.CoherentForecast;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.ForecastTrainer;
import io.millwright.supplychain.Hierarchy;
import io.millwright.supplychain.SupplyChain;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What covariates are worth in hierarchies: quantile loss of each level with and without them, over
 * the seasonal naive error of each node, and what sums differ by. The stores are those of {@link
 * DrivenDemand}, with the same arguments; groups are the kinds of groceries, or every fifth
 * article.
 */
public final class DrivenSums {

  private static final double[] PROBABILITIES = {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};

  private DrivenSums() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int stores = args.length > 1 ? Integer.parseInt(args[args.length - 1]) : 3;
    Map<String, double[]> sums = new LinkedHashMap<>();
    double apart = 0;
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      for (int k = 0; k < stores; k++) {
        DrivenDemand.Store store = DrivenDemand.store(args, k);
        List<DrivenSeries> known =
            store.wholes().stream()
                .map(d -> d.first(d.history().length() - store.ahead()))
                .map(d -> new DrivenSeries(d.history(), d.known(), d.past(), new TreeMap<>()))
                .toList();
        Hierarchy hierarchy = groups(store.wholes());
        ForecastTrainer trainer = supply.forecasting().horizon(store.ahead());
        long start = System.nanoTime();
        CoherentForecast with =
            supply.hierarchies().forecastWithCovariates(trainer, known, hierarchy).await();
        double seconds = (System.nanoTime() - start) / 1e9;
        CoherentForecast without =
            supply
                .hierarchies()
                .forecast(trainer, known.stream().map(DrivenSeries::history).toList(), hierarchy)
                .await();
        Map<String, List<Double>> truths = truths(store.wholes(), hierarchy, store.ahead());
        for (CoherentForecast.Node node : with.nodes()) {
          List<Double> truth = truths.getOrDefault(node.name(), List.of());
          double[] sum = sums.computeIfAbsent(node.level(), l -> new double[5]);
          double naive = naive(node.history());
          sum[0] += loss(node, truth) / naive;
          sum[1] += loss(without.node(node.name()), truth) / naive;
          sum[2] += truth.size();
          sum[3] += covered(node, truth, 0.1);
          sum[4] += covered(node, truth, 0.025);
        }
        apart = Math.max(apart, apart(with, hierarchy));
        System.out.printf(Locale.ROOT, "store %d, %.0f s%n", k, seconds);
        with.notes().forEach(n -> System.out.println("   " + n));
      }
    }
    System.out.println("level  loss with  without  ratio  cover 80 / 95 with");
    sums.forEach(
        (level, s) ->
            System.out.printf(
                Locale.ROOT,
                "%s  %.4f  %.4f  %.3f  %.1f / %.1f%n",
                level,
                s[0] / s[2],
                s[1] / s[2],
                s[0] / s[1],
                100 * s[3] / s[2],
                100 * s[4] / s[2]));
    System.out.printf(
        Locale.ROOT, "largest relative difference of a sum, points and samples: %.1e%n", apart);
  }

  private static Hierarchy groups(List<DrivenSeries> wholes) {
    Map<String, Map<String, String>> labels = new TreeMap<>();
    for (int i = 0; i < wholes.size(); i++) {
      DrivenSeries d = wholes.get(i);
      String group = d.attributes().getOrDefault("kind", "g" + i % 5);
      labels.put(d.history().id(), Map.of("group", group));
    }
    return Hierarchy.of(labels, List.of(List.of(), List.of("group")));
  }

  private static Map<String, List<Double>> truths(
      List<DrivenSeries> wholes, Hierarchy hierarchy, int ahead) {
    Map<String, List<Double>> truths = new TreeMap<>();
    for (DrivenSeries d : wholes) {
      List<Double> values = d.history().values();
      truths.put(d.history().id(), values.subList(values.size() - ahead, values.size()));
    }
    for (Hierarchy.Node sum : hierarchy.nodes()) {
      Double[] total = new Double[ahead];
      for (int h = 0; h < ahead; h++) {
        double all = 0;
        for (int member : sum.members()) {
          all += truths.getOrDefault(hierarchy.bottom().get(member), List.of()).get(h);
        }
        total[h] = all;
      }
      truths.put(sum.name(), List.of(total));
    }
    return truths;
  }

  private static double naive(Series s) {
    int lag = new TreeSet<>(s.frequency().seasons()).stream().findFirst().orElse(1);
    double sum = 0;
    for (int t = lag; t < s.length(); t++) {
      sum += Math.abs(s.values().get(t) - s.values().get(t - lag));
    }
    return Math.max(1e-9, sum / (s.length() - lag));
  }

  private static double loss(CoherentForecast.Node node, List<Double> truth) {
    double sum = 0;
    for (int h = 0; h < truth.size(); h++) {
      Distribution d = node.forecast().periods().get(h);
      for (double p : PROBABILITIES) {
        double e = truth.get(h) - d.quantile(p);
        sum += 2 * Math.max(p * e, (p - 1) * e) / PROBABILITIES.length;
      }
    }
    return sum;
  }

  private static double covered(CoherentForecast.Node node, List<Double> truth, double below) {
    int covered = 0;
    for (int h = 0; h < truth.size(); h++) {
      Distribution d = node.forecast().periods().get(h);
      double y = truth.get(h);
      covered += y >= d.quantile(below) && y <= d.quantile(1 - below) ? 1 : 0;
    }
    return covered;
  }

  private static double apart(CoherentForecast coherent, Hierarchy hierarchy) {
    double most = 0;
    for (Hierarchy.Node sum : hierarchy.nodes()) {
      CoherentForecast.Node node = coherent.node(sum.name());
      List<CoherentForecast.Node> parts =
          sum.members().stream().map(m -> coherent.node(hierarchy.bottom().get(m))).toList();
      for (int h = 0; h < node.forecast().horizon(); h++) {
        int at = h;
        double mean = parts.stream().mapToDouble(n -> n.forecast().periods().get(at).mean()).sum();
        most = Math.max(most, off(mean, node.forecast().periods().get(h).mean()));
        for (int s = 0; s < node.samples().size(); s++) {
          int one = s;
          double drawn = parts.stream().mapToDouble(n -> n.samples().get(one).get(at)).sum();
          most = Math.max(most, off(drawn, node.samples().get(s).get(h)));
        }
      }
    }
    return most;
  }

  private static double off(double sum, double whole) {
    return Math.abs(sum - whole) / Math.max(1e-9, Math.abs(whole));
  }
}
