package io.millwright.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The end of a search. That nothing was found, or nothing can exist, is an end and not an
 * exception.
 *
 * @param value the best decision, or empty when none was found
 * @param end what is known about it
 * @param objectives the value of each objective in order of priority; empty when there is no
 *     decision
 * @param provenance how it came about
 * @param <S> the decision
 */
public record Solution<S>(
    Optional<S> value, End end, List<ObjectiveValue> objectives, Provenance provenance) {

  /** What is known about a solution. */
  public enum End {
    /** No better decision exists. */
    OPTIMAL,
    /** A decision that keeps all constraints; a better one may exist. */
    FEASIBLE,
    /** Proven: no decision can keep all constraints. */
    INFEASIBLE,
    /** The budget ended before any decision was found. */
    NONE_FOUND
  }

  /** Checks that the end fits the value, and copies. */
  public Solution {
    Objects.requireNonNull(provenance, "provenance");
    objectives = List.copyOf(objectives);
    boolean found = end == End.OPTIMAL || end == End.FEASIBLE;
    if (found != value.isPresent()) {
      throw new IllegalArgumentException(
          "end is " + end + ", but a decision is " + (value.isPresent() ? "present" : "absent"));
    }
    if (!found && !objectives.isEmpty()) {
      throw new IllegalArgumentException(
          "end is " + end + ", but objectives are given: " + objectives);
    }
  }

  /**
   * The decision, for callers that cannot go on without one.
   *
   * @return the decision
   * @throws MillwrightException with {@link ErrorCode#NO_SOLUTION} when there is none
   */
  public S orElseThrow() {
    return value.orElseThrow(
        () ->
            new MillwrightException(
                ErrorCode.NO_SOLUTION,
                "the search ended with "
                    + end
                    + " and no decision\nMaybe give it a larger budget, or relax pins and limits"));
  }

  /**
   * The value of the first objective.
   *
   * @return the value with its bound
   * @throws MillwrightException with {@link ErrorCode#NO_SOLUTION} when there is no decision
   */
  public ObjectiveValue objective() {
    orElseThrow();
    return objectives.get(0);
  }
}
