package io.millwright.personalization;

import io.millwright.api.ModelSource;
import io.millwright.api.Task;

/**
 * What a customer needs next, whether it can be built, and what it takes to build it
 * (recommendation, product configuration, available to promise). Obtained from {@link
 * io.millwright.api.Millwright#plugin}; thread-safe.
 *
 * <pre>{@code
 * Personalization personal = millwright.plugin(Personalization.class);
 * Recommender recommender = personal.recommending().train(log).await();
 * recommender.recommend(RecommendationRequest.of("brewery 17").top(5));
 * }</pre>
 */
public interface Personalization {

  /** Which items a customer orders next (top-N recommendation). */
  Task<RecommendationRequest, Recommendations> RECOMMENDATION =
      new Task<>(
          "personalization.recommendation", 1, RecommendationRequest.class, Recommendations.class);

  /**
   * Learns to recommend items from what customers ordered.
   *
   * @return a trainer with all defaults
   */
  RecommenderTrainer recommending();

  /**
   * Opens a saved recommender again, to observe orders, read profiles and judge. Where only
   * recommendations are asked for, {@code millwright.open(Personalization.RECOMMENDATION, bundle)}
   * gives a predictor.
   *
   * @param bundle where it is read from
   * @return the recommender, with the answers it gave when it was saved
   * @throws io.millwright.api.MillwrightException as {@link io.millwright.api.Millwright#open}
   */
  Recommender recommender(ModelSource bundle);

  /**
   * Configures products: what can be built, why not, and what is best.
   *
   * @return reads models and makes configurators
   */
  Configurators configuration();

  /**
   * Marketing: uplift, offers, bandits and off-policy evaluation.
   *
   * @return the models
   */
  Marketing marketing();

  /**
   * Customised production: orders of work, dates with quantiles, stock of variants.
   *
   * @return the models
   */
  Promises promises();
}
