package io.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Optimizer;
import io.millwright.api.Solution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract passes for an optimizer that keeps it, and fails for each way to break it. */
class OptimizerContractTest {

  /** A way to break the contract. */
  enum Fault {
    NONE,
    IS_INFEASIBLE,
    LIES_ABOUT_THE_VALUE,
    IS_RANDOM,
    IGNORES_TIME,
    CANNOT_BE_STOPPED,
    CLAIMS_AN_OPTIMUM,
    SOLVES_NONSENSE
  }

  private static final AtomicLong SEED = new AtomicLong();

  /** Orders numbers so that the sum of differences of neighbours is small. */
  private record Ordering(Fault fault) implements Optimizer<List<Integer>, List<Integer>> {
    @Override
    public Job<Solution<List<Integer>>> optimize(List<Integer> problem, Budget budget) {
      if (problem.isEmpty() && fault != Fault.SOLVES_NONSENSE) {
        throw new MillwrightException(ErrorCode.TOO_FEW_DATA, "nothing\nMaybe add a number");
      }
      return FakeJobs.start(fault == Fault.CANNOT_BE_STOPPED, job -> search(job, problem, budget));
    }

    private Solution<List<Integer>> search(
        FakeJobs<Solution<List<Integer>>> job, List<Integer> problem, Budget budget) {
      Random random = new Random(fault == Fault.IS_RANDOM ? SEED.incrementAndGet() : 1);
      List<Integer> best = new ArrayList<>(problem);
      java.util.Collections.shuffle(best, random);
      long begin = System.nanoTime();
      for (long i = 0; i < budget.iterations().orElse(Long.MAX_VALUE); i++) {
        long spent = System.nanoTime() - begin;
        if (job.cancelled
            || problem.isEmpty()
            || spent > 5_000_000_000L // What cannot be stopped ends too.
            || (fault != Fault.IGNORES_TIME
                && budget.time().isPresent()
                && spent > budget.time().get().toNanos())) {
          break;
        }
        List<Integer> next = new ArrayList<>(best);
        java.util.Collections.swap(next, random.nextInt(next.size()), random.nextInt(next.size()));
        if (cost(next) <= cost(best)) {
          best = next;
        }
        job.best(solution(best));
      }
      return solution(best);
    }

    private Solution<List<Integer>> solution(List<Integer> order) {
      List<Integer> decision =
          fault == Fault.IS_INFEASIBLE ? order.subList(1, order.size()) : List.copyOf(order);
      double value = cost(decision) + (fault == Fault.LIES_ABOUT_THE_VALUE ? 1 : 0);
      return new Solution<>(
          Optional.of(List.copyOf(decision)),
          fault == Fault.CLAIMS_AN_OPTIMUM ? Solution.End.OPTIMAL : Solution.End.FEASIBLE,
          List.of(ObjectiveValue.builder().name("cost").value(value).foundBy("swaps").build()),
          Kit.info().provenance());
    }
  }

  private static double cost(List<Integer> order) {
    double cost = 0;
    for (int i = 1; i < order.size(); i++) {
      cost += Math.abs(order.get(i) - order.get(i - 1));
    }
    return cost;
  }

  /** The contract on one fault. */
  abstract static class Case extends OptimizerContract<List<Integer>, List<Integer>> {
    abstract Fault fault();

    @Override
    protected int hangGuard() {
      return fault() == Fault.NONE ? 60 : 1; // The bad ones do hang.
    }

    @Override
    protected Optimizer<List<Integer>, List<Integer>> optimizer() {
      return new Ordering(fault());
    }

    @Override
    protected List<Integer> problem() {
      return List.of(5, 3, 9, 1, 12, 7, 30, 21, 2, 18);
    }

    @Override
    protected Budget iterations() {
      return Budget.iterations(20);
    }

    @Override
    protected List<String> violations(List<Integer> problem, List<Integer> decision) {
      return problem.stream()
          .filter(n -> !decision.contains(n))
          .map(n -> n + " is missing")
          .toList();
    }

    @Override
    protected double objective(List<Integer> problem, List<Integer> decision) {
      return cost(decision);
    }

    @Override
    protected List<List<Integer>> badProblems() {
      return List.of(List.of());
    }
  }

  static final class None extends Case {
    @Override
    Fault fault() {
      return Fault.NONE;
    }
  }

  static final class IsInfeasible extends Case {
    @Override
    Fault fault() {
      return Fault.IS_INFEASIBLE;
    }
  }

  static final class LiesAboutTheValue extends Case {
    @Override
    Fault fault() {
      return Fault.LIES_ABOUT_THE_VALUE;
    }
  }

  static final class IsRandom extends Case {
    @Override
    Fault fault() {
      return Fault.IS_RANDOM;
    }
  }

  static final class IgnoresTime extends Case {
    @Override
    Fault fault() {
      return Fault.IGNORES_TIME;
    }
  }

  static final class CannotBeStopped extends Case {
    @Override
    Fault fault() {
      return Fault.CANNOT_BE_STOPPED;
    }
  }

  static final class ClaimsAnOptimum extends Case {
    @Override
    Fault fault() {
      return Fault.CLAIMS_AN_OPTIMUM;
    }
  }

  static final class SolvesNonsense extends Case {
    @Override
    Fault fault() {
      return Fault.SOLVES_NONSENSE;
    }
  }

  @Test
  void aGoodOptimizerPasses() {
    assertThat(Kit.failures(None.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "io.millwright.testkit.OptimizerContractTest$IsInfeasible,"
        + " decisionsAreFeasibleAndWorthWhatTheySay",
    "io.millwright.testkit.OptimizerContractTest$LiesAboutTheValue,"
        + " decisionsAreFeasibleAndWorthWhatTheySay",
    "io.millwright.testkit.OptimizerContractTest$IsRandom, anIterationBudgetRepeatsTheDecision",
    "io.millwright.testkit.OptimizerContractTest$IgnoresTime, aTimeBudgetIsKept",
    "io.millwright.testkit.OptimizerContractTest$CannotBeStopped,"
        + " aSearchCanBeStoppedAndHasItsBestSoFar",
    "io.millwright.testkit.OptimizerContractTest$ClaimsAnOptimum,"
        + " decisionsAreFeasibleAndWorthWhatTheySay",
    "io.millwright.testkit.OptimizerContractTest$SolvesNonsense, badProblemsAreRefusedWithAllFaults"
  })
  void aBadOptimizerFails(Class<?> contract, String test) {
    assertThat(Kit.failures(contract)).contains(test);
  }
}
