package io.millwright.core.relearn;

import io.millwright.api.Outcome;
import io.millwright.api.data.Row;

/**
 * What an answer costs the host once the truth is known (loss function), such as scrap and idle
 * time in money: the figure by which a loop watches, judges and rolls back in place of squared
 * error or log loss. Hosts implement it; it is called by the thread that steps the loop.
 */
@FunctionalInterface
public interface AnswerLoss {

  /**
   * The loss of one answer; the lower, the better.
   *
   * @param answer a prediction, or an abstention, which has its price as well
   * @param row the row of the feed, with its truth
   * @return a number, 0 or more; NaN where the truth is not known
   */
  double of(Outcome<?> answer, Row row);
}
