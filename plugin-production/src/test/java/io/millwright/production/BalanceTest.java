package io.millwright.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.Budget;
import io.millwright.api.Solution;
import io.millwright.production.BalanceProblem.Precedence;
import io.millwright.production.BalanceProblem.Task;
import io.millwright.runtime.support.KeyedRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Direct.class)
class BalanceTest {

  private static final Budget PATIENT = Budget.of(Duration.ofMinutes(10));

  private static BalanceProblem drawn(long key, int n, int stations) {
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 5);
    List<Task> tasks = new ArrayList<>();
    List<Precedence> before = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      tasks.add(new Task("t" + i, 1 + random.nextInt(9)));
      for (int j = 0; j < i; j++) {
        if (random.nextInt(5) == 0) {
          before.add(new Precedence("t" + j, "t" + i));
        }
      }
    }
    return stations > 0
        ? BalanceProblem.forStations(tasks, before, stations)
        : BalanceProblem.forCycle(tasks, before, 12);
  }

  /** Fewest stations by dynamic programming over all sets of done tasks: station and its load. */
  private static int enumerated(BalanceProblem problem, double cycle) {
    int n = problem.tasks().size();
    int[] needs = new int[n];
    for (Precedence p : problem.before()) {
      needs[number(p.second())] |= 1 << number(p.first());
    }
    double[] best = new double[1 << n];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[0] = 0;
    for (int set = 0; set < 1 << n; set++) {
      for (int i = 0; i < n && best[set] < Double.POSITIVE_INFINITY; i++) {
        if ((set >> i & 1) == 0 && (needs[i] & ~set) == 0) {
          double full = Math.floor(best[set] / cycle + 1e-9) * cycle;
          double in = best[set] - full;
          double t = problem.tasks().get(i).time();
          double next = in + t <= cycle ? best[set] + t : full + cycle + t;
          int with = set | 1 << i;
          best[with] = Math.min(best[with], next);
        }
      }
    }
    return (int) Math.ceil(best[(1 << n) - 1] / cycle - 1e-9);
  }

  private static int number(String task) {
    return Integer.parseInt(task.substring(1));
  }

  private static void check(BalanceProblem problem, LineBalance line, double cycle) {
    Map<String, Integer> at = new HashMap<>();
    Map<String, Double> times = new HashMap<>();
    problem.tasks().forEach(t -> times.put(t.name(), t.time()));
    for (int s = 0; s < line.stations().size(); s++) {
      double sum = 0;
      for (String t : line.stations().get(s)) {
        assertThat(at.put(t, s)).isNull();
        sum += times.get(t);
      }
      assertThat(sum).isLessThanOrEqualTo(cycle + 1e-9);
    }
    assertThat(at).hasSize(problem.tasks().size());
    problem
        .before()
        .forEach(p -> assertThat(at.get(p.first())).isLessThanOrEqualTo(at.get(p.second())));
  }

  @Test
  void smallLinesAreAsEnumerated(Production production) throws InterruptedException {
    for (int key = 0; key < 30; key++) {
      BalanceProblem problem = drawn(key, 11, 0);
      Solution<LineBalance> s = production.balancing().optimize(problem, PATIENT).await();
      check(problem, s.orElseThrow(), 12);
      assertThat(s.end()).isEqualTo(Solution.End.OPTIMAL);
      assertThat(s.orElseThrow().stations()).as("key " + key).hasSize(enumerated(problem, 12));
    }
  }

  @Test
  void shortestCyclesAreAsEnumerated(Production production) throws InterruptedException {
    for (int key = 0; key < 15; key++) {
      BalanceProblem problem = drawn(key, 10, 4);
      Solution<LineBalance> s = production.balancing().optimize(problem, PATIENT).await();
      double cycle = problem.tasks().stream().mapToDouble(Task::time).max().orElse(0);
      while (enumerated(problem, cycle) > 4) {
        cycle++;
      }
      check(problem, s.orElseThrow(), cycle);
      assertThat(s.end()).isEqualTo(Solution.End.OPTIMAL);
      assertThat(s.orElseThrow().cycleTime()).as("key " + key).isEqualTo(cycle);
    }
  }

  @Test
  void anIterationBudgetRepeats(Production production) throws InterruptedException {
    BalanceProblem problem = drawn(99, 60, 0);
    LineBalance one =
        production.balancing().optimize(problem, Budget.iterations(6)).await().orElseThrow();
    LineBalance two =
        production.balancing().optimize(problem, Budget.iterations(6)).await().orElseThrow();
    assertThat(two).isEqualTo(one);
    check(problem, one, 12);
  }

  @Test
  void badLinesAreSaid() {
    List<Task> tasks = List.of(new Task("a", 5), new Task("b", -1), new Task("a", 20));
    assertThatThrownBy(() -> BalanceProblem.forCycle(tasks, List.of(new Precedence("a", "x")), 10))
        .hasMessageContaining("4 problems")
        .hasMessageContaining("longer than the cycle")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(
            () ->
                BalanceProblem.forCycle(
                    List.of(new Task("a", 1), new Task("b", 1)),
                    List.of(new Precedence("a", "b"), new Precedence("b", "a")),
                    10))
        .hasMessageContaining("circle");
    assertThatThrownBy(() -> BalanceProblem.parse("3\n1\n2\n", 10, 0))
        .hasMessageContaining("BAD_FILE")
        .hasMessageContaining("line");
    assertThatThrownBy(() -> BalanceProblem.parse("", 10, 0)).hasMessageContaining("BAD_FILE");
    // Beyond it, finest parts of a cycle have no room, and bounds never met.
    for (double cycle : new double[] {1e300, 1e-9, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> BalanceProblem.forCycle(tasks, List.of(), cycle))
          .hasMessageContaining("cycle time: is " + cycle)
          .hasMessageContaining("Maybe");
    }
  }
}
