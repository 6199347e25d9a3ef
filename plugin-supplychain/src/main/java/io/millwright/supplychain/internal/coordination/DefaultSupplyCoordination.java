package io.millwright.supplychain.internal.coordination;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Bullwhip;
import io.millwright.supplychain.Estimate;
import io.millwright.supplychain.MergedForecast;
import io.millwright.supplychain.PartnerForecast;
import io.millwright.supplychain.SharingChain;
import io.millwright.supplychain.SharingValue;
import io.millwright.supplychain.SupplyCoordination;
import io.millwright.supplychain.internal.classic.Gaps;
import io.millwright.supplychain.internal.classic.Normal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Measures, plays and merges. */
final class DefaultSupplyCoordination implements SupplyCoordination {

  private static final int LEAST = 12;
  private static final int DRAWS = 1000;

  @Override
  public List<Bullwhip> bullwhip(List<Series> courses) {
    if (courses.size() < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          courses.size() + " courses\nMaybe give the customers' demand and the orders of a link");
    }
    double[][] y = common(courses);
    int n = y[0].length;
    for (int i = 0; i < y.length; i++) {
      double mean = Arrays.stream(y[i]).average().orElse(0);
      if (!(mean > 0) || !(variation(y[i], null) > 0)) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "course "
                + courses.get(i).id()
                + ": its mean is "
                + mean
                + " and it varies by "
                + variation(y[i], null)
                + "\nMaybe leave it out: only what varies around a positive mean can be compared");
      }
    }
    List<Bullwhip> all = new ArrayList<>();
    for (int i = 1; i < y.length; i++) {
      all.add(ratio(courses, y, i - 1, i, n));
    }
    if (y.length > 2) {
      all.add(ratio(courses, y, 0, y.length - 1, n));
    }
    return all;
  }

  /** The periods that all courses have. */
  private static double[][] common(List<Series> courses) {
    Series first = courses.get(0);
    for (Series s : courses) {
      if (!s.frequency().equals(first.frequency())) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            "course "
                + s.id()
                + " comes by "
                + s.frequency().text()
                + ", but "
                + first.id()
                + " by "
                + first.frequency().text()
                + "\nMaybe add the finer one up");
      }
    }
    List<double[]> rows = new ArrayList<>();
    for (int t = 0; t < first.length(); t++) {
      double[] row = new double[courses.size()];
      for (int i = 0; i < row.length; i++) {
        Series s = courses.get(i);
        long at = first.start() + t - s.start();
        row[i] = at >= 0 && at < s.length() ? s.values().get((int) at) : Double.NaN;
      }
      if (Arrays.stream(row).noneMatch(Double::isNaN)) {
        rows.add(row);
      }
    }
    if (rows.size() < LEAST) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          rows.size()
              + " periods have a value in every course, but "
              + LEAST
              + " are needed\nMaybe leave out a course that is short");
    }
    double[][] y = new double[courses.size()][rows.size()];
    for (int t = 0; t < rows.size(); t++) {
      for (int i = 0; i < y.length; i++) {
        y[i][t] = rows.get(t)[i];
      }
    }
    return y;
  }

  /** The squared coefficient of variation, of some periods or of all. */
  private static double variation(double[] y, int @org.jspecify.annotations.Nullable [] periods) {
    double[] values = periods == null ? y : Arrays.stream(periods).mapToDouble(t -> y[t]).toArray();
    double mean = Arrays.stream(values).average().orElse(0);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum()
        / (values.length - 1)
        / (mean * mean);
  }

  private static Bullwhip ratio(List<Series> courses, double[][] y, int from, int to, int n) {
    double ratio = variation(y[to], null) / variation(y[from], null);
    int block = Math.max(2, (int) Math.round(Math.cbrt(n) * 1.5));
    SplittableRandom random = new SplittableRandom(17);
    double[] drawn = new double[DRAWS];
    for (int d = 0; d < DRAWS; d++) {
      int[] periods = new int[n];
      for (int t = 0; t < n; t += block) {
        int start = random.nextInt(n - block + 1);
        for (int k = 0; k < block && t + k < n; k++) {
          periods[t + k] = start + k;
        }
      }
      double low = variation(y[from], periods);
      drawn[d] = low > 0 ? variation(y[to], periods) / low : ratio;
    }
    Arrays.sort(drawn);
    return new Bullwhip(
        courses.get(from).id(),
        courses.get(to).id(),
        new Estimate(ratio, drawn[(int) (0.025 * DRAWS)], drawn[(int) (0.975 * DRAWS)]),
        n);
  }

  @Override
  public SharingValue sharing(Series demand, SharingChain chain) {
    int total = chain.leadTimes().stream().mapToInt(l -> l).sum();
    int warm = chain.memory() * (chain.leadTimes().size() + 1);
    if (demand.known() < LEAST || demand.length() < warm + total + LEAST) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "series "
              + demand.id()
              + " has "
              + demand.length()
              + " periods, but the chain needs "
              + (warm + total + LEAST)
              + "\nMaybe a shorter memory, or finer periods");
    }
    int[] lengths = demand.frequency().seasons().stream().mapToInt(i -> i).toArray();
    double[] customers = Gaps.filled(demand.toArray(), lengths);
    double[] received = customers;
    double[] sharedOrders = customers;
    double plain = variance(customers, warm);
    double z = Normal.quantile(chain.serviceLevel());
    List<SharingValue.Link> links = new ArrayList<>();
    double alone = 0;
    double shared = 0;
    int below = 0;
    for (int lead : chain.leadTimes()) {
      double[] orders = orders(received, received, lead, chain.memory());
      // Its own stock and all below it are one, so it answers for their lead times as well.
      below += lead;
      double[] open = orders(customers, customers, below, chain.memory());
      double own = z * deviation(received, received, lead, chain.memory(), warm);
      double told = z * deviation(sharedOrders, customers, lead, chain.memory(), warm);
      links.add(
          new SharingValue.Link(
              variance(orders, warm) / plain, variance(open, warm) / plain, own, told));
      alone += own;
      shared += told;
      received = orders;
      sharedOrders = open;
    }
    return new SharingValue(links, alone > 0 ? 1 - shared / alone : 0);
  }

  private static double mean(double[] y, int until, int memory) {
    double sum = 0;
    int from = Math.max(0, until - memory);
    for (int t = from; t < until; t++) {
      sum += y[t];
    }
    return until == from ? y[0] : sum / (until - from);
  }

  /** Orders up to lead time by moving average, of what comes in and what is seen. */
  private static double[] orders(double[] in, double[] seen, int lead, int memory) {
    double[] orders = new double[in.length];
    double level = lead * mean(seen, 0, memory);
    for (int t = 0; t < in.length; t++) {
      double next = lead * mean(seen, t + 1, memory);
      orders[t] = in[t] + next - level;
      level = next;
    }
    return orders;
  }

  /** How far what comes in over a lead time lies from its forecast. */
  private static double deviation(double[] in, double[] seen, int lead, int memory, int warm) {
    double squares = 0;
    int count = 0;
    for (int t = warm; t + lead <= in.length; t++) {
      double sum = 0;
      for (int k = 0; k < lead; k++) {
        sum += in[t + k];
      }
      double e = sum - lead * mean(seen, t, memory);
      squares += e * e;
      count++;
    }
    return Math.sqrt(squares / Math.max(1, count));
  }

  private static double variance(double[] y, int from) {
    double mean = Arrays.stream(y, from, y.length).average().orElse(0);
    return IntStream.range(from, y.length).mapToDouble(t -> (y[t] - mean) * (y[t] - mean)).sum()
        / (y.length - from - 1);
  }

  @Override
  public MergedForecast merge(List<Double> came, List<PartnerForecast> partners) {
    return Merging.of(came, partners);
  }
}
