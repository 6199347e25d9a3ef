package io.millwright.benchmarks.demand;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.KnownFuture;
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
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Public sets beside M3: monthly retail over 36 years with its last two years as test, and hourly
 * and weekly series of the M4 competition with the official test part. Arguments: {@code retail},
 * {@code hourly} or {@code weekly}; its folder; then, if wanted, {@code validate}, which leaves the
 * test part alone and judges the end of the training part.
 */
public final class OpenSets {

  private OpenSets() {}

  /** Runs one of them. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[1]);
    boolean validate = args.length > 2 && args[2].equals("validate");
    switch (args[0]) {
      case "retail" -> run(retail(folder.resolve("aus_retail_odd.csv.gz"), validate), 12);
      case "hourly" -> run(m4(folder, "Hourly", Frequency.HOURLY, validate), 24);
      case "weekly" -> run(m4(folder, "Weekly", Frequency.WEEKLY, validate), 1);
      default -> throw new IllegalArgumentException("no set " + args[0]);
    }
  }

  /** Judges, with errors scaled at the lag that the set's own figures use. */
  private static void run(List<KnownFuture> truths, int lag) throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      long begin = System.nanoTime();
      ForecastModel model =
          supply
              .forecasting()
              .horizon(truths.get(0).future().size())
              .train(truths.stream().map(KnownFuture::history).toList())
              .await();
      double trained = (System.nanoTime() - begin) / 1e9;
      System.out.println(model.choice());
      try (Predictor<Series, Forecast> predictor = model.open()) {
        begin = System.nanoTime();
        List<Outcome<Forecast>> all =
            predictor.predictAll(truths.stream().map(KnownFuture::history).toList());
        double answered = (System.nanoTime() - begin) / 1e9;
        double[] own = new double[2];
        double[] naive = new double[2];
        double[] again = new double[2];
        for (int i = 0; i < all.size(); i++) {
          KnownFuture known = truths.get(i);
          double[] y = known.history().toArray();
          add(own, known, lag, all.get(i).orElseThrow().value().means());
          add(naive, known, lag, naive2(y, lag, known.future().size()));
          List<Integer> seasons = known.history().frequency().seasons();
          add(again, known, lag, again(y, seasons, known.future().size()));
        }
        Evaluation e = supply.evaluate(predictor, truths);
        int n = truths.size();
        System.out.printf(
            Locale.ROOT,
            "sMAPE %.3f MASE %.4f OWA %.4f; seasonal naive %.3f %.4f %.4f; Naive2 %.3f %.4f;"
                + " coverage 80 %% %.1f, 95 %% %.1f; trained in %.1f s, answered in %.1f s%n",
            own[0] / n,
            own[1] / n,
            (own[0] / naive[0] + own[1] / naive[1]) / 2,
            again[0] / n,
            again[1] / n,
            (again[0] / naive[0] + again[1] / naive[1]) / 2,
            naive[0] / n,
            naive[1] / n,
            100 * e.figure("coverage 80"),
            100 * e.figure("coverage 95"),
            trained,
            answered);
      }
    }
  }

  static void add(double[] sums, KnownFuture known, int lag, List<Double> said) {
    double[] y = known.history().toArray();
    double scale = 0;
    for (int t = lag; t < y.length; t++) {
      scale += Math.abs(y[t] - y[t - lag]) / (y.length - lag);
    }
    int n = known.future().size();
    for (int h = 0; h < n; h++) {
      double e = Math.abs(known.future().get(h) - said.get(h));
      sums[0] += 200 * e / (Math.abs(known.future().get(h)) + Math.abs(said.get(h))) / n;
      sums[1] += e / scale / n;
    }
  }

  static List<Double> again(double[] y, List<Integer> seasons, int horizon) {
    int lag = seasons.stream().filter(s -> y.length >= 2 * s).mapToInt(s -> s).max().orElse(1);
    List<Double> said = new ArrayList<>();
    for (int h = 0; h < horizon; h++) {
      said.add(y[y.length - lag + h % lag]);
    }
    return said;
  }

  /** The last value of the series without its season, as the M4 competition's benchmark. */
  private static List<Double> naive2(double[] y, int lag, int horizon) {
    double[] factors = new double[lag];
    java.util.Arrays.fill(factors, 1);
    if (lag > 1 && isSeasonal(y, lag)) {
      factors = factors(y, lag);
    }
    List<Double> said = new ArrayList<>();
    double last = y[y.length - 1] / factors[(y.length - 1) % lag];
    for (int h = 0; h < horizon; h++) {
      said.add(last * factors[(y.length + h) % lag]);
    }
    return said;
  }

  private static boolean isSeasonal(double[] y, int lag) {
    double mean = java.util.Arrays.stream(y).average().orElse(0);
    double variance = java.util.Arrays.stream(y).map(v -> (v - mean) * (v - mean)).sum();
    double squares = 0;
    double last = 0;
    for (int k = 1; k <= lag; k++) {
      double sum = 0;
      for (int t = k; t < y.length; t++) {
        sum += (y[t] - mean) * (y[t - k] - mean);
      }
      last = sum / variance;
      squares += k < lag ? last * last : 0;
    }
    return Math.abs(last) > 1.645 * Math.sqrt((1 + 2 * squares) / y.length);
  }

  private static double[] factors(double[] y, int lag) {
    double[] sum = new double[lag];
    int[] count = new int[lag];
    for (int t = lag / 2; t + lag / 2 < y.length; t++) {
      double trend = 0;
      for (int k = -lag / 2; k <= lag / 2; k++) {
        trend += (Math.abs(k) == lag / 2 ? 0.5 : 1) * y[t + k] / lag;
      }
      sum[t % lag] += y[t] / trend;
      count[t % lag]++;
    }
    double mean = 0;
    for (int p = 0; p < lag; p++) {
      sum[p] /= Math.max(1, count[p]);
      mean += sum[p] / lag;
    }
    for (int p = 0; p < lag; p++) {
      sum[p] /= mean;
    }
    return sum;
  }

  static List<KnownFuture> retail(Path file, boolean validate) throws IOException {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (String line : lines(file)) {
      String[] cells = line.replaceAll("\"[^\"]*\"", "x").split(",", -1);
      values
          .computeIfAbsent(cells[2], k -> new ArrayList<>())
          .add(Double.valueOf(cells[cells.length - 1]));
    }
    List<KnownFuture> all = new ArrayList<>();
    values.forEach(
        (id, v) -> {
          Series series = new Series(id, Frequency.MONTHLY, 23787, v);
          if (series.length() < 96) {
            return;
          }
          all.add(KnownFuture.of(validate ? series.first(series.length() - 24) : series, 24));
        });
    return all;
  }

  /** The open series of M4 of a frequency, as they are or cut at the end of the training part. */
  public static List<KnownFuture> m4(
      Path folder, String name, Frequency frequency, boolean validate) throws IOException {
    List<String> trains = lines(folder.resolve(name + "-train.csv.gz"));
    List<String> tests = lines(folder.resolve(name + "-test.csv.gz"));
    List<KnownFuture> all = new ArrayList<>();
    for (int i = 0; i < trains.size(); i++) {
      Series series = new Series("s" + i, frequency, 0, numbers(trains.get(i)));
      List<Double> test = numbers(tests.get(i));
      all.add(validate ? KnownFuture.of(series, test.size()) : new KnownFuture(series, test));
    }
    return all;
  }

  private static List<Double> numbers(String line) {
    List<Double> numbers = new ArrayList<>();
    String[] cells = line.replace("\"", "").split(",", -1);
    for (int i = 1; i < cells.length; i++) {
      if (!cells[i].isBlank()) {
        numbers.add(Double.valueOf(cells[i]));
      }
    }
    return numbers;
  }

  /** All lines but the header. */
  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).filter(l -> !l.isBlank()).toList();
    }
  }
}
