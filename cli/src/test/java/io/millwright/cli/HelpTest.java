package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.cli.fake.FakeMillwright;
import io.millwright.cli.kit.Desk;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Resources.SYSTEM_ERR)
class HelpTest {

  private static CommandLine line(String... args) {
    Desk desk =
        new Desk(
            options -> new FakeMillwright(w -> {}, new ArrayList<>(), new ArrayList<>()), false);
    return MillwrightCommand.line(desk, args);
  }

  static List<CommandLine> all() {
    List<CommandLine> found = new ArrayList<>();
    collect(line(), found);
    return found;
  }

  private static void collect(CommandLine line, List<CommandLine> found) {
    found.add(line);
    line.getSubcommands().values().forEach(sub -> collect(sub, found));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theHelpOfEveryCommandIsWholeAndWithoutWarning(CommandLine command) {
    PrintStream before = System.err;
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    String help;
    try (PrintStream caught = new PrintStream(warnings, true, StandardCharsets.UTF_8)) {
      System.setErr(caught);
      help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    } finally {
      System.setErr(before);
    }
    assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(help).startsWith("Usage: millwright").doesNotContain("%%").doesNotContain("${");
    CommandSpec spec = command.getCommandSpec();
    // The list of commands shows the first line of a description only.
    assertThat(spec.usageMessage().description()).isNotEmpty();
    assertThat(spec.usageMessage().description()[0]).endsWith(".");
    assertSentences(String.join(" ", spec.usageMessage().description()));
    for (ArgSpec argument : spec.args()) {
      assertThat(argument.description()).as(argument.toString()).isNotEmpty();
      assertSentences(String.join(" ", argument.description()));
    }
  }

  /** A folder may be called as a command is, also before the commands of plug-ins are known. */
  @ParameterizedTest
  @ValueSource(strings = {"kiln dry --plugin-folder plugins", "--plugin-folder plugins kiln dry"})
  void theValueOfAnOptionMayBeTheWordOfACommand(String words) {
    assertThatThrownBy(() -> line().parseArgs(words.split(" ")))
        .isInstanceOf(CommandLine.UnmatchedArgumentException.class)
        .hasMessageContaining("kiln");
  }

  private static void assertSentences(String text) {
    assertThat(text).endsWith(".");
    // Descriptions are formats: a lone percent sign swallows what stands behind it.
    assertThat(text.replace("%%", "")).doesNotContain("%");
    assertThat(Character.isLowerCase(text.charAt(0)) && !text.contains(":")).as(text).isFalse();
  }

  @Test
  void areasComeFirstAndShortFormsWorkWithoutBeingListed() {
    CommandLine top = line();
    String help = top.getUsageMessage(CommandLine.Help.Ansi.OFF);
    assertThat(help).contains("maintenance").contains("Short forms: rul, failure");
    for (String hidden :
        List.of("rul", "failure", "inspect", "chart", "schedule", "forecast", "stock", "info")) {
      assertThat(top.getSubcommands()).containsKey(hidden);
      assertThat(help).doesNotContain("\n  " + hidden + " ");
    }
    Map<String, CommandLine> schedule = top.getSubcommands().get("schedule").getSubcommands();
    assertThat(schedule).containsKey("check");
  }

  @Test
  void zshGetsTheScriptOfBashAndWhatMakesItReadable() {
    String bash = printed(0, "completion", "bash");
    assertThat(printed(0, "completion", "zsh"))
        .startsWith("autoload")
        .contains("bashcompinit")
        .endsWith(bash);
    assertThat(printed(0, "completion", "bash", "--json")).startsWith("{").contains("\"script\"");
    printed(2, "completion", "fish");
    printed(2, "completion");
    printed(2, "doctor", "--log-level", "loud");
  }

  private static String printed(int exit, String... args) {
    StringWriter out = new StringWriter();
    CommandLine line = line(args).setOut(new PrintWriter(out));
    assertThat(line.setErr(new PrintWriter(new StringWriter())).execute(args)).isEqualTo(exit);
    return out.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void versionIsSaid(String option) {
    StringWriter out = new StringWriter();
    int exit = line(option).setOut(new PrintWriter(out)).execute(option);
    assertThat(exit).isZero();
    assertThat(out.toString()).startsWith("millwright ").contains("Java ");
  }
}
