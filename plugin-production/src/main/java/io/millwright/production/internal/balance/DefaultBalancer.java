package io.millwright.production.internal.balance;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.Optimizer;
import io.millwright.api.Solution;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.production.BalanceProblem;
import io.millwright.production.LineBalance;
import io.millwright.production.internal.support.Ends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The optimizer of line balancing. */
public final class DefaultBalancer implements Optimizer<BalanceProblem, LineBalance> {

  private static final Unit STATIONS = Unit.NONE;
  private static final String BY = "station-wise beam search";
  private static final String PROVED = "station bounds and complete search";

  private final Jobs jobs;
  private final Composer composer;

  /** For the facade. */
  public DefaultBalancer(Jobs jobs, Composer composer) {
    this.jobs = jobs;
    this.composer = composer;
  }

  @Override
  public Job<Solution<LineBalance>> optimize(BalanceProblem problem, Budget budget) {
    return jobs.start("line balancing", budget.time(), control -> solve(problem, budget, control));
  }

  private Solution<LineBalance> solve(
      BalanceProblem problem, Budget budget, Jobs.Control<Solution<LineBalance>> control) {
    Line line = Line.of(problem);
    Ends ends = new Ends(composer, "", 0, Map.of());
    BooleanSupplier stopped = control::stopped;
    Balancing search = new Balancing(line, stopped);
    long rounds = budget.iterations().orElse(Long.MAX_VALUE);
    return problem.stations() > 0
        ? shortestCycle(problem, line, search, ends, rounds, budget, control)
        : fewestStations(problem, line, search, ends, rounds, budget, control);
  }

  private static Solution<LineBalance> fewestStations(
      BalanceProblem problem,
      Line line,
      Balancing search,
      Ends ends,
      long rounds,
      Budget budget,
      Jobs.Control<Solution<LineBalance>> control) {
    long cycle = (long) Math.floor(problem.cycleTime() * Line.GRAIN + 1e-3);
    int lower = Bounds.stations(line, cycle);
    Balancing.Result result =
        search.stations(
            cycle,
            rounds,
            (of, used) -> {
              Ends.report(control, budget, BY, used, lower);
              control.best(
                  ends.found(
                      balance(line, of, problem.cycleTime()),
                      used == lower,
                      "stations",
                      used,
                      STATIONS,
                      lower,
                      BY,
                      PROVED));
            });
    int[] of = result.stationOf;
    if (of == null) {
      return ends.none(Solution.End.NONE_FOUND);
    }
    return ends.found(
        balance(line, of, problem.cycleTime()),
        result.bound >= result.stations,
        "stations",
        result.stations,
        STATIONS,
        result.bound,
        BY,
        PROVED);
  }

  /** Cycles are tried from the middle of what is open; each answer halves it. */
  private static Solution<LineBalance> shortestCycle(
      BalanceProblem problem,
      Line line,
      Balancing search,
      Ends ends,
      long rounds,
      Budget budget,
      Jobs.Control<Solution<LineBalance>> control) {
    int m = problem.stations();
    long grain = grain(line);
    long longest = Arrays.stream(line.time).max().orElse(0);
    long low = Math.max(longest, up((line.total + m - 1) / m, grain));
    long proven = low;
    long high = line.total;
    int[] best = new int[line.n];
    int width = 1;
    long used = 0;
    while (proven < high && used < rounds && !control.stopped()) {
      long from = proven;
      boolean moved = false;
      long open = from;
      while (open < high && used < rounds && !control.stopped()) {
        long cycle = up((open + high) / 2 - grain / 2, grain);
        cycle = Math.max(open, Math.min(cycle, high - grain));
        boolean back = used % 2 == 1;
        StationSearch.Found found = search.feasible(cycle, m, width, back);
        used++;
        if (found.stationOf() != null) {
          best = found.stationOf();
          high = longestStation(line, best, m);
          moved = true;
          control.best(cycleSolution(line, ends, best, high, proven));
          Ends.report(control, budget, BY, high / Line.GRAIN, proven / Line.GRAIN);
        } else {
          open = cycle + grain;
          if (found.complete()) {
            proven = Math.max(proven, open);
          }
        }
      }
      if (!moved) {
        width = Math.min(200_000, width * 3);
      }
    }
    return cycleSolution(line, ends, best, high, proven);
  }

  private static Solution<LineBalance> cycleSolution(
      Line line, Ends ends, int[] best, long high, long proven) {
    return ends.found(
        balance(line, best, high / Line.GRAIN),
        proven >= high,
        "cycle time",
        high / Line.GRAIN,
        Unit.NONE,
        proven / Line.GRAIN,
        BY,
        PROVED);
  }

  private static long up(long value, long grain) {
    return (value + grain - 1) / grain * grain;
  }

  /** All station times are multiples of it. */
  private static long grain(Line line) {
    long grain = 0;
    for (long t : line.time) {
      long a = t;
      while (a != 0) {
        long r = grain % a;
        grain = a;
        a = r;
      }
    }
    return Math.max(1, grain);
  }

  private static long longestStation(Line line, int[] of, int m) {
    long[] times = new long[m];
    for (int i = 0; i < line.n; i++) {
      times[of[i]] += line.time[i];
    }
    return Arrays.stream(times).max().orElse(0);
  }

  private static LineBalance balance(Line line, int[] of, double cycle) {
    int m = Arrays.stream(of).max().orElse(0) + 1;
    List<List<String>> stations = new ArrayList<>();
    long[] times = new long[m];
    for (int s = 0; s < m; s++) {
      stations.add(new ArrayList<>());
    }
    for (int i = 0; i < line.n; i++) {
      stations.get(of[i]).add(line.names[i]);
      times[of[i]] += line.time[i];
    }
    return new LineBalance(
        stations,
        Arrays.stream(times).max().orElse(0) / Line.GRAIN,
        line.total / Line.GRAIN / (m * cycle));
  }
}
