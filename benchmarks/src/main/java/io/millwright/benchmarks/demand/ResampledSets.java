package io.millwright.benchmarks.demand;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.ForecastTrainer;
import io.millwright.supplychain.KnownFuture;
import io.millwright.supplychain.SupplyChain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The automatic choice on small sets drawn from all open ones, beside the seasonal naive method and
 * Theta alone: M3 by frequency, monthly retail, hourly and weekly series of M4. Arguments: the
 * folder that holds {@code m3}, {@code aus-retail} and {@code m4-open}; how many sets (20); how
 * many series each has at most (40); the key (1).
 */
public final class ResampledSets {

  private ResampledSets() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path data = Path.of(args[0]);
    int sets = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    int most = args.length > 2 ? Integer.parseInt(args[2]) : 40;
    SplittableRandom random = new SplittableRandom(args.length > 3 ? Long.parseLong(args[3]) : 1);
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      Map<String, List<KnownFuture>> all = sources(millwright, data);
      List<String> names = new ArrayList<>(all.keySet());
      int worse = 0;
      double worst = 0;
      for (int k = 0; k < sets; k++) {
        String name = names.get(k % names.size());
        List<KnownFuture> drawn = new ArrayList<>(all.getOrDefault(name, List.of()));
        int size = most / 2 + random.nextInt(most / 2 + 1);
        while (drawn.size() > size) {
          drawn.remove(random.nextInt(drawn.size()));
        }
        double own = scaled(supply.forecasting(), drawn);
        double theta = scaled(supply.forecasting().methods(ForecastMethod.THETA), drawn);
        double naive = naive(drawn);
        double ratio = own / Math.min(theta, naive);
        worse += ratio > 1.01 ? 1 : 0;
        worst = Math.max(worst, ratio);
        System.out.printf(
            Locale.ROOT,
            "%-13s %3d series: MASE %.4f, Theta %.4f, seasonal naive %.4f; to the better %.3f%n",
            name,
            drawn.size(),
            own,
            theta,
            naive,
            ratio);
      }
      System.out.printf(
          Locale.ROOT, "%d of %d worse by more than 1 %%, at most %.3f%n", worse, sets, worst);
    }
  }

  private static Map<String, List<KnownFuture>> sources(Millwright millwright, Path data)
      throws IOException {
    Map<String, List<KnownFuture>> all = new LinkedHashMap<>();
    Path m3 = data.resolve("m3");
    all.put("M3 yearly", M3Forecasts.read(millwright, m3, "yearly", Frequency.YEARLY, false));
    all.put(
        "M3 quarterly", M3Forecasts.read(millwright, m3, "quarterly", Frequency.QUARTERLY, false));
    all.put("M3 monthly", M3Forecasts.read(millwright, m3, "monthly", Frequency.MONTHLY, false));
    all.put("M3 other", M3Forecasts.read(millwright, m3, "other", Frequency.COUNTED, false));
    all.put(
        "retail",
        OpenSets.retail(data.resolve("aus-retail").resolve("aus_retail_odd.csv.gz"), false));
    Path m4 = data.resolve("m4-open");
    all.put("hourly", OpenSets.m4(m4, "Hourly", Frequency.HOURLY, false));
    all.put("weekly", OpenSets.m4(m4, "Weekly", Frequency.WEEKLY, false));
    return all;
  }

  private static double scaled(ForecastTrainer trainer, List<KnownFuture> truths)
      throws InterruptedException {
    List<Series> known = truths.stream().map(KnownFuture::history).toList();
    double[] sums = new double[2];
    try (Predictor<Series, Forecast> predictor =
        trainer.horizon(truths.get(0).future().size()).train(known).await().open()) {
      for (KnownFuture truth : truths) {
        List<Double> means = predictor.predict(truth.history()).orElseThrow().value().means();
        OpenSets.add(sums, truth, lag(truth), means);
      }
    }
    return sums[1] / truths.size();
  }

  private static double naive(List<KnownFuture> truths) {
    double[] sums = new double[2];
    for (KnownFuture truth : truths) {
      List<Integer> seasons = truth.history().frequency().seasons();
      int horizon = truth.future().size();
      OpenSets.add(
          sums, truth, lag(truth), OpenSets.again(truth.history().toArray(), seasons, horizon));
    }
    return sums[1] / truths.size();
  }

  /** Of the shortest season, or 1 where the history is shorter than two of them. */
  private static int lag(KnownFuture truth) {
    int lag = truth.history().frequency().seasons().stream().findFirst().orElse(1);
    return truth.history().length() >= 2 * lag ? lag : 1;
  }
}
