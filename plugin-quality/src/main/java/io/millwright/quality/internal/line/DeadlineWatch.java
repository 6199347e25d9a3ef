package io.millwright.quality.internal.line;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.quality.Frame;
import io.millwright.quality.Inspected;
import io.millwright.quality.LineCounts;
import io.millwright.quality.LineWatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One thread, a short queue, and a deadline for each frame.
 *
 * @param <V> the answer
 */
public final class DeadlineWatch<V> implements LineWatch {

  private static final int MOST_WAITING = 10_000;

  private final Predictor<Image, V> predictor;
  private final long deadline;
  private final int waiting;
  private final Consumer<? super Inspected<V>> answers;
  private final LongSupplier nanos;
  private final Thread worker;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private boolean busy;
  private boolean closed;
  private long frames;
  private long inTime;
  private long late;
  private long passedBy;
  private long faulty;

  /** A frame and when it came in. */
  private record Waiting(Frame frame, long came) {}

  /** What becomes of a frame. */
  private enum Fate {
    IN_TIME,
    LATE,
    PASSED_BY,
    FAULTY
  }

  /**
   * Starts.
   *
   * @param deadline the time that a frame has from coming in
   * @param waiting how many frames wait at most
   * @param answers told what became of each frame
   * @param nanos the time in nanoseconds
   */
  public DeadlineWatch(
      Predictor<Image, V> predictor,
      Duration deadline,
      int waiting,
      Consumer<? super Inspected<V>> answers,
      LongSupplier nanos) {
    if (deadline.isNegative() || deadline.isZero() || waiting < 1 || waiting > MOST_WAITING) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a deadline of "
              + deadline
              + " and "
              + waiting
              + " frames that wait, but a deadline above 0 and 1 to "
              + MOST_WAITING
              + " frames are possible\nMaybe 200 ms and 2");
    }
    this.predictor = predictor;
    this.deadline = deadline.toNanos();
    this.waiting = waiting;
    this.answers = answers;
    this.nanos = nanos;
    this.worker = new Thread(this::work, "millwright-line");
    worker.setDaemon(true);
    worker.start();
  }

  @Override
  public boolean offer(Frame frame) {
    long now = nanos.getAsLong();
    synchronized (this) {
      frames++;
      if (!closed && queue.size() < waiting) {
        queue.add(new Waiting(frame, now));
        notifyAll();
        return true;
      }
    }
    tell(frame, Optional.empty(), now, "", Fate.PASSED_BY);
    return false;
  }

  private void work() {
    while (true) {
      Waiting next;
      synchronized (this) {
        busy = false;
        notifyAll();
        while (queue.isEmpty() && !closed) {
          try {
            wait();
          } catch (InterruptedException e) {
            return; // Nobody but the end of the process interrupts this thread.
          }
        }
        if (closed) {
          return;
        }
        next = queue.remove();
        busy = true;
      }
      inspect(next);
    }
  }

  private void inspect(Waiting next) {
    if (over(next)) {
      tell(next.frame, Optional.empty(), next.came, "", Fate.PASSED_BY);
      return;
    }
    Outcome<V> outcome;
    try {
      outcome = predictor.predict(next.frame.image().get());
    } catch (RuntimeException | Error e) {
      // One bad picture, one too large for the memory too, does not stop a line: it is reported as
      // such.
      String fault = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      tell(next.frame, Optional.empty(), next.came, fault, Fate.FAULTY);
      return;
    }
    tell(next.frame, Optional.of(outcome), next.came, "", over(next) ? Fate.LATE : Fate.IN_TIME);
  }

  private boolean over(Waiting one) {
    return nanos.getAsLong() - one.came > deadline;
  }

  private void tell(Frame frame, Optional<Outcome<V>> outcome, long came, String fault, Fate fate) {
    synchronized (this) {
      inTime += fate == Fate.IN_TIME ? 1 : 0;
      late += fate == Fate.LATE ? 1 : 0;
      passedBy += fate == Fate.PASSED_BY ? 1 : 0;
      faulty += fate == Fate.FAULTY ? 1 : 0;
    }
    Inspected<V> inspected =
        new Inspected<>(
            frame.name(),
            outcome,
            Duration.ofNanos(Math.max(0, nanos.getAsLong() - came)),
            fate == Fate.LATE || fate == Fate.PASSED_BY,
            fault);
    try {
      answers.accept(inspected);
    } catch (RuntimeException | Error e) {
      // A line goes on where one answer could not be passed on.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  @Override
  public synchronized LineCounts counts() {
    return new LineCounts(frames, inTime, late, passedBy, faulty);
  }

  @Override
  public synchronized void drain() throws InterruptedException {
    while (!closed && (busy || !queue.isEmpty())) {
      wait();
    }
  }

  @Override
  public void close() {
    Deque<Waiting> left;
    synchronized (this) {
      closed = true;
      left = new ArrayDeque<>(queue);
      queue.clear();
      notifyAll();
    }
    left.forEach(w -> tell(w.frame, Optional.empty(), w.came, "", Fate.PASSED_BY));
    boolean interrupted = false;
    while (worker.isAlive() && Thread.currentThread() != worker) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
