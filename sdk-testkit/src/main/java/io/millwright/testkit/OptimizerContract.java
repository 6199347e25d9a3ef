package io.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Optimizer;
import io.millwright.api.Solution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What holds for every {@link Optimizer} (contract test): decisions are feasible, an iteration
 * budget repeats them, also beside other searches, and a search can be stopped and then has its
 * best so far.
 *
 * @param <P> the problem
 * @param <S> the decision
 */
@ExtendWith(NoNetwork.class)
public abstract class OptimizerContract<P, S> {

  /** For subclasses. */
  protected OptimizerContract() {}

  /**
   * The optimizer under test, with a fixed key.
   *
   * @return the optimizer
   */
  protected abstract Optimizer<P, S> optimizer();

  /**
   * A problem with a feasible decision, hard enough that a search of minutes does not prove an
   * optimum.
   *
   * @return the problem
   */
  protected abstract P problem();

  /**
   * A budget of iterations that is spent within a few seconds.
   *
   * @return the budget, without a time limit
   */
  protected abstract Budget iterations();

  /**
   * What is wrong with a decision, found independently of the optimizer.
   *
   * @param problem the problem
   * @param decision the decision
   * @return the violations; none when it is feasible
   */
  protected abstract List<String> violations(P problem, S decision);

  /**
   * The value of the first objective, computed independently of the optimizer.
   *
   * @param problem the problem
   * @param decision the decision
   * @return the value
   */
  protected abstract double objective(P problem, S decision);

  /**
   * A problem that has no feasible decision.
   *
   * @return the problem, or empty when every valid problem has one
   */
  protected Optional<P> infeasible() {
    return Optional.empty();
  }

  /**
   * Problems that are not valid. Each must be refused with all faults.
   *
   * @return the problems; none by default
   */
  protected List<P> badProblems() {
    return List.of();
  }

  /**
   * How long a stopped job may take to end before it counts as hanging.
   *
   * @return the seconds; 60 by default
   */
  protected int hangGuard() {
    return Contracts.HANG_SECONDS;
  }

  private Solution<S> solve(Budget budget) throws InterruptedException {
    return Contracts.within(optimizer().optimize(problem(), budget), 6 * hangGuard());
  }

  private void assertSound(Solution<S> solution) {
    P problem = problem();
    S decision = solution.orElseThrow();
    assertThat(violations(problem, decision)).as("violations").isEmpty();
    assertThat(solution.objectives()).as("objectives").isNotEmpty();
    ObjectiveValue first = solution.objective();
    double truth = objective(problem, decision);
    assertThat(Math.abs(first.value() - truth))
        .as("stated %s against recomputed %s", first.value(), truth)
        .isLessThanOrEqualTo(1e-6 * Math.max(1, Math.abs(truth)));
    assertThat(first.name()).isNotBlank();
    assertThat(first.foundBy()).isNotBlank();
    if (solution.end() == Solution.End.OPTIMAL) {
      assertThat(first.bound()).as("an optimum is proven by a bound").isPresent();
      assertThat(first.gap().orElse(1)).isLessThanOrEqualTo(1e-6);
    }
  }

  @Test
  void decisionsAreFeasibleAndWorthWhatTheySay() throws Exception {
    assertSound(solve(iterations()));
  }

  @Test
  void anIterationBudgetRepeatsTheDecision() throws Exception {
    Solution<S> one = solve(iterations());
    Solution<S> two = solve(iterations());
    assertThat(two.value()).isEqualTo(one.value());
    assertThat(two.end()).isEqualTo(one.end());
  }

  @Test
  void searchesBesideEachOtherDoNotDisturb() throws Exception {
    Solution<S> alone = solve(iterations());
    List<Job<Solution<S>>> jobs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      jobs.add(optimizer().optimize(problem(), iterations()));
    }
    for (Job<Solution<S>> job : jobs) {
      assertThat(Contracts.within(job, 18 * hangGuard()).value()).isEqualTo(alone.value());
    }
  }

  @Test
  void aTimeBudgetIsKept() throws Exception {
    Job<Solution<S>> job = optimizer().optimize(problem(), Budget.of(Duration.ofMillis(200)));
    Solution<S> solution = Contracts.within(job, hangGuard());
    if (solution.value().isPresent()) {
      assertSound(solution);
    }
  }

  @Test
  void aSearchCanBeStoppedAndHasItsBestSoFar() throws Exception {
    Job<Solution<S>> job = optimizer().optimize(problem(), Budget.of(Duration.ofHours(1)));
    long give = System.nanoTime() + Duration.ofSeconds(hangGuard()).toNanos();
    while (job.best().isEmpty() && !job.state().isFinal() && System.nanoTime() < give) {
      Thread.onSpinWait();
    }
    assertThat(job.best()).as("best so far after %s s", hangGuard()).isPresent();
    job.cancel();
    assertSound(Contracts.within(job, hangGuard()));
    assertThat(job.state()).isIn(Job.State.CANCELLED, Job.State.FINISHED);
  }

  @Test
  void cancellingAtOnceEndsTheSearch() throws Exception {
    Job<Solution<S>> job = optimizer().optimize(problem(), Budget.of(Duration.ofHours(1)));
    job.cancel();
    Throwable thrown =
        catchThrowable(
            () -> {
              Solution<S> solution = Contracts.within(job, hangGuard());
              if (solution.value().isPresent()) {
                assertSound(solution);
              }
            });
    if (thrown instanceof AssertionError error) {
      throw error;
    }
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(MillwrightException.class);
      assertThat(((MillwrightException) thrown).code()).isEqualTo(ErrorCode.JOB_CANCELLED);
    }
  }

  @Test
  void whatHasNoFeasibleDecisionIsAnEndNotAnError() throws Exception {
    Optional<P> problem = infeasible();
    if (problem.isPresent()) {
      Solution<S> solution =
          Contracts.within(
              optimizer().optimize(problem.get(), Budget.of(Duration.ofSeconds(1))), hangGuard());
      assertThat(solution.end()).isIn(Solution.End.INFEASIBLE, Solution.End.NONE_FOUND);
      Contracts.assertThrowsCode(
          ErrorCode.NO_SOLUTION, "orElseThrow of no decision", solution::orElseThrow);
    }
  }

  @Test
  void badProblemsAreRefusedWithAllFaults() {
    for (P bad : badProblems()) {
      Throwable thrown =
          catchThrowable(
              () -> Contracts.within(optimizer().optimize(bad, iterations()), 6 * hangGuard()));
      assertThat(thrown).as("%s", bad).isInstanceOf(MillwrightException.class);
      Contracts.assertTeaches((MillwrightException) thrown, "a bad problem");
    }
  }
}
