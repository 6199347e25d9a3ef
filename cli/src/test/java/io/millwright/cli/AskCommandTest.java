package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AskCommandTest extends CommandTest {

  private Path manual() throws IOException {
    return Files.writeString(
        folder.resolve("manual.jsonl"),
        """
        \uFEFF{"id":"1","title":"Warmth","text":"The bearing may be 75 C warm."}\r
        {"id":"2","text":"Grease the rails every month."}\r
        """);
  }

  @Test
  void answersWhatIsThereAndSaysWhereNothingFits() throws IOException {
    String manual = manual().toString();
    assertThat(run("model", "ask", manual, "--no-encoder", "how warm may the bearing be")).isZero();
    String answer = out.toString();
    assertThat(run("answer", manual, "--no-encoder", "how warm may the bearing be")).isZero();
    assertThat(out.toString()).isEqualTo(answer).isNotBlank();
    assertThat(out.toString()).contains("may be 75 C [warm].\" [1]");
    for (String question :
        List.of("what does the bearing cost to renew", "the", "is it", "quantum dots")) {
      assertThat(run("model", "ask", manual, "--no-encoder", question)).isZero();
      assertThat(out.toString()).as(question).contains("Answer     none");
    }
  }

  @Test
  void figuresOfQuestionsThatNothingFitsAreSaidInWords() throws IOException {
    Path questions =
        Files.writeString(
            folder.resolve("questions.jsonl"),
            "{\"question\":\"quantum chromodynamics\",\"relevant\":[\"1\"]}\n");
    String[] asked = {
      "model", "ask", manual().toString(), "--no-encoder", "--questions", questions.toString()
    };
    assertThat(run(asked)).isZero();
    assertThat(out.toString()).doesNotContain("NaN").contains("-  (none answered)");
    String[] more = java.util.Arrays.copyOf(asked, asked.length + 1);
    more[asked.length] = "--json";
    JsonNode figures = json(more).get("figures");
    assertThat(figures.get("answered").asDouble()).isZero();
    assertThat(figures.get("mean probability").asDouble()).isZero();
    assertThat(figures.get("right of these").isNull()).isTrue();
  }

  /** Titles of sections are often marked where the answer stands in another one. */
  @Test
  void aPassageThatHoldsTheAnswerIsRightToo() throws IOException {
    Path questions =
        Files.writeString(
            folder.resolve("questions.jsonl"),
            "{\"question\":\"how warm may the bearing be\",\"relevant\":[\"2\"],"
                + "\"answer\":\"The bearing may be 75 C warm\"}\n");
    String[] asked = {
      "model",
      "ask",
      manual().toString(),
      "--no-encoder",
      "--questions",
      questions.toString(),
      "--json"
    };
    JsonNode said = json(asked);
    assertThat(said.get("figures").get("hit at 1").asDouble()).isZero();
    assertThat(said.get("figuresWithAnswers").get("hit at 1").asDouble()).isEqualTo(1);
    assertThat(said.get("figuresWithAnswers").get("answered").asDouble()).isEqualTo(1);
  }
}
