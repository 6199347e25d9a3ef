package io.millwright.maintenance.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Trained;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Candidate;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.RemainingLifeModel;
import io.millwright.maintenance.RemainingLifeTrainer;
import io.millwright.maintenance.internal.wear.WearRooms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Trains remaining life by a recipe, and a linear model of the same inputs beside it. */
final class LifeTrainer implements RemainingLifeTrainer {

  private final LearningToolkit learning;
  private final Composer composer;
  private final Jobs jobs;
  private final LifeRecipe recipe;

  LifeTrainer(LearningToolkit learning, Composer composer, Jobs jobs, LifeRecipe recipe) {
    this.learning = learning;
    this.composer = composer;
    this.jobs = jobs;
    this.recipe = recipe;
  }

  private LifeTrainer saying(UnaryOperator<Choices> change) {
    return new LifeTrainer(learning, composer, jobs, recipe.saying(change));
  }

  @Override
  public RemainingLifeTrainer network(Network network) {
    return saying(c -> c.network(network));
  }

  @Override
  public RemainingLifeTrainer learning(Learning options) {
    return saying(c -> c.learning(options));
  }

  @Override
  public RemainingLifeTrainer preparation(Preparation preparation) {
    return saying(c -> c.preparation(preparation));
  }

  @Override
  public RemainingLifeTrainer split(Split split) {
    return saying(c -> c.split(split));
  }

  @Override
  public RemainingLifeTrainer earlyLife(double cycles) {
    if (!(cycles > 0) || Double.isInfinite(cycles)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "earlyLife is "
              + cycles
              + ", but must be a positive number of cycles\nMaybe 125, the default, will do");
    }
    return new LifeTrainer(learning, composer, jobs, recipe.earlyLife(cycles));
  }

  @Override
  public RemainingLifeTrainer settings(List<String> columns) {
    return new LifeTrainer(learning, composer, jobs, recipe.settings(columns));
  }

  @Override
  public RemainingLifeTrainer key(long key) {
    return saying(c -> c.key(key));
  }

  @Override
  public RemainingLifeTrainer auto(Duration budget) {
    return saying(c -> c.search(budget));
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
    if (!FleetCheck.enough(data) && recipe.said().network().isEmpty()) {
      WearRooms.refuse(checkpoint);
      Fleet few = FleetCheck.few(data);
      return jobs.background()
          .start(
              "learn the path of wear",
              Optional.empty(),
              control -> WearRooms.learn(composer, few));
    }
    Samples<UnitHistory, Cycles> samples = FleetCheck.samples(data, recipe.earlyLife());
    int units = samples.all().size();
    int rows = samples.all().stream().mapToInt(s -> s.input().length()).sum();
    if (recipe.said().search().isPresent()) {
      Candidates.refuse(checkpoint);
      List<Candidates.Candidate<UnitHistory, Cycles, Cycles>> tried =
          LifeCandidates.of(recipe, units, rows);
      Candidates<UnitHistory, Cycles, Cycles> race =
          new Candidates<>(learning, "rmse", false, recipe.said().search().get());
      return jobs.background()
          .start(
              "choose a model of remaining life",
              Optional.empty(),
              control -> race.run(control, tried, samples, this::model));
    }
    Recipe<UnitHistory, Cycles, Cycles> whole = recipe.recipe(units, rows);
    if (recipe.said().network().isEmpty()) {
      List<Candidate> candidates =
          List.of(new Candidate("perceptron", whole.network(), whole.learning()));
      boolean path = recipe.silent() && checkpoint.isEmpty() && !FleetCheck.trusted(data);
      Fleet few = path ? FleetCheck.few(data) : data;
      return jobs.background()
          .start(
              "learn remaining life",
              Optional.empty(),
              control ->
                  path && WearRooms.follows(few)
                      ? WearRooms.learn(composer, few)
                      : Chosen.train(
                          learning, control, whole, candidates, samples, checkpoint, this::model));
    }
    Candidates.Candidate<UnitHistory, Cycles, Cycles> chosen =
        new Candidates.Candidate<>("model", whole);
    Candidates.Candidate<UnitHistory, Cycles, Cycles> linear =
        new Candidates.Candidate<>("linear regression", recipe.linear(rows).recipe(units, rows));
    return jobs.background()
        .start(
            "learn remaining life",
            Optional.empty(),
            control ->
                Beside.train(learning, control, chosen, linear, samples, checkpoint, this::model));
  }

  private RemainingLifeModel model(Trained<UnitHistory, Cycles> trained, Evaluation evaluation) {
    return new LifeModel(learning, trained, evaluation);
  }
}
