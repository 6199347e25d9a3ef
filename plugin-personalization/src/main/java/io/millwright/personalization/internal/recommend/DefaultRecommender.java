package io.millwright.personalization.internal.recommend;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.Provenance;
import io.millwright.api.spi.Composer;
import io.millwright.personalization.NextPurchases;
import io.millwright.personalization.Purchase;
import io.millwright.personalization.Recommendation;
import io.millwright.personalization.RecommendationRequest;
import io.millwright.personalization.Recommendations;
import io.millwright.personalization.Recommender;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A recommender that can be kept. */
record DefaultRecommender(Composer composer, Answers answers) implements Recommender {

  @Override
  public List<Recommendation> recommend(RecommendationRequest request) {
    return answers.recommend(request);
  }

  @Override
  public void observe(Purchase purchase) {
    answers.observe(purchase);
  }

  @Override
  public Map<String, Double> profile(String customer) {
    return answers.profile(customer);
  }

  @Override
  public Evaluation judge(List<NextPurchases> truths) {
    return answers.judge(truths);
  }

  @Override
  public List<String> items() {
    return List.copyOf(answers.learnt().coded().names());
  }

  @Override
  public String choice() {
    return answers.learnt().choice();
  }

  @Override
  public Evaluation evaluation() {
    return answers.learnt().evaluation();
  }

  @Override
  public Provenance provenance() {
    return answers.learnt().provenance();
  }

  @Override
  public ModelInfo info() {
    return composer.info(Kept.model(answers));
  }

  @Override
  public Predictor<RecommendationRequest, Recommendations> open() {
    return new RecommendationPredictor(answers, info());
  }

  @Override
  public void saveTo(Path bundle) {
    composer.write(Kept.model(answers), bundle);
  }
}
