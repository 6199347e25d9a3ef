package io.millwright.runtime.predict;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Lets calls through until it is closed, and closing waits for those under way. Callers count
 * themselves in one of several counters, far enough apart that threads do not slow each other down;
 * no caller ever waits.
 */
final class Gate {

  private static final int STRIPES = 16;
  // 16 ints fill one cache line; neighbours on one line would pass it to and fro.
  private static final int APART = 16;

  private final String what;
  private final AtomicIntegerArray inside = new AtomicIntegerArray(STRIPES * APART);
  private volatile boolean closed;

  /**
   * An open gate.
   *
   * @param what what it guards, for the error text
   */
  Gate(String what) {
    this.what = what;
  }

  /**
   * Begins a call.
   *
   * @return a ticket for {@link #leave}
   * @throws MillwrightException with {@link ErrorCode#CLOSED}
   */
  int enter() {
    int stripe = ((int) Thread.currentThread().getId() & (STRIPES - 1)) * APART;
    inside.incrementAndGet(stripe);
    // Counted first, looked second: either this call sees the closing or the closing sees this
    // call.
    if (closed) {
      leave(stripe);
      throw new MillwrightException(
          ErrorCode.CLOSED, what + " was closed\nMaybe open it again, or close it later");
    }
    return stripe;
  }

  /** Ends a call. */
  void leave(int ticket) {
    inside.decrementAndGet(ticket);
    if (closed) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /**
   * Closes, and waits until no call is under way.
   *
   * @return whether this call is the one that closed it
   */
  synchronized boolean close() {
    boolean first = !closed;
    closed = true;
    boolean interrupted = false;
    while (busy()) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Native memory must not be freed under a running call: wait on, and tell the caller later.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return first;
  }

  private boolean busy() {
    for (int i = 0; i < STRIPES; i++) {
      if (inside.get(i * APART) != 0) {
        return true;
      }
    }
    return false;
  }
}
