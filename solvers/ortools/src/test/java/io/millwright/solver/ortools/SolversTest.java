package io.millwright.solver.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.ortools.modelbuilder.LinearExpr;
import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution.End;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SolversTest {

  @Test
  void theKnapsackIsProven() {
    CpSolve solve = new CpSolve();
    CpModel model = new CpModel();
    int[] worth = {60, 100, 120};
    int[] weight = {10, 20, 30};
    IntVar[] taken = new IntVar[3];
    for (int i = 0; i < 3; i++) {
      taken[i] = model.newBoolVar("item " + i);
    }
    model.addLessOrEqual(com.google.ortools.sat.LinearExpr.weightedSum(taken, longs(weight)), 50);
    model.maximize(com.google.ortools.sat.LinearExpr.weightedSum(taken, longs(worth)));
    List<Double> heard = new ArrayList<>();
    CpSolve.Result result = solve.work(10).solve(model, v -> heard.add(v.objective()));
    assertThat(result.end()).isEqualTo(End.OPTIMAL);
    assertThat(result.objective()).isEqualTo(220);
    assertThat(result.bound()).isEqualTo(220);
    assertThat(solve.value(taken[0])).isZero();
    assertThat(heard).isNotEmpty().endsWith(220.0);
  }

  @Test
  void whatACallbackThrowsEndsTheRunAndNotTheProcess() {
    CpModel model = new CpModel();
    OrTools.load();
    model.minimize(model.newIntVar(0, 5, "x"));
    assertThatThrownBy(
            () ->
                new CpSolve()
                    .solve(
                        model,
                        v -> {
                          throw new IllegalStateException("from the callback");
                        }))
        .hasMessage("from the callback");
  }

  @Test
  void noSolutionIsAnEndAndNotGarbage() {
    CpSolve solve = new CpSolve();
    CpModel model = new CpModel();
    IntVar x = model.newIntVar(0, 5, "x");
    model.addGreaterThan(x, 7);
    CpSolve.Result result = solve.solve(model, v -> {});
    assertThat(result.end()).isEqualTo(End.INFEASIBLE);
    assertThat(result.objective()).isNaN();
    CpSolve late = new CpSolve();
    late.stop();
    assertThat(late.solve(new CpModel(), v -> {}).end()).isEqualTo(End.NONE_FOUND);
    assertThat(new CpSolve().seconds(0).solve(new CpModel(), v -> {}).end())
        .isEqualTo(End.NONE_FOUND);
  }

  @Test
  void aRunIsStoppedFromAnotherThread() throws InterruptedException {
    CpSolve solve = new CpSolve();
    CpModel model = new CpModel();
    // Pigeons and one hole too few, with a goal: no short proof is known.
    int n = 40;
    long most = (long) n * n;
    IntVar[] at = new IntVar[n];
    for (int i = 0; i < n; i++) {
      at[i] = model.newIntVar(0, most, "at " + i);
    }
    for (int i = 0; i < n; i++) {
      for (int k = i + 1; k < n; k++) {
        IntVar gap = model.newIntVar(-most, most, "");
        model.addEquality(
            gap,
            com.google.ortools.sat.LinearExpr.weightedSum(
                new IntVar[] {at[i], at[k]}, new long[] {1, -1}));
        IntVar square = model.newIntVar(1, most * most, "");
        model.addMultiplicationEquality(square, gap, gap);
      }
    }
    model.minimize(com.google.ortools.sat.LinearExpr.sum(at));
    CountDownLatch found = new CountDownLatch(1);
    Thread run =
        new Thread(() -> solve.seconds(3_600).solve(model, v -> found.countDown()), "solver");
    run.start();
    assertThat(found.await(10, TimeUnit.MINUTES)).isTrue();
    solve.stop();
    run.join(TimeUnit.MINUTES.toMillis(10));
    assertThat(run.isAlive()).isFalse();
  }

  @Test
  void linearProgramsHaveValuesAndShadowPrices() {
    LinearSolve solve = new LinearSolve(LinearSolve.Method.GLOP);
    ModelBuilder model = new ModelBuilder();
    var x = model.newNumVar(0, 100, "x");
    var y = model.newNumVar(0, 100, "y");
    var hours =
        model.addLessOrEqual(LinearExpr.newBuilder().addTerm(x, 1).addTerm(y, 2).build(), 14);
    model.addGreaterOrEqual(LinearExpr.newBuilder().addTerm(x, 3).addTerm(y, -1).build(), 0);
    model.addLessOrEqual(LinearExpr.newBuilder().addTerm(x, 1).addTerm(y, -1).build(), 2);
    model.maximize(LinearExpr.newBuilder().addTerm(x, 3).addTerm(y, 4).build());
    LinearSolve.Result result = solve.solve(model);
    assertThat(result.end()).isEqualTo(End.OPTIMAL);
    assertThat(result.objective()).isEqualTo(34, within(1e-9));
    assertThat(solve.value(x)).isEqualTo(6, within(1e-9));
    assertThat(solve.dual(hours)).isEqualTo(7.0 / 3, within(1e-9));
  }

  @Test
  void integersAreKeptAndWhatHasNoBoundIsRefused() {
    LinearSolve solve = new LinearSolve(LinearSolve.Method.SCIP);
    ModelBuilder model = new ModelBuilder();
    var x = model.newIntVar(0, 10, "x");
    model.addLessOrEqual(LinearExpr.newBuilder().addTerm(x, 2).build(), 7);
    model.maximize(LinearExpr.newBuilder().addTerm(x, 1).build());
    assertThat(solve.seconds(600).solve(model).objective()).isEqualTo(3, within(1e-9));

    ModelBuilder open = new ModelBuilder();
    var z = open.newNumVar(0, Double.POSITIVE_INFINITY, "z");
    open.maximize(LinearExpr.newBuilder().addTerm(z, 1).build());
    assertThatThrownBy(() -> new LinearSolve(LinearSolve.Method.GLOP).solve(open))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("Maybe");
  }

  private static long[] longs(int[] values) {
    long[] all = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      all[i] = values[i];
    }
    return all;
  }
}
