package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own: what it leaves behind for the shell that started it. */
class ProcessTest {
  private static final String ESCAPE = "\u001b[";

  @TempDir Path folder;

  private record Ended(int exit, String out, String err) {}

  private Ended run(Map<String, String> environment, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(Arrays.asList(words));
    return end(environment, command);
  }

  private Ended end(Map<String, String> environment, List<String> command) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(20, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as(command.toString()).isTrue();
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Test
  void aWrongWordIsTheUsersTurn() throws Exception {
    Ended wrong = run(Map.of(), "info", "m.mwb", "--nonsense");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("--nonsense").contains("--help");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void coloursAreForTerminalsAndNeverAgainstTheirWill() throws Exception {
    Ended forced = run(Map.of("CLICOLOR_FORCE", "1"), "--help");
    assertThat(forced.exit()).isZero();
    assertThat(forced.out()).contains(ESCAPE);
    assertThat(run(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1"), "--help").out())
        .doesNotContain(ESCAPE);
  }

  @Test
  void aFailureEndsWithOneAndTheLogLevelHoldsFromTheFirstLineOn() throws Exception {
    Path model = Files.writeString(folder.resolve("no.mwb"), "no model");
    Ended quiet = run(Map.of(), "info", model.toString());
    assertThat(quiet.exit()).isEqualTo(1);
    assertThat(quiet.err()).startsWith("millwright: ").contains("no.mwb").doesNotContain("DEBUG");
    Ended told = run(Map.of(), "info", model.toString(), "--log-level", "debug");
    assertThat(told.err()).contains("DEBUG io.millwright");
    assertThat(told.out()).isEqualTo(quiet.out());
  }

  @Test
  void theScriptOfTheShellCompletesWords() throws Exception {
    assumeTrue(hasBash(), "needs bash");
    Ended bash = run(Map.of(), "completion", "bash");
    assertThat(bash.exit()).isZero();
    assertThat(bash.out()).startsWith("#!/usr/bin/env bash");
    Path script = Files.writeString(folder.resolve("millwright.bash"), bash.out());
    assertThat(end(Map.of(), List.of("bash", "-n", script.toString())))
        .isEqualTo(new Ended(0, "", ""));
    assertThat(complete(script, "millwright", "sched")).contains("scheduling");
    assertThat(complete(script, "millwright", "scheduling", "pl")).contains("plan");
    assertThat(complete(script, "millwright", "doctor", "--log")).contains("--log-level");
    assertThat(complete(script, "millwright", "doctor", "--log-level", "")).contains("debug");
  }

  /** What bash offers when Tab is pressed behind the last word. */
  private List<String> complete(Path script, String... words) throws Exception {
    String line = String.join(" ", words);
    String program =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d; "
                .formatted(
                    script,
                    String.join(" ", words).concat(words[words.length - 1].isEmpty() ? "''" : ""),
                    words.length - 1,
                    line,
                    line.length())
            + "_complete_millwright; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Ended ended = end(Map.of(), List.of("bash", "-c", program));
    return ended.out().lines().map(String::strip).toList();
  }

  private static boolean hasBash() throws InterruptedException {
    try {
      return new ProcessBuilder("bash", "-c", "exit 0").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
