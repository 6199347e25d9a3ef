package io.millwright.benchmarks.causes;

import io.millwright.api.Millwright;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.quality.Attribution;
import io.millwright.quality.CauseGraph;
import io.millwright.quality.CausePlan;
import io.millwright.quality.Causes;
import io.millwright.quality.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Planted graphs of 10 to 30 variables in steps of three or so, noise normal, uniform or Laplace;
 * two mechanisms shift, one three times as much as the other: {@code PlantedShifts RUNS KEY}.
 */
public final class PlantedShifts {

  private static final int BEFORE = 1500;
  private static final int AFTER = 500;

  private PlantedShifts() {}

  /**
   * Runs it.
   *
   * @param args the number of runs, the first key
   */
  public static void main(String[] args) {
    int runs = Integer.parseInt(args[0]);
    long key = Long.parseLong(args[1]);
    int[] sums = new int[9];
    int[] plain = new int[2];
    try (Millwright millwright = Millwright.create()) {
      Causes causes = millwright.plugin(Quality.class).causes();
      for (int r = 0; r < runs; r++) {
        one(causes, key + r, sums, plain);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "root first %d of %d; 90 %% interval covers %d%n"
            + "links: true %d, found %d, right %d, rightly directed %d, wrongly %d, undirected %d%n"
            + "precision %.3f, recall %.3f; mean structural Hamming distance %.2f%n",
        sums[0],
        runs,
        sums[1],
        sums[2],
        sums[3],
        sums[4],
        sums[5],
        sums[6],
        sums[4] - sums[5] - sums[6],
        (double) sums[4] / sums[3],
        (double) sums[4] / sums[2],
        (double) (sums[2] + sums[3] - sums[4] - sums[5]) / runs);
    System.out.printf(
        Locale.ROOT,
        "plain correlations at 0.01: found %d, right %d, precision %.3f, recall %.3f; mean"
            + " structural Hamming distance %.2f%n",
        plain[0],
        plain[1],
        (double) plain[1] / plain[0],
        (double) plain[1] / sums[2],
        (double) (sums[2] + plain[0] - 2 * plain[1]) / runs);
  }

  private static void one(Causes causes, long key, int[] sums, int[] plain) {
    Random random = new Random(key);
    int n = 10 + random.nextInt(21);
    double[][] weights = new double[n][n];
    Set<String> truth = new java.util.HashSet<>();
    for (int j = 1; j < n; j++) {
      int several = 1 + random.nextInt(Math.min(3, j));
      for (int k = 0; k < several; k++) {
        int i = Math.max(0, j - 1 - random.nextInt(6));
        weights[i][j] = (random.nextBoolean() ? 1 : -1) * (0.4 + 0.6 * random.nextDouble());
        truth.add("v" + i + " v" + j);
      }
    }
    int target = n - 1;
    double[] total = new double[n];
    total[target] = 1;
    for (int i = n - 2; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        total[i] += weights[i][j] * total[j];
      }
    }
    int[] drivers = IntStream.range(0, n - 1).filter(i -> Math.abs(total[i]) > 0.25).toArray();
    int root = drivers[random.nextInt(drivers.length)];
    int other = (root + 1 + random.nextInt(n - 2)) % (n - 1);
    double[] shift = new double[n];
    shift[root] = 1.5 / total[root];
    shift[other] = Math.abs(total[other]) > 0.25 ? 0.5 / total[other] : 0;
    int law = random.nextInt(3);
    Table before = draw(random, weights, new double[n], law, BEFORE);
    Table after = draw(random, weights, shift, law, AFTER);
    List<List<String>> steps = new ArrayList<>();
    for (int i = 0; i < n; i += 3) {
      steps.add(
          IntStream.range(i, Math.min(n, i + 3))
              .mapToObj(k -> "v" + k)
              .collect(Collectors.toList()));
      // Within a step the table gives no hint of the order.
      java.util.Collections.shuffle(steps.get(steps.size() - 1), random);
    }
    CausePlan plan = CausePlan.standard().steps(steps);
    CauseGraph graph = causes.graph(before, plan.resamples(n > 20 ? 20 : 40));
    Attribution a = causes.attribution(before, after, "v" + target, graph, plan.resamples(60));
    double share = 1.5 / (1.5 + shift[other] * total[other]);
    Attribution.Part first = a.parts().get(0);
    sums[0] += first.column().equals("v" + root) ? 1 : 0;
    sums[1] +=
        a.parts().stream()
                .anyMatch(
                    p ->
                        p.column().equals("v" + root)
                            && p.share().low() <= share
                            && share <= p.share().high())
            ? 1
            : 0;
    sums[2] += truth.size();
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        double r = correlation(before.numbers("v" + i), before.numbers("v" + j));
        if (Math.abs(Math.log((1 + r) / (1 - r)) / 2) * Math.sqrt(BEFORE - 3) > 2.5758) {
          plain[0]++;
          plain[1] += truth.contains("v" + i + " v" + j) ? 1 : 0;
        }
      }
    }
    sums[3] += graph.links().size();
    for (CauseGraph.Link l : graph.links()) {
      boolean right = truth.contains(l.from() + " " + l.to());
      boolean turned = truth.contains(l.to() + " " + l.from());
      sums[4] += right || turned ? 1 : 0;
      sums[5] += right && l.directed() ? 1 : 0;
      sums[6] += turned && l.directed() ? 1 : 0;
    }
  }

  private static double correlation(double[] x, double[] y) {
    double mx = java.util.Arrays.stream(x).average().orElse(0);
    double my = java.util.Arrays.stream(y).average().orElse(0);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int r = 0; r < x.length; r++) {
      xy += (x[r] - mx) * (y[r] - my);
      xx += (x[r] - mx) * (x[r] - mx);
      yy += (y[r] - my) * (y[r] - my);
    }
    return xy / Math.sqrt(xx * yy);
  }

  private static Table draw(Random random, double[][] weights, double[] shift, int law, int rows) {
    int n = shift.length;
    double[][] values = new double[rows][n];
    for (double[] row : values) {
      for (int j = 0; j < n; j++) {
        row[j] = shift[j] + noise(random, law);
        for (int i = 0; i < j; i++) {
          row[j] += weights[i][j] * row[i];
        }
      }
    }
    return Table.ofNumbers(
        Schema.of(
            IntStream.range(0, n).mapToObj(i -> Column.number("v" + i)).toArray(Column[]::new)),
        values);
  }

  private static double noise(Random random, int law) {
    double u = random.nextDouble() - 0.5;
    return switch (law) {
      case 0 -> random.nextGaussian();
      case 1 -> u * Math.sqrt(12);
      default -> -Math.signum(u) * Math.log(1 - 2 * Math.abs(u)) / Math.sqrt(2);
    };
  }
}
