package io.millwright.scheduling;

import java.util.List;
import java.util.Optional;

/**
 * A floor as it runs: told what happens, it says which job a free machine takes next. Times are in
 * any unit that the durations of jobs have too, and never go back. One decision takes microseconds.
 * For one thread at a time.
 *
 * <p>Every method throws a {@link io.millwright.api.MillwrightException} with {@link
 * io.millwright.api.ErrorCode#BAD_VALUE} for a machine or a job that is not known, for a time that
 * is not a number or lies before the last one, and for what cannot happen on the floor as it is.
 */
public interface LiveFloor {

  /**
   * One step of a job's route.
   *
   * @param machine where
   * @param duration how long it is expected to take, above 0
   */
  record Step(String machine, double duration) {}

  /**
   * A job has come in.
   *
   * @param now the time
   * @param job its name, new on the floor
   * @param steps its route, at least one step
   * @param due when it should be done; infinite for no due date
   * @param weight how much each tick of delay counts, above 0
   */
  void arrived(double now, String job, List<Step> steps, double due, double weight);

  /**
   * A job will not be done any further, though steps of it are left.
   *
   * @param now the time
   * @param job its name
   */
  void cancelled(double now, String job);

  /**
   * A machine has begun the next step of a job.
   *
   * @param now the time
   * @param machine the machine of that step
   * @param job the job
   */
  void begun(double now, String machine, String job);

  /**
   * A machine has ended the step it was at. After its last step a job is off the floor.
   *
   * @param now the time
   * @param machine the machine
   */
  void ended(double now, String machine);

  /**
   * A machine has failed; the step it is at goes on when it is back.
   *
   * @param now the time
   * @param machine the machine
   * @param back when it is expected back
   */
  void failed(double now, String machine, double back);

  /**
   * A machine is back.
   *
   * @param now the time
   * @param machine the machine
   */
  void repaired(double now, String machine);

  /**
   * Which of the waiting jobs a machine takes next.
   *
   * @param now the time
   * @param machine the machine
   * @return the job, or empty when the machine is busy or down, or nothing waits for it
   */
  Optional<String> next(double now, String machine);
}
