package io.millwright.benchmarks.quality;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeModel;
import io.millwright.maintenance.WearCourse;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The end of life of battery cells, each from its first discharges by the remaining-life trainer
 * with no option, which learns from the whole lives of the other cells. A life ends at the first
 * discharge below 1.4 Ah; a cell that stays above it is still running. The capacity after the last
 * discharge seen is told by a line from the mean of the last five to the end of life; beside it
 * what stays, a straight line and an exponential over all discharges seen. Arguments: the folder of
 * files {@code CELL_cycles.csv}, after how many discharges (80 when left out).
 */
public final class Batteries {

  private static final double END = 1.4;
  private static final int LAST = 5;

  private Batteries() {}

  /** Prints a line for each cell and way. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int seen = args.length > 1 ? Integer.parseInt(args[1]) : 80;
    try (Millwright millwright = Millwright.create()) {
      Map<String, Table> cells = new TreeMap<>();
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(Path.of(args[0]), "*_cycles.csv")) {
        for (Path file : files) {
          String name = file.getFileName().toString().replace("_cycles.csv", "");
          cells.put(name, millwright.tables().csv(file).without("discharge", "soh"));
        }
      }
      for (Map.Entry<String, Table> cell : cells.entrySet()) {
        Maintenance maintenance = millwright.plugin(Maintenance.class);
        judge(maintenance, cells, cell.getKey(), cell.getValue(), seen);
      }
    }
  }

  private static void judge(
      Maintenance maintenance, Map<String, Table> cells, String cell, Table all, int seen)
      throws InterruptedException {
    double[] capacity = all.numbers("capacity");
    int end = end(capacity);
    System.out.printf(
        Locale.ROOT,
        "%n%s after %d of %d discharges, end of life %s%n",
        cell,
        seen,
        capacity.length,
        end > capacity.length ? "not reached" : "" + end);
    List<UnitHistory> others = new ArrayList<>();
    cells.forEach(
        (name, table) -> {
          if (!name.equals(cell)) {
            others.add(life(name, table));
          }
        });
    simple(capacity, seen);
    try {
      RemainingLifeModel model = maintenance.remainingLife().train(new Fleet(others)).await();
      UnitHistory begun = UnitHistory.running(cell, all.slice(0, seen));
      tell(model, begun, capacity, end);
    } catch (MillwrightException e) {
      System.out.println("  remaining life: " + e.getMessage());
    }
  }

  private static void tell(
      RemainingLifeModel model, UnitHistory begun, double[] capacity, int end) {
    int seen = begun.length();
    Optional<WearCourse> course =
        model.course(begun, "capacity", Math.max(1, capacity.length - seen), 0.8);
    course.ifPresent(c -> say("course", capacity, seen, d -> c.expected().get(d - seen - 1)));
    try (Predictor<UnitHistory, Cycles> life = model.open()) {
      if (life.predict(begun) instanceof Outcome.Prediction<Cycles> p) {
        double[] q = p.uncertainty().quantiles(0.1, 0.9);
        double at = seen + Math.max(1, p.value().count());
        double now = Arrays.stream(capacity, seen - LAST, seen).average().orElseThrow();
        double middle = seen - (LAST - 1) / 2.0;
        say(
            "remaining life",
            capacity,
            seen,
            d -> now + (END - now) * (d - middle) / (at - middle));
        System.out.printf(
            Locale.ROOT,
            "  end of life %.0f, 80 %% from %.0f to %.0f: %s, width %.0f%n",
            at,
            seen + q[0],
            seen + q[1],
            end >= seen + q[0] && end <= seen + q[1] ? "inside" : "outside",
            q[1] - q[0]);
      } else {
        System.out.println("  remaining life: no answer, " + life.predict(begun));
      }
    }
  }

  /** The first discharge below the end, counted from 1; one more than there are without one. */
  private static int end(double[] capacity) {
    return IntStream.range(0, capacity.length)
            .filter(d -> capacity[d] < END)
            .findFirst()
            .orElse(capacity.length)
        + 1;
  }

  private static UnitHistory life(String name, Table table) {
    int end = end(table.numbers("capacity"));
    return end > table.rows()
        ? UnitHistory.running(name, table)
        : UnitHistory.failed(name, table.slice(0, end));
  }

  private static void simple(double[] capacity, int seen) {
    double last = capacity[seen - 1];
    say("stays", capacity, seen, d -> last);
    double[] line = line(Arrays.copyOf(capacity, seen));
    say("straight line", capacity, seen, d -> line[0] + line[1] * d);
    double[] log = line(Arrays.stream(capacity, 0, seen).map(Math::log).toArray());
    say("exponential", capacity, seen, d -> Math.exp(log[0] + log[1] * d));
  }

  /** Intercept and slope over 1, 2, 3 and so on (least squares). */
  private static double[] line(double[] y) {
    double middle = (y.length + 1) / 2.0;
    double mean = Arrays.stream(y).average().orElseThrow();
    double product = 0;
    double square = 0;
    for (int i = 0; i < y.length; i++) {
      product += (i + 1 - middle) * (y[i] - mean);
      square += (i + 1 - middle) * (i + 1 - middle);
    }
    double slope = product / square;
    return new double[] {mean - slope * middle, slope};
  }

  private static void say(String way, double[] capacity, int seen, IntToDoubleFunction told) {
    double square =
        IntStream.range(seen, capacity.length)
            .mapToDouble(d -> Math.pow(told.applyAsDouble(d + 1) - capacity[d], 2))
            .average()
            .orElse(Double.NaN);
    System.out.printf(Locale.ROOT, "  %-16s RMSE %.3f Ah%n", way, Math.sqrt(square));
  }
}
