package io.millwright.scheduling;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A plan: every operation with its machine and time (ISA-95: operations schedule).
 *
 * @param assignments in order of start, then of machine
 */
public record Schedule(List<Assignment> assignments) {

  private static final Comparator<Assignment> ORDER =
      Comparator.comparingLong(Assignment::start)
          .thenComparingLong(Assignment::end)
          .thenComparing(Assignment::machine)
          .thenComparing(Assignment::job)
          .thenComparing(Assignment::operation);

  /** Sorts and copies. */
  public Schedule {
    assignments = assignments.stream().sorted(ORDER).toList();
  }

  /**
   * Where an operation stands.
   *
   * @param job the job's name
   * @param operation the operation's name
   * @return its assignment, or empty when the plan does not name it
   */
  public Optional<Assignment> of(String job, String operation) {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(operation, "operation");
    return assignments.stream()
        .filter(a -> a.job().equals(job) && a.operation().equals(operation))
        .findFirst();
  }

  /**
   * When each job is done.
   *
   * @return the end of its last operation by the job's name
   */
  public Map<String, Long> completions() {
    Map<String, Long> ends = new LinkedHashMap<>();
    for (Assignment a : assignments) {
      ends.merge(a.job(), a.end(), Math::max);
    }
    return ends;
  }

  /**
   * When everything is done.
   *
   * @return the last end, or 0 for an empty plan
   */
  public long makespan() {
    return assignments.stream().mapToLong(Assignment::end).max().orElse(0);
  }
}
