package io.millwright.cli.kit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns the end of the process that Ctrl-C asks for into the end of the work: the job is cancelled,
 * and the process stays until its best so far is written. Thread-safe.
 */
public final class CtrlC implements AutoCloseable {

  /** Longer than any search needs to stop; a person presses Ctrl-C once. */
  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch written = new CountDownLatch(1);
  private final Thread hook = new Thread(this::pressed, "ctrl-c");
  private volatile boolean asked;
  private volatile @Nullable Runnable cancel;

  private CtrlC() {}

  /** Listens from now on until it is closed. */
  public static CtrlC listening() {
    CtrlC listener = new CtrlC();
    Runtime.getRuntime().addShutdownHook(listener.hook);
    return listener;
  }

  /** How the work that runs now is cancelled. */
  public void stops(Runnable running) {
    cancel = running;
    if (asked) {
      running.run();
    }
  }

  /** Whether it was pressed. */
  public boolean asked() {
    return asked;
  }

  /** What happens when it is pressed. */
  public void pressed() {
    asked = true;
    Runnable running = cancel;
    if (running != null) {
      running.run();
    }
    try {
      // Past all patience the process ends without an answer.
      boolean unused = written.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is written. */
  @Override
  public void close() {
    written.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: this is what it waited for.
    }
  }
}
