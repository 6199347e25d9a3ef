package io.millwright.cli.model;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs this command line in a child process, so that a file which crashes, never ends or takes all
 * memory takes the child with it and nothing else. It is no sandbox: the child has the rights of
 * the user.
 */
final class IsolatedRun {

  private static final int POLL_MILLIS = 50;
  private static final int MOST_OUTPUT = 1 << 22;
  private static final long MEBIBYTE = 1L << 20;

  private IsolatedRun() {}

  /**
   * How a child ended.
   *
   * @param exit its exit code; beyond 128 the signal that ended it, on Unix
   * @param output what it wrote on its standard output
   * @param stopped why it was stopped, or empty
   */
  record Ended(int exit, String output, String stopped) {
    /** What became of it, for people. */
    String said() {
      if (!stopped.isEmpty()) {
        return "stopped: " + stopped;
      }
      return exit == 0
          ? "ended well"
          : exit > 128 ? "crashed with signal " + (exit - 128) : "ended with exit code " + exit;
    }
  }

  /**
   * Runs a command line.
   *
   * @param limit how long it may run
   * @param memory how many MiB of resident memory it may take; watched where the system tells
   */
  static Ended run(List<String> arguments, Duration limit, long memory)
      throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(
        System.getProperty("java.home", "") + File.separator + "bin" + File.separator + "java");
    command.add("-Xmx512m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=" + (File.separatorChar == '/' ? "/dev/null" : "NUL"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path", ""));
    command.add("io.millwright.cli.Main");
    command.addAll(arguments);
    Path output = null;
    Process child = null;
    try {
      output = Files.createTempFile("millwright-", ".json");
      child =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectErrorStream(true)
              .start();
      child.getOutputStream().close();
      String stopped = watched(child, limit, memory);
      byte[] text;
      try (var in = Files.newInputStream(output)) {
        text = in.readNBytes(MOST_OUTPUT);
      }
      return new Ended(child.waitFor(), new String(text, StandardCharsets.UTF_8), stopped);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "no child process can be started: " + e + "\nMaybe leave --isolated" + " out",
          e);
    } finally {
      if (child != null) {
        child.destroyForcibly();
      }
      if (output != null) {
        output.toFile().delete();
      }
    }
  }

  private static String watched(Process child, Duration limit, long memory)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!child.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      long resident = resident(child.pid());
      if (resident > memory * MEBIBYTE) {
        child.destroyForcibly();
        return "it took " + resident / MEBIBYTE + " MiB of memory";
      }
      if (System.nanoTime() > end) {
        child.destroyForcibly();
        return "it ran longer than " + limit.toSeconds() + " s";
      }
    }
    return "";
  }

  /** The resident memory of a process in bytes; 0 where the system does not tell. */
  private static long resident(long pid) {
    Path status = Path.of("/proc", String.valueOf(pid), "status");
    try {
      for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        }
      }
      return 0;
    } catch (IOException | NumberFormatException e) {
      return 0; // Not Linux, or the child has just ended.
    }
  }
}
