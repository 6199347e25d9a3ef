package io.millwright.personalization.internal.recommend;

import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.RecommenderTrainer;

/** The door of the room. */
public final class Recommending {

  private Recommending() {}

  /** Learns to recommend. */
  public static RecommenderTrainer trainer(Composer composer, Jobs jobs) {
    return new DefaultRecommenderTrainer(composer, jobs, 1, 0, true);
  }
}
