package io.millwright.maintenance.internal;

import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Schedule;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.api.learn.Variation;
import io.millwright.maintenance.Cycles;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The settings of remaining life, each either said by the user or chosen here. The experiments
 * behind the defaults are in {@code docs/experiments/remaining-life.md}.
 *
 * @param said what the user said
 * @param earlyLife the longest remaining life that is told apart
 * @param settings the columns that set the operating condition; empty to find them
 */
record LifeRecipe(Choices said, double earlyLife, List<String> settings) {

  private static final int WINDOW = 30;

  /** Every unit is learnt a second time as if its recording had begun later. */
  private static final Variation LATE_STARTS = new Variation.Rows(0, 0, 1);

  private static final int FEW_UNITS = 10;

  static LifeRecipe standard() {
    return new LifeRecipe(Choices.none(), LifeBinding.EARLY_LIFE, List.of());
  }

  LifeRecipe saying(UnaryOperator<Choices> change) {
    return new LifeRecipe(change.apply(said), earlyLife, settings);
  }

  LifeRecipe earlyLife(double cycles) {
    return new LifeRecipe(said, cycles, settings);
  }

  LifeRecipe settings(List<String> columns) {
    return new LifeRecipe(said, earlyLife, List.copyOf(columns));
  }

  /** Whether nothing was said that a network needs. */
  boolean silent() {
    return said.silent() && settings.isEmpty() && earlyLife == LifeBinding.EARLY_LIFE;
  }

  /** Linear regression on the same inputs, at their last row. */
  LifeRecipe linear(int rows) {
    return new LifeRecipe(
        said.common().network(Networks.linear()).schooling(linearSchooling(rows)),
        earlyLife,
        settings);
  }

  /**
   * What a person would look at: the course of every drifting reading within its operating
   * condition. Labels, such as a mode of operation, become conditions too.
   */
  Preparation trends() {
    return Preparation.of(
        Step.Clean.standard(),
        new Step.Encode(),
        new Step.Conditions(settings, 8),
        new Step.DropConstant(),
        new Step.Drifting(20, 0.5),
        Step.Trends.standard(),
        new Step.Scale(Step.Scaling.STANDARD, 4));
  }

  static Network perceptron() {
    return Networks.mlp(Activation.SILU, 64, 64).dropout(0.05);
  }

  /**
   * The way of learning for so many rows: batches small enough that few rows still make many steps.
   */
  static Learning schooling(int rows) {
    return Learning.adamW(2e-3, 1e-2)
        .batch(batch(rows))
        .epochs(40)
        .schedule(new Schedule.WarmUpCosine(0.05))
        .loss(Loss.huber(0.1))
        .averaging(0.99);
  }

  /** The way of learning for a linear model, which needs larger steps and no caution. */
  private static Learning linearSchooling(int rows) {
    return Learning.adam(1e-2)
        .batch(batch(rows))
        .epochs(40)
        .schedule(new Schedule.WarmUpCosine(0.05));
  }

  private static int batch(int rows) {
    return Math.max(32, Math.min(512, rows / 32));
  }

  /** Five folds; for a handful of units as many as leave two to each. */
  static Split parts(int units) {
    return units >= FEW_UNITS ? Split.folds(5) : units >= 4 ? Split.folds(2) : Split.holdOut(0.34);
  }

  /** The whole recipe for so many units and rows. */
  Recipe<UnitHistory, Cycles, Cycles> recipe(int units, int rows) {
    Network chosen = said.network().orElseGet(LifeRecipe::perceptron);
    Preparation steps = said.preparation().orElseGet(this::trends);
    boolean windowed = steps.steps().stream().anyMatch(s -> s instanceof Step.Window);
    if (chosen.overSteps() && !windowed) {
      steps = steps.then(new Step.Window(WINDOW));
    }
    return Recipe.of(LifeBinding.of(earlyLife))
        .preparation(steps)
        .variation(said.preparation().isEmpty() ? LATE_STARTS : Variation.none())
        .network(chosen)
        .learning(said.learning(() -> schooling(rows)))
        .split(said.split().orElseGet(() -> parts(units)))
        .build();
  }
}
