package io.millwright.personalization;

import io.millwright.api.Job;
import io.millwright.api.Optimizer;
import java.util.List;

/**
 * Marketing that asks what a contact changes, and whom it may reach. Thread-safe; the same key
 * gives the same answers.
 */
public interface Marketing {

  /**
   * Learns the uplift of a treatment from a randomised test: by how much it changes an outcome, and
   * for whom. Compares a two-model learner (T), an X-learner (Kuenzel et al. 2019) and the class
   * transformation (Athey and Imbens 2016), each on ridge regression and on boosted trees, by the
   * Qini area out of fold; the simple ridge two-model answers unless another is better than it by
   * one standard error. Says whether there is any usable difference between customers at all.
   *
   * @param question table, columns and seed
   * @return the job
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#MISSING_COLUMN}, {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} when an arm has fewer than 100 customers, {@link
   *     io.millwright.api.ErrorCode#BAD_LABEL} for an outcome that is missing or not finite
   */
  Job<UpliftModel> uplift(UpliftQuestion question);

  /**
   * Assigns offers to customers: the most value under budget and limits, exactly (CP-SAT). A pair
   * of a customer and an offer whose channel the customer did not agree to is never built.
   *
   * @return the optimizer; its objective is the negative value
   */
  Optimizer<OfferProblem, OfferPlan> offers();

  /**
   * A contextual bandit that begins to learn: inverse gap weighting (Foster and Rakhlin 2020) over
   * ridge regressions, which knows the exact propensity of everything it does.
   *
   * @param actions the actions, at least one, none twice
   * @param features how many numbers a context has
   * @param exploration the learning rate gamma: larger explores less; 20 is usual for rewards of 0
   *     to 1
   * @param key the key of all randomness
   * @return the bandit
   */
  Bandit bandit(List<String> actions, int features, double exploration, long key);

  /**
   * Judges a policy by what another one logged, before anything changes.
   *
   * @param log what was decided, with propensities above 0
   * @param policy the policy to judge
   * @return its value by three estimators
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_VALUE} for a propensity outside 0 to 1 or a reward that is
   *     not finite, naming the row
   */
  PolicyValue judge(List<LoggedDecision> log, Policy policy);
}
