package io.millwright.personalization.internal.recommend;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.personalization.RecommendationRequest;
import io.millwright.personalization.Recommendations;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Recommends as a predictor; an unknown customer is an abstention. Thread-safe. */
final class RecommendationPredictor implements Predictor<RecommendationRequest, Recommendations> {

  private final Answers answers;
  private final ModelInfo info;
  private final AtomicBoolean closed = new AtomicBoolean();

  RecommendationPredictor(Answers answers, ModelInfo info) {
    this.answers = answers;
    this.info = info;
  }

  @Override
  public Outcome<Recommendations> predict(RecommendationRequest request) {
    checkOpen();
    try {
      return new Outcome.Prediction<>(
          new Recommendations(answers.recommend(request)),
          Uncertainties.none("each item has a calibrated probability of its own"),
          Set.of(),
          info);
    } catch (MillwrightException e) {
      if (!e.code().equals(ErrorCode.OUT_OF_RANGE)) {
        throw e;
      }
      return new Outcome.Abstention<>(
          e.code(),
          List.of(Finding.of(e.code(), "customer", String.valueOf(e.getMessage()))),
          info);
    }
  }

  @Override
  public List<Outcome<Recommendations>> predictAll(List<? extends RecommendationRequest> requests) {
    checkOpen();
    return requests.parallelStream().map(this::predict).toList();
  }

  @Override
  public Explanation explain(RecommendationRequest request, ExplainRequest how) {
    checkOpen();
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "a recommendation is not explained by columns\nMaybe read Recommendation.reasons()");
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public void close() {
    closed.set(true);
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "this predictor was closed\nMaybe open it again, or close it later");
    }
  }
}
