package io.millwright.maintenance.internal.health;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Jobs;
import io.millwright.maintenance.Health;
import io.millwright.maintenance.HealthCourse;
import io.millwright.maintenance.HealthMethod;
import io.millwright.maintenance.HealthModel;
import io.millwright.maintenance.HealthTrainer;
import io.millwright.maintenance.Maintenance;
import io.millwright.runtime.monitoring.MonitoringPlan;
import io.millwright.runtime.monitoring.ProcessModel;
import io.millwright.runtime.monitoring.ProcessWatch;
import io.millwright.runtime.monitoring.SensorModel;
import io.millwright.runtime.support.Digest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Learns limits of normal operation. */
final class DefaultHealthTrainer implements HealthTrainer {

  private final Composer composer;
  private final Jobs jobs;
  private final MonitoringPlan plan;
  private final List<String> without;

  private final Set<HealthMethod> methods;
  private final long key;

  DefaultHealthTrainer(
      Composer composer,
      Jobs jobs,
      MonitoringPlan plan,
      List<String> without,
      Set<HealthMethod> methods,
      long key) {
    this.composer = composer;
    this.jobs = jobs;
    this.plan = plan;
    this.without = List.copyOf(without);
    this.methods = methods;
    this.key = key;
  }

  private HealthTrainer with(MonitoringPlan other) {
    return new DefaultHealthTrainer(composer, jobs, other, without, methods, key);
  }

  @Override
  public HealthTrainer methods(Collection<HealthMethod> tried) {
    if (tried.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "no method is to be tried\nMaybe name " + HealthMethod.PCA);
    }
    return new DefaultHealthTrainer(composer, jobs, plan, without, EnumSet.copyOf(tried), key);
  }

  @Override
  public HealthTrainer key(long other) {
    return new DefaultHealthTrainer(composer, jobs, plan, without, methods, other);
  }

  @Override
  public HealthTrainer falseAlarms(double share) {
    return with(new MonitoringPlan(share, plan.smoothing(), plan.lags()));
  }

  @Override
  public HealthTrainer smoothing(double weight) {
    return with(new MonitoringPlan(plan.falseAlarms(), weight, plan.lags()));
  }

  @Override
  public HealthTrainer lags(int readings) {
    return with(new MonitoringPlan(plan.falseAlarms(), plan.smoothing(), readings));
  }

  @Override
  public HealthTrainer leaveOut(List<String> columns) {
    return new DefaultHealthTrainer(composer, jobs, plan, columns, methods, key);
  }

  @Override
  public Job<HealthModel> train(Table data) {
    for (String name : without) {
      if (data.schema().indexOf(name) < 0) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            "the readings have no column "
                + name
                + " to leave out; they have "
                + data.schema().names()
                + "\nMaybe it is written otherwise");
      }
    }
    List<Column> inputs =
        data.schema().columns().stream()
            .filter(c -> c.type() == ColumnType.NUMBER && !without.contains(c.name()))
            .toList();
    if (inputs.size() < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "the readings have "
              + inputs.size()
              + " columns of numbers, but limits by several variables need 2\nMaybe use a control"
              + " chart for one");
    }
    return jobs.background()
        .start(
            "learn normal operation",
            Optional.empty(),
            control -> {
              control.checkpoint();
              return learn(data, new Schema(inputs), control);
            });
  }

  @Override
  public Job<HealthModel> resume(Path checkpoint, Table data) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "limits are learnt in one go and leave no checkpoints in "
            + checkpoint
            + "\nMaybe train again");
  }

  private HealthModel learn(Table data, Schema inputs, Jobs.Control<HealthModel> control) {
    List<String> columns = inputs.names();
    double[][] rows = Normal.rows(data, columns);
    SensorModel sensors = SensorModel.fit(rows);
    MethodChoice.Choice choice = new MethodChoice(composer, control, plan, methods, key).of(rows);
    Normal normal = new Normal(columns, choice.limits(), sensors);
    Residuals residuals = choice.limits().residuals();
    FittedNetwork network = residuals == null ? null : residuals.network();
    SortedMap<String, String> texts = new TreeMap<>();
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    normal.write(texts, numbers);
    ComposedModel model =
        ComposedModel.builder()
            .task(Maintenance.HEALTH)
            .inputs(inputs)
            .texts(texts)
            .numbers(numbers)
            .networks(
                network == null ? new TreeMap<>() : new TreeMap<>(Map.of(Normal.NETWORK, network)))
            .evaluation(choice.trials().isEmpty() ? evaluation(rows) : evaluation(choice, rows))
            .capabilities(Set.of(Capability.STREAM))
            .provenance(
                composer.provenance(
                    digest(rows),
                    key,
                    Map.of(
                        "plan", plan.toString(), "rows", "" + rows.length, "method", choice.why()),
                    network != null))
            .build();
    return new TrainedHealth(composer, model, composer.info(model), normal, choice);
  }

  /** The figures of all methods on held-out blocks. */
  private static Evaluation evaluation(MethodChoice.Choice choice, double[][] rows) {
    Map<String, Map<String, Double>> others = new LinkedHashMap<>();
    choice.trials().forEach((method, trial) -> others.put(method.words(), figures(trial)));
    Map<String, Double> own =
        Objects.requireNonNull(others.remove(choice.method().words()), "chosen without a trial");
    return Evaluation.builder()
        .protocol(
            "five blocks of the normal readings held out in turn, with limits from the others,"
                + " and faults planted in them; the choice has seen these figures")
        .samples(rows.length)
        .figures(own)
        .baselines(others)
        .build();
  }

  private static Map<String, Double> figures(MethodChoice.Trial trial) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("false alarms", trial.falseAlarms());
    figures.put("planted faults missed", trial.mean());
    return figures;
  }

  /** The share of alarms in the last fifth, by limits from the rest. */
  private Evaluation evaluation(double[][] rows) {
    int cut = rows.length * 4 / 5;
    double alarms = 0;
    String protocol = "too few readings to hold any out";
    int judged = rows.length - cut;
    if (cut >= 40) {
      ProcessWatch watch = ProcessModel.fit(Arrays.copyOf(rows, cut), plan).begin();
      for (int r = cut; r < rows.length; r++) {
        alarms += watch.take(rows[r]).alarm() ? 1 : 0;
      }
      protocol = "limits from the first four fifths of the normal readings, alarms in the last";
    }
    return Evaluation.builder()
        .protocol(protocol)
        .samples(judged)
        .figures(cut >= 40 ? Map.of("false alarms", alarms / judged) : Map.of())
        .build();
  }

  private static String digest(double[][] rows) {
    Digest sha = new Digest();
    for (double[] row : rows) {
      sha.add(row);
    }
    return sha.hex();
  }

  /** Fresh from training. */
  private record TrainedHealth(
      Composer composer,
      ComposedModel model,
      ModelInfo info,
      Normal normal,
      MethodChoice.Choice chosen)
      implements HealthModel {

    @Override
    public Evaluation evaluation() {
      return model.evaluation();
    }

    @Override
    public Predictor<Table, HealthCourse> open() {
      return new HealthPredictor(normal, info);
    }

    @Override
    public void saveTo(Path bundle) {
      composer.write(model, bundle);
    }

    @Override
    public Monitor<Row, Health> monitor() {
      return new HealthMonitor(normal, info);
    }

    @Override
    public List<String> monitored() {
      return normal.limits().process().monitored().stream().map(normal.columns()::get).toList();
    }

    @Override
    public int components() {
      return normal.limits().process().components();
    }

    @Override
    public HealthMethod method() {
      return chosen.method();
    }

    @Override
    public String choice() {
      return chosen.why();
    }
  }
}
