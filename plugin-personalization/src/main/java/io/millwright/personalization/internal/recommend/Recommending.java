package io.millwright.personalization.internal.recommend;

import io.millwright.api.ModelSource;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.Personalization;
import io.millwright.personalization.RecommendationRequest;
import io.millwright.personalization.Recommendations;
import io.millwright.personalization.Recommender;
import io.millwright.personalization.RecommenderTrainer;

/** The door of the room. */
public final class Recommending {

  private Recommending() {}

  /** How a bundle is opened. */
  public static ComposedTask<RecommendationRequest, Recommendations> task() {
    return new ComposedTask<>(
        Personalization.RECOMMENDATION,
        (model, info) -> new RecommendationPredictor(Kept.answers(model), info));
  }

  /** Reads a saved recommender. */
  public static Recommender read(Composer composer, ModelSource bundle) {
    return new DefaultRecommender(
        composer, Kept.answers(composer.read(Personalization.RECOMMENDATION, bundle)));
  }

  /** Learns to recommend. */
  public static RecommenderTrainer trainer(Composer composer, Jobs jobs) {
    return new DefaultRecommenderTrainer(composer, jobs, 1, 0, true, false);
  }
}
