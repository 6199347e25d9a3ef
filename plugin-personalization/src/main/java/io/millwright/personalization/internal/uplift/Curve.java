package io.millwright.personalization.internal.uplift;

import io.millwright.personalization.UpliftModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The Qini curve of an order, its area, and how sure that is. */
final class Curve {

  private static final int DRAWS = 200;
  private static final int POINTS = 20;

  private Curve() {}

  /** The curve after each customer, divided by all treated; its last value is the mean uplift. */
  static double[] of(int[] order, boolean[] treated, double[] y) {
    int n = order.length;
    double[] curve = new double[n];
    double sumT = 0;
    double sumC = 0;
    int countT = 0;
    int countC = 0;
    for (int k = 0; k < n; k++) {
      int r = order[k];
      if (treated[r]) {
        sumT += y[r];
        countT++;
      } else {
        sumC += y[r];
        countC++;
      }
      curve[k] = countC == 0 ? 0 : sumT - sumC * countT / countC;
    }
    for (int k = 0; k < n; k++) {
      curve[k] /= Math.max(1, countT);
    }
    return curve;
  }

  /** The mean over shares of the curve above the straight line to its end. */
  static double area(double[] curve) {
    int n = curve.length;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += curve[k] - curve[n - 1] * (k + 1) / n;
    }
    return n == 0 ? 0 : sum / n;
  }

  /** Falling by score; equal scores by lot, which a constant prediction needs. */
  static int[] order(double[] score, long key) {
    SplittableRandom random = new SplittableRandom(key);
    double[] lot = random.doubles(score.length).toArray();
    return IntStream.range(0, score.length)
        .boxed()
        .sorted(
            (a, b) ->
                score[a] != score[b]
                    ? Double.compare(score[b], score[a])
                    : Double.compare(lot[a], lot[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static UpliftModel.Qini qini(double[] score, boolean[] treated, double[] y, long key) {
    int n = y.length;
    int[] order = order(score, key);
    double[] curve = of(order, treated, y);
    SplittableRandom random = new SplittableRandom(key + 7);
    double[] areas = new double[DRAWS];
    double square = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      int[] shuffled = shuffled(n, random);
      double area = area(of(shuffled, treated, y));
      square += area * area;
      int[] again = new int[n];
      for (int k = 0; k < n; k++) {
        again[k] = random.nextInt(n);
      }
      Arrays.sort(again);
      for (int k = 0; k < n; k++) {
        again[k] = order[again[k]];
      }
      areas[draw] = area(of(again, treated, y));
    }
    Arrays.sort(areas);
    double[] sums = new double[4];
    double predicted = 0;
    double[] top = new double[4];
    for (int k = 0; k < n; k++) {
      int r = order[k];
      int arm = treated[r] ? 0 : 2;
      sums[arm] += y[r];
      sums[arm + 1]++;
      if (k < 0.3 * n) {
        top[arm] += y[r];
        top[arm + 1]++;
      }
      predicted += score[r] / n;
    }
    double meanT = sums[0] / sums[1];
    double meanC = sums[2] / sums[3];
    double variance = 0;
    for (int r = 0; r < n; r++) {
      double off = y[r] - (treated[r] ? meanT : meanC);
      variance += off * off / Math.pow(treated[r] ? sums[1] : sums[3], 2);
    }
    List<Double> points = new ArrayList<>(List.of(0.0));
    for (int p = 1; p <= POINTS; p++) {
      points.add(curve[Math.max(0, (int) ((long) n * p / POINTS) - 1)]);
    }
    return new UpliftModel.Qini(
        area(curve),
        Math.sqrt(square / DRAWS),
        areas[(int) (0.025 * DRAWS)],
        areas[(int) (0.975 * DRAWS)],
        Arrays.stream(curve).average().orElse(0),
        predicted,
        meanT - meanC,
        1.96 * Math.sqrt(variance),
        top[0] / top[1] - top[2] / top[3],
        n,
        points);
  }

  private static int[] shuffled(int n, SplittableRandom random) {
    int[] order = IntStream.range(0, n).toArray();
    for (int k = n - 1; k > 0; k--) {
      int j = random.nextInt(k + 1);
      int t = order[k];
      order[k] = order[j];
      order[j] = t;
    }
    return order;
  }
}
