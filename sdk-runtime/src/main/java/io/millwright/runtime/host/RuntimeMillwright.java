package io.millwright.runtime.host;

import io.millwright.api.EngineReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.HostReport;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.TableLearning;
import io.millwright.api.Task;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.text.TextLearning;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.FolderStore;
import io.millwright.runtime.events.ListenedMonitor;
import io.millwright.runtime.events.ListenedPredictor;
import io.millwright.runtime.events.Listeners;
import io.millwright.runtime.predict.ComposedModels;
import io.millwright.runtime.predict.Opening;
import io.millwright.runtime.tables.Tables;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One instance of the small host. */
final class RuntimeMillwright implements Millwright {

  private final Catalog catalog;
  private final Listeners listeners;
  private final Clock clock;
  private final Map<String, String> config;
  private final Opening opening = new Opening(new PlainRuntimes());
  private final AtomicBoolean closed = new AtomicBoolean();

  RuntimeMillwright(Catalog catalog, Listeners listeners, Clock clock, Map<String, String> config) {
    this.catalog = catalog;
    this.listeners = listeners;
    this.clock = clock;
    this.config = config;
  }

  /** The version in the jar's manifest; classes that were never packed have none. */
  static String version() {
    return Optional.ofNullable(RuntimeMillwright.class.getPackage().getImplementationVersion())
        .orElse("unpacked");
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new MillwrightException(
          ErrorCode.CLOSED,
          "this Millwright is closed\nMaybe keep it open for as long as the program runs");
    }
  }

  @Override
  public <F> F plugin(Class<F> facade) {
    checkOpen();
    throw new MillwrightException(
        ErrorCode.NO_PLUGIN,
        "this process has the runtime only, which opens models and starts no plug-in, so the facade"
            + " "
            + facade.getName()
            + " is not there\nMaybe add the dependency io.millwright:millwright-core, or open the"
            + " model with its task");
  }

  @Override
  public <I, V> Predictor<I, V> open(Task<I, V> task, ModelSource bundle) {
    checkOpen();
    Optional<ComposedTask<I, V>> composed = catalog.composed(task);
    Predictor<I, V> predictor =
        composed.isPresent() && ComposedModels.serves(catalog.binding(task).isPresent(), bundle)
            ? ComposedModels.open(composed.get(), bundle)
            : opening.predictor(binding(task), BundleReader.read(bundle));
    return ListenedPredictor.of(predictor, bundle, listeners);
  }

  private <I, V> Binding<I, ?, V> binding(Task<I, V> task) {
    return catalog.binding(task).orElseThrow(() -> catalog.unknown(task));
  }

  @Override
  public Predictor<Table, Object> open(ModelSource bundle) {
    checkOpen();
    return ListenedPredictor.of(opening.untyped(BundleReader.read(bundle)), bundle, listeners);
  }

  @Override
  public <V> Monitor<Row, V> monitor(Task<?, V> task, ModelSource bundle) {
    checkOpen();
    Monitor<Row, V> monitor = opening.monitor(binding(task), BundleReader.read(bundle));
    return ListenedMonitor.of(monitor, bundle, listeners);
  }

  @Override
  public ModelInfo info(ModelSource bundle) {
    checkOpen();
    return BundleReader.info(bundle);
  }

  @Override
  public TableLearning learning() {
    checkOpen();
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "this process has the runtime only, which does not learn"
            + "\nMaybe add the dependency io.millwright:millwright-core and an engine");
  }

  @Override
  public TextLearning texts() {
    checkOpen();
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "this process has the runtime only, which does not learn"
            + "\nMaybe add the dependency io.millwright:millwright-core");
  }

  @Override
  public ModelStore store(Path folder) {
    checkOpen();
    return new FolderStore(folder, clock, event -> listeners.tell(() -> event));
  }

  @Override
  public TableReader tables() {
    checkOpen();
    return Tables.reader();
  }

  @Override
  public List<HostReport.PluginStatus> plugins() {
    checkOpen();
    return catalog.status();
  }

  @Override
  public HostReport report() {
    checkOpen();
    List<Finding> findings = new ArrayList<>(catalog.findings());
    for (String key : config.keySet()) {
      findings.add(
          new Finding(
              ErrorCode.BAD_OPTION,
              "config",
              "no plug-in runs in this process, so the setting " + key + " has no effect",
              "add the dependency io.millwright:millwright-core"));
    }
    EngineReport engines =
        EngineReport.builder()
            .ruleTable("none")
            .prediction(PlainRuntimes.JAVA)
            .candidates(
                List.of(
                    EngineReport.Candidate.builder()
                        .name(PlainRuntimes.JAVA)
                        .version(version())
                        .usable(true)
                        .detail("cpu; predicts only")
                        .build()))
            .reasons(List.of("the runtime alone is on the class path, so plain Java predicts"))
            .build();
    String java =
        System.getProperty("java.version", "unknown")
            + " on "
            + System.getProperty("os.name", "unknown system")
            + " "
            + System.getProperty("os.arch", "");
    return HostReport.builder()
        .version(version())
        .java(java)
        .engines(engines)
        .plugins(catalog.status())
        .findings(findings)
        .build();
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
