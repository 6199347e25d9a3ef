package io.millwright.core.host;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every call into an engine's native code passes here, so that the end of the virtual machine can
 * wait for those that run. From the start of the first engine until the host and all that it opened
 * are closed a shutdown hook stands: it asks jobs to stop, waits for jobs and native calls within a
 * bound, and lets the process leave without the destructors of native libraries. Thread-safe.
 */
final class NativeGate {

  private static final Logger LOG = LoggerFactory.getLogger(NativeGate.class);

  private static final int CLOSED = 1 << 30;

  private final Duration grace;
  private final Runnable stopJobs;
  private final BooleanSupplier jobsEnded;
  private final AtomicInteger running = new AtomicInteger();
  private int leases;
  private boolean held;
  private @Nullable Thread hook;
  private final List<Engine> engines = new CopyOnWriteArrayList<>();

  /**
   * A gate.
   *
   * @param grace how long the end of the virtual machine waits; zero for no hook
   * @param stopJobs asks all jobs to stop
   * @param jobsEnded whether none runs any more
   */
  NativeGate(Duration grace, Runnable stopJobs, BooleanSupplier jobsEnded) {
    this.grace = grace;
    this.stopJobs = stopJobs;
    this.jobsEnded = jobsEnded;
  }

  /** A gate without a hook. */
  static NativeGate open() {
    return new NativeGate(Duration.ZERO, () -> {}, () -> true);
  }

  /** Something native is held; to be given back by {@link #giveBack}. */
  synchronized void lease() {
    leases++;
    if (hook == null && !grace.isZero()) {
      Thread made = new Thread(this::ending, "millwright-shutdown");
      try {
        Runtime.getRuntime().addShutdownHook(made);
        hook = made;
      } catch (IllegalStateException e) {
        LOG.debug("The virtual machine is ending already", e);
      }
    }
  }

  /** Something native was released; with the last, the hook goes. */
  synchronized void giveBack() {
    leases--;
    Thread known = hook;
    if (leases == 0 && known != null) {
      hook = null;
      try {
        Runtime.getRuntime().removeShutdownHook(known);
      } catch (IllegalStateException e) {
        LOG.debug("The virtual machine is ending already", e);
      }
    }
  }

  /** The host's own lease, taken with the first engine that starts. */
  synchronized void hold(Engine engine) {
    engines.add(engine);
    if (!held) {
      held = true;
      lease();
    }
  }

  /** The host is closed; what it opened may still be in use. */
  synchronized void letGo() {
    if (held) {
      held = false;
      giveBack();
    }
  }

  /** Whether a hook stands. */
  synchronized boolean guards() {
    return hook != null;
  }

  private void ending() {
    stopJobs.run();
    long end = System.nanoTime() + grace.toNanos();
    boolean quiet = false;
    while (!quiet && System.nanoTime() < end) {
      quiet = running.get() == 0 && jobsEnded.getAsBoolean();
      if (!quiet) {
        try {
          Thread.sleep(5);
        } catch (InterruptedException e) {
          break;
        }
      }
    }
    if (engines.stream().noneMatch(Engine::leaveQuickly)) {
      // No way around the destructors: at least nothing begins any more.
      running.getAndUpdate(n -> n | CLOSED);
    }
  }

  private void enter() {
    if (running.incrementAndGet() >= CLOSED) {
      running.decrementAndGet();
      throw new MillwrightException(
          ErrorCode.CLOSED,
          "the virtual machine is ending, so no native code is called any more"
              + "\nMaybe stop the work before the process, see docs/operations.md");
    }
  }

  /** Calls native code. */
  <T> T call(Supplier<T> work) {
    enter();
    try {
      return work.get();
    } finally {
      running.decrementAndGet();
    }
  }

  /** Calls native code that gives nothing. */
  void run(Runnable work) {
    enter();
    try {
      work.run();
    } finally {
      running.decrementAndGet();
    }
  }

  /** Releases native memory, unless the process is about to give all of it back. */
  private void release(Runnable close) {
    if (running.get() < CLOSED) {
      run(close);
    }
    giveBack();
  }

  /** Opens a pass and guards its calls. */
  ForwardPass pass(Supplier<ForwardPass> opener) {
    return pass(opener, () -> {});
  }

  /** The same; {@code closed} runs once when it is closed. */
  ForwardPass pass(Supplier<ForwardPass> opener, Runnable closed) {
    lease();
    try {
      return new GuardedPass(call(opener), closed);
    } catch (RuntimeException | Error e) {
      giveBack();
      throw e;
    }
  }

  /** Begins a training and guards its calls; {@code closed} runs once when it is closed. */
  TrainingSession session(Supplier<TrainingSession> opener, Runnable closed) {
    lease();
    try {
      return new GuardedSession(call(opener), closed);
    } catch (RuntimeException | Error e) {
      giveBack();
      throw e;
    }
  }

  private final class GuardedPass implements ForwardPass {
    private final ForwardPass pass;
    private final Runnable after;
    private boolean closed;

    GuardedPass(ForwardPass pass, Runnable after) {
      this.pass = pass;
      this.after = after;
    }

    @Override
    public float[] run(float[] inputs, int count) {
      return call(() -> pass.run(inputs, count));
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        release(pass::close);
        after.run();
      }
    }
  }

  private final class GuardedSession implements TrainingSession {
    private final TrainingSession session;
    private final Runnable after;
    private boolean closed;

    GuardedSession(TrainingSession session, Runnable after) {
      this.session = session;
      this.after = after;
    }

    @Override
    public void load(Weights weights) {
      NativeGate.this.run(() -> session.load(weights));
    }

    @Override
    public double gradients(Batch batch, Masks masks, Weights gradients) {
      enter();
      try {
        return session.gradients(batch, masks, gradients);
      } finally {
        running.decrementAndGet();
      }
    }

    @Override
    public float[] outputs(float[] inputs, int count) {
      return call(() -> session.outputs(inputs, count));
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        release(session::close);
        after.run();
      }
    }
  }
}
