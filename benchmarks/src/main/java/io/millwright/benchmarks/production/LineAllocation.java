package io.millwright.benchmarks.production;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Solution;
import io.millwright.production.Allocation;
import io.millwright.production.AllocationProblem;
import io.millwright.production.AllocationProblem.Line;
import io.millwright.production.AllocationProblem.Product;
import io.millwright.production.Production;
import io.millwright.production.Rating;
import io.millwright.production.Rating.Point;
import io.millwright.runtime.support.KeyedRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Drawn allocations of 20 lines, 30 products and 14 periods: ten ratings a line with three speeds,
 * people and energy limited, lines opened by choice; gap and time. Arguments: the seconds for a
 * case (10); how many cases (5).
 */
public final class LineAllocation {

  private static final int LINES = 20;
  private static final int PRODUCTS = 30;
  private static final int PERIODS = 14;
  private static final int RATINGS = 10;

  private LineAllocation() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws InterruptedException {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 10;
    int cases = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    double worst = 0;
    try (Millwright millwright = Millwright.create()) {
      Production production = millwright.plugin(Production.class);
      for (int key = 0; key < cases; key++) {
        for (double service : new double[] {0.5, 0.95}) {
          AllocationProblem problem = drawn(key, service);
          long begun = System.nanoTime();
          Solution<Allocation> s =
              production
                  .allocation()
                  .optimize(problem, Budget.of(Duration.ofMillis(Math.round(1000 * seconds))))
                  .await();
          double took = (System.nanoTime() - begun) / 1e9;
          double gap = s.value().isEmpty() ? Double.NaN : s.objective().gap().orElse(Double.NaN);
          worst = Double.isNaN(gap) ? Double.POSITIVE_INFINITY : Math.max(worst, gap);
          System.out.printf(
              Locale.ROOT,
              "key %d, service %.2f: %s, gap %.3f %%, %.1f s%n",
              key,
              service,
              s.end(),
              100 * gap,
              took);
        }
      }
    }
    System.out.printf(Locale.ROOT, "worst gap %.3f %%%n", 100 * worst);
  }

  private static AllocationProblem drawn(long key, double service) {
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 41);
    AllocationProblem.Builder b = AllocationProblem.builder(PERIODS).service(service);
    double[] capacity = new double[PRODUCTS];
    for (int l = 0; l < LINES; l++) {
      double basic = 40 + random.nextInt(60);
      b.line(new Line("line " + l, each(16), 2 + random.nextInt(4), 100 + random.nextInt(300), 0));
      int[] order = random.permutation(PRODUCTS);
      for (int k = 0; k < RATINGS; k++) {
        int p = k < 2 ? (l + k * LINES) % PRODUCTS : order[k];
        if (k >= 2 && (p == l % PRODUCTS || p == (l + LINES) % PRODUCTS)) {
          continue;
        }
        double rate = basic * (0.6 + 0.8 * random.nextDouble());
        capacity[p] += rate * 16.0 / RATINGS;
        b.rating(
            new Rating(
                "line " + l,
                "product " + p,
                List.of(point(0.7, rate, 0.01), point(1.0, rate, 0.02), point(1.2, rate, 0.06))));
      }
    }
    for (int p = 0; p < PRODUCTS; p++) {
      List<Double> demand = new ArrayList<>();
      for (int t = 0; t < PERIODS; t++) {
        demand.add(Math.rint(capacity[p] * (0.35 + 0.5 * random.nextDouble())));
      }
      b.product(new Product("product " + p, demand, 2 * capacity[p], 0.02, 0, 1));
    }
    b.people(each(58)).energy(each(40_000));
    List<Double> price = new ArrayList<>();
    for (int t = 0; t < PERIODS; t++) {
      price.add(0.08 + 0.08 * random.nextDouble());
    }
    return b.prices(price, 0.5).build();
  }

  private static Point point(double speed, double rate, double scrap) {
    double pieces = rate * speed;
    return new Point(
        speed,
        pieces * (1 - scrap),
        pieces * scrap,
        20 + 0.5 * pieces * speed * speed,
        0.03 * pieces);
  }

  private static List<Double> each(double value) {
    return java.util.Collections.nCopies(PERIODS, value);
  }
}
