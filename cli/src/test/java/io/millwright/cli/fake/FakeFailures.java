package io.millwright.cli.fake;

import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Split;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureModel;
import io.millwright.maintenance.FailureRisk;
import io.millwright.maintenance.FailureTrainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Takes the first column, a number from 0 to 1, for the probability. Writes down the data. */
record FakeFailures(double threshold, Consumer<String> asked) implements FailureTrainer {

  @Override
  public FailureTrainer network(Network network) {
    return this;
  }

  @Override
  public FailureTrainer learning(Learning learning) {
    return this;
  }

  @Override
  public FailureTrainer preparation(Preparation preparation) {
    return this;
  }

  @Override
  public FailureTrainer split(Split split) {
    return this;
  }

  @Override
  public FailureTrainer key(long key) {
    return this;
  }

  @Override
  public FailureTrainer costs(double missed, double falseAlarm) {
    asked.accept("costs " + missed + " " + falseAlarm);
    return new FakeFailures(falseAlarm / (missed + falseAlarm), asked);
  }

  @Override
  public FailureTrainer auto(Duration budget) {
    asked.accept("auto " + budget);
    return this;
  }

  @Override
  public Job<FailureModel> train(FailureData data) {
    asked.accept("columns " + data.readings().schema().names());
    asked.accept("outcomes " + data.outcomes());
    asked.accept("groups " + data.groups());
    return new DoneJob<>(new Model(threshold, data.readings().schema().columns().get(0).name()));
  }

  @Override
  public Job<FailureModel> resume(Path checkpoint, FailureData data) {
    return train(data);
  }

  static Predictor<Row, FailureRisk> open(Path file) {
    String[] words = FakeModel.load(file, "fake failure");
    return new Model(Double.parseDouble(words[1]), words[2].strip()).open();
  }

  private record Model(double threshold, String column) implements FailureModel {
    @Override
    public Evaluation evaluation() {
      return FakeModel.heldOut(
          Map.of("f1", 0.8), Map.of("logistic regression", Map.of("f1", 0.3)), List.of());
    }

    @Override
    public Predictor<Row, FailureRisk> open() {
      ModelInfo info = info();
      return new FakeModel.Ask<>(
          info,
          row -> {
            double p = (Double) java.util.Objects.requireNonNull(row.values().get(0));
            return new Outcome.Prediction<>(
                new FailureRisk(p, threshold, Map.of("failure", p)),
                Uncertainties.none("a fake"),
                Set.of(),
                info);
          });
    }

    @Override
    public void saveTo(Path bundle) {
      FakeModel.save(bundle, "fake failure;" + threshold + ";" + column);
    }

    @Override
    public ModelInfo info() {
      return FakeModel.info(
          "maintenance.failure",
          Schema.of(Column.number(column)),
          Unit.NONE,
          evaluation().figures(),
          0);
    }
  }
}
