package io.millwright.benchmarks.demand;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.KnownFuture;
import io.millwright.supplychain.SupplyChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Series whose truth is known, kind by kind: the default beside the seasonal naive method and
 * simple smoothing, which it must not lose to on any. Each kind is learnt alone; the last lines
 * learn from all monthly kinds at once. Arguments: series of each kind (60), key (1), and, if
 * wanted, the kinds to run.
 */
@SuppressWarnings("EnumOrdinal") // The number of a kind is part of its key.
public final class DrawnKinds {

  private final Random random;

  private DrawnKinds(long key) {
    random = new Random(key);
  }

  /** What a kind is made of. */
  @SuppressWarnings("ImmutableEnumChecker") // A frequency is a record of values.
  private enum Kind {
    STATIONARY(Frequency.MONTHLY, 72, 12),
    WALK(Frequency.MONTHLY, 72, 12),
    TREND(Frequency.MONTHLY, 72, 12),
    SEASON(Frequency.MONTHLY, 72, 12),
    TREND_SEASON(Frequency.MONTHLY, 72, 12),
    EVOLVING(Frequency.MONTHLY, 120, 12),
    SHIFT(Frequency.MONTHLY, 72, 12),
    OUTLIERS(Frequency.MONTHLY, 72, 12),
    LUMPY(Frequency.MONTHLY, 72, 12),
    MONTHS_24(Frequency.MONTHLY, 24, 12),
    MONTHS_30(Frequency.MONTHLY, 30, 12),
    MONTHS_30_PLAIN(Frequency.MONTHLY, 30, 12),
    MONTHS_30_WALK(Frequency.MONTHLY, 30, 12),
    YEARS_25(Frequency.MONTHLY, 300, 12),
    DAILY(Frequency.DAILY, 200, 28),
    DAILY_PLAIN(Frequency.DAILY, 200, 28),
    WEEKLY(Frequency.WEEKLY, 170, 13),
    WEEKLY_PLAIN(Frequency.WEEKLY, 130, 13),
    HOURLY(Frequency.HOURLY, 840, 48),
    QUARTERLY(Frequency.QUARTERLY, 28, 8),
    YEARLY(Frequency.YEARLY, 20, 6);

    final Frequency frequency;
    final int length;
    final int horizon;

    Kind(Frequency frequency, int length, int horizon) {
      this.frequency = frequency;
      this.length = length;
      this.horizon = horizon;
    }
  }

  /** Prints a line for each kind. */
  public static void main(String[] args) throws InterruptedException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 60;
    long key = args.length > 1 ? Long.parseLong(args[1]) : 1;
    List<String> wanted =
        args.length > 2 ? List.of(args).subList(2, args.length) : List.<String>of();
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      System.out.println(
          "kind             MASE: default  seasonal naive  smoothing  against the better;"
              + " cover 80 95");
      List<KnownFuture> monthly = new ArrayList<>();
      for (Kind kind : Kind.values()) {
        DrawnKinds draws = new DrawnKinds(1000 * key + kind.ordinal());
        List<KnownFuture> truths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          truths.add(KnownFuture.of(draws.one(kind, kind + " " + i), kind.horizon));
        }
        if (kind.frequency.equals(Frequency.MONTHLY)) {
          monthly.addAll(truths);
        }
        if (wanted.isEmpty() || wanted.contains(kind.name())) {
          judge(supply, kind.name(), truths, List.of(truths));
        }
      }
      if (wanted.isEmpty() || wanted.contains("MIXED")) {
        List<List<KnownFuture>> parts = new ArrayList<>();
        for (int i = 0; i < monthly.size(); i += count) {
          parts.add(monthly.subList(i, i + count));
        }
        judge(supply, "MIXED", monthly, parts);
      }
    }
  }

  private static void judge(
      SupplyChain supply, String name, List<KnownFuture> all, List<List<KnownFuture>> parts)
      throws InterruptedException {
    ForecastModel model =
        supply
            .forecasting()
            .horizon(all.get(0).future().size())
            .train(all.stream().map(KnownFuture::history).toList())
            .await();
    if (parts.size() > 1) {
      System.out.println(model.choice());
    }
    try (Predictor<Series, Forecast> predictor = model.open()) {
      for (List<KnownFuture> part : parts) {
        Evaluation e = supply.evaluate(predictor, part);
        double naive = mase(part, true);
        double smooth = mase(part, false);
        String label = parts.size() == 1 ? name : name + " " + part.get(0).history().id();
        System.out.printf(
            Locale.ROOT,
            "%-22s %.3f %.3f %.3f %+6.1f %%; %.1f %.1f%s%n",
            label,
            e.figure("mase"),
            naive,
            smooth,
            100 * (e.figure("mase") / Math.min(naive, smooth) - 1),
            100 * e.figure("coverage 80"),
            100 * e.figure("coverage 95"),
            (parts.size() == 1 ? " " + model.choice().replaceAll("(?s).*mean of|;.*", "") : "")
                + (e.figure("unanswered") > 0 ? " unanswered " + e.figure("unanswered") : ""));
      }
    }
  }

  /** The mean scaled error of the seasonal naive method, or of simple smoothing, on raw values. */
  private static double mase(List<KnownFuture> part, boolean naive) {
    double sum = 0;
    int judged = 0;
    for (KnownFuture known : part) {
      double[] y = known.history().toArray();
      List<Integer> seasons = known.history().frequency().seasons();
      int first = seasons.isEmpty() ? 1 : seasons.get(0);
      int lag = seasons.isEmpty() ? 1 : seasons.get(seasons.size() - 1);
      lag = y.length >= 2 * lag ? lag : 1;
      first = y.length >= 2 * first ? first : 1;
      double scale = 0;
      for (int t = first; t < y.length; t++) {
        scale += Math.abs(y[t] - y[t - first]) / (y.length - first);
      }
      double level = naive ? 0 : smooth(y);
      double error = 0;
      for (int h = 0; h < known.future().size(); h++) {
        double said = naive ? y[y.length - lag + h % lag] : level;
        error += Math.abs(known.future().get(h) - said) / known.future().size();
      }
      if (scale > 0) {
        sum += error / scale;
        judged++;
      }
    }
    return sum / judged;
  }

  private static double smooth(double[] y) {
    double least = Double.POSITIVE_INFINITY;
    double best = 0;
    for (double alpha = 0.01; alpha < 1; alpha += 0.01) {
      double level = 0;
      for (int t = 0; t < Math.min(6, y.length); t++) {
        level += y[t] / Math.min(6, y.length);
      }
      double squares = 0;
      for (double v : y) {
        squares += (v - level) * (v - level);
        level += alpha * (v - level);
      }
      if (squares < least) {
        least = squares;
        best = level;
      }
    }
    return best;
  }

  private Series one(Kind kind, String id) {
    int n = kind.length + kind.horizon;
    double level = 50 * Math.exp(2 * random.nextDouble());
    double noise = level * (0.03 + 0.07 * random.nextDouble());
    double[] y = new double[n];
    double walk = 0;
    boolean walks =
        kind == Kind.WALK
            || kind == Kind.MONTHS_30_WALK
            || kind == Kind.WEEKLY_PLAIN
            || kind == Kind.YEARLY;
    double slope =
        switch (kind) {
          case TREND, TREND_SEASON, MONTHS_30, QUARTERLY, YEARS_25 ->
              level * (random.nextDouble() - 0.3) / n;
          default -> 0;
        };
    double[] pattern = new double[168];
    List<Integer> seasons = kind.frequency.seasons();
    boolean seasonal =
        switch (kind) {
          case STATIONARY,
              WALK,
              TREND,
              LUMPY,
              DAILY_PLAIN,
              WEEKLY_PLAIN,
              MONTHS_30_PLAIN,
              MONTHS_30_WALK,
              YEARLY ->
              false;
          default -> true;
        };
    int length = seasons.isEmpty() ? 1 : seasons.get(seasons.size() - 1);
    if (seasonal) {
      pattern = pattern(length, seasons.get(0), level * (0.15 + 0.3 * random.nextDouble()));
    }
    double[] moved = pattern(length, length, level * 0.35);
    int jump = kind.length / 2 + random.nextInt(kind.length / 3);
    double by = (random.nextBoolean() ? 1 : -1) * level * (0.3 + 0.2 * random.nextDouble());
    int lot = 5 + random.nextInt(20);
    double rate = 0.1 + 0.3 * random.nextDouble();
    for (int t = 0; t < n; t++) {
      walk += walks ? noise * random.nextGaussian() : 0;
      double season = seasonal ? pattern[t % length] : 0;
      if (kind == Kind.EVOLVING) {
        season += (moved[t % length] - pattern[t % length]) * t / n;
      }
      y[t] = level + slope * t + walk + season;
      y[t] += (walks ? 0.3 : 1) * noise * random.nextGaussian();
      y[t] += kind == Kind.SHIFT && t >= jump ? by : 0;
      if (kind == Kind.OUTLIERS && random.nextInt(50) == 0) {
        y[t] *= random.nextBoolean() ? 8 : 1 / 8.0;
      }
      if (kind == Kind.LUMPY) {
        y[t] = random.nextDouble() < rate ? lot * (1 + random.nextInt(3)) : 0;
      }
    }
    String first =
        switch (kind.frequency.step()) {
          case YEAR -> "1990";
          case QUARTER -> "2015-Q1";
          default -> "2015-01-01";
        };
    return Series.of(id, kind.frequency, first, y);
  }

  /** A season of the long length, made of one of the short length and, where both differ, more. */
  private double[] pattern(int length, int inner, double size) {
    double[] pattern = new double[length];
    double turn = 2 * Math.PI * random.nextDouble();
    double[] ripple = new double[inner];
    for (int k = 0; k < inner; k++) {
      ripple[k] = 0.3 * random.nextGaussian();
    }
    for (int t = 0; t < length; t++) {
      pattern[t] = size * (Math.sin(2 * Math.PI * t / inner + turn) + ripple[t % inner]);
      if (length > inner && t / inner >= 5) {
        pattern[t] = 0.5 * pattern[t] - 0.5 * size;
      }
    }
    return pattern;
  }
}
