package io.millwright.cli.fake;

import io.millwright.api.EngineReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Finding;
import io.millwright.api.HostReport;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.TableLearning;
import io.millwright.api.Task;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.RegressionMetrics;
import io.millwright.api.text.TextLearning;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.FailureTrainer;
import io.millwright.maintenance.KnownLife;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeTrainer;
import io.millwright.runtime.tables.Tables;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A front door with the fake models behind it, and a store that only remembers. */
public final class FakeMillwright implements Millwright {
  private final Consumer<String> asked;
  private final List<Finding> findings;
  private final List<ModelStore.Version> versions;

  /** Writes down what it was asked for; its report has these findings. */
  public FakeMillwright(
      Consumer<String> asked, List<Finding> findings, List<ModelStore.Version> versions) {
    this.asked = asked;
    this.findings = findings;
    this.versions = versions;
  }

  @Override
  public <F> F plugin(Class<F> facade) {
    return facade.cast(new Area(asked));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <I, V> Predictor<I, V> open(Task<I, V> task, ModelSource bundle) {
    return (Predictor<I, V>)
        (task.equals(Maintenance.FAILURE)
            ? FakeFailures.open(bundle.file().orElseThrow())
            : FakeLives.open(bundle.file().orElseThrow()));
  }

  @Override
  public <V> Monitor<Row, V> monitor(Task<?, V> task, ModelSource bundle) {
    throw new MillwrightException(ErrorCode.UNSUPPORTED, "no monitor");
  }

  @Override
  public Predictor<Table, Object> open(ModelSource bundle) {
    throw new MillwrightException(ErrorCode.UNSUPPORTED, "not typed");
  }

  @Override
  public ModelInfo info(ModelSource bundle) {
    return FakeFailures.open(bundle.file().orElseThrow()).info();
  }

  @Override
  public TableLearning learning() {
    throw new MillwrightException(ErrorCode.UNSUPPORTED, "no learning");
  }

  @Override
  public TextLearning texts() {
    throw new MillwrightException(ErrorCode.UNSUPPORTED, "no learning");
  }

  @Override
  public ModelStore store(Path folder) {
    asked.accept("store " + folder);
    return new Store(versions);
  }

  @Override
  public TableReader tables() {
    return Tables.reader();
  }

  @Override
  public List<HostReport.PluginStatus> plugins() {
    return report().plugins();
  }

  @Override
  public HostReport report() {
    return HostReport.builder()
        .version("0.0")
        .java("Java 17")
        .engines(
            EngineReport.builder()
                .ruleTable("1")
                .training("Fake")
                .prediction("Java")
                .candidates(
                    List.of(
                        EngineReport.Candidate.builder()
                            .name("Fake")
                            .version("1")
                            .trains(true)
                            .usable(true)
                            .detail("always here")
                            .build()))
                .settings(List.of(new EngineReport.Setting("THREADS", "1", "Millwright")))
                .reasons(List.of("the only one"))
                .build())
        .plugins(
            List.of(
                HostReport.PluginStatus.builder()
                    .name("maintenance")
                    .source("fake.jar")
                    .running(true)
                    .tasks(List.of("maintenance.failure v1"))
                    .build()))
        .findings(findings)
        .build();
  }

  @Override
  public void close() {
    asked.accept("closed");
  }

  private record Area(Consumer<String> asked) implements Maintenance {
    @Override
    public io.millwright.maintenance.PolicyPlanner policy() {
      throw new UnsupportedOperationException("policy");
    }

    @Override
    public io.millwright.maintenance.Reliability reliability() {
      throw new UnsupportedOperationException("reliability");
    }

    @Override
    public io.millwright.maintenance.SensorTrainer sensors() {
      throw new UnsupportedOperationException("sensors");
    }

    @Override
    public Predictor<UnitHistory, Cycles> guarded(
        Predictor<UnitHistory, Cycles> life,
        Predictor<UnitHistory, io.millwright.maintenance.SensorCheck> sensors) {
      return life;
    }

    @Override
    public io.millwright.maintenance.StateTrainer states() {
      throw new UnsupportedOperationException("states");
    }

    @Override
    public io.millwright.maintenance.DiagnosisTrainer diagnosis() {
      throw new UnsupportedOperationException("diagnosis");
    }

    @Override
    public io.millwright.maintenance.Diagnosis diagnose(
        io.millwright.maintenance.Vibration vibration, io.millwright.maintenance.GearTrain gears) {
      throw new UnsupportedOperationException("diagnose");
    }

    @Override
    public io.millwright.maintenance.Diagnosis diagnose(
        io.millwright.maintenance.Vibration vibration,
        io.millwright.maintenance.BearingGeometry geometry) {
      throw new UnsupportedOperationException("diagnose");
    }

    @Override
    public io.millwright.maintenance.HealthTrainer health() {
      throw new UnsupportedOperationException("health");
    }

    @Override
    public Monitor<Row, io.millwright.maintenance.Health> healthMonitor(Path bundle) {
      throw new UnsupportedOperationException("healthMonitor");
    }

    @Override
    public RemainingLifeTrainer remainingLife() {
      return new FakeLives(0, 125, asked);
    }

    @Override
    public FailureTrainer failure() {
      return new FakeFailures(0.5, asked);
    }

    @Override
    public Monitor<Row, Cycles> monitor(Path bundle) {
      throw new MillwrightException(ErrorCode.UNSUPPORTED, "no monitor");
    }

    @Override
    public Evaluation evaluate(Predictor<UnitHistory, Cycles> predictor, List<KnownLife> truths) {
      double[] truth = truths.stream().mapToDouble(KnownLife::remaining).toArray();
      double[] predicted = new double[truth.length];
      double covered = 0;
      double width = 0;
      for (int i = 0; i < truth.length; i++) {
        Outcome.Prediction<Cycles> p = predictor.predict(truths.get(i).history()).orElseThrow();
        Uncertainty.Interval interval = (Uncertainty.Interval) p.uncertainty().at(0.9);
        predicted[i] = p.value().count();
        covered += interval.contains(truth[i]) ? 1 : 0;
        width += Math.min(interval.high(), 125) - interval.low();
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("rmse", RegressionMetrics.rmse(truth, predicted));
      figures.put("mae", RegressionMetrics.mae(truth, predicted));
      figures.put("coverage 90", covered / truth.length);
      figures.put("width 90", width / truth.length);
      return Evaluation.builder()
          .protocol("test units")
          .samples(truth.length)
          .figures(figures)
          .build();
    }
  }

  private record Store(List<ModelStore.Version> versions) implements ModelStore {
    @Override
    public Version put(String model, Path bundle, Note note) {
      int number = (int) versions.stream().filter(v -> v.model().equals(model)).count() + 1;
      Version version =
          Version.builder()
              .model(model)
              .number(number)
              .stored(Instant.EPOCH)
              .digest("0123456789abcdef")
              .build();
      versions.add(version);
      return version;
    }

    @Override
    public List<Promotion> history(String model, String alias) {
      return List.of();
    }

    @Override
    public List<Finding> check() {
      return List.of();
    }

    @Override
    public List<Finding> repair() {
      return List.of();
    }

    @Override
    public List<Version> list() {
      return new ArrayList<>(versions);
    }

    @Override
    public Optional<Version> find(String reference) {
      return versions.stream()
          .filter(v -> (v.model() + ":" + v.number()).equals(reference))
          .findFirst();
    }

    @Override
    public Path path(String reference) {
      return Path.of(reference);
    }

    @Override
    public Version promote(String alias, String reference, Note note) {
      Version found =
          find(reference)
              .orElseThrow(
                  () ->
                      new MillwrightException(
                          ErrorCode.NOT_IN_STORE, "no " + reference + "\nMaybe list them"));
      Version promoted =
          Version.builder()
              .model(found.model())
              .number(found.number())
              .stored(found.stored())
              .digest(found.digest())
              .aliases(List.of(alias))
              .build();
      versions.set(versions.indexOf(found), promoted);
      return promoted;
    }

    @Override
    public Version rollBack(String model, String alias) {
      return promote(alias, model + ":1");
    }

    @Override
    public void delete(String reference) {
      versions.remove(find(reference).orElseThrow());
    }
  }
}
