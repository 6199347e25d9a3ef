package io.millwright.production.internal.load;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Schedule;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.production.LoadForecast;
import io.millwright.production.LoadModel;
import io.millwright.production.LoadScore;
import io.millwright.production.LoadSeries;
import io.millwright.production.LoadTrainer;
import io.millwright.production.Production;
import io.millwright.runtime.support.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The trainer with its options. */
public final class DefaultLoadTrainer implements LoadTrainer {

  private final Composer composer;
  private final Jobs jobs;
  private final List<Integer> steps;
  private final int networks;
  private final Network network;
  private final Learning learning;

  private DefaultLoadTrainer(
      Composer composer,
      Jobs jobs,
      List<Integer> steps,
      int networks,
      Network network,
      Learning learning) {
    this.composer = composer;
    this.jobs = jobs;
    this.steps = List.copyOf(steps);
    this.networks = networks;
    this.network = network;
    this.learning = learning;
  }

  /** With all defaults. */
  public static LoadTrainer of(Composer composer, Jobs jobs) {
    return new DefaultLoadTrainer(
        composer,
        jobs,
        List.of(),
        2,
        Networks.mlp(Activation.RELU, 64, 64),
        Learning.adamW(2e-3, 1e-2).batch(256).epochs(12).schedule(new Schedule.WarmUpCosine(0.05)));
  }

  /** How a bundle becomes a predictor. */
  public static ComposedTask<LoadSeries, LoadForecast> task() {
    return new ComposedTask<>(
        Production.LOAD, (model, info) -> new LoadPredicting(LoadCodec.read(model), info));
  }

  @Override
  public LoadTrainer steps(int... ahead) {
    for (int k = 0; k < ahead.length; k++) {
      if (ahead[k] < 1 || ahead[k] > 10_000 || (k > 0 && ahead[k] <= ahead[k - 1])) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "the distances are "
                + Arrays.toString(ahead)
                + "\nMaybe let them rise, from 1 to 10,000 at most");
      }
    }
    return new DefaultLoadTrainer(
        composer, jobs, Arrays.stream(ahead).boxed().toList(), networks, network, learning);
  }

  @Override
  public LoadTrainer networks(int count) {
    if (count < 0 || count > 20) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, count + " networks\nMaybe take 2, or 0 for none");
    }
    return new DefaultLoadTrainer(composer, jobs, steps, count, network, learning);
  }

  @Override
  public LoadTrainer network(Network other) {
    return new DefaultLoadTrainer(composer, jobs, steps, networks, other, learning);
  }

  @Override
  public LoadTrainer learning(Learning other) {
    return new DefaultLoadTrainer(composer, jobs, steps, networks, network, other);
  }

  @Override
  public Job<LoadModel> train(LoadSeries data) {
    Grid grid = new Grid(data);
    List<Integer> ahead =
        !steps.isEmpty() ? steps : grid.day > 1 ? List.of(1, grid.day) : List.of(1);
    int need = grid.history(ahead.get(ahead.size() - 1)) + Math.max(100, 2 * grid.week);
    if (data.load().known() < need) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "the load has "
              + data.load().known()
              + " known periods, but learning "
              + ahead.get(ahead.size() - 1)
              + " ahead needs "
              + need
              + "\nMaybe give a longer history, or state shorter seasons");
    }
    return jobs.background()
        .start("learn the load", Optional.empty(), control -> run(data, grid, ahead, control));
  }

  @Override
  public Job<LoadModel> resume(Path checkpoint, LoadSeries data) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "predictors of the load keep no checkpoints, so nothing resumes from "
            + checkpoint
            + "\nMaybe train again");
  }

  private LoadModel run(
      LoadSeries data, Grid grid, List<Integer> ahead, Jobs.Control<LoadModel> control) {
    LoadTraining training = new LoadTraining(grid, networks, network, learning, composer, control);
    List<StepModel> models = new ArrayList<>();
    List<String> choice = new ArrayList<>();
    Map<String, Double> figures = new LinkedHashMap<>();
    Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
    long judged = 0;
    for (int k = 0; k < ahead.size(); k++) {
      LoadTraining.Learnt learnt =
          training.run(ahead.get(k), k / (double) ahead.size(), 1.0 / ahead.size());
      models.add(learnt.model());
      choice.add(learnt.choice());
      judged += learnt.judged();
      String at = ", " + ahead.get(k) + " ahead";
      for (String figure : List.of("mae", "rmse")) {
        figures.put(figure + at, learnt.errors().getOrDefault(figure, Double.NaN));
        for (String who : List.of("weeks", "persistence")) {
          baselines
              .computeIfAbsent(who, w -> new LinkedHashMap<>())
              .put(figure + at, learnt.errors().getOrDefault(figure + " " + who, Double.NaN));
        }
      }
    }
    boolean positive = Arrays.stream(grid.filled).allMatch(v -> v >= 0);
    LoadParts parts =
        new LoadParts(
            grid.day,
            grid.week,
            data.known().stream().map(LoadSeries.Known::name).toList(),
            positive,
            models);
    LoadCodec codec = LoadCodec.write(parts);
    Map<String, String> told = new TreeMap<>();
    told.put("steps", ahead.toString());
    told.put("networks", Integer.toString(networks));
    told.put("learning", learning.toString());
    ComposedModel model =
        ComposedModel.builder()
            .task(Production.LOAD)
            .inputs(Schema.of(Column.number("load", Unit.NONE)))
            .texts(codec.texts)
            .numbers(codec.numbers)
            .networks(codec.networks)
            .evaluation(
                Evaluation.builder()
                    .protocol(
                        "last fifth of the training data; the choice of the blend has seen it")
                    .samples(judged)
                    .figures(figures)
                    .baselines(baselines)
                    .build())
            .capabilities(Set.of(Capability.CALIBRATED))
            .provenance(composer.provenance(digest(data), learning.key(), told, networks > 0))
            .build();
    return new Trained(composer, model, composer.info(model), parts, String.join("\n", choice));
  }

  private static String digest(LoadSeries data) {
    return new Digest().add(data.load().values().stream().mapToDouble(v -> v).toArray()).hex();
  }

  /** A model fresh from training. */
  private record Trained(
      Composer composer, ComposedModel model, ModelInfo info, LoadParts parts, String choice)
      implements LoadModel {

    @Override
    public Evaluation evaluation() {
      return model.evaluation();
    }

    @Override
    public Predictor<LoadSeries, LoadForecast> open() {
      return new LoadPredicting(parts, info);
    }

    @Override
    public void saveTo(Path bundle) {
      composer.write(model, bundle);
    }

    @Override
    public List<LoadScore> judge(LoadSeries series, int from) {
      return LoadJudge.judge(parts, series, from);
    }
  }
}
