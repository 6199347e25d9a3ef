package io.millwright.scheduling.internal.dispatch;

import io.millwright.api.Budget;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.learn.Learning;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.scheduling.DispatchGoal;
import io.millwright.scheduling.DispatchMethod;
import io.millwright.scheduling.DispatchModel;
import io.millwright.scheduling.DispatchTrainer;
import io.millwright.scheduling.Dispatcher;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The trainer with its options. */
public record DefaultDispatchTrainer(
    Composer composer,
    Jobs jobs,
    DispatchGoal toKeepSmall,
    DispatchMethod by,
    long randomness,
    Optional<Path> folder)
    implements DispatchTrainer {

  private static final double RATE = 2e-3;

  /** With all defaults. */
  public static DispatchTrainer of(Composer composer, Jobs jobs) {
    return new DefaultDispatchTrainer(
        composer, jobs, DispatchGoal.MAKESPAN, DispatchMethod.SELF_LABELLING, 1, Optional.empty());
  }

  /** How a bundle becomes a predictor. */
  public static ComposedTask<Shop, Schedule> task() {
    return new ComposedTask<>(
        Scheduling.DISPATCH,
        (model, info) -> new PolicyPredicting(new DefaultDispatcher(model, info)));
  }

  @Override
  public DispatchTrainer goal(DispatchGoal goal) {
    Objects.requireNonNull(goal, "goal");
    return new DefaultDispatchTrainer(composer, jobs, goal, by, randomness, folder);
  }

  @Override
  public DispatchTrainer method(DispatchMethod method) {
    Objects.requireNonNull(method, "method");
    return new DefaultDispatchTrainer(composer, jobs, toKeepSmall, method, randomness, folder);
  }

  @Override
  public DispatchTrainer key(long key) {
    return new DefaultDispatchTrainer(composer, jobs, toKeepSmall, by, key, folder);
  }

  @Override
  public DispatchTrainer checkpoints(Path place) {
    return new DefaultDispatchTrainer(
        composer, jobs, toKeepSmall, by, randomness, Optional.of(place));
  }

  @Override
  public Job<DispatchModel> train(Budget budget) {
    return jobs.background()
        .start("learn to dispatch", Optional.empty(), control -> run(budget, control));
  }

  private DispatchModel run(Budget budget, Jobs.Control<DispatchModel> control) {
    PolicyTraining training = new PolicyTraining(toKeepSmall, by, randomness, budget, control);
    Learning learning = training.learning(Learning.adam(RATE));
    if (folder.isPresent()) {
      learning = learning.checkpoints(folder.get(), 1);
    }
    PolicyTraining.Learnt learnt = training.run(composer, learning);
    Map<String, String> told = new TreeMap<>();
    told.put("goal", toKeepSmall.name());
    told.put("method", by.name());
    told.put("rounds", Integer.toString(learnt.rounds()));
    told.put("runs on each shop", Integer.toString(training.runs()));
    told.put("learning", learning.withoutCheckpoints().toString());
    told.put("data", "drawn by the trainer; no shop that was recorded or published");
    ComposedModel model =
        PolicyBundle.of(
            toKeepSmall,
            learnt.network(),
            learnt.evaluation(),
            composer.provenance("drawn, key " + randomness, randomness, told, true));
    return new Fresh(composer, model, composer.info(model));
  }

  /** A policy fresh from training. */
  private record Fresh(Composer composer, ComposedModel model, ModelInfo info)
      implements DispatchModel {

    @Override
    public Evaluation evaluation() {
      return model.evaluation();
    }

    @Override
    public Dispatcher dispatcher() {
      return new DefaultDispatcher(model, info);
    }

    @Override
    public Predictor<Shop, Schedule> open() {
      return new PolicyPredicting(dispatcher());
    }

    @Override
    public void saveTo(Path bundle) {
      composer.write(model, bundle);
    }
  }
}
