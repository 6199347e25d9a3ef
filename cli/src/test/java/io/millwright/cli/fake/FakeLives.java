package io.millwright.cli.fake;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Finding;
import io.millwright.api.Flag;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Row;
import io.millwright.api.data.Unit;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.LearningCurve;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Split;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.RemainingLifeModel;
import io.millwright.maintenance.RemainingLifeTrainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Predicts the mean life of the fleet less the age. Writes down what it was asked for. */
record FakeLives(long key, double limit, Consumer<String> asked) implements RemainingLifeTrainer {

  @Override
  public RemainingLifeTrainer network(Network network) {
    asked.accept("network of " + network.layers().size() + " layers");
    return this;
  }

  @Override
  public RemainingLifeTrainer learning(Learning learning) {
    return this;
  }

  @Override
  public RemainingLifeTrainer preparation(Preparation preparation) {
    return this;
  }

  @Override
  public RemainingLifeTrainer split(Split split) {
    return this;
  }

  @Override
  public RemainingLifeTrainer earlyLife(double cycles) {
    return new FakeLives(key, cycles, asked);
  }

  @Override
  public RemainingLifeTrainer settings(java.util.List<String> columns) {
    asked.accept("settings " + columns);
    return this;
  }

  @Override
  public RemainingLifeTrainer key(long value) {
    asked.accept("key " + value);
    return new FakeLives(value, limit, asked);
  }

  @Override
  public RemainingLifeTrainer auto(Duration budget) {
    asked.accept("auto " + budget);
    return this;
  }

  @Override
  public Job<RemainingLifeModel> train(Fleet data) {
    double mean =
        data.units().stream()
            .filter(u -> u.end() == UnitHistory.End.FAILED)
            .mapToInt(UnitHistory::length)
            .average()
            .orElseThrow(
                () ->
                    new MillwrightException(
                        ErrorCode.TOO_FEW_DATA, "no unit failed\nMaybe wait until one does"));
    String columns = String.join(",", data.units().get(0).readings().schema().names());
    return new DoneJob<>(new Model(mean, limit, key, columns));
  }

  @Override
  public Job<RemainingLifeModel> resume(Path checkpoint, Fleet data) {
    return train(data);
  }

  static Predictor<UnitHistory, Cycles> open(Path file) {
    String[] words = FakeModel.load(file, "fake life");
    return new Model(
            Double.parseDouble(words[1]), Double.parseDouble(words[2]), 0, words[3].strip())
        .open();
  }

  private record Model(double mean, double limit, long key, String columns)
      implements RemainingLifeModel {

    @Override
    public Evaluation evaluation() {
      List<LearningCurve> curves = new ArrayList<>();
      for (int m = 1; m <= 5; m++) {
        int member = m;
        List<LearningCurve.Epoch> epochs =
            IntStream.rangeClosed(1, 40)
                .mapToObj(
                    e ->
                        new LearningCurve.Epoch(
                            e,
                            0.01 + 0.2 / (e + member),
                            0.013 + 0.2 / (e + 0.7 * member) + 0.002 * Math.sin(e * member),
                            1e-3))
                .toList();
        curves.add(new LearningCurve("member " + m + " of 5", epochs, 30 + m));
      }
      return FakeModel.heldOut(
          Map.of("rmse", 14.2, "coverage 90", 0.91, "width 90", 41.0),
          Map.of("mean", Map.of("rmse", 41.0, "coverage 90", 0.9, "width 90", 120.0)),
          curves);
    }

    @Override
    public Predictor<UnitHistory, Cycles> open() {
      ModelInfo info = info();
      return new FakeModel.Ask<>(info, history -> say(info, history));
    }

    private Outcome<Cycles> say(ModelInfo info, UnitHistory history) {
      if (history.length() == 0) {
        return new Outcome.Abstention<>(
            ErrorCode.TOO_FEW_DATA,
            List.of(Finding.of(ErrorCode.TOO_FEW_DATA, history.unit(), "no readings")),
            info);
      }
      double left = Math.max(3, mean - history.length());
      boolean atLeast = left >= limit;
      double value = Math.min(left, limit);
      return new Outcome.Prediction<>(
          new Cycles(value, atLeast),
          new Band(Math.max(0, value - 25), atLeast ? Double.POSITIVE_INFINITY : value + 25),
          atLeast ? Set.of(Flag.AT_LIMIT) : Set.of(),
          info);
    }

    @Override
    public void saveTo(Path bundle) {
      FakeModel.save(bundle, "fake life;" + mean + ";" + limit + ";" + columns);
    }

    @Override
    public ModelInfo info() {
      List<io.millwright.api.data.Column> inputs = new ArrayList<>();
      for (String name : columns.split(",", -1)) {
        io.millwright.samples.plant.PressFleet.instruments().columns().stream()
            .filter(c -> c.name().equals(name))
            .findFirst()
            .ifPresent(inputs::add);
      }
      return FakeModel.info(
          "maintenance.remaining-life",
          new io.millwright.api.data.Schema(inputs),
          Unit.CYCLE,
          evaluation().figures(),
          key);
    }

    @Override
    public Monitor<Row, Cycles> monitor() {
      throw new MillwrightException(ErrorCode.UNSUPPORTED, "no monitor");
    }
  }

  private record Band(double low, double high) implements Uncertainties {
    @Override
    public Uncertainty at(double level) {
      return new Uncertainty.Interval(level, low, high, Unit.CYCLE);
    }

    @Override
    public double[] quantiles(double... probabilities) {
      double[] all = new double[probabilities.length];
      java.util.Arrays.setAll(all, i -> low + probabilities[i] * (high - low));
      return all;
    }
  }
}
