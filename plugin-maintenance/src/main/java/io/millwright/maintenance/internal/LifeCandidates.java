package io.millwright.maintenance.internal;

import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.internal.Candidates.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the automatic choice of a model of remaining life tries, in this order. */
final class LifeCandidates {

  private LifeCandidates() {}

  static List<Candidate<UnitHistory, Cycles>> of(LifeRecipe said, int units, int rows) {
    long key = said.key();
    LifeRecipe base =
        new LifeRecipe(
            Optional.empty(),
            Optional.of(LifeRecipe.schooling(rows).key(key)),
            Optional.empty(),
            said.split(),
            said.earlyLife());
    List<Candidate<UnitHistory, Cycles>> candidates = new ArrayList<>();
    candidates.add(new Candidate<>("perceptron on trends", base.recipe(units, rows)));
    candidates.add(
        new Candidate<>(
            "linear regression",
            base.withNetwork(Networks.linear())
                .withLearning(LifeRecipe.linear(rows).key(key))
                .recipe(units, rows)));
    candidates.add(
        new Candidate<>(
            "perceptron on trends, longer",
            base.withLearning(LifeRecipe.schooling(rows).key(key).epochs(80)).recipe(units, rows)));
    candidates.add(
        new Candidate<>(
            "GRU on trends",
            base.withNetwork(Networks.gru(48).dropout(0.05))
                .withLearning(recurrent(rows, key))
                .recipe(units, rows)));
    candidates.add(
        new Candidate<>(
            "temporal convolution on readings",
            base.withNetwork(Networks.tcn(3, 32, 32, 32))
                .withPreparation(readings())
                .withLearning(recurrent(rows, key))
                .recipe(units, rows)));
    return candidates;
  }

  private static Learning recurrent(int rows, long key) {
    return LifeRecipe.schooling(rows).key(key).epochs(20).clipNorm(1);
  }

  /** The readings within their operating conditions, without any description of their course. */
  private static Preparation readings() {
    return Preparation.of(
        Step.Clean.standard(),
        new Step.Conditions(List.of(), 8),
        new Step.DropConstant(),
        new Step.Scale(Step.Scaling.STANDARD, 4),
        new Step.Window(30));
  }
}
