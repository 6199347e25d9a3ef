package io.millwright.maintenance.internal;

import io.millwright.api.data.Row;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Schedule;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureRisk;
import java.util.Optional;

/**
 * The settings of failure prediction, each either said by the user or chosen here. The experiments
 * behind the defaults are in {@code docs/experiments/failure.md}.
 *
 * @param network said by the user, or empty
 * @param learning said by the user, or empty
 * @param preparation said by the user, or empty
 * @param split said by the user, or empty
 * @param decision how the threshold is chosen
 */
record RiskRecipe(
    Optional<Network> network,
    Optional<Learning> learning,
    Optional<Preparation> preparation,
    Optional<Split> split,
    Decision decision) {

  private static final int BATCH = 256;
  private static final int STEPS = 5000;

  static RiskRecipe standard() {
    return new RiskRecipe(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Decision.ByF1(FailureData.NONE));
  }

  RiskRecipe withNetwork(Network value) {
    return new RiskRecipe(Optional.of(value), learning, preparation, split, decision);
  }

  RiskRecipe withLearning(Learning value) {
    return new RiskRecipe(network, Optional.of(value), preparation, split, decision);
  }

  RiskRecipe withPreparation(Preparation value) {
    return new RiskRecipe(network, learning, Optional.of(value), split, decision);
  }

  RiskRecipe withSplit(Split value) {
    return new RiskRecipe(network, learning, preparation, Optional.of(value), decision);
  }

  RiskRecipe withDecision(Decision value) {
    return new RiskRecipe(network, learning, preparation, split, value);
  }

  /** Readings, and what every two of them say together. */
  static Preparation pairs() {
    return Preparation.of(
        Step.Clean.standard(),
        new Step.Interactions(true),
        new Step.Encode(),
        new Step.Scale(Step.Scaling.STANDARD, 6));
  }

  static Network perceptron() {
    return Networks.mlp(128, 128);
  }

  /**
   * The way of learning for so many rows: some 5,000 steps, since failures are few and their
   * borders sharp, with strong weight decay against learning them by heart; three networks a fold.
   */
  static Learning schooling(int rows) {
    return Learning.adamW(3e-3, 0.3)
        .batch(BATCH)
        .epochs(Math.max(20, Math.min(200, STEPS * BATCH / Math.max(1, rows))))
        .schedule(new Schedule.WarmUpCosine(0.05))
        .averaging(0.99)
        .members(3);
  }

  /** The way of learning for logistic regression, which needs larger steps and no caution. */
  static Learning logistic() {
    return Learning.adam(1e-2).batch(BATCH).epochs(40).schedule(new Schedule.WarmUpCosine(0.05));
  }

  /** The whole recipe for so many rows, which belong to machines or stand for themselves. */
  Recipe<Row, FailureRisk> recipe(int rows, boolean grouped) {
    return new Recipe<>(
        RiskBinding.BINDING,
        preparation.orElseGet(RiskRecipe::pairs),
        network.orElseGet(RiskRecipe::perceptron),
        learning.orElseGet(() -> schooling(rows)),
        split.orElseGet(() -> Split.folds(5).by(grouped ? Split.By.GROUP : Split.By.ROW)),
        Calibration.conformal(),
        Optional.of(decision));
  }
}
