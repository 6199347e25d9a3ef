package io.millwright.quality.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.foreign.Backbone;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.PictureVariation;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.quality.InspectionCosts;
import io.millwright.quality.InspectionModel;
import io.millwright.quality.InspectionTrainer;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.internal.backbone.BackboneTraining;
import io.millwright.runtime.features.FeatureCache;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Trains inspection on a frozen backbone.
 *
 * @param parts what it works with
 * @param backbone the network
 * @param cache where features are kept, or empty
 * @param costs what decisions cost, or empty
 * @param balanced whether every class counts the same
 * @param key the key by which images are divided
 */
record BackboneInspectionTrainer(
    Parts parts,
    Backbone backbone,
    Optional<FeatureCache> cache,
    Optional<InspectionCosts> costs,
    boolean balanced,
    long key)
    implements InspectionTrainer {

  /** What it works with. */
  record Parts(Composer composer, Jobs jobs, Clock clock) {}

  private static MillwrightException frozen(String option) {
    return new MillwrightException(
        ErrorCode.BAD_OPTION,
        "a frozen backbone has no use for " + option + "\nMaybe leave one of both out");
  }

  @Override
  public InspectionTrainer network(Network network) {
    throw frozen("another network");
  }

  @Override
  public InspectionTrainer learning(Learning learning) {
    throw frozen("options of learning");
  }

  @Override
  public InspectionTrainer picture(Step.Picture picture) {
    throw frozen("a picture step: Backbone.size says what it sees");
  }

  @Override
  public InspectionTrainer vary(PictureVariation variety) {
    throw frozen("variety");
  }

  @Override
  public InspectionTrainer split(Split split) {
    throw frozen("a split: it judges on five folds by group");
  }

  @Override
  public InspectionTrainer costs(InspectionCosts paid) {
    return new BackboneInspectionTrainer(parts, backbone, cache, Optional.of(paid), balanced, key);
  }

  @Override
  public InspectionTrainer backbone(Backbone network) {
    return new BackboneInspectionTrainer(parts, network, cache, costs, balanced, key);
  }

  @Override
  public InspectionTrainer balanced(boolean value) {
    return new BackboneInspectionTrainer(parts, backbone, cache, costs, value, key);
  }

  @Override
  public InspectionTrainer cache(Path folder, long mostBytes) {
    return new BackboneInspectionTrainer(
        parts,
        backbone,
        Optional.of(new FeatureCache(folder, mostBytes, parts.clock)),
        costs,
        balanced,
        key);
  }

  @Override
  public InspectionTrainer key(long value) {
    return new BackboneInspectionTrainer(parts, backbone, cache, costs, balanced, value);
  }

  @Override
  public Job<InspectionModel> train(List<LabelledImage> data) {
    DefaultInspectionTrainer.check(data);
    List<LabelledImage> images = List.copyOf(data);
    return parts
        .jobs
        .background()
        .start(
            "learn to inspect on a backbone",
            Optional.empty(),
            control ->
                new BackboneTraining(parts.composer, backbone, cache, costs, balanced, key)
                    .train(images, control));
  }

  /** Nothing of it takes long but the features, which the cache keeps: it begins anew. */
  @Override
  public Job<InspectionModel> resume(Path checkpoint, List<LabelledImage> data) {
    return train(data);
  }
}
