package io.millwright.benchmarks.causes;

import io.millwright.api.Millwright;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.quality.Attribution;
import io.millwright.quality.CausePlan;
import io.millwright.quality.Causes;
import io.millwright.quality.Quality;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Planted shifts in graphs of several kinds: how often the root is first, and its 90 % interval
 * covers. {@code PlantedKinds RUNS KEY [KIND,KIND]}; a kind holds any of the words small (ten
 * variables), dense, nonlin, heavy, few (300 rows), many (5,000), nosteps, order (each column a
 * step of its own).
 */
public final class PlantedKinds {

  private static final int RESAMPLES = 40;
  private static final int OFTEN = 40_000;

  private PlantedKinds() {}

  /** Draws and prints a line for each kind. */
  public static void main(String[] args) {
    int runs = Integer.parseInt(args[0]);
    long key = Long.parseLong(args[1]);
    String kinds = args.length > 2 ? args[2] : "plain,small,dense,nosteps,few,heavy,nonlin";
    try (Millwright millwright = Millwright.create()) {
      Causes causes = millwright.plugin(Quality.class).causes();
      for (String kind : kinds.split(",", -1)) {
        int first = 0;
        int covers = 0;
        for (int r = 0; r < runs; r++) {
          Drawn drawn = new Drawn(kind, new Random(key + r + kind.hashCode() * 1000L));
          Attribution a = drawn.attribution(causes);
          String root = "v" + drawn.root;
          first += !a.parts().isEmpty() && a.parts().get(0).column().equals(root) ? 1 : 0;
          covers +=
              a.parts().stream()
                      .anyMatch(
                          p ->
                              p.column().equals(root)
                                  && p.share().low() <= drawn.share
                                  && drawn.share <= p.share().high())
                  ? 1
                  : 0;
        }
        System.out.printf(
            Locale.ROOT, "%s: root first %d, covers %d of %d%n", kind, first, covers, runs);
      }
    }
  }

  /** One graph, its shift and its tables. */
  private static final class Drawn {

    private final int n;
    private final double[][] weights;
    private final int[][] bends;
    private final int law;
    private final int root;
    private final double share;
    private final Table before;
    private final Table after;
    private final CausePlan plan;

    Drawn(String kind, Random random) {
      n = kind.contains("small") ? 10 : 10 + random.nextInt(12);
      boolean dense = kind.contains("dense");
      int rows = kind.contains("few") ? 300 : kind.contains("many") ? 5000 : 1500;
      weights = new double[n][n];
      for (int j = 1; j < n; j++) {
        int several = Math.min(dense ? 2 + random.nextInt(3) : 1 + random.nextInt(2), j);
        for (int k = 0; k < several; k++) {
          int i = dense ? random.nextInt(j) : Math.max(0, j - 1 - random.nextInt(6));
          weights[i][j] =
              (random.nextBoolean() ? 1 : -1)
                  * (0.3 + 0.6 * random.nextDouble())
                  / (dense ? 1.5 : 1);
        }
      }
      law = kind.contains("heavy") ? 3 : random.nextInt(3);
      bends = new int[n][n];
      for (int i = 0; i < n && kind.contains("nonlin"); i++) {
        for (int j = 0; j < n; j++) {
          bends[i][j] = weights[i][j] != 0 ? random.nextInt(3) : 0;
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
      root = drivers[random.nextInt(drivers.length)];
      int other = (root + 1 + random.nextInt(n - 2)) % (n - 1);
      double[] shift = new double[n];
      shift[root] = Math.max(-3, Math.min(3, 1.2 / total[root]));
      shift[other] = Math.abs(total[other]) > 0.25 ? 0.4 / total[other] : 0;
      double[][] old = draw(random, new double[n], rows);
      double[][] now = draw(random, shift, Math.max(100, rows / 3));
      double most = shift[root] * total[root];
      share =
          kind.contains("nonlin")
              ? halved(random.nextLong(), shift, root, other)
              : most / (most + shift[other] * total[other]);
      List<List<String>> steps = new ArrayList<>();
      int wide = kind.contains("order") ? 1 : 3;
      for (int i = 0; i < n; i += wide) {
        List<String> step =
            IntStream.range(i, Math.min(n, i + wide))
                .mapToObj(k -> "v" + k)
                .collect(Collectors.toList());
        Collections.shuffle(step, random);
        steps.add(step);
      }
      plan = kind.contains("nosteps") ? CausePlan.standard() : CausePlan.standard().steps(steps);
      before = table(old);
      after = table(now);
    }

    Attribution attribution(Causes causes) {
      return causes.attribution(
          before,
          after,
          "v" + (n - 1),
          causes.graph(before, plan.resamples(15)),
          plan.resamples(RESAMPLES));
    }

    /** The root's share where effects do not add up: the mean of shifting it first and last. */
    private double halved(long seed, double[] shift, int root, int other) {
      double[] first = new double[n];
      first[root] = shift[root];
      double[] second = new double[n];
      second[other] = shift[other];
      double none = mean(seed, new double[n]);
      double both = mean(seed, shift);
      return (mean(seed, first) - none + both - mean(seed, second)) / 2 / (both - none);
    }

    private double mean(long seed, double[] shift) {
      double sum = 0;
      for (double[] row : draw(new Random(seed), shift, OFTEN)) {
        sum += row[n - 1] / OFTEN;
      }
      return sum;
    }

    private double[][] draw(Random random, double[] shift, int rows) {
      double[][] values = new double[rows][n];
      for (double[] row : values) {
        for (int j = 0; j < n; j++) {
          row[j] = shift[j] + noise(random);
          for (int i = 0; i < j; i++) {
            if (weights[i][j] != 0) {
              row[j] += weights[i][j] * bent(bends[i][j], row[i]);
            }
          }
        }
      }
      return values;
    }

    private static double bent(int how, double v) {
      return switch (how) {
        case 0 -> v;
        case 1 -> 1.5 * Math.tanh(v);
        default -> v + 0.3 * v * v / (1 + 0.2 * Math.abs(v));
      };
    }

    private double noise(Random random) {
      double u = random.nextDouble() - 0.5;
      return switch (law) {
        case 0 -> random.nextGaussian();
        case 1 -> u * Math.sqrt(12);
        case 2 -> -Math.signum(u) * Math.log(1 - 2 * Math.abs(u)) / Math.sqrt(2);
        default -> student(random);
      };
    }

    /** Student's law with four degrees of freedom, of variance 1. */
    private static double student(Random random) {
      double z = random.nextGaussian();
      double square = 0;
      for (int i = 0; i < 4; i++) {
        double g = random.nextGaussian();
        square += g * g / 4;
      }
      return z / Math.sqrt(square) / Math.sqrt(2);
    }

    private static Table table(double[][] values) {
      int n = values[0].length;
      return Table.ofNumbers(
          Schema.of(
              IntStream.range(0, n).mapToObj(i -> Column.number("v" + i)).toArray(Column[]::new)),
          values);
    }
  }
}
