package io.millwright.connect;

import io.millwright.connect.FeedCounts.Count;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts readings of many sources into the order of their source time (event-time ordering with a
 * watermark and bounded lateness) and gives them on one by one. A reading waits until one has come
 * that is newer by the lateness; one that comes after that is late and left out, so that the order
 * never breaks. The same reading twice is given on once. A source that is silent for too long, in
 * the time of the feed, is given on as {@link SignalQuality#STALE}. All of it is counted.
 *
 * <p>Given the same readings, each at most the lateness out of order, what is given on does not
 * depend on the order in which they came. Memory is bounded: when as many readings wait as are
 * allowed, {@link #offer} waits until the receiver has taken some (back-pressure), or the oldest go
 * on early when the receiver is idle.
 *
 * <p>Thread-safe. The receiver is called by one thread of the executor at a time, never under the
 * lock of the feed; it must not {@link #offer} to its own feed, which could wait for itself.
 */
public final class SignalFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SignalFeed.class);

  private final Consumer<? super SignalReading> receiver;
  private final Executor executor;
  private final Consumer<? super RuntimeException> failures;
  private final Clock clock;
  private final Duration ahead;
  private final int capacity;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Order order;
  private final Queue<SignalReading> ready = new ArrayDeque<>();
  private final Map<Count, Long> counts = new EnumMap<>(Count.class);
  private boolean draining;
  private boolean closed;

  private SignalFeed(Builder b) {
    receiver = b.receiver;
    executor = b.executor;
    failures = b.failures;
    clock = b.clock;
    ahead = b.ahead;
    capacity = b.capacity;
    order = new Order(b.lateness, b.silence, b.mostSources, ready, counts);
  }

  /**
   * Starts a feed.
   *
   * @param receiver takes readings in order; what it throws is counted and reported
   * @return a builder
   */
  public static Builder to(Consumer<? super SignalReading> receiver) {
    return new Builder(receiver);
  }

  /**
   * Hands a reading in; waits while there is no room and the receiver is busy. Does nothing once
   * the feed is closed.
   *
   * @param reading the reading
   * @throws InterruptedException when the thread is interrupted while it waits; the reading is
   *     refused then
   */
  public void offer(SignalReading reading) throws InterruptedException {
    lock.lock();
    try {
      while (full() && draining && !closed) {
        moved.await();
      }
      take(reading);
    } catch (InterruptedException e) {
      counts.merge(Count.RECEIVED, 1L, Long::sum);
      counts.merge(Count.REFUSED, 1L, Long::sum);
      throw e;
    } finally {
      lock.unlock();
    }
    drain();
  }

  /**
   * Hands a reading in if there is room.
   *
   * @param reading the reading
   * @return false when it was refused because the receiver is behind and there is no room, or the
   *     feed is closed
   */
  public boolean tryOffer(SignalReading reading) {
    lock.lock();
    try {
      if (closed || (full() && draining)) {
        counts.merge(Count.RECEIVED, 1L, Long::sum);
        counts.merge(Count.REFUSED, 1L, Long::sum);
        return false;
      }
      take(reading);
    } finally {
      lock.unlock();
    }
    drain();
    return true;
  }

  /**
   * Says that no reading before a time is waited for any more: when a source ends, or a clock says
   * so. Sources that are silent by then become stale.
   *
   * @param time the time; one before an earlier one does nothing
   */
  public void advanceTo(Instant time) {
    lock.lock();
    try {
      order.advanceTo(time);
    } finally {
      lock.unlock();
    }
    drain();
  }

  /** {@return what the feed has done so far} */
  public FeedCounts counts() {
    lock.lock();
    try {
      return new FeedCounts(counts);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives on all that waits, in order, and returns when the receiver has taken it. Later readings
   * are not taken. Closing twice does nothing. A receiver must not close its own feed.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        order.flush();
        moved.signalAll();
      }
    } finally {
      lock.unlock();
    }
    drain();
    lock.lock();
    try {
      while (draining) {
        moved.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean full() {
    return order.waiting() + ready.size() >= capacity;
  }

  private void take(SignalReading reading) {
    if (closed) {
      return;
    }
    counts.merge(Count.RECEIVED, 1L, Long::sum);
    if (reading.time().isAfter(clock.instant().plus(ahead))) {
      counts.merge(Count.AHEAD, 1L, Long::sum);
      return;
    }
    order.take(reading);
    while (full() && ready.isEmpty() && order.waiting() > 0) {
      order.early();
    }
  }

  private void drain() {
    lock.lock();
    try {
      if (draining || ready.isEmpty()) {
        return;
      }
      draining = true;
    } finally {
      lock.unlock();
    }
    try {
      executor.execute(this::run);
    } catch (RuntimeException e) {
      ended();
      throw e;
    }
  }

  private void run() {
    for (SignalReading next = next(); next != null; next = next()) {
      try {
        receiver.accept(next);
      } catch (RuntimeException e) {
        failed(e);
      } catch (Error e) {
        ended();
        throw e;
      }
    }
  }

  private @Nullable SignalReading next() {
    lock.lock();
    try {
      SignalReading next = ready.poll();
      if (next == null) {
        draining = false;
      } else {
        counts.merge(Count.DELIVERED, 1L, Long::sum);
      }
      moved.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void ended() {
    lock.lock();
    try {
      draining = false;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void failed(RuntimeException e) {
    lock.lock();
    try {
      counts.merge(Count.FAILED, 1L, Long::sum);
    } finally {
      lock.unlock();
    }
    try {
      failures.accept(e);
    } catch (RuntimeException another) {
      e.addSuppressed(another);
      LOG.warn("the receiver of failures failed", e);
    }
  }

  /** States how a feed works. Not thread-safe. */
  public static final class Builder {
    private final Consumer<? super SignalReading> receiver;
    private Executor executor = Runnable::run;
    private Consumer<? super RuntimeException> failures =
        e -> LOG.warn("a reading was not taken", e);
    private Clock clock = Clock.systemUTC();
    private Duration ahead = Duration.ofHours(1);
    private Duration lateness = Duration.ZERO;
    private Duration silence = Duration.ofDays(365_000);
    private int capacity = 100_000;
    private int mostSources = 100_000;

    private Builder(Consumer<? super SignalReading> receiver) {
      this.receiver = Objects.requireNonNull(receiver, "receiver");
    }

    private static Duration checked(Duration duration) {
      if (duration.isNegative()) {
        throw new IllegalArgumentException("a duration is not negative, but this is " + duration);
      }
      return duration;
    }

    private static int positive(int number) {
      if (number < 1) {
        throw new IllegalArgumentException("at least 1, but this is " + number);
      }
      return number;
    }

    /**
     * States who calls the receiver: unless stated the thread that hands a reading in.
     *
     * @param runs one task of it at a time is used
     * @return this
     */
    public Builder on(Executor runs) {
      executor = Objects.requireNonNull(runs, "runs");
      return this;
    }

    /**
     * States how long a reading may come after a newer one and still find its place. Every reading
     * waits that long, in the time of the sources.
     *
     * @param most zero unless stated: order of arrival, older ones are late
     * @return this
     */
    public Builder lateness(Duration most) {
      lateness = checked(most);
      return this;
    }

    /**
     * States after how long a silent source is stale, in the time of the feed.
     *
     * @param most never unless stated
     * @return this
     */
    public Builder silence(Duration most) {
      silence = checked(most);
      return this;
    }

    /**
     * States how far in the future the time of a reading may lie: one clock that is wrong would
     * make all others late.
     *
     * @param most one hour unless stated
     * @param by the clock that says what the future is
     * @return this
     */
    public Builder ahead(Duration most, Clock by) {
      ahead = checked(most);
      clock = Objects.requireNonNull(by, "by");
      return this;
    }

    /**
     * Bounds how many readings wait.
     *
     * @param most at least 1; 100,000 unless stated
     * @return this
     */
    public Builder capacity(int most) {
      capacity = positive(most);
      return this;
    }

    /**
     * Bounds how many sources are remembered; readings of further ones are refused.
     *
     * @param most at least 1; 100,000 unless stated
     * @return this
     */
    public Builder mostSources(int most) {
      mostSources = positive(most);
      return this;
    }

    /**
     * States who hears of what the receiver throws.
     *
     * @param hears a warning in the log of the JDK unless stated
     * @return this
     */
    public Builder failures(Consumer<? super RuntimeException> hears) {
      failures = Objects.requireNonNull(hears, "hears");
      return this;
    }

    /** {@return the feed} */
    public SignalFeed build() {
      return new SignalFeed(this);
    }
  }
}
