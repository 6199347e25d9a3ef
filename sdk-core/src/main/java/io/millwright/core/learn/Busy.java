package io.millwright.core.learn;

import org.jspecify.annotations.Nullable;

/**
 * Counts the helpers at work, so that their leader waits for those that began and for no others.
 */
final class Busy {

  private int helpers;
  private boolean closed;
  private @Nullable Throwable failure;

  /** A helper begins; false when it comes too late. */
  synchronized boolean enter() {
    if (closed) {
      return false;
    }
    helpers++;
    return true;
  }

  synchronized void leave() {
    helpers--;
    notifyAll();
  }

  synchronized void failed(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    }
  }

  /**
   * Lets nobody in any more and waits for those within. Helpers honour the leader's stop, so the
   * wait is short; an interrupt is kept for later.
   */
  synchronized void close() {
    closed = true;
    boolean interrupted = false;
    while (helpers > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void rethrow() {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
