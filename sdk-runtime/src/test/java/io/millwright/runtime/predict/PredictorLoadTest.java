package io.millwright.runtime.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millwright.api.MillwrightException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PredictorLoadTest {

  @TempDir Path folder;

  @Test
  void threadsErrorsAndClosesLeaveEveryAnswerAsItWasAlone() throws Exception {
    PredictorLoad.Result result = new PredictorLoad().run(20_000, 8);
    assertThat(result.answers()).isGreaterThanOrEqualTo(20_000);
    assertThat(result.errors()).isPositive();
    assertThat(result.closes()).isPositive();
  }

  @Test
  void predictsWithEveryEngineLeftOffTheClassPath() throws Exception {
    Map<String, String> told = child(List.of(), "1000", "2000", "4");
    assertThat(told).containsEntry("djl", "false").containsEntry("jna", "false");
    assertThat(Long.parseLong(told.get("answers"))).isGreaterThanOrEqualTo(2000);
  }

  /** A fixed, touched heap: what grows beyond it is native memory or a leak. */
  @Test
  @Tag("thorough")
  void aMillionPredictionsFromEightThreadsLeaveMemoryFlat() throws Exception {
    assumeThat(Files.exists(Path.of("/proc/self/status"))).as("Linux tells the memory").isTrue();
    Map<String, String> told =
        child(List.of("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch"), "100000", "1000000", "8");
    System.out.println("1,000,000 predictions from 8 threads: " + told + ", growth in KiB");
    assertThat(Long.parseLong(told.get("answers"))).isGreaterThanOrEqualTo(1_000_000);
    assertThat(Long.parseLong(told.get("growth"))).isLessThanOrEqualTo(16 * 1024);
  }

  private Map<String, String> child(List<String> options, String... args) throws Exception {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String without =
        Arrays.stream(all.split(File.pathSeparator))
            .filter(entry -> !entry.replace('\\', '/').matches(".*(/ai/djl/|/jna|pytorch).*"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", without, PredictorLoad.class.getName()));
    command.addAll(List.of(args));
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    boolean ended = process.waitFor(30, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(out);
    assertThat(ended).as(text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text.lines()
        .filter(line -> line.matches("[a-z]+ \\S+"))
        .collect(
            Collectors.toMap(
                l -> l.substring(0, l.indexOf(' ')), l -> l.substring(l.indexOf(' ') + 1)));
  }

  @Test
  @Timeout(300)
  void closingWaitsForCallsUnderWayAndTurnsLaterOnesAway() throws Exception {
    Gate gate = new Gate("the thing");
    int ticket = gate.enter();
    AtomicBoolean left = new AtomicBoolean();
    CountDownLatch closing = new CountDownLatch(1);
    AtomicBoolean orderly = new AtomicBoolean();
    Thread closer =
        new Thread(
            () -> {
              closing.countDown();
              gate.close();
              orderly.set(left.get());
            });
    closer.start();
    closing.await();
    boolean turnedAway = false;
    while (!turnedAway) {
      try {
        gate.leave(gate.enter());
        Thread.onSpinWait();
      } catch (MillwrightException e) {
        turnedAway = true;
      }
    }
    // The gate is shut, yet this call is still inside.
    left.set(true);
    gate.leave(ticket);
    closer.join();
    assertThat(orderly).isTrue();
    assertThat(gate.close()).as("closed before").isFalse();
  }
}
