package io.millwright.benchmarks.demand;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.CovariateModel;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.KnownFuture;
import io.millwright.supplychain.SupplyChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What covariates are worth: drawn demand of which the makings are known, with and without them.
 * {@code simulated}: weekly sales with elasticities that differ from article to article, promotions
 * and a holiday peak. {@code groceries FOLDER}: daily sales of 169 kinds of groceries as often as
 * they are bought in the baskets of that set, with drawn prices and promotions. {@code idle}: the
 * simulated store with covariates that do nothing, where the loss must stay. Then, if wanted, the
 * number of stores drawn.
 */
public final class DrivenDemand {

  private DrivenDemand() {}

  record Store(List<DrivenSeries> wholes, int ahead) {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int stores = args.length > 0 ? Integer.parseInt(args[args.length - 1]) : 3;
    System.out.println("store  loss with  without  ratio  cover 80/95 with  mase with/without");
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      for (int k = 0; k < stores; k++) {
        judge(supply, store(args, k), k);
      }
    }
  }

  static Store store(String[] args, int k) throws IOException {
    return switch (args[0]) {
      case "simulated" -> weekly(k, 1);
      case "idle" -> weekly(k, 0);
      case "groceries" -> groceries(Path.of(args[1]), k);
      default -> throw new IllegalArgumentException("no store " + args[0]);
    };
  }

  private static void judge(SupplyChain supply, Store store, int k) throws InterruptedException {
    int ahead = store.ahead;
    List<DrivenSeries> known =
        store.wholes.stream().map(d -> d.first(d.history().length() - ahead)).toList();
    long start = System.nanoTime();
    CovariateModel with = supply.forecasting().horizon(ahead).withCovariates().train(known).await();
    double seconds = (System.nanoTime() - start) / 1e9;
    ForecastModel without =
        supply
            .forecasting()
            .horizon(ahead)
            .train(known.stream().map(DrivenSeries::history).toList())
            .await();
    try (Predictor<DrivenSeries, Forecast> a = with.open();
        Predictor<Series, Forecast> b = without.open()) {
      Evaluation one = supply.evaluateWithCovariates(a, store.wholes, ahead);
      Evaluation other =
          supply.evaluate(
              b, store.wholes.stream().map(d -> KnownFuture.of(d.history(), ahead)).toList());
      System.out.printf(
          Locale.ROOT,
          "%d  %.4f  %.4f  %.3f  %.1f / %.1f  %.3f / %.3f  (%.0f s)%n",
          k,
          one.figure("quantile loss"),
          other.figure("quantile loss"),
          one.figure("quantile loss") / other.figure("quantile loss"),
          100 * one.figure("coverage 80"),
          100 * one.figure("coverage 95"),
          one.figure("mase"),
          other.figure("mase"),
          seconds);
      with.choice()
          .lines()
          .filter(l -> l.contains("rolling origins") && l.contains("alone"))
          .forEach(l -> System.out.println("   " + l));
    }
  }

  /** 104 weeks of 100 articles, 8 weeks ahead. */
  private static Store weekly(int store, double effect) {
    int ahead = 8;
    int length = 104 + ahead;
    List<DrivenSeries> all = new ArrayList<>();
    SplittableRandom common = new SplittableRandom(7000 + store);
    double[] weather = new double[length];
    for (int t = 0; t < length; t++) {
      weather[t] = 12 - 10 * Math.cos(2 * Math.PI * t / 52) + 4 * normal(common);
    }
    for (int i = 0; i < 100; i++) {
      SplittableRandom random = new SplittableRandom(1000L * store + i);
      double level = Math.exp(1 + 3 * random.nextDouble());
      double elasticity = effect * (-2 + 0.6 * normal(random));
      double lift = effect * (0.6 + 0.2 * normal(random));
      double warm = effect * 0.02;
      double usual = 2 + 8 * random.nextDouble();
      List<Double> sold = new ArrayList<>();
      List<Double> price = new ArrayList<>();
      List<Double> promotion = new ArrayList<>();
      List<Double> temperature = new ArrayList<>();
      List<Double> idle = new ArrayList<>();
      double walk = 0;
      int left = 0;
      for (int t = 0; t < length; t++) {
        left = left > 0 ? left - 1 : random.nextDouble() < 0.07 ? 1 + random.nextInt(3) : 0;
        double now = usual * (left > 0 ? 0.75 + 0.2 * random.nextDouble() : 1);
        walk += 0.03 * normal(random);
        double log =
            walk
                + elasticity * Math.log(now / usual)
                + (left > 0 ? lift : 0)
                + warm * (weather[t] - 12);
        sold.add(poisson(level * Math.exp(log + 0.15 * normal(random)), random));
        price.add(now);
        promotion.add(left > 0 ? 1.0 : 0);
        temperature.add(weather[t]);
        idle.add(random.nextDouble());
      }
      all.add(
          DrivenSeries.of(
                  new Series("a" + i, Frequency.WEEKLY, Frequency.WEEKLY.number("2024-W01"), sold))
              .known("price", price)
              .known("promotion", promotion)
              .known("temperature", temperature)
              .known("idle", idle));
    }
    return new Store(all, ahead);
  }

  /** 200 days of the kinds that are bought at least 20 times, 14 days ahead. */
  private static Store groceries(Path folder, int store) throws IOException {
    double[] bought = new double[170];
    for (String basket : Files.readAllLines(folder.resolve("baskets.txt"))) {
      for (String item : basket.trim().split(" +", -1)) {
        if (!item.isEmpty()) {
          bought[Integer.parseInt(item)]++;
        }
      }
    }
    List<String> items = Files.readAllLines(folder.resolve("items.csv"));
    int ahead = 14;
    int length = 200 + ahead;
    double[] week = {0.9, 0.85, 0.9, 1, 1.25, 1.5, 0.6};
    List<DrivenSeries> all = new ArrayList<>();
    for (int i = 1; i < bought.length && i < items.size(); i++) {
      if (bought[i] < 20) {
        continue;
      }
      SplittableRandom random = new SplittableRandom(31L * store + 977L * i);
      String[] names = items.get(i).replace("\"", "").split(",", -1);
      double level = bought[i] / 30;
      double elasticity = -1.5 + 0.5 * normal(random);
      double usual = 1 + 5 * random.nextDouble();
      List<Double> sold = new ArrayList<>();
      List<Double> price = new ArrayList<>();
      List<Double> promotion = new ArrayList<>();
      int left = 0;
      for (int t = 0; t < length; t++) {
        left = left > 0 ? left - 1 : random.nextDouble() < 0.015 ? 6 : 0;
        double now = usual * (left > 0 ? 0.8 : 1);
        double log = elasticity * Math.log(now / usual) + (left > 0 ? 0.5 : 0);
        sold.add(poisson(level * week[t % 7] * Math.exp(log + 0.2 * normal(random)), random));
        price.add(now);
        promotion.add(left > 0 ? 1.0 : 0);
      }
      all.add(
          DrivenSeries.of(
                  new Series(
                      names[1] + " " + i,
                      Frequency.DAILY,
                      Frequency.DAILY.number("2026-01-05"),
                      sold))
              .known("price", price)
              .known("promotion", promotion)
              .attribute("kind", names[names.length - 1]));
    }
    return new Store(all, ahead);
  }

  private static double normal(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private static double poisson(double mean, SplittableRandom random) {
    if (mean > 60) {
      return Math.max(0, Math.rint(mean + Math.sqrt(mean) * normal(random)));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }
}
