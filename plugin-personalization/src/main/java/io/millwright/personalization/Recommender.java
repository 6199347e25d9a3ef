package io.millwright.personalization;

import io.millwright.api.Evaluation;
import io.millwright.api.Provenance;
import io.millwright.api.Task;
import io.millwright.api.Trained;
import java.util.List;
import java.util.Map;

/**
 * A recommender system over items. Thread-safe. New orders are {@link #observe observed} without a
 * refit: from then on the customer's history holds them.
 *
 * <p>A saved recommender holds the customers' histories, observed orders included: keep the file as
 * you keep the orders. {@link Personalization#recommender} and {@link
 * io.millwright.api.Millwright#open(Task, io.millwright.api.ModelSource)} open it; the second
 * answers an unknown customer with an abstention.
 */
public interface Recommender extends Trained<RecommendationRequest, Recommendations> {

  /**
   * The best items for a customer.
   *
   * @param request for whom, how many, under which rules
   * @return the best first; fewer than asked for when rules leave no more. A history that is empty
   *     gets what customers with the same attributes order, or else what all order
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#OUT_OF_RANGE} when the customer is unknown and the request
   *     brings no history. Items of the history that the log does not know are left out
   */
  List<Recommendation> recommend(RecommendationRequest request);

  /**
   * Adds an order to a customer's history, in constant time; a new customer begins with it.
   *
   * @param purchase the order; its time is not looked at, it is the latest
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#OUT_OF_RANGE} for an item that the model does not know
   */
  void observe(Purchase purchase);

  /**
   * The preference profile of a customer: how much more often than other customers' items the
   * customer's own carry an attribute.
   *
   * @param customer the name
   * @return for each attribute the log ratio (lift) of the customer's share to that of all, the
   *     largest first; above 0 is liked. Items without attributes count as their own attribute
   */
  Map<String, Double> profile(String customer);

  /**
   * Which methods were compared in the back-test and what was chosen, for people.
   *
   * @return a few lines
   */
  String choice();

  /**
   * The figures of the back-test inside the training data, with every single method as baseline.
   *
   * @return the evaluation, as {@link #judge}
   */
  @Override
  Evaluation evaluation();

  /**
   * Judges on what was held out; all items are ranked, those that the customer has are left out
   * unless the training data repeat. Figures: {@code recall 10} (which is the hit rate where one
   * item is held out), {@code ndcg 10}, {@code recall 5}, {@code ndcg 5}, {@code mrr} within the
   * first 40, each with {@code … ±}, half a 95 % confidence interval by customers; {@code coverage
   * 10}, the share of all items that anybody is shown; {@code novelty 10}, the mean
   * self-information in bits; {@code calibration gap}, the mean distance between predicted and true
   * share over ten groups of the shown; {@code predicted} and {@code came true}, the means.
   *
   * @param truths what came next; need not be customers of the log
   * @return the evaluation, with popularity, item-kNN and every other method as baselines
   */
  Evaluation judge(List<NextPurchases> truths);

  /**
   * Where the model comes from.
   *
   * @return key, digest of the log and settings
   */
  Provenance provenance();

  /**
   * The items that the model knows.
   *
   * @return the names
   */
  List<String> items();
}
