package io.millwright.maintenance.internal;

import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.internal.Candidates.Candidate;
import java.util.List;

/** What the automatic choice of a model of remaining life tries, in this order. */
final class LifeCandidates {

  private LifeCandidates() {}

  static List<Candidate<UnitHistory, Cycles, Cycles>> of(LifeRecipe said, int units, int rows) {
    LifeRecipe base = said.saying(Choices::common);
    return List.of(
        new Candidate<>("perceptron on trends", base.recipe(units, rows)),
        new Candidate<>("linear regression", base.linear(rows).recipe(units, rows)),
        new Candidate<>(
            "perceptron on trends, longer",
            base.saying(c -> c.schooling(LifeRecipe.schooling(rows).epochs(80)))
                .recipe(units, rows)),
        new Candidate<>(
            "GRU on trends",
            base.saying(c -> c.network(Networks.gru(48).dropout(0.05)).schooling(recurrent(rows)))
                .recipe(units, rows)),
        new Candidate<>(
            "temporal convolution on readings",
            base.saying(
                    c ->
                        c.network(Networks.tcn(3, 32, 32, 32))
                            .preparation(readings())
                            .schooling(recurrent(rows)))
                .recipe(units, rows)));
  }

  private static Learning recurrent(int rows) {
    return LifeRecipe.schooling(rows).epochs(20).clipNorm(1);
  }

  /** The readings within their operating conditions, without any description of their course. */
  private static Preparation readings() {
    return Preparation.of(
        Step.Clean.standard(),
        new Step.Encode(),
        new Step.Conditions(List.of(), 8),
        new Step.DropConstant(),
        new Step.Scale(Step.Scaling.STANDARD, 4),
        new Step.Window(30));
  }
}
