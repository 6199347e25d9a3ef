package io.millwright.solver.ortools;

import com.google.ortools.modelbuilder.LinearConstraint;
import com.google.ortools.modelbuilder.LinearExpr;
import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.ModelSolver;
import com.google.ortools.modelbuilder.SolveStatus;
import com.google.ortools.modelbuilder.Variable;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import java.time.Duration;

/**
 * One run of a linear program, with or without integers, through OR-Tools: SCIP where there are
 * integers, GLOP (the dual simplex) or PDLP where there are none. For one use; {@link #stop} may be
 * called from any thread, everything else from one.
 */
public final class LinearSolve {

  /** Which solver runs. */
  public enum Method {
    /** Branch and bound with cuts, for programs with integers. */
    SCIP,
    /** The simplex method, for programs without. */
    GLOP,
    /** A first-order method, for very large programs without integers; its answer is near. */
    PDLP
  }

  /**
   * How a run ended.
   *
   * @param end what was proven or found
   * @param objective the best objective found; NaN when none was
   * @param bound a proven bound of the objective; NaN when nothing is known
   */
  public record Result(Solution.End end, double objective, double bound) {}

  private final ModelSolver solver;
  private volatile boolean stopped;

  /**
   * Loads the native library and makes a run ready.
   *
   * @param method which solver runs
   * @throws MillwrightException as {@link OrTools#load}
   */
  public LinearSolve(Method method) {
    OrTools.load();
    solver = new ModelSolver(method.name());
  }

  /**
   * Limits the run by the clock.
   *
   * @param seconds at most so long; 0 and less ends at once
   * @return this
   */
  public LinearSolve seconds(double seconds) {
    if (seconds <= 0) {
      stopped = true;
    } else {
      solver.setTimeLimit(Duration.ofNanos((long) Math.min(seconds * 1e9, 9e18)));
    }
    return this;
  }

  /**
   * Solves until proven, limited or stopped, on the calling thread.
   *
   * @param model the model; not changed
   * @return how it ended; values are read afterwards
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} when the model is not valid or its
   *     objective has no bound
   */
  public Result solve(ModelBuilder model) {
    if (stopped) {
      return new Result(Solution.End.NONE_FOUND, Double.NaN, Double.NaN);
    }
    SolveStatus status = solver.solve(model);
    if (status == SolveStatus.OPTIMAL) {
      return found(Solution.End.OPTIMAL);
    }
    if (status == SolveStatus.FEASIBLE || solver.hasSolution()) {
      return found(Solution.End.FEASIBLE);
    }
    boolean unbounded = status == SolveStatus.INFEASIBLE && solvedWithoutGoal(model);
    if (status == SolveStatus.INFEASIBLE && !unbounded) {
      return new Result(Solution.End.INFEASIBLE, Double.NaN, Double.NaN);
    }
    if (unbounded
        || status == SolveStatus.UNBOUNDED
        || status == SolveStatus.ABNORMAL
        || status == SolveStatus.MODEL_INVALID
        || status == SolveStatus.INVALID_SOLVER_PARAMETERS
        || status == SolveStatus.SOLVER_TYPE_UNAVAILABLE
        || status == SolveStatus.INCOMPATIBLE_OPTIONS) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "the solver refuses the linear program: "
              + (unbounded ? SolveStatus.UNBOUNDED : status)
              + "\nMaybe a limit is missing, or a coefficient is not a number");
    }
    return new Result(Solution.End.NONE_FOUND, Double.NaN, Double.NaN);
  }

  /** Preprocessing calls a program without a bound infeasible: without its objective it is not. */
  private boolean solvedWithoutGoal(ModelBuilder model) {
    ModelBuilder bare = model.getClone();
    bare.minimize(LinearExpr.newBuilder().build());
    SolveStatus status = solver.solve(bare);
    return status == SolveStatus.OPTIMAL || status == SolveStatus.FEASIBLE;
  }

  private Result found(Solution.End end) {
    return new Result(end, solver.getObjectiveValue(), solver.getBestObjectiveBound());
  }

  /**
   * The value of a variable, after a run that found a solution.
   *
   * @param variable a variable of the model
   * @return its value
   */
  public double value(Variable variable) {
    return solver.getValue(variable);
  }

  /**
   * The dual value (shadow price) of a constraint, after a run without integers.
   *
   * @param constraint a constraint of the model
   * @return by how much the objective moves for one more unit on its right side
   */
  public double dual(LinearConstraint constraint) {
    return solver.getDualValue(constraint);
  }

  /** Ends the run soon, from any thread; also before it began. */
  public void stop() {
    stopped = true;
    solver.interruptSolve();
  }
}
