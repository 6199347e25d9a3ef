package io.millwright.benchmarks.demand;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.api.data.SeriesTables;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.ForecastTrainer;
import io.millwright.supplychain.StockCosts;
import io.millwright.supplychain.StockItem;
import io.millwright.supplychain.StockRun;
import io.millwright.supplychain.SupplyChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Monthly demand of car parts: the series whose last 12 months are known (the odd ones), forecast
 * by the automatic choice and by single methods, whose means get the negative binomial distribution
 * that fits them best on the months before (so that they differ in their means alone); errors, and
 * the stock that each needs to meet 95 % of the demand at once. Arguments: the CSV file; then, if
 * wanted, {@code validate}, which judges the 12 months before the last ones of all series instead.
 */
public final class CarParts {

  private static final int TEST = 12;
  private static final int MONTHS = 51;
  private static final int LEAD_TIME = 1;
  private static final double[] PROBABILITIES = {
    0.005, 0.025, 0.165, 0.25, 0.5, 0.75, 0.835, 0.975, 0.995
  };

  private static final double[] TARGETS = {0.7, 0.8, 0.87, 0.92, 0.95, 0.97, 0.985, 0.995, 0.9995};

  private CarParts() {}

  /** One part. */
  private record Part(Series history, Series whole, double scale) {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws InterruptedException {
    boolean validate = args.length > 1 && args[1].equals("validate");
    int end = validate ? MONTHS - TEST : MONTHS;
    try (Millwright millwright = Millwright.create()) {
      List<Series> all =
          SeriesTables.ofRows(millwright.tables().csv(Path.of(args[0])), Optional.empty());
      long last = Frequency.MONTHLY.number("2002-03") - (MONTHS - end);
      List<Series> histories = new ArrayList<>();
      List<Part> parts = new ArrayList<>();
      for (Series s : all) {
        int known = (int) Math.min(s.length(), last - TEST + 1 - s.start());
        if (known < 3 || s.first(known).known() < 3) {
          continue;
        }
        Series history = s.first(known);
        histories.add(history);
        boolean odd = Integer.parseInt(s.id().substring(1)) % 2 == 1;
        if ((validate || odd) && s.start() + s.length() - s.silent() > last) {
          parts.add(new Part(history, s.first(known + TEST), scale(history)));
        }
      }
      System.out.printf(
          Locale.ROOT, "learnt from %d parts, judged on %d%n", histories.size(), parts.size());
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      Map<String, Predictor<Series, Forecast>> predictors = new LinkedHashMap<>();
      ForecastTrainer trainer = supply.forecasting().horizon(TEST);
      predictors.put("automatic", trainer.train(histories).await().open());
      for (ForecastMethod method :
          List.of(
              ForecastMethod.SIMPLE,
              ForecastMethod.CROSTON,
              ForecastMethod.SBA,
              ForecastMethod.TSB)) {
        predictors.put(method.name(), trainer.methods(method).train(histories).await().open());
      }
      predictors.forEach((name, predictor) -> judge(name, predictor, parts));
      judge("zero", null, parts);
      predictors.forEach((name, predictor) -> stock(name, supply, predictor, parts));
      predictors.values().forEach(Predictor::close);
    }
  }

  /** The mean absolute change of a history from month to month, by which losses are scaled. */
  private static double scale(Series history) {
    double sum = 0;
    int count = 0;
    for (int t = 1; t < history.length(); t++) {
      double change = history.values().get(t) - history.values().get(t - 1);
      if (!Double.isNaN(change)) {
        sum += Math.abs(change);
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /** Errors of the means and losses of the quantiles; without a predictor, of zero. */
  private static void judge(
      String name, @Nullable Predictor<Series, Forecast> predictor, List<Part> parts) {
    double squares = 0;
    double roots = 0;
    double loss = 0;
    double scaled = 0;
    double bias = 0;
    int count = 0;
    int withScale = 0;
    for (Part part : parts) {
      Outcome<Forecast> outcome = predictor == null ? null : predictor.predict(part.history());
      double own = 0;
      double ownLoss = 0;
      for (int h = 0; h < TEST; h++) {
        Distribution d = outcome == null ? null : outcome.orElseThrow().value().periods().get(h);
        double truth = part.whole().values().get(part.history().length() + h);
        double mean = d == null ? 0 : d.mean();
        own += (truth - mean) * (truth - mean);
        bias += mean - truth;
        for (double p : PROBABILITIES) {
          double e = truth - (d == null ? 0 : Math.ceil(d.quantile(p) - 1e-9));
          ownLoss += 2 * Math.max(p * e, (p - 1) * e) / PROBABILITIES.length;
        }
        count++;
      }
      squares += own;
      roots += Math.sqrt(own / TEST);
      loss += ownLoss;
      if (part.scale() > 0) {
        scaled += ownLoss / TEST / part.scale();
        withScale++;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-10s RMSE %.4f, mean RMSE of a part %.4f, quantile loss %.4f, scaled %.4f, bias %+.3f%n",
        name,
        Math.sqrt(squares / count),
        roots / parts.size(),
        loss / count,
        scaled / withScale,
        bias / count);
  }

  /**
   * The mean stock that meets 90 and 95 % of the demand of all parts at once: plans for several
   * fill rates are played, and the stock is read off between the two nearest.
   */
  private static void stock(
      String name, SupplyChain supply, Predictor<Series, Forecast> predictor, List<Part> parts) {
    double stockBefore = 0;
    double fillBefore = 0;
    List<Double> wanted = new ArrayList<>(List.of(0.9, 0.95));
    StringBuilder line = new StringBuilder();
    for (double target : TARGETS) {
      StockItem item = StockItem.of(LEAD_TIME, new StockCosts(1, 9, 0)).fill(target);
      double demand = 0;
      double missing = 0;
      double stock = 0;
      for (Part part : parts) {
        if (part.history().length() - LEAD_TIME < 6) {
          continue;
        }
        StockRun run = supply.stock().simulate(predictor, part.whole(), item, TEST);
        demand += run.periods().stream().mapToDouble(StockRun.Period::demand).sum();
        missing += run.periods().stream().mapToDouble(StockRun.Period::missing).sum();
        stock += run.meanStock();
      }
      double fill = 1 - missing / demand;
      while (!wanted.isEmpty() && fill >= wanted.get(0)) {
        double part = (wanted.get(0) - fillBefore) / (fill - fillBefore);
        line.append(
            String.format(
                Locale.ROOT,
                "  %.0f %%: %.0f",
                100 * wanted.remove(0),
                stockBefore + part * (stock - stockBefore)));
      }
      if (wanted.isEmpty()) {
        break;
      }
      stockBefore = stock;
      fillBefore = fill;
    }
    System.out.printf(
        Locale.ROOT,
        "%-10s mean stock for a fill rate of%s%s%n",
        name,
        line,
        wanted.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT, "  at most %.2f %%, with %.0f", 100 * fillBefore, stockBefore));
  }
}
