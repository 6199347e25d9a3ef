package io.millwright.personalization;

import io.millwright.api.Job;

/**
 * Learns to recommend from implicit feedback. Immutable: every setting returns a new trainer.
 *
 * <p>Methods: popularity, item-kNN (Deshpande and Karypis 2004), the same with recency and with
 * direction, the Markov chain of first order, random walks (RP3beta), EASE^R (Steck 2019), implicit
 * ALS (Hu et al. 2008). A ranker of boosted trees combines them, learnt in a back-test inside the
 * training data; where it does not beat the best single method there, that method answers alone.
 */
public interface RecommenderTrainer {

  /**
   * How far a recommendation looks ahead.
   *
   * @param purchases the customer's next so many orders, 1 when not called
   * @return a new trainer
   */
  RecommenderTrainer horizon(int purchases);

  /**
   * Fixes all randomness.
   *
   * @param key the key; 0 when not called
   * @return a new trainer
   */
  RecommenderTrainer key(long key);

  /**
   * Whether the slow methods (EASE and ALS, which grow with the number of items) take part.
   *
   * @param all true when not called
   * @return a new trainer
   */
  RecommenderTrainer thorough(boolean all);

  /**
   * Whether a sequential network (a gated recurrent unit over the last items, GRU4Rec of Hidasi et
   * al. 2016, with the softmax over all items) is tried as one more method. It takes part only when
   * the same back-test is better with it by more than a standard error; {@link Recommender#choice}
   * says which. Needs an engine, and minutes: two fits of eight passes over at most 150,000 orders.
   *
   * @param takesPart false when not called
   * @return a new trainer
   */
  RecommenderTrainer network(boolean takesPart);

  /**
   * Learns.
   *
   * @param log what customers ordered
   * @return the job
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} when fewer than 20 customers have two items; the
   *     job fails with {@link io.millwright.api.ErrorCode#NO_ENGINE} when a network is asked for
   *     and nothing can train one
   */
  Job<Recommender> train(PurchaseLog log);
}
