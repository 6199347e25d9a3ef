package io.millwright.benchmarks.advice;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.quality.Advice;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Advisor;
import io.millwright.quality.Goal;
import io.millwright.quality.Knob;
import io.millwright.quality.Quality;
import io.millwright.quality.SafeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The share of the attainable gain that advice from 60 runs reaches, and the share of parts that
 * leave the limit: {@code KnownOptima REPEATS KEY [PROCESS] [WAY]}. Runs are drawn at random
 * ("drawn"), or ten at a time as the advisor proposes ("proposed").
 */
public final class KnownOptima {

  private static final int RUNS = 60;

  /** The default of the problem. */
  private static final double RISK = 0.05;

  private KnownOptima() {}

  /**
   * Runs it.
   *
   * @param args the number of repeats, the first key, and one process and way where not all
   * @throws InterruptedException when interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    int repeats = Integer.parseInt(args[0]);
    long key = Long.parseLong(args[1]);
    try (Millwright millwright = Millwright.create()) {
      Advisor advisor = millwright.plugin(Quality.class).advice();
      List<KnownProcess> processes =
          args.length > 2 ? List.of(KnownProcess.valueOf(args[2])) : List.of(KnownProcess.values());
      for (KnownProcess process : processes) {
        double best = process.best(RISK);
        for (boolean proposed : new boolean[] {false, true}) {
          if (args.length > 3 && args[3].equals("proposed") != proposed) {
            continue;
          }
          double[] share = new double[repeats];
          double[] outside = new double[repeats];
          double[] stated = new double[repeats];
          int over = 0;
          int left = 0;
          int covered = 0;
          int none = 0;
          double start = process.outcome(today(process));
          for (int r = 0; r < repeats; r++) {
            AdviceProblem problem = problem(process, advisor, proposed, key + r);
            Optional<Advice> advice =
                advisor.optimize(problem, Budget.iterations(5)).await().value();
            none += advice.isEmpty() ? 1 : 0;
            double[] to = advice.map(a -> settings(process, a.to())).orElse(today(process));
            double truth = process.outcome(to);
            share[r] = (truth - start) / (best - start);
            outside[r] = process.outside(to);
            stated[r] = advice.map(Advice::risk).orElse(0.0);
            over += outside[r] > RISK ? 1 : 0;
            left += process.kept(to) > process.limit ? 1 : 0;
            covered +=
                advice
                        .filter(a -> a.after().low() <= truth && truth <= a.after().high())
                        .isPresent()
                    ? 1
                    : 0;
          }
          Arrays.sort(share);
          System.out.printf(
              Locale.ROOT,
              "%s %s: attainable %.2f to %.2f; share of it: mean %.3f, median %.3f, worst %.3f;"
                  + " outside: mean %.4f, stated %.4f, more than the risk in %d of %d, mean beyond"
                  + " the limit in %d; interval covers %d; none %d%n",
              process,
              proposed ? "proposed" : "drawn",
              start,
              best,
              Arrays.stream(share).average().orElse(0),
              share[repeats / 2],
              share[0],
              Arrays.stream(outside).average().orElse(0),
              Arrays.stream(stated).average().orElse(0),
              over,
              repeats,
              left,
              covered,
              none);
        }
      }
    }
  }

  private static double[] today(KnownProcess process) {
    double[] x = new double[process.knobs];
    Arrays.fill(x, -0.3);
    return x;
  }

  private static double[] settings(KnownProcess process, Map<String, Double> named) {
    return process.names().stream().mapToDouble(n -> named.getOrDefault(n, 0.0)).toArray();
  }

  private static AdviceProblem problem(
      KnownProcess process, Advisor advisor, boolean proposed, long key) {
    Random random = new Random(key);
    List<double[]> rows = new ArrayList<>();
    while (rows.size() < RUNS) {
      if (!proposed) {
        double[] x = random.doubles(process.knobs, -1, 1).toArray();
        rows.add(process.run(x, random));
        continue;
      }
      AdviceProblem so = problem(process, rows, key);
      for (Map<String, Double> run : advisor.experiments(so, 10, Optional.empty()).runs()) {
        rows.add(process.run(settings(process, run), random));
      }
    }
    return problem(process, rows, key);
  }

  private static AdviceProblem problem(KnownProcess process, List<double[]> rows, long key) {
    Schema schema =
        Schema.of(
            Stream.concat(process.names().stream(), Stream.of("strength", "flash"))
                .map(Column::number)
                .toArray(Column[]::new));
    Map<String, Double> today = new HashMap<>();
    process.names().forEach(n -> today.put(n, -0.3));
    Table runs = Table.ofNumbers(schema, rows.toArray(new double[0][]));
    return AdviceProblem.builder()
        .runs(runs)
        .knobs(process.names().stream().map(n -> Knob.between(n, -1, 1)).toList())
        .goal(Goal.largest("strength"))
        .safe(List.of(SafeRange.atMost("flash", process.limit)))
        .current(today)
        .key(key)
        .build();
  }
}
