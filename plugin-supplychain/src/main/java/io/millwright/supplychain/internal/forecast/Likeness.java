package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.DrivenSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Forecasts articles without a history by those like them (cold start by nearest neighbours over
 * static attributes, with the distance of Gower 1971): the mean, on logarithms, of what the likes
 * are expected to sell. Attributes have a weight only where articles left out one at a time are
 * forecast better with them; with none, all articles are alike. Bands are quantiles of what
 * articles left out sold over what was said of them. Immutable.
 *
 * @param names the attributes that have a weight
 * @param neighbours how many articles are asked
 * @param attributes of each article that is asked, in the order of {@code names}
 * @param start the number of the period that expectations begin with
 * @param expected {@code [article][period]}, above 0
 * @param periods {@code [probability]} what came over what was said of a period
 * @param totals {@code [periods summed][probability]}
 * @param gain by what share errors are less than those of all articles' mean
 */
record Likeness(
    List<String> names,
    int neighbours,
    List<List<String>> attributes,
    long start,
    double[][] expected,
    double[] periods,
    double[][] totals,
    double gain) {

  private static final int LEAST = 8;
  private static final int[] NEIGHBOURS = {3, 5, 10, 20, 40};
  private static final double SURE = 2;

  Likeness {
    names = List.copyOf(names);
    attributes = List.copyOf(attributes);
  }

  static Likeness none() {
    return new Likeness(
        List.of(), 0, List.of(), 0, new double[0][], new double[0], new double[0][], 0);
  }

  boolean isAny() {
    return expected.length > 0;
  }

  /**
   * What a new article is expected to sell.
   *
   * @return one value for each period
   */
  double[] said(Map<String, String> of, long first, int horizon, int season) {
    List<String> wanted = names.stream().map(n -> of.getOrDefault(n, "")).toList();
    double[] all = new double[horizon];
    int[] near = nearest(wanted, attributes, names.size(), neighbours, -1);
    for (int h = 0; h < horizon; h++) {
      double sum = 0;
      for (int i : near) {
        sum += Math.log(expected[i][phase(first + h - start, expected[i].length, season)]);
      }
      all[h] = Math.exp(sum / near.length);
    }
    return all;
  }

  /** The period asked for, or the nearest one of the same phase of the season. */
  private static int phase(long at, int length, int season) {
    if (at >= 0 && at < length) {
      return (int) at;
    }
    int cycle = season > 1 && season <= length ? season : 1;
    return at < 0
        ? (int) Math.floorMod(at, (long) cycle)
        : length - cycle + (int) ((at - length) % cycle);
  }

  private static double distance(List<String> one, List<String> other, int columns) {
    double sum = 0;
    for (int k = 0; k < columns; k++) {
      sum += one.get(k).equals(other.get(k)) ? 0 : 1;
    }
    return sum;
  }

  /** The nearest articles; equally near ones take part alike. */
  private static int[] nearest(
      List<String> wanted, List<List<String>> all, int columns, int count, int but) {
    double[] distance = new double[all.size()];
    for (int i = 0; i < distance.length; i++) {
      distance[i] = i == but ? Double.POSITIVE_INFINITY : distance(wanted, all.get(i), columns);
    }
    double[] sorted = distance.clone();
    Arrays.sort(sorted);
    double limit = sorted[Math.min(count, all.size() - (but < 0 ? 0 : 1)) - 1];
    return IntStream.range(0, distance.length)
        .filter(i -> distance[i] <= limit && i != but)
        .toArray();
  }

  /**
   * Learns.
   *
   * @param series the articles with a history
   * @param expected what each is expected to sell, from the present on
   * @param before what each sold before and after an origin a horizon ago
   */
  static Likeness learn(
      List<DrivenSeries> series,
      double[][] expected,
      long start,
      double[][] before,
      double[][] after) {
    SortedSet<String> all = new TreeSet<>();
    series.forEach(d -> all.addAll(d.attributes().keySet()));
    int[] usable =
        IntStream.range(0, series.size())
            .filter(
                i -> mean(before[i]) > 0 && mean(expected[i]) > 0 && !Double.isNaN(mean(after[i])))
            .toArray();
    if (all.isEmpty() || usable.length < LEAST) {
      return none();
    }
    double[] levels = Arrays.stream(usable).mapToDouble(i -> Math.log(mean(before[i]))).toArray();
    List<String> kept = new ArrayList<>();
    int neighbours = usable.length;
    double[] errors = errors(series, usable, kept, neighbours, levels);
    double first = sum(errors);
    while (true) {
      String winner = "";
      int around = neighbours;
      double[] best = errors;
      for (String name : all) {
        for (int count : NEIGHBOURS) {
          if (kept.contains(name) || count >= usable.length) {
            continue;
          }
          List<String> tried = new ArrayList<>(kept);
          tried.add(name);
          double[] now = errors(series, usable, tried, count, levels);
          if (sum(now) < sum(best)) {
            best = now;
            winner = name;
            around = count;
          }
        }
      }
      if (winner.isEmpty() || !isSure(errors, best)) {
        break;
      }
      kept.add(winner);
      neighbours = around;
      errors = best;
    }
    return of(
        series, usable, kept, neighbours, expected, start, before, after, 1 - sum(errors) / first);
  }

  private static Likeness of(
      List<DrivenSeries> series,
      int[] usable,
      List<String> kept,
      int neighbours,
      double[][] expected,
      long start,
      double[][] before,
      double[][] after,
      double gain) {
    List<List<String>> attributes = attributes(series, usable, kept);
    int horizon = after[0].length;
    List<Double> single = new ArrayList<>();
    List<List<Double>> sums = new ArrayList<>();
    for (int h = 0; h < horizon; h++) {
      sums.add(new ArrayList<>());
    }
    for (int i = 0; i < usable.length; i++) {
      double log = 0;
      int[] near = nearest(attributes.get(i), attributes, kept.size(), neighbours, i);
      for (int j : near) {
        log += Math.log(mean(before[usable[j]])) / near.length;
      }
      double said = Math.exp(log);
      double sum = 0;
      for (int h = 0; h < horizon; h++) {
        double y = after[usable[i]][h];
        sum += y;
        if (!Double.isNaN(y)) {
          single.add(y / said);
        }
        if (!Double.isNaN(sum)) {
          sums.get(h).add(sum / (h + 1) / said);
        }
      }
    }
    double[][] totals = new double[horizon][];
    for (int h = 0; h < horizon; h++) {
      totals[h] = quantiles(sums.get(h).isEmpty() ? single : sums.get(h));
    }
    double[][] kinds = new double[usable.length][];
    for (int i = 0; i < usable.length; i++) {
      double level = mean(expected[usable[i]]);
      kinds[i] = Arrays.stream(expected[usable[i]]).map(v -> Math.max(v, level / 100)).toArray();
    }
    return new Likeness(
        kept, neighbours, attributes, start, kinds, quantiles(single), totals, gain);
  }

  private static double[] quantiles(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    double[] quantiles = new double[Bands.PROBABILITIES.length];
    for (int k = 0; k < quantiles.length; k++) {
      double rank = Bands.PROBABILITIES[k] * (sorted.length + 1) - 1;
      int low = Math.max(0, Math.min(sorted.length - 1, (int) Math.floor(rank)));
      int high = Math.min(sorted.length - 1, low + 1);
      double part = Math.max(0, Math.min(1, rank - low));
      quantiles[k] = sorted[low] + part * (sorted[high] - sorted[low]);
    }
    return quantiles;
  }

  private static List<List<String>> attributes(
      List<DrivenSeries> series, int[] usable, List<String> names) {
    return Arrays.stream(usable)
        .mapToObj(
            i -> names.stream().map(n -> series.get(i).attributes().getOrDefault(n, "")).toList())
        .toList();
  }

  /** Absolute errors of levels, on logarithms, each article left out. */
  private static double[] errors(
      List<DrivenSeries> series, int[] usable, List<String> names, int count, double[] levels) {
    List<List<String>> attributes = attributes(series, usable, names);
    double[] errors = new double[usable.length];
    for (int i = 0; i < errors.length; i++) {
      double sum = 0;
      int[] near = nearest(attributes.get(i), attributes, names.size(), count, i);
      for (int j : near) {
        sum += levels[j];
      }
      errors[i] = Math.abs(levels[i] - sum / near.length);
    }
    return errors;
  }

  private static boolean isSure(double[] before, double[] after) {
    double n = before.length;
    double mean = (sum(before) - sum(after)) / n;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += Math.pow(before[i] - after[i] - mean, 2);
    }
    return mean > SURE * Math.sqrt(squares / n / n);
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  /** The mean of what is known; NaN when nothing is. */
  static double mean(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }
}
