package io.millwright.maintenance.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Row;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.api.spi.Problems;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureModel;
import io.millwright.maintenance.FailureRisk;
import io.millwright.maintenance.FailureTrainer;
import io.millwright.maintenance.internal.Candidates.Candidate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Trains failure prediction by a recipe, and logistic regression on the plain readings beside it.
 */
final class RiskTrainer implements FailureTrainer {

  private static final int MOST_SHOWN = 5;

  private final LearningToolkit learning;
  private final Jobs jobs;
  private final RiskRecipe recipe;

  RiskTrainer(LearningToolkit learning, Jobs jobs, RiskRecipe recipe) {
    this.learning = learning;
    this.jobs = jobs;
    this.recipe = recipe;
  }

  private RiskTrainer saying(UnaryOperator<Choices> change) {
    return new RiskTrainer(learning, jobs, recipe.saying(change));
  }

  @Override
  public FailureTrainer network(Network network) {
    return saying(c -> c.network(network));
  }

  @Override
  public FailureTrainer learning(Learning options) {
    return saying(c -> c.learning(options));
  }

  @Override
  public FailureTrainer preparation(Preparation preparation) {
    return saying(c -> c.preparation(preparation));
  }

  @Override
  public FailureTrainer split(Split split) {
    return saying(c -> c.split(split));
  }

  @Override
  public FailureTrainer costs(double missed, double falseAlarm) {
    if (!(missed > 0)
        || !(falseAlarm > 0)
        || Double.isInfinite(missed)
        || Double.isInfinite(falseAlarm)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "costs are "
              + missed
              + " and "
              + falseAlarm
              + ", but must be positive\n"
              + "Maybe give what each costs in money; only their ratio counts");
    }
    return new RiskTrainer(
        learning, jobs, recipe.decision(new Decision.ByCost(FailureData.NONE, missed, falseAlarm)));
  }

  @Override
  public FailureTrainer key(long value) {
    return saying(c -> c.key(value));
  }

  @Override
  public FailureTrainer auto(Duration budget) {
    return saying(c -> c.search(budget));
  }

  @Override
  public Job<FailureModel> train(FailureData data) {
    return start(data, Optional.empty());
  }

  @Override
  public Job<FailureModel> resume(Path checkpoint, FailureData data) {
    return start(data, Optional.of(checkpoint));
  }

  private Job<FailureModel> start(FailureData data, Optional<Path> checkpoint) {
    Samples<Row, String> samples = samples(data);
    boolean grouped = !data.groups().isEmpty();
    int rows = data.readings().rows();
    int columns = data.readings().schema().size();
    if (recipe.said().search().isEmpty() && recipe.said().network().isEmpty()) {
      int failures =
          (int) data.outcomes().stream().filter(o -> !o.equals(FailureData.NONE)).count();
      int rarer = Math.min(failures, rows - failures);
      Recipe<Row, String, FailureRisk> whole = recipe.recipe(rows, columns, grouped);
      return jobs.background()
          .start(
              "learn to foresee failures",
              Optional.empty(),
              control ->
                  Chosen.train(
                      learning,
                      control,
                      whole,
                      recipe.candidates(rows, rarer),
                      samples,
                      checkpoint,
                      RiskModel::new));
    }
    Candidate<Row, String, FailureRisk> logistic =
        new Candidate<>("logistic regression", recipe.logistic().recipe(rows, columns, grouped));
    Optional<Duration> search = recipe.said().search();
    if (search.isPresent()) {
      Candidates.refuse(checkpoint);
      Candidates<Row, String, FailureRisk> race =
          new Candidates<>(learning, "pr auc", true, search.get());
      RiskRecipe base = recipe.saying(Choices::common);
      List<Candidate<Row, String, FailureRisk>> candidates =
          List.of(
              new Candidate<>("perceptron on pairs", base.recipe(rows, columns, grouped)),
              logistic,
              new Candidate<>(
                  "perceptron on readings",
                  base.saying(c -> c.preparation(Preparation.standard()))
                      .recipe(rows, columns, grouped)),
              new Candidate<>(
                  "smaller perceptron on pairs",
                  base.saying(c -> c.network(Networks.mlp(32))).recipe(rows, columns, grouped)));
      return jobs.background()
          .start(
              "choose a model of failures",
              Optional.empty(),
              control -> race.run(control, candidates, samples, RiskModel::new));
    }
    Candidate<Row, String, FailureRisk> chosen =
        new Candidate<>("model", recipe.recipe(rows, columns, grouped));
    return jobs.background()
        .start(
            "learn to foresee failures",
            Optional.empty(),
            control ->
                Beside.train(
                    learning, control, chosen, logistic, samples, checkpoint, RiskModel::new));
  }

  private static Samples<Row, String> samples(FailureData data) {
    Problems problems = new Problems("the failure data");
    long failures = data.outcomes().stream().filter(o -> !o.equals(FailureData.NONE)).count();
    if (data.readings().rows() == 0) {
      problems.add(ErrorCode.TOO_FEW_DATA, "rows", "there are none", "give rows of readings.");
    } else if (failures == 0 || failures == data.outcomes().size()) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "outcomes",
          failures
              + " of "
              + data.outcomes().size()
              + " rows end in failure; the outcomes are "
              + data.outcomes().stream().distinct().limit(MOST_SHOWN).toList(),
          "give rows with and without failure; a row without is marked \""
              + FailureData.NONE
              + "\".");
    }
    for (int i = 0; i < data.outcomes().size(); i++) {
      String outcome = data.outcomes().get(i);
      if (outcome.isBlank() || outcome.equalsIgnoreCase("NaN")) {
        problems.add(
            ErrorCode.BAD_LABEL,
            "outcome of row " + i,
            "is \"" + outcome + "\", which is no mode of failure",
            "write \"" + FailureData.NONE + "\" where nothing failed.");
        break;
      }
    }
    problems.throwIfAny();
    List<Sample<Row, String>> samples = new ArrayList<>(data.readings().rows());
    for (int i = 0; i < data.readings().rows(); i++) {
      String group = data.groups().isEmpty() ? "row " + i : data.groups().get(i);
      samples.add(Sample.of(group, data.readings().row(i), data.outcomes().get(i)));
    }
    return new Samples<>(samples);
  }
}
