package io.millwright.runtime.access;

import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.HostReport;
import io.millwright.api.Millwright;
import io.millwright.api.ModelExchange;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.TableLearning;
import io.millwright.api.Task;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.api.spi.PluginCommand;
import io.millwright.api.text.TextLearning;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;

/** Millwright as one user may use it. */
record GuardedMillwright(Millwright within, Guard guard, Principal who) implements Millwright {

  private void check(Permission what, Object about) {
    guard.check(who, what, about.toString());
  }

  @Override
  public <F> F plugin(Class<F> facade) {
    check(facade == ModelExchange.class ? Permission.EXPORT : Permission.TRAIN, facade.getName());
    return within.plugin(facade);
  }

  @Override
  public <I, V> Predictor<I, V> open(Task<I, V> task, ModelSource bundle) {
    check(Permission.OPEN, bundle);
    return new Guarded<>(within.open(task, guard.trusted(bundle)), this, bundle.toString());
  }

  @Override
  public Predictor<Table, Object> open(ModelSource bundle) {
    check(Permission.OPEN, bundle);
    return new Guarded<>(within.open(guard.trusted(bundle)), this, bundle.toString());
  }

  @Override
  public <V> Monitor<Row, V> monitor(Task<?, V> task, ModelSource bundle) {
    check(Permission.OPEN, bundle);
    return within.monitor(task, guard.trusted(bundle));
  }

  @Override
  public ModelInfo info(ModelSource bundle) {
    check(Permission.OPEN, bundle);
    return within.info(bundle);
  }

  @Override
  public TableLearning learning() {
    check(Permission.TRAIN, "tables");
    return within.learning();
  }

  @Override
  public TextLearning texts() {
    check(Permission.TRAIN, "texts");
    return within.texts();
  }

  @Override
  public ModelStore store(Path folder) {
    check(Permission.OPEN, folder);
    return new GuardedStore(within.store(folder), guard, who);
  }

  @Override
  public TableReader tables() {
    return within.tables();
  }

  @Override
  public List<HostReport.PluginStatus> plugins() {
    check(Permission.READ_LOG, "plug-ins");
    return within.plugins();
  }

  @Override
  public List<PluginCommand> commands() {
    check(Permission.TRAIN, "commands");
    return within.commands();
  }

  @Override
  public HostReport report() {
    check(Permission.READ_LOG, "report");
    return within.report();
  }

  @Override
  public void close() {
    // The host's own instance stays open.
  }

  /** A predictor that asks before it explains. */
  private record Guarded<I, V>(Predictor<I, V> predictor, GuardedMillwright of, String source)
      implements Predictor<I, V> {

    @Override
    public Outcome<V> predict(I input) {
      return predictor.predict(input);
    }

    @Override
    public List<Outcome<V>> predictAll(List<? extends I> inputs) {
      return predictor.predictAll(inputs);
    }

    @Override
    public List<Outcome<V>> predictRows(Table rows) {
      return predictor.predictRows(rows);
    }

    @Override
    public Explanation explain(I input, ExplainRequest how) {
      of.check(Permission.EXPLAIN, source);
      return predictor.explain(input, how);
    }

    @Override
    public ModelInfo info() {
      return predictor.info();
    }

    @Override
    public void close() {
      predictor.close();
    }
  }
}
