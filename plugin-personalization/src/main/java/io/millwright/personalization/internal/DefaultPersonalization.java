package io.millwright.personalization.internal;

import io.millwright.api.ModelSource;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.Configurators;
import io.millwright.personalization.Marketing;
import io.millwright.personalization.Personalization;
import io.millwright.personalization.Promises;
import io.millwright.personalization.Recommender;
import io.millwright.personalization.RecommenderTrainer;
import io.millwright.personalization.internal.configure.Configuring;
import io.millwright.personalization.internal.promise.Promising;
import io.millwright.personalization.internal.recommend.Recommending;
import io.millwright.personalization.internal.uplift.Uplifting;
import jakarta.inject.Inject;

/** The facade. */
final class DefaultPersonalization implements Personalization {

  private final Composer composer;
  private final Jobs jobs;

  @Inject
  DefaultPersonalization(Composer composer, Jobs jobs) {
    this.composer = composer;
    this.jobs = jobs;
  }

  @Override
  public RecommenderTrainer recommending() {
    return Recommending.trainer(composer, jobs);
  }

  @Override
  public Recommender recommender(ModelSource bundle) {
    return Recommending.read(composer, bundle);
  }

  @Override
  public Configurators configuration() {
    return Configuring.of(composer, jobs);
  }

  @Override
  public Marketing marketing() {
    return Uplifting.of(composer, jobs);
  }

  @Override
  public Promises promises() {
    return Promising.of(composer, jobs);
  }
}
