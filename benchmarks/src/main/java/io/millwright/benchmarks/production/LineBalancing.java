package io.millwright.benchmarks.production;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Solution;
import io.millwright.production.BalanceProblem;
import io.millwright.production.LineBalance;
import io.millwright.production.Production;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Assembly line balancing: Scholl's networks beside the optima, Otto's beside the bounds.
 * Arguments: the folder; the seconds for a case (10); {@code scholl} or {@code otto} for one of the
 * two.
 */
public final class LineBalancing {

  private LineBalancing() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 10;
    String only = args.length > 2 ? args[2] : "";
    try (Millwright millwright = Millwright.create()) {
      Production production = millwright.plugin(Production.class);
      if (!only.equals("otto")) {
        scholl(production, folder, seconds);
      }
      if (!only.equals("scholl")) {
        otto(production, folder, seconds);
      }
    }
  }

  private static Solution<LineBalance> solve(
      Production production, Path file, double cycle, double seconds)
      throws IOException, InterruptedException {
    BalanceProblem problem = BalanceProblem.parse(Files.readString(file), cycle, 0);
    return production
        .balancing()
        .optimize(problem, Budget.of(Duration.ofMillis(Math.round(seconds * 1000))))
        .await();
  }

  private static void scholl(Production production, Path folder, double seconds)
      throws IOException, InterruptedException {
    int optimal = 0;
    int proven = 0;
    int cases = 0;
    double worst = 0;
    List<String> lines = Files.readAllLines(folder.resolve("scholl.csv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Path file = folder.resolve("scholl").resolve(cells[0] + ".IN2");
      if (!Files.isRegularFile(file)) {
        continue;
      }
      Solution<LineBalance> s = solve(production, file, Double.parseDouble(cells[2]), seconds);
      int optimum = Integer.parseInt(cells[5]);
      int found = s.orElseThrow().stations().size();
      cases++;
      optimal += found == optimum ? 1 : 0;
      proven += s.end() == Solution.End.OPTIMAL ? 1 : 0;
      worst = Math.max(worst, found - optimum);
      if (found != optimum || s.end() != Solution.End.OPTIMAL) {
        System.out.printf(
            Locale.ROOT,
            "%s %s: %d, optimum %d, bound %.0f%n",
            cells[0],
            cells[2],
            found,
            optimum,
            s.objective().bound().orElse(0));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "Scholl: %d of %d optimal, %d proven, worst %+.0f stations, %.0f s a case%n",
        optimal,
        cases,
        proven,
        worst,
        seconds);
  }

  private static void otto(Production production, Path folder, double seconds)
      throws IOException, InterruptedException {
    for (String size : List.of("small", "medium")) {
      int cases = 0;
      int proven = 0;
      int atMost = 0;
      double gap = 0;
      List<String> lines = Files.readAllLines(folder.resolve("otto.csv"));
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",", -1);
        Path file = folder.resolve("otto-" + size).resolve(cells[1]);
        if (!cells[0].equals(size) || !Files.isRegularFile(file)) {
          continue;
        }
        Solution<LineBalance> s = solve(production, file, 0, seconds);
        int found = s.orElseThrow().stations().size();
        int lower = Integer.parseInt(cells[5]);
        cases++;
        proven += s.end() == Solution.End.OPTIMAL ? 1 : 0;
        atMost += found <= Integer.parseInt(cells[6]) ? 1 : 0;
        gap += (found - lower) / (double) lower;
      }
      System.out.printf(
          Locale.ROOT,
          "Otto %s: %d of %d proven, %d at or below the sampled solution, mean gap to the simple"
              + " bound %.2f %%, %.0f s a case%n",
          size,
          proven,
          cases,
          atMost,
          100 * gap / Math.max(1, cases),
          seconds);
    }
  }
}
