package io.millwright.benchmarks.quality;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.Maintenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Remaining life learnt from one or two units that failed, on drawn paths of wear whose truth is
 * known: straight, power and exponential, units that differ in speed, shape and beginning, noise,
 * and drops that recover as batteries have after a rest. A unit fails at its first reading beyond
 * 1. Each unit is asked for at a drawn age between 30 and 95 % of its life. Beside it a straight
 * line through all readings seen to the known level of failure. Arguments: how many fleets of each
 * kind, the first key (0 when left out).
 */
public final class WearPaths {

  private static final Schema COLUMNS = Schema.of(Column.number("wear"));

  /** Shares of life: error, the line's error, width of 80 %; and whether it holds the truth. */
  private record Told(double error, double line, double width, double score, boolean holds) {}

  private WearPaths() {}

  /** Prints a table. */
  public static void main(String[] args) throws InterruptedException {
    int each = Integer.parseInt(args[0]);
    long first = args.length > 1 ? Long.parseLong(args[1]) : 0;
    Map<String, List<Told>> told = new TreeMap<>();
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      for (int failed = 1; failed <= 2; failed++) {
        for (Shape shape : Shape.values()) {
          for (double spread : new double[] {0.1, 0.25, 0.4}) {
            for (boolean rests : new boolean[] {false, true}) {
              for (int k = 0; k < each; k++) {
                Random random =
                    new Random(
                        first
                            + 7919L * k
                            + 31L * failed
                            + Arrays.asList(Shape.values()).indexOf(shape));
                Told one = one(maintenance, shape, spread, rests, failed, random);
                for (String kind :
                    List.of(
                        "all",
                        failed + " failed",
                        "shape " + shape,
                        "speeds " + spread,
                        rests ? "with rests" : "without rests")) {
                  told.computeIfAbsent(kind, x -> new ArrayList<>()).add(one);
                }
              }
            }
          }
        }
      }
    }
    System.out.printf(
        "%-20s %6s %8s %8s %8s %8s %8s%n",
        "kind", "asked", "holds", "error", "line", "width", "score");
    told.forEach(
        (kind, all) ->
            System.out.printf(
                Locale.ROOT,
                "%-20s %6d %8.3f %8.3f %8.3f %8.3f %8.3f%n",
                kind,
                all.size(),
                all.stream().mapToDouble(t -> t.holds ? 1 : 0).average().orElseThrow(),
                all.stream().mapToDouble(Told::error).average().orElseThrow(),
                all.stream().mapToDouble(Told::line).average().orElseThrow(),
                all.stream().mapToDouble(Told::width).average().orElseThrow(),
                all.stream().mapToDouble(Told::score).average().orElseThrow()));
  }

  private static Told one(
      Maintenance maintenance, Shape shape, double spread, boolean rests, int failed, Random random)
      throws InterruptedException {
    int usual = 60 + random.nextInt(240);
    double noise = random.nextBoolean() ? 0.01 : 0.03;
    List<UnitHistory> units = new ArrayList<>();
    for (int u = 0; u < failed; u++) {
      double[] wear = wear(shape, spread, rests, usual, noise, random);
      units.add(UnitHistory.failed("unit " + u, table(wear)));
    }
    double[] asked = wear(shape, spread, rests, usual, noise, random);
    int seen = Math.max(10, (int) (asked.length * (0.3 + 0.65 * random.nextDouble())));
    double left = Math.max(1, asked.length - seen);
    try (Predictor<UnitHistory, Cycles> life =
        maintenance.remainingLife().train(new Fleet(units)).await().open()) {
      Outcome.Prediction<Cycles> said =
          life.predict(UnitHistory.running("asked", table(Arrays.copyOf(asked, seen))))
              .orElseThrow();
      double[] q = said.uncertainty().quantiles(0.1, 0.9);
      double out = Math.max(0, Math.max(q[0] - left, left - q[1]));
      double whole = seen + left;
      return new Told(
          Math.abs(said.value().count() - left) / whole,
          Math.min(3, Math.abs(line(asked, seen) - left) / whole),
          (q[1] - q[0]) / whole,
          (q[1] - q[0] + 10 * out) / whole,
          out == 0);
    }
  }

  /** How long a straight line through the readings seen needs to 1; at most 10 times as many. */
  private static double line(double[] wear, int seen) {
    double middle = (seen - 1) / 2.0;
    double mean = Arrays.stream(wear, 0, seen).average().orElseThrow();
    double product = 0;
    double square = 0;
    for (int i = 0; i < seen; i++) {
      product += (i - middle) * (wear[i] - mean);
      square += (i - middle) * (i - middle);
    }
    double slope = product / square;
    double now = mean + slope * (seen - 1 - middle);
    return slope > 0 ? Math.max(0, Math.min(10.0 * seen, (1 - now) / slope)) : 10.0 * seen;
  }

  private static Table table(double[] wear) {
    return Table.ofNumbers(
        COLUMNS, Arrays.stream(wear).mapToObj(w -> new double[] {w}).toArray(double[][]::new));
  }

  /** The ways to wear. */
  private enum Shape {
    STRAIGHT(1),
    SLOWING(0.6),
    RISING(1.7),
    EXPONENTIAL(1.5),
    STEEP(3);

    final double exponent;

    Shape(double exponent) {
      this.exponent = exponent;
    }

    double wear(double x, double own) {
      return switch (this) {
        case STRAIGHT -> x;
        case SLOWING, RISING -> Math.pow(x, own);
        case EXPONENTIAL, STEEP -> Math.expm1(own * x) / Math.expm1(exponent);
      };
    }
  }

  /** One unit from new to its failure: at least ten readings. */
  private static double[] wear(
      Shape shape, double spread, boolean rests, int usual, double noise, Random random) {
    double[] all = new double[20 * usual];
    int n = 0;
    while (n < 20) {
      double speed = Math.exp(spread * random.nextGaussian());
      double own = shape.exponent * Math.exp(0.15 * random.nextGaussian());
      double begun = 0.05 * random.nextGaussian();
      double rest = 0;
      for (n = 0; n < all.length && (n == 0 || all[n - 1] < 1); n++) {
        rest *= 0.8;
        rest += rests && random.nextDouble() < 6.0 / usual ? 0.1 * random.nextDouble() : 0;
        double wear = begun + (1 - begun) * shape.wear((n + 1) * speed / usual, own);
        all[n] = wear - rest + noise * random.nextGaussian();
      }
    }
    return Arrays.copyOf(all, n);
  }
}
