package io.millwright.benchmarks.series;

import io.millwright.api.data.Frequency;
import io.millwright.api.series.SeriesModel;
import io.millwright.benchmarks.demand.OpenSets;
import io.millwright.series.GapFilling;
import io.millwright.series.SeriesModels;
import io.millwright.series.internal.Between;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What is planted inside series: gaps, filled beside a line and the neighbouring seasons, and
 * strange values, found beside residuals of those two. On drawn series and on the training parts of
 * open M4 series. Arguments: the folder of M4, and how many series of each set.
 */
public final class InsideSeries {

  private static final int LATEST = 400;
  private static final int[] GAPS = {1, 6, 24};

  private InsideSeries() {}

  private record One(double[] values, List<Integer> seasons) {
    int season() {
      return seasons.isEmpty() ? 1 : seasons.get(0);
    }
  }

  /** Prints the figures. */
  public static void main(String[] args) throws IOException {
    int most = Integer.parseInt(args[1]);
    Map<String, List<One>> sets = new LinkedHashMap<>();
    List<One> drawn = new ArrayList<>();
    for (int i = 0; drawn.size() < most; i++) {
      DrawnSeries s = DrawnSeries.of(77, i, 0);
      add(drawn, s.values(), Arrays.stream(s.seasons()).boxed().toList());
    }
    sets.put("drawn", drawn);
    for (String name : List.of("Hourly", "Weekly")) {
      Frequency frequency = name.equals("Hourly") ? Frequency.HOURLY : Frequency.WEEKLY;
      List<One> all = new ArrayList<>();
      OpenSets.m4(Path.of(args[0]), name, frequency, false).stream()
          .limit(most)
          .forEach(k -> add(all, k.history().toArray(), frequency.seasons()));
      sets.put("M4 " + name.toLowerCase(Locale.ROOT), all);
    }
    SeriesModel model = SeriesModels.standard();
    sets.forEach(
        (name, all) -> {
          for (int gap : GAPS) {
            gaps(name, all, gap, model);
          }
          strangers(name, all, model);
        });
  }

  private static void add(List<One> all, double[] values, List<Integer> seasons) {
    double[] latest =
        Arrays.copyOfRange(values, Math.max(0, values.length - LATEST), values.length);
    One one = new One(latest, seasons);
    boolean known = Arrays.stream(latest).noneMatch(Double::isNaN);
    if (known && latest.length >= 60 && spread(latest, one.season()) > 0) {
      all.add(one);
    }
  }

  /** The mean absolute change over a season, which errors are measured in. */
  private static double spread(double[] y, int season) {
    double sum = 0;
    for (int t = season; t < y.length; t++) {
      sum += Math.abs(y[t] - y[t - season]);
    }
    return sum / Math.max(1, y.length - season);
  }

  private static void gaps(String name, List<One> all, int gap, SeriesModel model) {
    Map<String, Double> errors = new LinkedHashMap<>();
    Random random = new Random(gap);
    int judged = 0;
    for (One one : all) {
      int from = 20 + random.nextInt(Math.max(1, one.values.length - 40 - gap));
      if (from + gap + 8 > one.values.length) {
        continue;
      }
      judged++;
      double[] holed = one.values.clone();
      Arrays.fill(holed, from, from + gap, Double.NaN);
      double unit = spread(one.values, one.season());
      Map<String, double[]> filled = new LinkedHashMap<>();
      filled.put("line", Between.filled(holed, 0));
      filled.put("seasons", Between.filled(holed, one.season()));
      filled.put("model", SeriesModels.filled(model, holed, one.seasons));
      filled.put("chosen", GapFilling.fill(model, holed, one.seasons).toArray());
      filled.forEach(
          (method, y) -> {
            double error = 0;
            for (int t = from; t < from + gap; t++) {
              error += Math.abs(y[t] - one.values[t]) / gap / unit;
            }
            errors.merge(method, error, Double::sum);
          });
    }
    int n = judged;
    StringBuilder text = new StringBuilder(name + ", " + n + " gaps of " + gap + ":");
    errors.forEach((m, e) -> text.append(String.format(Locale.ROOT, " %s %.3f", m, e / n)));
    System.out.println(text);
  }

  private static void strangers(String name, List<One> all, SeriesModel model) {
    Map<String, double[]> figures = new LinkedHashMap<>();
    Random random = new Random(5);
    int judged = 0;
    for (One one : all) {
      int season = one.season();
      int first = Math.max(24, 2 * season);
      if (one.values.length < first + 20) {
        continue;
      }
      judged++;
      int at = first + random.nextInt(one.values.length - first - 8);
      double unit = spread(one.values, season);
      double[] y = one.values.clone();
      y[at] += (random.nextBoolean() ? 1 : -1) * (3 + 3 * random.nextDouble()) * unit;
      double[] own = SeriesModels.strangeness(model, y, one.seasons);
      double[] beside = robust(beside(y, season));
      double[] both = new double[own.length];
      Arrays.setAll(both, t -> Math.sqrt(own[t] * beside[t]));
      judge(figures, "model", own, first, at, 4);
      judge(figures, "change over a season", robust(changes(y, season)), first, at, 4);
      judge(figures, "from neighbours", beside, first, at, 4);
      judge(figures, "root of model times neighbours", both, first, at, 4);
    }
    int n = judged;
    figures.forEach(
        (method, f) ->
            System.out.printf(
                Locale.ROOT,
                "%s, %d planted values, %s: area under ROC %.3f, the strangest of its series %.2f,"
                    + " above 4: %.2f of planted, %.3f of others%n",
                name,
                n,
                method,
                f[0] / n,
                f[1] / n,
                f[2] / n,
                f[3] / f[4]));
  }

  private static void judge(
      Map<String, double[]> figures,
      String method,
      double[] scores,
      int first,
      int at,
      double far) {
    double[] f = figures.computeIfAbsent(method, m -> new double[5]);
    double below = 0;
    int n = 0;
    for (int t = first; t < scores.length; t++) {
      if (t != at && !Double.isNaN(scores[t])) {
        below += scores[t] < scores[at] ? 1 : scores[t] == scores[at] ? 0.5 : 0;
        f[3] += scores[t] > far ? 1 : 0;
        n++;
      }
    }
    f[0] += below / n;
    f[1] += below == n ? 1 : 0;
    f[2] += scores[at] > far ? 1 : 0;
    f[4] += n;
  }

  private static double[] changes(double[] y, int season) {
    double[] e = new double[y.length];
    Arrays.fill(e, Double.NaN);
    for (int t = season; t < y.length; t++) {
      e[t] = y[t] - y[t - season];
    }
    return e;
  }

  private static double[] beside(double[] y, int season) {
    double[] e = new double[y.length];
    Arrays.fill(e, Double.NaN);
    for (int t = 1; t + 1 < y.length; t++) {
      double[] holed = y.clone();
      holed[t] = Double.NaN;
      e[t] = y[t] - Between.filled(holed, season)[t];
    }
    return e;
  }

  /** Distances from the median in robust deviations. */
  private static double[] robust(double[] e) {
    double[] known = Arrays.stream(e).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double median = known[known.length / 2];
    double[] away = Arrays.stream(known).map(v -> Math.abs(v - median)).sorted().toArray();
    double deviation = Math.max(1e-12, 1.4826 * away[away.length / 2]);
    return Arrays.stream(e).map(v -> Math.abs(v - median) / deviation).toArray();
  }
}
