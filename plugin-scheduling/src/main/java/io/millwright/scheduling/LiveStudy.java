package io.millwright.scheduling;

import io.millwright.api.Job;
import java.util.List;

/**
 * A simulation study of dispatching under surprise, with common random numbers: every way of
 * deciding meets the same arrivals, failures and durations. Every setting gives a new study.
 * Immutable and thread-safe.
 */
public interface LiveStudy {

  /**
   * Adds a policy.
   *
   * @param dispatcher the policy
   * @return the new study
   */
  LiveStudy with(Dispatcher dispatcher);

  /**
   * Adds rolling re-optimisation: at every arrival, failure and repair the known work is planned
   * anew by a search for weighted tardiness, and its sequences are followed until the next one.
   *
   * @param moves how many moves each search makes, at least 1
   * @return the new study
   */
  LiveStudy withSearch(long moves);

  /**
   * Sets how often the shop is run; 10 when nothing is set.
   *
   * @param count at least 2
   * @return the new study
   */
  LiveStudy replications(int count);

  /**
   * Sets the key of all luck; 1 when nothing is set.
   *
   * @param key any number
   * @return the new study
   */
  LiveStudy key(long key);

  /**
   * Runs all rules of {@link Rule}, the rule ATC with look-ahead and expected waits varied, and
   * what was added.
   *
   * @return the job, with one trial for each, least tardiness first; cancelled, it throws
   */
  Job<List<LiveTrial>> run();
}
