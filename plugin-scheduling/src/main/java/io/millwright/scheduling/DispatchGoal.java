package io.millwright.scheduling;

/** What a dispatching policy was taught to keep small (reward of a dispatching policy). */
public enum DispatchGoal {
  /** The makespan: the end of all work that is known. */
  MAKESPAN,
  /** The weighted tardiness of jobs that arrive over time. */
  TARDINESS
}
