package io.millwright.benchmarks.demand;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.api.data.Table;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.ForecastTrainer;
import io.millwright.supplychain.KnownFuture;
import io.millwright.supplychain.SupplyChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The 3,003 series of the M3 competition with its own test part. Arguments: the folder {@code m3};
 * then, if wanted, the number of networks for each frequency; then, if wanted, {@code validate},
 * which leaves the test part alone and judges the end of the training part instead, for choosing
 * settings.
 */
public final class M3Forecasts {

  private M3Forecasts() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws InterruptedException {
    Path folder = Path.of(args[0]);
    int networks = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    boolean validate = args.length > 2 && args[2].equals("validate");
    try (Millwright millwright = Millwright.create()) {
      Map<String, List<KnownFuture>> parts = new LinkedHashMap<>();
      parts.put("yearly", read(millwright, folder, "yearly", Frequency.YEARLY, validate));
      parts.put("quarterly", read(millwright, folder, "quarterly", Frequency.QUARTERLY, validate));
      parts.put("monthly", read(millwright, folder, "monthly", Frequency.MONTHLY, validate));
      parts.put("other", read(millwright, folder, "other", Frequency.COUNTED, validate));
      List<KnownFuture> all = new ArrayList<>();
      parts.values().forEach(all::addAll);
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      long begin = System.nanoTime();
      ForecastTrainer trainer = supply.forecasting().networks(networks);
      ForecastModel model = trainer.train(all.stream().map(KnownFuture::history).toList()).await();
      double trained = (System.nanoTime() - begin) / 1e9;
      System.out.println(model.choice());
      try (Predictor<Series, Forecast> predictor = model.open()) {
        begin = System.nanoTime();
        parts.put("all", all);
        parts.forEach((name, truths) -> print(name, supply.evaluate(predictor, truths)));
        double answered = (System.nanoTime() - begin) / 2e9;
        System.out.printf(
            Locale.ROOT,
            "trained in %.1f s, %d series forecast in %.1f s: %.2f s per 1,000%n",
            trained,
            all.size(),
            answered,
            1000 * answered / all.size());
      }
    }
  }

  private static void print(String name, Evaluation e) {
    System.out.printf(
        Locale.ROOT,
        "%-10s %5d series: sMAPE %.2f MASE %.3f; coverage 80 %% %.1f, 95 %% %.1f; quantile loss"
            + " %.3f%n",
        name,
        e.samples(),
        e.figure("smape"),
        e.figure("mase"),
        100 * e.figure("coverage 80"),
        100 * e.figure("coverage 95"),
        e.figure("quantile loss"));
  }

  static List<KnownFuture> read(
      Millwright millwright, Path folder, String name, Frequency frequency, boolean validate) {
    Table table = millwright.tables().csv(folder.resolve("m3_" + name + ".csv.gz"));
    List<String> ids = labels(table, "series");
    List<String> trains = labels(table, "train");
    List<String> tests = labels(table, "test");
    List<KnownFuture> all = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      Series train = new Series(ids.get(row), frequency, 1, numbers(trains.get(row)));
      List<Double> test = numbers(tests.get(row));
      all.add(validate ? KnownFuture.of(train, test.size()) : new KnownFuture(train, test));
    }
    return all;
  }

  private static List<String> labels(Table table, String column) {
    return table.labels(column).stream().map(String::valueOf).toList();
  }

  private static List<Double> numbers(String text) {
    return Arrays.stream(text.trim().split(" ", -1)).map(Double::valueOf).toList();
  }
}
