package io.millwright.benchmarks.production;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.Solution;
import io.millwright.production.PlanProblem;
import io.millwright.production.Production;
import io.millwright.production.ProductionPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Capacitated lot sizing, Trigeiro's F and G: cost beside the best found by a solver alone.
 * Arguments: the folder; the seconds for a case (10); names of cases, if not all.
 */
public final class LotSizing {

  private LotSizing() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 10;
    List<String> only = List.of(args).subList(Math.min(2, args.length), args.length);
    double sum = 0;
    double worst = -1;
    long latest = 0;
    int cases = 0;
    try (Millwright millwright = Millwright.create()) {
      Production production = millwright.plugin(Production.class);
      List<String> lines = Files.readAllLines(folder.resolve("bounds.csv"));
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",", -1);
        Path file = folder.resolve(cells[0] + ".dat");
        if (!Files.isRegularFile(file) || (!only.isEmpty() && !only.contains(cells[0]))) {
          continue;
        }
        PlanProblem problem = PlanProblem.parseTrigeiro(Files.readString(file));
        long begun = System.nanoTime();
        double before = processor();
        AtomicLong first = new AtomicLong();
        Job<Solution<ProductionPlan>> job =
            production
                .planning()
                .optimize(problem, Budget.of(Duration.ofMillis(Math.round(1000 * seconds))));
        try (Job.Subscription listening =
            job.onProgress(p -> first.compareAndSet(0, (System.nanoTime() - begun) / 1_000_000))) {
          Solution<ProductionPlan> s = job.await();
          double best = Double.parseDouble(cells[5]);
          double cost = s.orElseThrow().cost();
          double ratio = cost / best - 1;
          sum += ratio;
          worst = Math.max(worst, ratio);
          latest = Math.max(latest, first.get());
          cases++;
          System.out.printf(
              Locale.ROOT,
              "%-4s %.1f, best found %.0f, %+.3f %%, bound %.1f (%.1f), first after %d ms, %.1f s,"
                  + " %.1f of processors %s%n",
              cells[0],
              cost,
              best,
              100 * ratio,
              s.objective().bound().orElse(Double.NaN),
              Double.parseDouble(cells[4]),
              first.get(),
              (System.nanoTime() - begun) / 1e9,
              processor() - before,
              s.end());
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d cases: mean %+.3f %%, worst %+.3f %% against the best found; first plan after at most"
            + " %d ms; %.0f s a case%n",
        cases,
        100 * sum / cases,
        100 * worst,
        latest,
        seconds);
  }

  /** What the process has had of all processors, in seconds. */
  private static double processor() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(d -> d.toMillis() / 1e3)
        .orElse(0.0);
  }
}
