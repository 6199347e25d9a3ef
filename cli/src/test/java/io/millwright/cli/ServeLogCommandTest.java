package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A journal by the command: truths, and persons who are erased. */
class ServeLogCommandTest extends CommandTest {

  @BeforeEach
  void write() throws IOException {
    String line =
        """
        {"id":"%s","at":"2026-11-26T21:36:43Z","model":"%s",\
        "input":"{\\"person\\":\\"%s\\"}","answer":"5","number":5,"low":4,"high":6,"flags":""}
        """;
    String model = "ab".repeat(32);
    // As in the file: the input is JSON within JSON.
    Files.writeString(
        folder.resolve("predictions-000001.jsonl"),
        String.format(line, "a", model, "Ann")
            + String.format(line, "b", model, "Bob \\\\\\\"Bolt\\\\\\\" Lee"));
  }

  private int predictions() throws IOException {
    return json("--json", "serve-log", folder.toString())
        .path("models")
        .path(0)
        .path("predictions")
        .asInt();
  }

  @Test
  void nothingIsErasedWithoutAText() throws IOException {
    for (String none : List.of("", " ")) {
      assertThat(run("serve-log", folder.toString(), "--erase", none)).isEqualTo(1);
      assertThat(err.toString()).contains("BAD_OPTION", "Maybe a variable of the shell");
    }
    assertThat(predictions()).isEqualTo(2);
  }

  @Test
  void aPersonIsErasedByTheNameAsItIsWritten() throws IOException {
    assertThat(run("serve-log", folder.toString(), "--erase", "Bob \"Bolt\" Lee")).isZero();
    assertThat(out.toString()).contains("1 predictions");
    assertThat(predictions()).isEqualTo(1);
  }

  @Test
  void aTruthOfNoPredictionIsNamed() throws IOException {
    assertThat(run("serve-log", folder.toString(), "--truth", "a=5", "--truth", "B=3")).isZero();
    assertThat(out.toString()).contains("no prediction yet has [B]").doesNotContain("[a");
  }
}
