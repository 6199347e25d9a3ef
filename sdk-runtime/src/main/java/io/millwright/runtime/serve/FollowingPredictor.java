package io.millwright.runtime.serve;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Task;
import io.millwright.api.data.Table;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A predictor on an alias of a store, such as {@code press:production}. When the alias is promoted
 * to another version, that is opened beside the old one, and answers from the next call on: one
 * call, also one of many inputs, is answered by one version alone. The old version is closed when
 * its last call has ended. A version that cannot be opened changes nothing and is told by {@link
 * #problem}; nor does one that, before it has answered once, misses a column of an input that the
 * version before it answers. Thread-safe; calls never wait for an opening.
 *
 * @param <I> one input
 * @param <V> one answer
 */
public final class FollowingPredictor<I, V> implements Predictor<I, V> {

  private static final Logger LOG = LoggerFactory.getLogger(FollowingPredictor.class);

  /** What a version says of an input that it was not made for. */
  private static final Set<ErrorCode> UNREADABLE =
      Set.of(ErrorCode.MISSING_COLUMN, ErrorCode.WRONG_TYPE, ErrorCode.WRONG_UNIT);

  /** A version that is open: closed when nobody uses it and it was let go. */
  private static final class Held<I, V> {
    private final Predictor<I, V> predictor;
    private final ModelStore.Version version;
    private final AtomicInteger users = new AtomicInteger(1);

    /** The version to go back to until this one has answered. */
    private final AtomicReference<Optional<Held<I, V>>> before;

    Held(Predictor<I, V> predictor, ModelStore.Version version, Optional<Held<I, V>> before) {
      this.predictor = predictor;
      this.version = version;
      this.before = new AtomicReference<>(before);
    }

    /** Lets the version before go. */
    void proven() {
      if (before().isPresent()) {
        takeBefore().ifPresent(Held::leave);
      }
    }

    /** Takes the version before over, so that only one lets it go or goes back to it. */
    Optional<Held<I, V>> takeBefore() {
      return Objects.requireNonNull(before.getAndSet(Optional.empty()));
    }

    Optional<Held<I, V>> before() {
      return Objects.requireNonNull(before.get());
    }

    boolean is(ModelStore.Version other) {
      return version.model().equals(other.model()) && version.number() == other.number();
    }

    boolean enter() {
      for (int n = users.get(); n > 0; n = users.get()) {
        if (users.compareAndSet(n, n + 1)) {
          return true;
        }
      }
      return false;
    }

    void leave() {
      if (users.decrementAndGet() == 0) {
        predictor.close();
      }
    }
  }

  private final ModelStore store;
  private final String reference;
  private final Function<ModelSource, Predictor<I, V>> opener;
  private final AtomicReference<Held<I, V>> held = new AtomicReference<>();
  private final AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());

  /** A version that could not read what it was asked; not tried again. */
  private final AtomicReference<Optional<ModelStore.Version>> refused =
      new AtomicReference<>(Optional.empty());

  private final AtomicBoolean closed = new AtomicBoolean();
  private final ModelInfo first;
  private final Optional<Thread> watcher;

  private FollowingPredictor(
      ModelStore store,
      String reference,
      Function<ModelSource, Predictor<I, V>> opener,
      Optional<Duration> every) {
    this.store = store;
    this.reference = reference;
    this.opener = opener;
    Held<I, V> begin = open(version(), Optional.empty());
    held.set(begin);
    first = begin.predictor.info();
    watcher = every.map(this::watching);
  }

  /**
   * Follows an alias for a task, looking every second whether it was promoted.
   *
   * @param millwright opens the versions; stays the caller's to close
   * @param task what the model must answer
   * @param store the store
   * @param reference {@code model:alias}
   * @param <I> one input
   * @param <V> one answer
   * @return the predictor; the caller closes it
   * @throws MillwrightException as {@link Millwright#open(Task, ModelSource)}, and with {@link
   *     ErrorCode#NOT_IN_STORE}
   */
  public static <I, V> FollowingPredictor<I, V> of(
      Millwright millwright, Task<I, V> task, ModelStore store, String reference) {
    return of(store, reference, source -> millwright.open(task, source), Duration.ofSeconds(1));
  }

  /**
   * The same without a task.
   *
   * @param millwright opens the versions; stays the caller's to close
   * @param store the store
   * @param reference {@code model:alias}
   * @return the predictor; the caller closes it
   * @throws MillwrightException as {@link Millwright#open(ModelSource)}, and with {@link
   *     ErrorCode#NOT_IN_STORE}
   */
  public static FollowingPredictor<Table, Object> of(
      Millwright millwright, ModelStore store, String reference) {
    return of(store, reference, millwright::open, Duration.ofSeconds(1));
  }

  /**
   * Follows an alias with an opener of the host's own, such as one that asks for signatures.
   *
   * @param store the store
   * @param reference {@code model:alias}
   * @param opener opens a version
   * @param every how often the alias is looked up; zero for never, where the host calls {@link
   *     #refresh} itself
   * @param <I> one input
   * @param <V> one answer
   * @return the predictor; the caller closes it
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE}, or what the opener throws
   */
  public static <I, V> FollowingPredictor<I, V> of(
      ModelStore store,
      String reference,
      Function<ModelSource, Predictor<I, V>> opener,
      Duration every) {
    Objects.requireNonNull(opener, "opener");
    return new FollowingPredictor<>(
        store, reference, opener, Optional.of(every).filter(d -> !d.isZero()));
  }

  private Thread watching(Duration every) {
    Thread thread =
        new Thread(
            () -> {
              while (!closed.get()) {
                try {
                  Thread.sleep(every.toMillis());
                  refresh();
                } catch (InterruptedException e) {
                  return;
                } catch (RuntimeException e) {
                  LOG.warn("{} could not be looked up", reference, e);
                }
              }
            },
            "millwright follows " + reference);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private ModelStore.Version version() {
    return store
        .find(reference)
        .orElseThrow(
            () ->
                new MillwrightException(
                    ErrorCode.NOT_IN_STORE,
                    "the store has no "
                        + reference
                        + "\nMaybe promote a version: millwright store promote ALIAS MODEL"));
  }

  private Held<I, V> open(ModelStore.Version version, Optional<Held<I, V>> before) {
    return new Held<>(
        opener.apply(ModelSource.stored(store, version.model() + ":" + version.number())),
        version,
        before);
  }

  /**
   * Looks whether the alias points elsewhere, and swaps when it does.
   *
   * @return the version that answers from now on
   */
  public ModelStore.Version refresh() {
    synchronized (closed) {
      Held<I, V> now = current();
      try {
        ModelStore.Version wanted = version();
        if (Objects.requireNonNull(refused.get()).filter(wanted::equals).isPresent()) {
          return now.version;
        }
        refused.set(Optional.empty());
        if (!now.is(wanted) && !closed.get()) {
          Held<I, V> next = open(wanted, Optional.of(now));
          if (held.compareAndSet(now, next)) {
            now.proven(); // what it would have gone back to is no longer needed
            now = next;
            LOG.info("{} answers with version {} from now on", reference, wanted.number());
          } else {
            next.leave();
          }
        }
        problem.set(Optional.empty());
      } catch (RuntimeException e) {
        String said = String.valueOf(e.getMessage());
        if (!problem.getAndSet(Optional.of(said)).equals(Optional.of(said))) {
          LOG.warn("{} stays at version {}: {}", reference, now.version.number(), said);
        }
      }
      return now.version;
    }
  }

  /**
   * Why the newest version does not answer, when it could not be opened.
   *
   * @return the error, or empty when all is well
   */
  public Optional<String> problem() {
    return Objects.requireNonNull(problem.get());
  }

  /**
   * The version that answers now.
   *
   * @return the version
   */
  public ModelStore.Version answering() {
    return current().version;
  }

  private Held<I, V> current() {
    Held<I, V> now = held.get();
    if (now == null || closed.get()) {
      throw new MillwrightException(
          ErrorCode.CLOSED,
          "the predictor of " + reference + " is closed\nMaybe keep it open while it is asked");
    }
    return now;
  }

  private <R> R with(Function<Predictor<I, V>, R> use) {
    while (true) {
      Held<I, V> now = current();
      if (now.enter()) {
        try {
          R result = use.apply(now.predictor);
          now.proven();
          return result;
        } catch (MillwrightException e) {
          Optional<Held<I, V>> before = now.before();
          if (!UNREADABLE.contains(e.code()) || before.isEmpty() || !before.get().enter()) {
            throw e;
          }
          return before(use, now, before.get(), e);
        } finally {
          now.leave();
        }
      }
    }
  }

  /** Answers with the version before, and goes back to it when it can read the input. */
  private <R> R before(
      Function<Predictor<I, V>, R> use,
      Held<I, V> now,
      Held<I, V> before,
      MillwrightException unreadable) {
    try {
      R result = use.apply(before.predictor);
      synchronized (closed) {
        // Where another call has proven the new version meanwhile, it stays.
        if (now.takeBefore().isPresent() && held.compareAndSet(now, before)) {
          now.leave();
          refused.set(Optional.of(now.version));
          String said = String.valueOf(unreadable.getMessage());
          problem.set(Optional.of(said));
          LOG.warn(
              "{} goes back to version {}: version {} cannot read what it is asked: {}",
              reference,
              before.version.number(),
              now.version.number(),
              said);
        }
      }
      return result;
    } catch (MillwrightException e) {
      throw unreadable;
    } finally {
      before.leave();
    }
  }

  @Override
  public Outcome<V> predict(I input) {
    return with(p -> p.predict(input));
  }

  @Override
  public List<Outcome<V>> predictAll(List<? extends I> inputs) {
    return with(p -> p.predictAll(inputs));
  }

  @Override
  public List<Outcome<V>> predictRows(Table rows) {
    return with(p -> p.predictRows(rows));
  }

  @Override
  public Explanation explain(I input, ExplainRequest how) {
    return with(p -> p.explain(input, how));
  }

  /** The model that answers now. */
  @Override
  public ModelInfo info() {
    Held<I, V> now = held.get();
    return now == null ? first : now.predictor.info();
  }

  @Override
  public void close() {
    synchronized (closed) {
      if (closed.compareAndSet(false, true)) {
        watcher.ifPresent(Thread::interrupt);
        Held<I, V> now = held.get();
        if (now != null) {
          now.proven();
          now.leave();
        }
      }
    }
  }
}
