package io.millwright.personalization;

/**
 * What a customer needs next, whether it can be built, and what it takes to build it. Obtained from
 * {@link io.millwright.api.Millwright#plugin}; thread-safe.
 *
 * <pre>{@code
 * Personalization personal = millwright.plugin(Personalization.class);
 * Recommender recommender = personal.recommending().train(log).await();
 * recommender.recommend(RecommendationRequest.of("brewery 17").top(5));
 * }</pre>
 */
public interface Personalization {

  /**
   * Learns to recommend items from what customers ordered.
   *
   * @return a trainer with all defaults
   */
  RecommenderTrainer recommending();

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
