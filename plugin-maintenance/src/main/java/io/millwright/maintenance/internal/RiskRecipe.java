package io.millwright.maintenance.internal;

import io.millwright.api.data.Row;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Candidate;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The settings of failure prediction, each either said by the user or chosen here. The experiments
 * behind the defaults are in {@code docs/experiments/failure.md}.
 *
 * @param said what the user said
 * @param decision how the threshold is chosen
 */
record RiskRecipe(Choices said, Decision decision) {

  /** Interactions proposed at the most, for tables with fewer columns. */
  private static final int INTERACTIONS = 30;

  /** Of the rarer kind, failed or not, so many rows are enough for a network of sharp borders. */
  private static final int MANY = 150;

  private static final int SMALL = 16;

  private static final int BATCH = 256;
  private static final int STEPS = 5000;

  static RiskRecipe standard() {
    return new RiskRecipe(Choices.none(), new Decision.ByF1(FailureData.NONE));
  }

  RiskRecipe saying(UnaryOperator<Choices> change) {
    return new RiskRecipe(change.apply(said), decision);
  }

  RiskRecipe decision(Decision value) {
    return new RiskRecipe(said, value);
  }

  /** Logistic regression on the plain readings. */
  RiskRecipe logistic() {
    return saying(
        c ->
            c.common()
                .network(Networks.linear())
                .preparation(Preparation.standard())
                .schooling(logisticSchooling()));
  }

  /** Readings, and what two of them say together where the data show that they do. */
  static Preparation pairs(int columns) {
    return Preparation.of(
        new Step.Clean(Step.Missing.LIKELY, 0, 0, false, List.of()),
        new Step.Interactions(true, Math.max(INTERACTIONS, columns)),
        new Step.Encode(),
        new Step.Scale(Step.Scaling.STANDARD, 6));
  }

  /** Failures begin at sharp borders of single readings and of what two of them say together. */
  static Network network() {
    return Networks.periodic(64, 64);
  }

  /**
   * The way of learning for so many rows: some 5,000 steps, since failures are few and their
   * borders sharp, with strong weight decay against learning them by heart.
   */
  static Learning schooling(int rows) {
    return Learning.adamW(3e-3, 0.3)
        .batch(BATCH)
        .epochs(Math.max(20, Math.min(200, STEPS * BATCH / Math.max(1, rows))))
        .schedule(new Schedule.WarmUpCosine(0.05))
        .averaging(0.99);
  }

  /**
   * The networks that are chosen among: a small one that stops early, which few failures are enough
   * for; and, where there are enough of them, one for sharp borders.
   *
   * @param rarer how many rows there are of the rarer kind, failed or not
   */
  List<Candidate> candidates(int rows, int rarer) {
    List<Candidate> all = new ArrayList<>();
    if (said.learning().isEmpty()) {
      all.add(
          new Candidate(
              "small network",
              Networks.mlp(Activation.SILU, SMALL),
              said.learning(() -> cautious(rows))));
    }
    if (said.learning().isPresent() || rarer >= MANY) {
      all.add(new Candidate("network", network(), said.learning(() -> schooling(rows))));
    }
    return all;
  }

  /** A way of learning that stops when held-out rows say so. */
  private static Learning cautious(int rows) {
    return Learning.adamW(3e-3, 0.1)
        .batch(Math.max(32, Math.min(BATCH, rows / 16)))
        .epochs(Math.max(20, Math.min(200, STEPS * BATCH / Math.max(1, rows))))
        .schedule(new Schedule.WarmUpCosine(0.05))
        .earlyStopping(10)
        .averaging(0.99);
  }

  /** The way of learning for logistic regression, which needs larger steps and no caution. */
  private static Learning logisticSchooling() {
    return Learning.adam(1e-2).batch(BATCH).epochs(40).schedule(new Schedule.WarmUpCosine(0.05));
  }

  /**
   * Ten folds of rows: failures are rare, so each network should see most of them. Of machines
   * there may be few.
   */
  private static Split parts(boolean grouped) {
    return grouped ? Split.folds(5).by(Split.By.GROUP) : Split.folds(10).by(Split.By.ROW);
  }

  /** The whole recipe for so many rows, which belong to machines or stand for themselves. */
  Recipe<Row, String, FailureRisk> recipe(int rows, int columns, boolean grouped) {
    return Recipe.of(RiskBinding.BINDING)
        .preparation(said.preparation().orElseGet(() -> pairs(columns)))
        .network(said.network().orElseGet(RiskRecipe::network))
        .learning(said.learning(() -> schooling(rows)))
        .split(said.split().orElseGet(() -> parts(grouped)))
        .decision(Optional.of(decision))
        .build();
  }
}
