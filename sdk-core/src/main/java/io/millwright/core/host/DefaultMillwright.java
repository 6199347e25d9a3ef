package io.millwright.core.host;

import io.millwright.api.EngineReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.HostReport;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightException;
import io.millwright.api.MillwrightListener;
import io.millwright.api.ModelExchange;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Monitor;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.TableLearning;
import io.millwright.api.Task;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.api.spi.PluginCommand;
import io.millwright.api.text.TextLearning;
import io.millwright.core.jobs.DefaultJobs;
import io.millwright.core.large.LargeLearning;
import io.millwright.core.shrink.Shrinking;
import io.millwright.runtime.events.ListenedMonitor;
import io.millwright.runtime.events.ListenedPredictor;
import io.millwright.runtime.events.Listeners;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.predict.ComposedModels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance: its plug-ins, its jobs, its choice of engine. */
final class DefaultMillwright implements Millwright {

  private static final Logger LOG = LoggerFactory.getLogger(DefaultMillwright.class);

  /** How long closing waits for work that was asked to stop. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** What the builder collected. */
  record Settings(
      Optional<Executor> executor,
      Optional<Executor> background,
      Duration grace,
      Duration pluginStart,
      List<MillwrightListener> listeners,
      Clock clock,
      List<PluginSource> sources,
      Engine.Setup engines,
      Map<String, String> config) {
    Settings {
      listeners = List.copyOf(listeners);
      sources = List.copyOf(sources);
      config = Map.copyOf(config);
    }
  }

  private final Wiring wiring;
  private final Settings settings;
  private final List<ExecutorService> ownThreads = new ArrayList<>();
  private final Listeners listeners;
  private final NativeGate gate;
  private final DefaultJobs jobs;
  private final EngineChooser engines;
  private final ChosenRuntimes runtimes;
  private final LearningToolkit learning;
  private final Composer composer;
  private final DefaultModelExchange exchange;
  private final List<PluginClassLoader> loaders;
  private final Plugins plugins;
  private final AtomicBoolean closed = new AtomicBoolean();

  private DefaultMillwright(Wiring wiring, Settings settings, Engines choosing) {
    this.wiring = wiring;
    this.settings = settings;
    this.listeners = new Listeners();
    settings.listeners.forEach(listeners::add);
    Executor executor = settings.executor.orElseGet(() -> own("worker"));
    Executor background = settings.background.orElseGet(() -> own("background"));
    this.jobs = new DefaultJobs(executor, background, listeners);
    this.gate = new NativeGate(settings.grace, jobs::cancelAll, jobs::idle);
    this.engines = choosing.on(gate, event -> listeners.tell(() -> event));
    this.runtimes = new ChosenRuntimes(engines, wiring);
    this.exchange = new DefaultModelExchange(engines, closed::get);
    this.learning = wiring.learning(runtimes, jobs, settings.clock);
    LearningToolkit lent = new ListenedToolkit(learning, listeners);
    this.composer = wiring.composer(runtimes, settings.clock);
    Discovery.Result found =
        Discovery.find(settings.sources, DefaultMillwright.class.getClassLoader());
    this.loaders = found.loaders();
    this.plugins =
        Plugins.start(
            found.plugins(),
            name ->
                new DefaultPluginContext(
                    lent, composer, jobs, executor, settings.clock, config(name)),
            settings.pluginStart,
            listeners);
    plugins.bring((heads, losses) -> wiring.bring(learning, heads, losses));
  }

  private Executor own(String name) {
    ExecutorService made = OwnExecutor.create(name);
    ownThreads.add(made);
    return made;
  }

  /** Makes the chooser of engines once there is a gate for them. */
  interface Engines {
    EngineChooser on(NativeGate gate, Consumer<MillwrightEvent> events);
  }

  static DefaultMillwright start(Wiring wiring, Settings settings) {
    return start(
        wiring, settings, (gate, events) -> EngineChooser.discover(settings.engines, gate, events));
  }

  static DefaultMillwright start(Wiring wiring, Settings settings, Engines engines) {
    DefaultMillwright millwright = new DefaultMillwright(wiring, settings, engines);
    LOG.debug(
        "Millwright {} on Java {} with plug-ins {}",
        Versions.own(),
        Versions.java(),
        millwright.plugins.names());
    return millwright;
  }

  private Map<String, String> config(String plugin) {
    String prefix = plugin + ".";
    return settings.config.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .collect(Collectors.toMap(e -> e.getKey().substring(prefix.length()), Map.Entry::getValue));
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
    if (facade == ModelExchange.class) {
      return facade.cast(exchange);
    }
    if (facade == LargeLearning.class) {
      return facade.cast(wiring.large(learning));
    }
    if (facade == Shrinking.class) {
      return facade.cast(wiring.shrinking(learning));
    }
    return plugins.facade(Objects.requireNonNull(facade, "facade"));
  }

  @Override
  public <I, V> Predictor<I, V> open(Task<I, V> task, ModelSource bundle) {
    checkOpen();
    Optional<ComposedTask<I, V>> composed = plugins.composed(task);
    if (composed.isPresent() && ComposedModels.serves(plugins.binds(task), bundle)) {
      ComposedModel model = composer.read(task, bundle);
      return ListenedPredictor.of(
          composed.get().opener().open(model, composer.info(model)), bundle, listeners);
    }
    return ListenedPredictor.of(learning.open(plugins.binding(task), bundle), bundle, listeners);
  }

  @Override
  public <V> Monitor<Row, V> monitor(Task<?, V> task, ModelSource bundle) {
    checkOpen();
    return ListenedMonitor.of(learning.monitor(plugins.binding(task), bundle), bundle, listeners);
  }

  @Override
  public Predictor<Table, Object> open(ModelSource bundle) {
    checkOpen();
    return ListenedPredictor.of(wiring.open(learning, bundle), bundle, listeners);
  }

  @Override
  public ModelInfo info(ModelSource bundle) {
    checkOpen();
    return wiring.info(bundle);
  }

  @Override
  public TableLearning learning() {
    checkOpen();
    return wiring.tables(learning, jobs);
  }

  @Override
  public TextLearning texts() {
    checkOpen();
    return wiring.texts(composer, jobs);
  }

  @Override
  public ModelStore store(Path folder) {
    checkOpen();
    return wiring.store(folder, settings.clock, listeners);
  }

  @Override
  public TableReader tables() {
    checkOpen();
    return plugins.reader(wiring.tables());
  }

  @Override
  public List<HostReport.PluginStatus> plugins() {
    checkOpen();
    return plugins.status();
  }

  @Override
  public List<PluginCommand> commands() {
    checkOpen();
    return plugins.commands();
  }

  @Override
  public HostReport report() {
    checkOpen();
    EngineReport report = engines.report();
    List<Finding> findings = new ArrayList<>(plugins.findings());
    findings.addAll(engines.findings());
    for (String key : settings.config.keySet()) {
      String plugin = key.substring(0, key.indexOf('.'));
      if (!plugins.names().contains(plugin)) {
        findings.add(
            new Finding(
                ErrorCode.BAD_OPTION,
                "config",
                "no plug-in is called " + plugin + ", so the setting " + key + " has no effect",
                "start the key with one of " + plugins.names()));
      }
    }
    return HostReport.builder()
        .version(Versions.own())
        .java(Versions.java())
        .engines(report)
        .plugins(plugins.status())
        .findings(findings)
        .build();
  }

  private void awaitOwnThreads() {
    if (!jobs.idle()) {
      return; // One that does not hear, or that closes its own host, would be waited for in vain.
    }
    try {
      for (ExecutorService threads : ownThreads) {
        // Idle by now: this waits for threads to end, not for work.
        boolean unused = threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    jobs.close();
    if (!jobs.awaitIdle(PATIENCE)) {
      LOG.warn("A job has not heard within {} that it is to stop; it is left behind", PATIENCE);
    }
    plugins.close();
    // Not interrupted: a thread inside an engine's native code may not be.
    ownThreads.forEach(ExecutorService::shutdown);
    awaitOwnThreads();
    gate.letGo();
    for (int i = loaders.size() - 1; i >= 0; i--) {
      try {
        loaders.get(i).close();
      } catch (IOException e) {
        LOG.error("The class loader of {} could not be closed", loaders.get(i), e);
      }
    }
  }
}
