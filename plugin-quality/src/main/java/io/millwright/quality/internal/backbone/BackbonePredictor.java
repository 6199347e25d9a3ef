package io.millwright.quality.internal.backbone;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.data.Image;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.quality.InspectionCosts;
import io.millwright.quality.Verdict;
import io.millwright.quality.internal.images.Light;
import io.millwright.runtime.features.BackboneFeatures;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers with a frozen backbone and linear heads on it. Thread-safe. */
final class BackbonePredictor extends PlainPredictor<Image, Verdict> {

  /** How much stranger than all of training an image is before it is flagged. */
  private static final double MARGIN = 1.1;

  private static final double LEAST_CONTRAST = 1e-4;

  private final BackboneModel model;
  private final BackboneFeatures features;

  private BackbonePredictor(BackboneModel model, BackboneFeatures features, ModelInfo info) {
    super(
        info.toBuilder()
            .classes(model.labels())
            .capabilities(Set.of(Capability.CALIBRATED))
            .build(),
        "use Quality.heatMap");
    this.model = model;
    this.features = features;
  }

  static BackbonePredictor open(BackboneModel model, ModelInfo info) {
    BackboneFeatures features = BackboneFeatures.open(model.backbone(), Optional.empty(), 1);
    return new BackbonePredictor(model, features, info);
  }

  @Override
  protected Outcome<Verdict> answer(Image image) {
    if (Light.of(image).deviation() < LEAST_CONTRAST) {
      return abstain(
          ErrorCode.BAD_VALUE,
          "image \"" + image.name() + "\"",
          "has no contrast",
          "check lamp, lens and camera.");
    }
    float[][] views = Views.of(features, image);
    double[] p = model.calibrated().probabilities(model.head().scores(views));
    Verdict verdict = verdict(p, model.labels(), model.costs());
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    if (model.head().strangeness(views) > MARGIN * model.strange()) {
      flags.add(Flag.OUTSIDE_TRAINING_RANGE);
    }
    if (verdict.decision() == Verdict.Decision.REVIEW) {
      flags.add(Flag.REVIEW);
    }
    return new Outcome.Prediction<>(
        verdict, model.calibrated().sets(p, model.labels()), flags, info());
  }

  /** The most probable class, all probabilities, and what is cheapest. */
  static Verdict verdict(double[] p, List<String> labels, Optional<InspectionCosts> costs) {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    Calibrated.order(p).forEach(k -> probabilities.put(labels.get(k), p[k]));
    String best = probabilities.keySet().iterator().next();
    return new Verdict(best, probabilities, decision(probabilities, costs));
  }

  /** Whatever is cheapest by the probability of any defect. */
  static Verdict.Decision decision(
      Map<String, Double> probabilities, Optional<InspectionCosts> costs) {
    if (costs.isEmpty()) {
      return Verdict.Decision.NONE;
    }
    InspectionCosts paid = costs.get();
    double good = probabilities.getOrDefault(paid.good(), 0.0);
    double pass = (1 - good) * paid.escape();
    double reject = good * paid.falseReject();
    double review = paid.review().orElse(Double.POSITIVE_INFINITY);
    if (review < Math.min(pass, reject)) {
      return Verdict.Decision.REVIEW;
    }
    return pass <= reject ? Verdict.Decision.PASS : Verdict.Decision.REJECT;
  }

  @Override
  protected void release() {
    features.close();
  }
}
