package io.millwright.production;

import java.time.Instant;
import java.util.Objects;

/**
 * One row of a plant's event log: a step of an order on a resource (job response of ISA-95).
 * Accepts what logs hold, also an end before its start: the analysis names such rows.
 *
 * @param caseId the order or lot (case of process mining); empty for events without one
 * @param activity the step
 * @param resource the machine or work centre (work unit of ISA-95); empty when unknown
 * @param work what the resource did
 * @param start when it began
 * @param end when it ended
 * @param quantity pieces that the order asks for; NaN when not recorded
 * @param good good pieces made in this step; NaN when not recorded
 * @param rejected pieces rejected in this step; NaN when not recorded
 * @param rework whether the row is marked as rework
 * @param reason the reason of a stop or reject; may be empty
 */
public record WorkEvent(
    String caseId,
    String activity,
    String resource,
    Work work,
    Instant start,
    Instant end,
    double quantity,
    double good,
    double rejected,
    boolean rework,
    String reason) {

  /** Checks for null alone. */
  public WorkEvent {
    Objects.requireNonNull(caseId, "caseId");
    Objects.requireNonNull(activity, "activity");
    Objects.requireNonNull(resource, "resource");
    Objects.requireNonNull(work, "work");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(end, "end");
    Objects.requireNonNull(reason, "reason");
  }

  /**
   * A run without counts.
   *
   * @param caseId the order
   * @param activity the step
   * @param resource the machine
   * @param start when it began
   * @param end when it ended
   * @return the event
   */
  public static WorkEvent of(
      String caseId, String activity, String resource, Instant start, Instant end) {
    return new WorkEvent(
        caseId,
        activity,
        resource,
        Work.RUN,
        start,
        end,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        false,
        "");
  }

  /**
   * The same with another kind of work.
   *
   * @param kind what the resource did
   * @return the new event
   */
  public WorkEvent doing(Work kind) {
    return new WorkEvent(
        caseId, activity, resource, kind, start, end, quantity, good, rejected, rework, reason);
  }

  /**
   * The same with counts.
   *
   * @param ordered pieces that the order asks for, or NaN
   * @param goodPieces good pieces, or NaN
   * @param rejectedPieces rejected pieces, or NaN
   * @return the new event
   */
  public WorkEvent counting(double ordered, double goodPieces, double rejectedPieces) {
    return new WorkEvent(
        caseId,
        activity,
        resource,
        work,
        start,
        end,
        ordered,
        goodPieces,
        rejectedPieces,
        rework,
        reason);
  }

  /**
   * The same, marked as rework or not, with a reason.
   *
   * @param again whether it is rework
   * @param why the reason, may be empty
   * @return the new event
   */
  public WorkEvent marked(boolean again, String why) {
    return new WorkEvent(
        caseId, activity, resource, work, start, end, quantity, good, rejected, again, why);
  }

  /**
   * How long it took.
   *
   * @return hours, below 0 when the end lies before the start
   */
  public double hours() {
    return (end.toEpochMilli() - start.toEpochMilli()) / 3_600_000.0;
  }
}
