package io.millwright.api;

import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.api.spi.HostProvider;
import io.millwright.api.spi.PluginCommand;
import io.millwright.api.text.TextLearning;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;

/**
 * The front door of the SDK (facade). Finds plug-ins, chooses runtime and device, opens models. Any
 * number of instances live side by side in one process. Thread-safe.
 *
 * <pre>{@code
 * try (Millwright millwright = Millwright.create()) {
 *   Maintenance maintenance = millwright.plugin(Maintenance.class);
 *   ...
 * }
 * }</pre>
 */
public interface Millwright extends AutoCloseable {

  /**
   * An instance with all defaults.
   *
   * @return a new instance; the caller closes it
   * @throws MillwrightException with {@link ErrorCode#NO_HOST} when no implementation stands on the
   *     class path, or several of the highest rank
   */
  static Millwright create() {
    return builder().build();
  }

  /**
   * An instance made to measure. The implementation is looked up through the class loader of this
   * interface, never through the thread's.
   *
   * @return a new builder
   * @throws MillwrightException with {@link ErrorCode#NO_HOST} when no implementation stands on the
   *     class path, or several of the highest rank
   */
  static Builder builder() {
    List<HostProvider> hosts =
        ServiceLoader.load(HostProvider.class, Millwright.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    int highest = hosts.stream().mapToInt(HostProvider::rank).max().orElse(0);
    List<HostProvider> first = hosts.stream().filter(h -> h.rank() == highest).toList();
    if (first.size() != 1) {
      throw new MillwrightException(
          ErrorCode.NO_HOST,
          hosts.isEmpty()
              ? "no implementation of Millwright is on the class path\n"
                  + "Maybe add the dependency io.millwright:millwright-core, or"
                  + " io.millwright:millwright-runtime where models only predict"
              : "several implementations of Millwright are on the class path: "
                  + first
                  + "\nMaybe keep one version of each jar of io.millwright");
    }
    return first.get(0).builder();
  }

  /**
   * A plug-in's facade.
   *
   * @param facade its interface, such as {@code Maintenance.class}
   * @param <F> its interface
   * @return the facade; shared, thread-safe, valid until this instance is closed
   * @throws MillwrightException with {@link ErrorCode#NO_PLUGIN}, naming the jar to add when it is
   *     known, {@link ErrorCode#PLUGIN_FAILED} when the plug-in did not start, or {@link
   *     ErrorCode#PLUGIN_CONFLICT}, naming both class loaders when the facade was loaded twice
   */
  <F> F plugin(Class<F> facade);

  /**
   * Opens a model for a task from a file, as {@link #open(Task, ModelSource)}.
   *
   * @param task what the model must answer
   * @param bundle the file
   * @param <I> one input
   * @param <V> one answer
   * @return a predictor; the caller closes it
   * @throws MillwrightException as {@link #open(Task, ModelSource)}
   */
  default <I, V> Predictor<I, V> open(Task<I, V> task, Path bundle) {
    return open(task, ModelSource.file(bundle));
  }

  /**
   * Opens a model for a task. The bundle's checksum is verified, and its golden samples must give
   * the recorded answers on the chosen runtime.
   *
   * @param task what the model must answer
   * @param bundle where the bundle is read from
   * @param <I> one input
   * @param <V> one answer
   * @return a predictor; the caller closes it
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE}, {@link ErrorCode#WRONG_BUNDLE},
   *     {@link ErrorCode#WRONG_ANSWERS}, {@link ErrorCode#NO_PLUGIN} or {@link ErrorCode#IO_FAILED}
   */
  <I, V> Predictor<I, V> open(Task<I, V> task, ModelSource bundle);

  /**
   * Opens any model without its plug-in, for tools: in goes a table (one row, or the rows of one
   * history in the order of time), out comes a {@link Double} or an {@link
   * io.millwright.api.learn.ClassScores}.
   *
   * @param bundle where the bundle is read from
   * @return a predictor; the caller closes it
   * @throws MillwrightException as {@link #open(Task, ModelSource)}
   */
  Predictor<Table, Object> open(ModelSource bundle);

  /**
   * Opens any model from a file, as {@link #open(ModelSource)}.
   *
   * @param bundle the file
   * @return a predictor; the caller closes it
   * @throws MillwrightException as {@link #open(Task, ModelSource)}
   */
  default Predictor<Table, Object> open(Path bundle) {
    return open(ModelSource.file(bundle));
  }

  /**
   * Opens a model of sequences as a monitor, which takes row after row of each unit.
   *
   * @param task what the model must answer
   * @param bundle where the bundle is read from
   * @param <V> one answer
   * @return a monitor; the caller closes it
   * @throws MillwrightException as {@link #open(Task, ModelSource)}; with {@link
   *     ErrorCode#UNSUPPORTED} when the model takes independent records, or is composed by a
   *     plug-in
   */
  <V> Monitor<Row, V> monitor(Task<?, V> task, ModelSource bundle);

  /**
   * Opens a monitor from a file, as {@link #monitor(Task, ModelSource)}.
   *
   * @param task what the model must answer
   * @param bundle the file
   * @param <V> one answer
   * @return a monitor; the caller closes it
   * @throws MillwrightException as {@link #monitor(Task, ModelSource)}
   */
  default <V> Monitor<Row, V> monitor(Task<?, V> task, Path bundle) {
    return monitor(task, ModelSource.file(bundle));
  }

  /**
   * What a model is, without opening it: its file is read and its checksums verified, nothing is
   * computed and no engine started.
   *
   * @param bundle where the bundle is read from
   * @return its description
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE}, {@link ErrorCode#WRONG_BUNDLE}
   *     or {@link ErrorCode#IO_FAILED}
   */
  ModelInfo info(ModelSource bundle);

  /**
   * What the model in a file is, as {@link #info(ModelSource)}.
   *
   * @param bundle the file
   * @return its description
   * @throws MillwrightException as {@link #info(ModelSource)}
   */
  default ModelInfo info(Path bundle) {
    return info(ModelSource.file(bundle));
  }

  /**
   * Learning from tables without a plug-in.
   *
   * @return trainers of numbers and classes
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED} when this process only predicts
   */
  TableLearning learning();

  /**
   * Learning from texts without a plug-in: classes, labels, entities, pairs.
   *
   * @return trainers
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED} when this process only predicts
   */
  TextLearning texts();

  /**
   * The models in a folder.
   *
   * @param folder made when it does not exist
   * @return the store
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when the folder cannot be used
   */
  ModelStore store(Path folder);

  /**
   * Reads tables from files and databases.
   *
   * @return the reader
   */
  TableReader tables();

  /**
   * The plug-ins that were found, running or not. Starts no engine.
   *
   * @return their states, in the order in which they were found
   */
  List<HostReport.PluginStatus> plugins();

  /**
   * What the running plug-ins add to the command line. Starts no engine.
   *
   * @return their commands, in the order in which the plug-ins were found; none by default
   */
  default List<PluginCommand> commands() {
    return List.of();
  }

  /**
   * What this instance consists of. Loads the native libraries of the engines when that has not
   * been done.
   *
   * @return the report
   */
  HostReport report();

  /**
   * Closes the plug-ins and releases what the instance holds: cancels all jobs and waits, for a
   * minute at most, until those that run have heard it. Predictors that were opened stay usable
   * until they are closed. Closing twice does nothing.
   */
  @Override
  void close();

  /**
   * Collects what the host wants; says everything that is wrong with it at once, in {@link #build}.
   * Not thread-safe.
   */
  interface Builder {

    /**
     * Where jobs run, except those in the background. Without it, the instance has its own daemon
     * threads, as many as there are processors, which end when it is closed.
     *
     * @param executor the host's executor; it is never shut down
     * @return this
     */
    Builder executor(Executor executor);

    /**
     * Where jobs in the background run: trainings and other work of hours. Without it, the instance
     * has daemon threads of its own for them, as many as there are processors, beside those of
     * {@link #executor}, whoever gave these: a training never keeps a plan waiting. Work that waits
     * for other background work does a share of it itself, so one thread is enough.
     *
     * @param executor the host's executor; it is never shut down
     * @return this
     */
    Builder backgroundExecutor(Executor executor);

    /**
     * How long the end of the virtual machine waits for jobs and native calls of this instance. At
     * the end (SIGTERM, SIGINT, {@link System#exit}, the end of {@code main}) a shutdown hook
     * cancels the jobs, waits until nothing runs in native code, at most this long, and lets the
     * process leave without the destructors of native libraries (Linux), which would otherwise die
     * of SIGSEGV under a call that still runs. The exit code stays what it is. The hook stands from
     * the start of the first engine until everything is closed.
     *
     * @param grace 5 seconds by default; zero for no hook, when the host stops its work itself
     * @return this
     */
    Builder shutdownGrace(Duration grace);

    /**
     * How long a plug-in may take to start. One that takes longer is reported like one that failed,
     * and closed when it ends after all.
     *
     * @param limit 60 seconds by default; positive
     * @return this
     */
    Builder pluginStart(Duration limit);

    /**
     * Listens to what happens in the instance.
     *
     * @param listener called on the threads where things happen; several may be added
     * @return this
     */
    Builder listener(MillwrightListener listener);

    /**
     * The time that stands in provenance and store. Without it, the system's clock.
     *
     * @param clock the host's clock
     * @return this
     */
    Builder clock(Clock clock);

    /**
     * Where plug-ins are looked for. Without it, the class path as the class loader of Millwright
     * sees it.
     *
     * @param sources all of them, in order
     * @return this
     */
    Builder plugins(PluginSource... sources);

    /**
     * Where engines unpack their native libraries. Without it, a folder of the user's home that the
     * engine chooses. One process has one such folder: the first engine start decides.
     *
     * @param folder made when it does not exist
     * @return this
     */
    Builder nativeCache(Path folder);

    /**
     * What is demanded of engine and device.
     *
     * @param policy the demands
     * @return this
     */
    Builder engines(EnginePolicy policy);

    /**
     * Settings for plug-ins, each under a key that starts with the plug-in's name and a dot.
     *
     * @param settings the settings
     * @return this
     */
    Builder config(Map<String, String> settings);

    /**
     * Makes the instance. A plug-in that does not start is reported by {@link Millwright#report}
     * and does not stop the others.
     *
     * @return the instance; the caller closes it
     * @throws MillwrightException with all problems of the settings at once
     */
    Millwright build();
  }
}
