package io.millwright.maintenance.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Trained;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.RemainingLifeModel;
import io.millwright.maintenance.RemainingLifeTrainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Trains remaining life by a recipe, and a linear model of the same inputs beside it. */
final class LifeTrainer implements RemainingLifeTrainer {

  private final LearningToolkit learning;
  private final Jobs jobs;
  private final LifeRecipe recipe;
  private final Optional<Duration> search;
  private final Optional<Long> key;

  LifeTrainer(
      LearningToolkit learning,
      Jobs jobs,
      LifeRecipe recipe,
      Optional<Duration> search,
      Optional<Long> key) {
    this.learning = learning;
    this.jobs = jobs;
    this.recipe = recipe;
    this.search = search;
    this.key = key;
  }

  private LifeTrainer with(LifeRecipe changed) {
    return new LifeTrainer(learning, jobs, changed, search, key);
  }

  @Override
  public RemainingLifeTrainer network(Network network) {
    return with(recipe.withNetwork(network));
  }

  @Override
  public RemainingLifeTrainer learning(Learning options) {
    return new LifeTrainer(learning, jobs, recipe.withLearning(options), search, Optional.empty());
  }

  @Override
  public RemainingLifeTrainer preparation(Preparation preparation) {
    return with(recipe.withPreparation(preparation));
  }

  @Override
  public RemainingLifeTrainer split(Split split) {
    return with(recipe.withSplit(split));
  }

  @Override
  public RemainingLifeTrainer earlyLife(double cycles) {
    if (!(cycles > 0) || Double.isInfinite(cycles)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "earlyLife is " + cycles + ", but must be a positive number of cycles");
    }
    return with(recipe.withEarlyLife(cycles));
  }

  @Override
  public RemainingLifeTrainer key(long key) {
    return new LifeTrainer(learning, jobs, recipe, search, Optional.of(key));
  }

  @Override
  public RemainingLifeTrainer auto(Duration budget) {
    if (budget.isNegative() || budget.isZero()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the budget is " + budget + ", but must be positive");
    }
    return new LifeTrainer(learning, jobs, recipe, Optional.of(budget), key);
  }

  @Override
  public Job<RemainingLifeModel> train(Fleet data) {
    return start(data, Optional.empty());
  }

  @Override
  public Job<RemainingLifeModel> resume(Path checkpoint, Fleet data) {
    return start(data, Optional.of(checkpoint));
  }

  private Job<RemainingLifeModel> start(Fleet data, Optional<Path> checkpoint) {
    Samples<UnitHistory, Cycles> samples = FleetCheck.samples(data, recipe.earlyLife());
    int units = samples.all().size();
    int rows = samples.all().stream().mapToInt(s -> s.input().length()).sum();
    LifeRecipe keyed = keyed(rows);
    if (search.isPresent()) {
      List<Candidates.Candidate<UnitHistory, Cycles>> candidates =
          LifeCandidates.of(keyed, units, rows);
      Candidates<UnitHistory, Cycles> race =
          new Candidates<>(learning, "rmse", false, search.get());
      return jobs.start(
          "choose a model of remaining life",
          Optional.empty(),
          control -> race.run(control, candidates, samples, this::model));
    }
    Recipe<UnitHistory, Cycles> whole = keyed.recipe(units, rows);
    Candidates.Candidate<UnitHistory, Cycles> chosen = new Candidates.Candidate<>("model", whole);
    Candidates.Candidate<UnitHistory, Cycles> linear =
        new Candidates.Candidate<>("linear regression", linear(keyed, units, rows));
    return jobs.start(
        "learn remaining life",
        Optional.empty(),
        control ->
            Beside.train(learning, control, chosen, linear, samples, checkpoint, this::model));
  }

  /** The default learning depends on the data, so another key can only be put into it here. */
  private LifeRecipe keyed(int rows) {
    return key.map(
            k ->
                recipe.withLearning(
                    recipe.learning().orElseGet(() -> LifeRecipe.schooling(rows)).key(k)))
        .orElse(recipe);
  }

  /** Linear regression on the same inputs, at their last row. */
  static Recipe<UnitHistory, Cycles> linear(LifeRecipe recipe, int units, int rows) {
    return new LifeRecipe(
            Optional.of(Networks.linear()),
            Optional.of(LifeRecipe.linear(rows).key(recipe.key())),
            Optional.empty(),
            recipe.split(),
            recipe.earlyLife())
        .recipe(units, rows);
  }

  private RemainingLifeModel model(Trained<UnitHistory, Cycles> trained, Evaluation evaluation) {
    return new LifeModel(learning, trained, evaluation);
  }
}
