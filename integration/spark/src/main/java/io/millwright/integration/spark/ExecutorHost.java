package io.millwright.integration.spark;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Predictor;
import io.millwright.api.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an executor has for all of its groups and tasks: one {@link Millwright}, and one predictor
 * of the model that came along. Both are made when they are first asked for and end with the
 * executor. Spark carries this by Java serialisation; what is carried is the bundle's bytes, which
 * are checked when they are opened. Thread-safe.
 */
public final class ExecutorHost implements Serializable {

  private static final long serialVersionUID = 1;

  private final String name;
  private final byte[] bundle;
  private transient @Nullable Millwright millwright;
  private transient @Nullable Map<Task<?, ?>, Predictor<?, ?>> open;

  private ExecutorHost(String name, byte[] bundle) {
    this.name = name;
    this.bundle = bundle.clone();
  }

  static ExecutorHost without() {
    return new ExecutorHost("", new byte[0]);
  }

  static ExecutorHost with(ModelSource bundle) {
    return new ExecutorHost(bundle.toString(), read(bundle));
  }

  static byte[] read(ModelSource bundle) {
    try (InputStream in = Channels.newInputStream(bundle.open())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          bundle + " cannot be read: " + e + "\nMaybe the file does not exist",
          e);
    }
  }

  /** {@return the host of this executor, with the plug-ins of its class path; closed with it} */
  public synchronized Millwright millwright() {
    Millwright there = millwright;
    if (there == null) {
      there = Millwright.create();
      millwright = there;
    }
    return there;
  }

  /**
   * The model that came along, opened once in each executor.
   *
   * @param task what it answers
   * @return its predictor; shared, and not to be closed
   * @param <I> what it takes
   * @param <V> what it answers
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when no model came along; as
   *     {@link Millwright#open}
   */
  public synchronized <I, V> Predictor<I, V> predictor(Task<I, V> task) {
    if (bundle.length == 0) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "no model came along\nMaybe begin with SparkGroups.with(…)");
    }
    Map<Task<?, ?>, Predictor<?, ?>> all = open;
    if (all == null) {
      all = new HashMap<>();
      open = all;
    }
    Predictor<?, ?> there = all.get(task);
    if (there == null) {
      there = millwright().open(task, ModelSource.bytes(name, bundle));
      all.put(task, there);
    }
    @SuppressWarnings("unchecked") // Put there under its task.
    Predictor<I, V> typed = (Predictor<I, V>) there;
    return typed;
  }
}
