package io.millwright.quality;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.Optimizer;
import io.millwright.api.Solution;
import io.millwright.api.data.Table;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Advice on settings: which knob, how far (response surface methodology, Box and Wilson 1951; the
 * surface a Gaussian process with a quadratic trend, Rasmussen and Williams 2006). Obtained from
 * {@link Quality#advice}; thread-safe; the same problem, key and iterations give the same answer.
 *
 * <p>A surface learnt from runs that were set says what moving a knob does. One learnt from a
 * process that was only watched says it where nothing else moved with the knob.
 */
public interface Advisor extends Optimizer<AdviceProblem, Advice> {

  /**
   * Searches for the robust optimum: the best mean less half of its standard error, less the cost
   * of moving, over the spread of knobs, among settings where the share of parts outside the safe
   * ranges stays below the risk. One iteration is one start of a local search.
   *
   * @param problem the runs, knobs and goal
   * @param budget when to stop; 30 iterations are plenty for ten knobs
   * @return the job; no decision where no setting is known to be safe
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} for fewer runs than knobs and eight (see {@link
   *     #experiments}), {@link io.millwright.api.ErrorCode#BAD_VALUE} for a knob that never varied
   */
  @Override
  Job<Solution<Advice>> optimize(AdviceProblem problem, Budget budget);

  /**
   * The learnt surface of a characteristic.
   *
   * @param problem the runs and knobs
   * @param column the goal's column, or one of a safe range
   * @return the surface
   */
  ResponseSurface surface(AdviceProblem problem, String column);

  /**
   * Whether parts made with settings are safe, as far as the runs tell.
   *
   * @param problem the runs, knobs and safe ranges
   * @return for settings of knobs, of which those that are not named stand as today, the share of
   *     parts outside, at the most with the problem's confidence; thread-safe
   */
  ToDoubleFunction<Map<String, Double>> risk(AdviceProblem problem);

  /**
   * The runs to make next.
   *
   * @param problem the runs so far, which may be none, and the knobs
   * @param count how many, 1 to 200
   * @param design how to choose; empty for D-optimal until there are enough runs for a quadratic
   *     surface, then expected improvement
   * @return the runs
   */
  Experiments experiments(AdviceProblem problem, int count, Optional<Experiments.Design> design);

  /**
   * Compares new parts, made with the settings advised, with what was promised.
   *
   * @param problem the problem of the advice
   * @param advice the advice
   * @param parts at least 3 parts with the goal's column and those of safe ranges
   * @return the comparison
   */
  AdviceCheck check(AdviceProblem problem, Advice advice, Table parts);
}
