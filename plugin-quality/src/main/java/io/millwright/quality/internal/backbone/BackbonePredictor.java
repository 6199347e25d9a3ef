package io.millwright.quality.internal.backbone;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Finding;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.quality.InspectionCosts;
import io.millwright.quality.Verdict;
import io.millwright.runtime.features.BackboneFeatures;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers with a frozen backbone and linear heads on it. Thread-safe. */
final class BackbonePredictor implements Predictor<Image, Verdict> {

  /** How much stranger than all of training an image is before it is flagged. */
  private static final double MARGIN = 1.1;

  private static final double LEAST_CONTRAST = 1e-4;

  private final BackboneModel model;
  private final BackboneFeatures features;
  private final ModelInfo info;

  private BackbonePredictor(BackboneModel model, BackboneFeatures features, ModelInfo info) {
    this.model = model;
    this.features = features;
    this.info =
        info.toBuilder()
            .classes(model.labels())
            .capabilities(Set.of(Capability.CALIBRATED))
            .build();
  }

  static BackbonePredictor open(BackboneModel model, ModelInfo info) {
    BackboneFeatures features = BackboneFeatures.open(model.backbone(), Optional.empty(), 1);
    return new BackbonePredictor(model, features, info);
  }

  @Override
  public Outcome<Verdict> predict(Image image) {
    if (!contrast(image)) {
      return new Outcome.Abstention<>(
          ErrorCode.BAD_VALUE,
          List.of(
              new Finding(
                  ErrorCode.BAD_VALUE,
                  "image \"" + image.name() + "\"",
                  "has no contrast",
                  "check lamp, lens and camera.")),
          info);
    }
    float[][] views = Views.of(features, image);
    double[] p = model.calibrated().probabilities(model.head().scores(views));
    Map<String, Double> probabilities = new LinkedHashMap<>();
    Calibrated.order(p).forEach(k -> probabilities.put(model.labels().get(k), p[k]));
    Verdict.Decision decision = decision(probabilities, model.costs());
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    if (model.head().strangeness(views) > MARGIN * model.strange()) {
      flags.add(Flag.OUTSIDE_TRAINING_RANGE);
    }
    if (decision == Verdict.Decision.REVIEW) {
      flags.add(Flag.REVIEW);
    }
    String best = probabilities.keySet().iterator().next();
    return new Outcome.Prediction<>(
        new Verdict(best, probabilities, decision),
        model.calibrated().sets(p, model.labels()),
        flags,
        info);
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

  static boolean contrast(Image image) {
    float[] all = image.fractions();
    double sum = 0;
    double squares = 0;
    for (float v : all) {
      sum += v;
      squares += (double) v * v;
    }
    double mean = sum / all.length;
    return Math.sqrt(Math.max(0, squares / all.length - mean * mean)) >= LEAST_CONTRAST;
  }

  @Override
  public List<Outcome<Verdict>> predictAll(List<? extends Image> images) {
    return images.stream().<Outcome<Verdict>>map(this::predict).toList();
  }

  @Override
  public Explanation explain(Image image, ExplainRequest how) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "a model on a backbone explains images by a map of their parts"
            + "\nMaybe use Quality.heatMap");
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public void close() {
    features.close();
  }
}
