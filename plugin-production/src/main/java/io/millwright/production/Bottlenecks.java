package io.millwright.production;

import io.millwright.api.Job;
import java.time.Duration;
import java.util.Map;

/**
 * Finds what holds a plant up, predicts it, and says what a change is worth. Each option gives a
 * new analysis. Immutable and thread-safe; all randomness comes from the key.
 */
public interface Bottlenecks {

  /**
   * The length of a shift, counted from the beginning of the log; 8 hours by default.
   *
   * @param length longer than nothing
   * @return the new analysis
   */
  Bottlenecks shift(Duration length);

  /**
   * The key of all randomness of {@link #study}; 0 by default.
   *
   * @param key the key
   * @return the new analysis
   */
  Bottlenecks key(long key);

  /**
   * What changes cost, in any unit; proposals are then ranked by gain a cost.
   *
   * @param costs the cost of each kind of change, above 0
   * @return the new analysis
   */
  Bottlenecks costs(Map<LineStudy.Change, Double> costs);

  /**
   * Names what held the plant up.
   *
   * @param log the log
   * @return what it shows
   */
  BottleneckReport analyse(EventLog log);

  /**
   * Fits a line to the log and simulates changes of it, with common random numbers. Every
   * replication draws the line's parameters anew from what the log leaves open (bootstrap of times
   * and repairs, gamma distribution of failure rates), so that the intervals hold the luck of the
   * log as well.
   *
   * @param log a log whose orders pass the same activities in the same order
   * @return the job; when cancelled, the intervals are those of fewer replications
   * @throws io.millwright.api.MillwrightException from the job, with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} when fewer than four in five orders take one
   *     route, {@link io.millwright.api.ErrorCode#TOO_FEW_DATA} with fewer than 30 of them
   */
  Job<LineStudy> study(EventLog log);
}
