package io.millwright.scheduling;

import io.millwright.api.ModelInfo;
import java.util.List;

/**
 * A dispatching policy ready to decide: plans whole shops at once, and says on a live floor which
 * job a free machine takes next. Decides in plain Java, without an engine. Immutable and
 * thread-safe; the same question gives the same answer.
 */
public interface Dispatcher {

  /** {@return what the policy was taught to keep small} */
  DispatchGoal goal();

  /** {@return what model it is} */
  ModelInfo info();

  /**
   * Plans a shop by the policy alone: whenever a machine and an operation are both free, the policy
   * picks. A plain job shop is planned from its beginning and from its end for the makespan, and
   * the shorter plan is kept. As the draft of a shop ({@link Shop#withDraft}) the plan is where a
   * search begins.
   *
   * @param shop the shop; every job is a chain, the operations of which follow each other in their
   *     order
   * @return a complete plan
   * @throws io.millwright.api.MillwrightException when the shop is not valid; with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} for jobs that are no chains; with {@link
   *     io.millwright.api.ErrorCode#NO_SOLUTION} when the plan cannot keep the pins or runs out of
   *     working time
   */
  Schedule plan(Shop shop);

  /**
   * Plans a shop several times, first without drawing as {@link #plan(Shop)} does and then drawing
   * by the policy's scores, and keeps the plan that is best by its goal. One run is a single pass
   * from the beginning.
   *
   * @param shop as above
   * @param runs how many plans in all, at least 1
   * @param key the key of the draws
   * @return the best plan
   * @throws io.millwright.api.MillwrightException as above; with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} when there are no runs
   */
  Schedule plan(Shop shop, int runs, long key);

  /**
   * A live floor without jobs, on which this policy decides.
   *
   * @param machines the names of the machines, each once, at least one
   * @return the floor, at time 0
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} when a name is missing or given twice
   */
  LiveFloor floor(List<String> machines);
}
