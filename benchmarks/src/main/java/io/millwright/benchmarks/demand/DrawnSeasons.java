package io.millwright.benchmarks.demand;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.ForecastTrainer;
import io.millwright.supplychain.KnownFuture;
import io.millwright.supplychain.SupplyChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Series that public data at hand do not hold: hourly ones with a day and a week, of five to nine
 * weeks, and weekly ones with a year, of two to eight years. Level, shape of each season, trend,
 * noise (autocorrelated, multiplied or added) and gaps are drawn for each series. The automatic
 * choice stands beside the seasonal naive methods. Arguments: series of each kind (200), key (1).
 */
public final class DrawnSeasons {

  private static final int DAY = 24;
  private static final int WEEK = 168;
  private static final int YEAR = 52;

  private final SplittableRandom random;

  private DrawnSeasons(long key) {
    random = new SplittableRandom(key);
  }

  /** Prints a line for each kind and method. */
  public static void main(String[] args) throws InterruptedException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    DrawnSeasons draws = new DrawnSeasons(args.length > 1 ? Long.parseLong(args[1]) : 1);
    List<KnownFuture> hourly = new ArrayList<>();
    List<KnownFuture> weekly = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hourly.add(KnownFuture.of(draws.hourly("hours " + i), 2 * DAY));
      weekly.add(KnownFuture.of(draws.weekly("weeks " + i), 13));
    }
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      ForecastTrainer trainer = supply.forecasting();
      print(supply, trainer, "hourly, automatic", hourly, Frequency.HOURLY);
      ForecastTrainer naive = trainer.methods(ForecastMethod.SEASONAL_NAIVE);
      print(supply, naive, "hourly, as a week ago", hourly, Frequency.HOURLY);
      print(supply, naive, "hourly, as a day ago", hourly, Frequency.HOURLY.seasons(DAY));
      print(supply, trainer, "weekly, automatic", weekly, Frequency.WEEKLY);
      print(supply, naive, "weekly, as a year ago", weekly, Frequency.WEEKLY);
    }
  }

  private static void print(
      SupplyChain supply,
      ForecastTrainer trainer,
      String name,
      List<KnownFuture> truths,
      Frequency frequency)
      throws InterruptedException {
    List<KnownFuture> same = truths.stream().map(k -> at(k, frequency)).toList();
    long begin = System.nanoTime();
    try (Predictor<Series, Forecast> predictor =
        trainer
            .horizon(truths.get(0).future().size())
            .train(same.stream().map(KnownFuture::history).toList())
            .await()
            .open()) {
      Evaluation e = supply.evaluate(predictor, same);
      System.out.printf(
          Locale.ROOT,
          "%-24s sMAPE %5.2f MASE %.3f; coverage 80 %% %.1f, 95 %% %.1f; %.1f s%n",
          name,
          e.figure("smape"),
          e.figure("mase"),
          100 * e.figure("coverage 80"),
          100 * e.figure("coverage 95"),
          (System.nanoTime() - begin) * 1e-9);
    }
  }

  private static KnownFuture at(KnownFuture known, Frequency frequency) {
    Series h = known.history();
    return new KnownFuture(new Series(h.id(), frequency, h.start(), h.values()), known.future());
  }

  private Series hourly(String id) {
    int n = WEEK * 5 + random.nextInt(WEEK * 4);
    double[] day = shape(DAY, 3, 0.5);
    double[] days = new double[7];
    double weekend = random.nextInt(4) == 0 ? 0 : -0.5 * random.nextDouble();
    for (int d = 0; d < 7; d++) {
      days[d] = (d > 4 ? weekend : 0) + 0.05 * gauss();
    }
    double[] pattern = new double[WEEK];
    double flat = random.nextDouble();
    for (int t = 0; t < WEEK; t++) {
      // At weekends the day's shape is flatter, so that the week is no mere sum.
      double damped = t / DAY > 4 ? 1 - flat : 1;
      pattern[t] = damped * day[t % DAY] + days[t / DAY];
    }
    return series(id, Frequency.HOURLY, n, pattern, 0.15, 0.97);
  }

  private Series weekly(String id) {
    return series(
        id, Frequency.WEEKLY, YEAR * 2 + random.nextInt(YEAR * 6), shape(YEAR, 2, 0.4), 0.15, 0.8);
  }

  /** A smooth season of a few waves. */
  private double[] shape(int length, int waves, double most) {
    double[] shape = new double[length];
    for (int k = 1; k <= waves; k++) {
      double size = most * random.nextDouble() / k;
      double turn = 2 * Math.PI * random.nextDouble();
      for (int t = 0; t < length; t++) {
        shape[t] += size * Math.sin(2 * Math.PI * k * t / length + turn);
      }
    }
    return shape;
  }

  private Series series(
      String id, Frequency frequency, int n, double[] pattern, double mostNoise, double mostTie) {
    double level = Math.exp(2 + 6 * random.nextDouble());
    double trend = 0.2 * gauss() / n;
    double noise = mostNoise * random.nextDouble();
    double tie = mostTie * random.nextDouble();
    boolean gaps = random.nextInt(5) == 0;
    boolean multiplied = random.nextBoolean();
    int begin = random.nextInt(pattern.length);
    List<Double> values = new ArrayList<>();
    double rest = 0;
    for (int t = 0; t < n; t++) {
      rest = tie * rest + Math.sqrt(1 - tie * tie) * noise * gauss();
      double season = pattern[(begin + t) % pattern.length] + trend * t;
      double value = level * (multiplied ? Math.exp(season + rest) : 2 + season + rest);
      boolean known = !gaps || t == 0 || random.nextInt(50) > 0;
      values.add(known ? value : Double.NaN);
    }
    return new Series(id, frequency, begin, values);
  }

  private double gauss() {
    double u = 1 - random.nextDouble();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
