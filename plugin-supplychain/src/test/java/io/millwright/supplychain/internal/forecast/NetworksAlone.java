package io.millwright.supplychain.internal.forecast;

import io.millwright.api.Millwright;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.api.data.Table;
import io.millwright.supplychain.SupplyChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the networks alone say of the official test part of M3, without the methods that the trainer
 * mixes them with. Not a test: run it by hand with the folder {@code m3} and the number of networks
 * for each frequency.
 */
final class NetworksAlone {
  private NetworksAlone() {}

  private record Known(Series history, double[] truth) {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws InterruptedException {
    Path folder = Path.of(args[0]);
    int networks = Integer.parseInt(args[1]);
    try (Millwright millwright = Millwright.create()) {
      Map<String, List<Known>> parts = new LinkedHashMap<>();
      parts.put("yearly", read(millwright, folder, "yearly", Frequency.YEARLY));
      parts.put("quarterly", read(millwright, folder, "quarterly", Frequency.QUARTERLY));
      parts.put("monthly", read(millwright, folder, "monthly", Frequency.MONTHLY));
      parts.put("other", read(millwright, folder, "other", Frequency.COUNTED));
      List<Series> histories =
          parts.values().stream().flatMap(List::stream).map(Known::history).toList();
      TrainedForecaster model =
          (TrainedForecaster)
              millwright
                  .plugin(SupplyChain.class)
                  .forecasting()
                  .networks(networks)
                  .train(histories)
                  .await();
      System.out.println(model.choice());
      Score all = new Score();
      parts.forEach(
          (name, series) -> {
            Score score = new Score();
            for (Known known : series) {
              judge(model.forecaster(), known, score, all);
            }
            print(name, score, series.size());
          });
      print("all", all, histories.size());
    }
  }

  private static void judge(Forecaster forecaster, Known known, Score score, Score all) {
    SmoothGroup group = forecaster.smooth().get(Forecaster.key(known.history().frequency()));
    Past past = Past.of(known.history());
    group
        .voice()
        .forecast(past, group.horizon())
        .ifPresent(
            said -> {
              double[] within = Arrays.copyOf(said, known.truth().length);
              score.add(known.truth(), within, past.naiveError());
              all.add(known.truth(), within, past.naiveError());
            });
  }

  @SuppressWarnings("SystemOut")
  private static void print(String name, Score score, int series) {
    System.out.printf(
        Locale.ROOT,
        "%-10s %5d of %5d series: sMAPE %.2f MASE %.3f%n",
        name,
        score.count(),
        series,
        score.smape(),
        score.mase());
  }

  private static List<Known> read(
      Millwright millwright, Path folder, String name, Frequency frequency) {
    Table table = millwright.tables().csv(folder.resolve("m3_" + name + ".csv.gz"));
    List<Known> all = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      List<Double> train = new ArrayList<>();
      for (double v : numbers(table.labels("train").get(row))) {
        train.add(v);
      }
      all.add(
          new Known(
              new Series(table.labels("series").get(row), frequency, 1, train),
              numbers(table.labels("test").get(row))));
    }
    return all;
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.trim().split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}
