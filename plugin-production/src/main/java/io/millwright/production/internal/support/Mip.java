package io.millwright.production.internal.support;

import com.google.ortools.modelbuilder.ModelBuilder;
import io.millwright.api.Solution;
import io.millwright.solver.ortools.LinearSolve;
import java.util.function.BooleanSupplier;

/** Runs of a linear program through OR-Tools that hear a stop. */
public final class Mip {

  /**
   * What a run gave.
   *
   * @param end what is proven
   * @param objective the objective; NaN without values
   * @param bound a proven bound; NaN when nothing is known
   * @param values the value of each variable by its index; empty without a solution
   */
  public record Answer(Solution.End end, double objective, double bound, double[] values) {}

  private static final double[] NONE = {};

  private Mip() {}

  /** With integers. */
  public static Answer solve(ModelBuilder model, double seconds, BooleanSupplier stopped) {
    return run(LinearSolve.Method.SCIP, model, seconds, stopped);
  }

  /** Without integers. */
  public static Answer linear(ModelBuilder model, double seconds, BooleanSupplier stopped) {
    return run(LinearSolve.Method.GLOP, model, seconds, stopped);
  }

  private static Answer run(
      LinearSolve.Method method, ModelBuilder model, double seconds, BooleanSupplier stopped) {
    LinearSolve solve = new LinearSolve(method).seconds(Math.min(seconds, 1e6));
    Thread guard = new Thread(() -> watch(solve, stopped), "solver stop");
    guard.setDaemon(true);
    guard.start();
    try {
      LinearSolve.Result result = solve.solve(model);
      boolean found = result.end() == Solution.End.OPTIMAL || result.end() == Solution.End.FEASIBLE;
      double[] values = found ? new double[model.numVariables()] : NONE;
      for (int i = 0; i < values.length; i++) {
        values[i] = solve.value(model.varFromIndex(i));
      }
      return new Answer(result.end(), result.objective(), result.bound(), values);
    } finally {
      guard.interrupt();
    }
  }

  private static void watch(LinearSolve solve, BooleanSupplier stopped) {
    try {
      while (!stopped.getAsBoolean()) {
        Thread.sleep(20);
      }
      solve.stop();
    } catch (InterruptedException e) {
      // The run has ended.
      Thread.currentThread().interrupt();
    }
  }
}
