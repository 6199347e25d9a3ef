package io.millwright.benchmarks.demand;

import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.api.series.SeriesModel;
import io.millwright.series.SeriesModels;
import io.millwright.series.internal.PatchModel;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.ForecastTrainer;
import io.millwright.supplychain.KnownFuture;
import io.millwright.supplychain.SupplyChain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The series model without any training on the series judged, beside the usual combination, the
 * combination in which it may have a share, the seasonal naive method and Theta. Arguments: {@code
 * hourly}, {@code weekly} (M4) or {@code monthly} (M3); its folder; {@code validate} for the end of
 * the training part or {@code test}; and, if wanted, another bundle.
 */
public final class ZeroShot {

  private ZeroShot() {}

  /** Runs one of them. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[1]);
    boolean validate = args[2].equals("validate");
    SeriesModel model =
        args.length > 3
            ? new PatchModel(ModelSource.file(Path.of(args[3])))
            : SeriesModels.standard();
    try (Millwright millwright = Millwright.create()) {
      List<KnownFuture> truths =
          switch (args[0]) {
            case "hourly" -> OpenSets.m4(folder, "Hourly", Frequency.HOURLY, validate);
            case "weekly" -> OpenSets.m4(folder, "Weekly", Frequency.WEEKLY, validate);
            case "monthly", "quarterly", "yearly", "other" ->
                M3Forecasts.read(
                    millwright,
                    folder,
                    args[0],
                    switch (args[0]) {
                      case "monthly" -> Frequency.MONTHLY;
                      case "quarterly" -> Frequency.QUARTERLY;
                      case "yearly" -> Frequency.YEARLY;
                      default -> Frequency.COUNTED;
                    },
                    validate);
            default -> throw new IllegalArgumentException("no set " + args[0]);
          };
      int lag =
          switch (args[0]) {
            case "hourly" -> 24;
            case "monthly" -> 12;
            case "quarterly" -> 4;
            default -> 1;
          };
      judge(model, truths, lag);
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      ForecastTrainer trainer = supply.forecasting().horizon(truths.get(0).future().size());
      classic(trainer, truths, lag, "combination");
      classic(trainer.pretrained(model), truths, lag, "with the model");
      for (ForecastMethod method : List.of(ForecastMethod.SEASONAL_NAIVE, ForecastMethod.THETA)) {
        classic(trainer.methods(method), truths, lag, method.toString());
      }
    }
  }

  private static void classic(
      ForecastTrainer trainer, List<KnownFuture> truths, int lag, String name)
      throws InterruptedException {
    List<List<Double>> said = new ArrayList<>();
    ForecastModel learnt =
        trainer.train(truths.stream().map(KnownFuture::history).toList()).await();
    learnt
        .choice()
        .lines()
        .filter(l -> l.contains("series model"))
        .forEach(
            l ->
                System.out.println(
                    l.replaceAll(
                        "; sMAPE.*series model (\\S+ . [^,]*),.*", "; alone at origins $1")));
    try (var predictor = learnt.open()) {
      for (var outcome : predictor.predictAll(truths.stream().map(KnownFuture::history).toList())) {
        Forecast f = outcome.orElseThrow().value();
        said.add(f.means());
      }
    }
    print(name, truths, said, lag);
  }

  private static void judge(SeriesModel model, List<KnownFuture> truths, int lag) {
    List<List<Double>> said = new ArrayList<>();
    int middle = model.probabilities().indexOf(0.5);
    long within = 0;
    long all = 0;
    for (int run = 0; run < 2; run++) {
      said.clear();
      long begin = System.nanoTime();
      for (KnownFuture known : truths) {
        Series h = known.history();
        double[][] q = model.quantiles(h.toArray(), h.frequency().seasons(), known.future().size());
        said.add(Arrays.stream(q).map(p -> p[middle]).toList());
        for (int t = 0; t < q.length && run == 1; t++) {
          double v = known.future().get(t);
          within += v >= q[t][0] && v <= q[t][q[t].length - 1] ? 1 : 0;
          all++;
        }
      }
      if (run == 1) {
        System.out.printf(
            Locale.ROOT,
            "%.2f ms per series, coverage 80 %% %.1f%n",
            (System.nanoTime() - begin) / 1e6 / truths.size(),
            100.0 * within / all);
      }
    }
    print("series model", truths, said, lag);
  }

  private static void print(
      String name, List<KnownFuture> truths, List<List<Double>> said, int lag) {
    double[] sums = new double[2];
    for (int i = 0; i < truths.size(); i++) {
      OpenSets.add(sums, truths.get(i), lag, said.get(i));
    }
    System.out.printf(
        Locale.ROOT,
        "%-16s %d series: sMAPE %.3f MASE %.4f%n",
        name,
        truths.size(),
        sums[0] / truths.size(),
        sums[1] / truths.size());
  }
}
