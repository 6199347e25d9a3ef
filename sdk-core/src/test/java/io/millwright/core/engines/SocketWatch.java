package io.millwright.core.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Looks through this process's open files for sockets every millisecond, those of native code
 * included. Linux only; elsewhere there is nothing to look at.
 */
public final class SocketWatch implements AutoCloseable {

  private static final Path OPEN = Path.of("/proc/self/fd");

  private static final long MILLISECOND = 1_000_000;

  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private final Thread thread = new Thread(this::watch, "socket watch");
  private volatile boolean closed;

  /** Begins to look. */
  public SocketWatch() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether this system lets a process see its open files. */
  public static boolean possible() {
    return Files.isDirectory(OPEN);
  }

  private void watch() {
    while (!closed) {
      look();
      LockSupport.parkNanos(MILLISECOND);
    }
  }

  private void look() {
    if (!possible()) {
      return;
    }
    try (Stream<Path> files = Files.list(OPEN)) {
      files.forEach(this::note);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void note(Path file) {
    try {
      String target = Files.readSymbolicLink(file).toString();
      if (target.startsWith("socket:")) {
        seen.add(target);
      }
    } catch (IOException e) {
      // Closed since it was listed.
    }
  }

  /**
   * The sockets that were open at any look.
   *
   * @throws AssertionError when looking has ended early, so that nobody knows
   */
  public Set<String> seen() {
    if (!thread.isAlive()) {
      throw new AssertionError("the watch has ended");
    }
    look();
    return Set.copyOf(seen);
  }

  @Override
  public void close() {
    closed = true;
  }
}
