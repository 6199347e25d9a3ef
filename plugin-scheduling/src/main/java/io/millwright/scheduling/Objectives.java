package io.millwright.scheduling;

/** The objectives that shops ask for most. */
public final class Objectives {
  private Objectives() {}

  /**
   * The end of the last operation.
   *
   * @return the objective
   */
  public static Objective makespan() {
    return Objective.of(Measure.MAKESPAN);
  }

  /**
   * The sum over the jobs of weight times lateness; a job that is early earns nothing.
   *
   * @return the objective
   */
  public static Objective weightedTardiness() {
    return Objective.of(Measure.WEIGHTED_TARDINESS);
  }

  /**
   * The sum over the jobs of weight times the time from release to end.
   *
   * @return the objective
   */
  public static Objective weightedFlowTime() {
    return Objective.of(Measure.WEIGHTED_FLOW_TIME);
  }

  /**
   * The working time that goes into set-ups.
   *
   * @return the objective
   */
  public static Objective setupTime() {
    return Objective.of(Measure.SETUP_TIME);
  }
}
