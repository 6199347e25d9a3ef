package io.millwright.solver.ortools;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverSolutionCallback;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.Literal;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of CP-SAT, OR-Tools' solver of constraint programs, over a model. For one use; {@link
 * #stop} may be called from any thread, everything else from one.
 *
 * <p>With one worker and a limit of deterministic work the same model gives the same answer; a
 * limit of time, or more workers, does not repeat. The process's interrupts are not heard: stop it.
 */
public final class CpSolve {

  /** The values of a solution, valid within the call they are handed to. */
  public interface Values {

    /**
     * The value of a variable.
     *
     * @param variable a variable of the model
     * @return its value
     */
    long value(IntVar variable);

    /**
     * The value of a literal.
     *
     * @param literal a literal of the model
     * @return whether it holds
     */
    boolean holds(Literal literal);

    /**
     * The objective of this solution; 0 when the model has none.
     *
     * @return the value, as the model counts it
     */
    double objective();
  }

  /**
   * How a run ended.
   *
   * @param end what was proven or found
   * @param objective the best objective found; NaN when none was
   * @param bound a proven bound of the objective; NaN when nothing is known
   */
  public record Result(Solution.End end, double objective, double bound) {}

  private final CpSolver solver;
  private volatile boolean stopped;
  private int workers = 1;

  /**
   * Loads the native library and makes a run ready.
   *
   * @throws MillwrightException as {@link OrTools#load}
   */
  public CpSolve() {
    OrTools.load();
    solver = new CpSolver();
  }

  /**
   * How many threads search; 1 when not called. More than the machine's cores are worse than fewer.
   *
   * @param count at least 1
   * @return this
   */
  public CpSolve workers(int count) {
    if (count < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "workers is " + count + "\nMaybe use 1, which repeats");
    }
    workers = count;
    return this;
  }

  /**
   * Limits the run by the clock.
   *
   * @param seconds at most so long; 0 and less ends at once
   * @return this
   */
  public CpSolve seconds(double seconds) {
    if (seconds <= 0) {
      stopped = true;
    } else {
      solver.getParameters().setMaxTimeInSeconds(seconds);
    }
    return this;
  }

  /**
   * Limits the run by counted work, which repeats with one worker.
   *
   * @param units about as many seconds on a fast machine; 0 and less ends at once
   * @return this
   */
  public CpSolve work(double units) {
    if (units <= 0) {
      stopped = true;
    } else {
      solver.getParameters().setMaxDeterministicTime(units);
    }
    return this;
  }

  /**
   * Fixes the seed of the search.
   *
   * @param key from which the seed is made
   * @return this
   */
  public CpSolve key(long key) {
    solver.getParameters().setRandomSeed((int) (key ^ (key >>> 32)) & Integer.MAX_VALUE);
    return this;
  }

  /**
   * Solves until proven, limited or stopped, on the calling thread.
   *
   * @param model the model; not changed
   * @param onSolution hears of every better solution, on a thread of the solver or this one. What
   *     it throws stops the run and is thrown from here
   * @return how it ended
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} when the model is not valid
   */
  public Result solve(CpModel model, Consumer<? super Values> onSolution) {
    if (stopped) {
      return new Result(Solution.End.NONE_FOUND, Double.NaN, Double.NaN);
    }
    solver.getParameters().setNumWorkers(workers);
    Guard guard = new Guard(onSolution);
    CpSolverStatus status = solver.solve(model, guard);
    guard.rethrow();
    return switch (status) {
      case OPTIMAL ->
          new Result(Solution.End.OPTIMAL, solver.objectiveValue(), solver.bestObjectiveBound());
      case FEASIBLE ->
          new Result(Solution.End.FEASIBLE, solver.objectiveValue(), solver.bestObjectiveBound());
      case INFEASIBLE -> new Result(Solution.End.INFEASIBLE, Double.NaN, Double.NaN);
      case MODEL_INVALID ->
          throw new MillwrightException(
              ErrorCode.BAD_VALUE,
              "CP-SAT refuses the model: "
                  + model.validate()
                  + "\nMaybe a number is too large: values and their sums must stay below 2^62");
      default -> new Result(Solution.End.NONE_FOUND, Double.NaN, Double.NaN);
    };
  }

  /**
   * The value of a variable in the best solution, after a run that found one.
   *
   * @param variable a variable of the model
   * @return its value
   */
  public long value(IntVar variable) {
    return solver.value(variable);
  }

  /**
   * Whether a literal holds in the best solution, after a run that found one.
   *
   * @param literal a literal of the model
   * @return whether it holds
   */
  public boolean holds(Literal literal) {
    return solver.booleanValue(literal);
  }

  /** Ends the run soon, from any thread; also before it began. */
  public void stop() {
    stopped = true;
    solver.stopSearch();
  }

  /** An exception that left a callback would end the process: it is kept, and thrown later. */
  private final class Guard extends CpSolverSolutionCallback implements Values {
    private final Consumer<? super Values> onSolution;
    private volatile @Nullable Throwable thrown;

    Guard(Consumer<? super Values> onSolution) {
      this.onSolution = onSolution;
    }

    @Override
    public void onSolutionCallback() {
      if (thrown != null) {
        return;
      }
      try {
        onSolution.accept(this);
      } catch (RuntimeException | Error e) {
        thrown = e;
        stopSearch();
      }
      if (stopped) {
        stopSearch();
      }
    }

    @Override
    public long value(IntVar variable) {
      return super.value(variable);
    }

    @Override
    public boolean holds(Literal literal) {
      return booleanValue(literal);
    }

    @Override
    public double objective() {
      return objectiveValue();
    }

    void rethrow() {
      Throwable t = thrown;
      if (t instanceof RuntimeException e) {
        throw e;
      }
      if (t instanceof Error e) {
        throw e;
      }
    }
  }
}
