package io.millwright.personalization.internal.recommend;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.personalization.RecommendationRequest;
import io.millwright.personalization.Recommendations;
import java.util.List;
import java.util.Set;

/** Recommends as a predictor; an unknown customer is an abstention. Thread-safe. */
final class RecommendationPredictor extends PlainPredictor<RecommendationRequest, Recommendations> {

  private final Answers answers;

  RecommendationPredictor(Answers answers, ModelInfo info) {
    super(info, "read Recommendation.reasons()");
    this.answers = answers;
  }

  @Override
  protected Outcome<Recommendations> answer(RecommendationRequest request) {
    try {
      return new Outcome.Prediction<>(
          new Recommendations(answers.recommend(request)),
          Uncertainties.none("each item has a calibrated probability of its own"),
          Set.of(),
          info());
    } catch (MillwrightException e) {
      if (!e.code().equals(ErrorCode.OUT_OF_RANGE)) {
        throw e;
      }
      return new Outcome.Abstention<>(
          e.code(),
          List.of(Finding.of(e.code(), "customer", String.valueOf(e.getMessage()))),
          info());
    }
  }

  @Override
  public List<Outcome<Recommendations>> predictAll(List<? extends RecommendationRequest> requests) {
    return requests.parallelStream().map(this::predict).toList();
  }
}
