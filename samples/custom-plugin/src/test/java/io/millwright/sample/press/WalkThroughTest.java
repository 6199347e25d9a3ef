package io.millwright.sample.press;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the walk-through shows is what is compiled and tested here. */
class WalkThroughTest {

  private static final Pattern SNIPPET =
      Pattern.compile("<!-- (\\S+) -->\\n```\\w+\\n(.*?)\\n```", Pattern.DOTALL);

  @Test
  void everySnippetStandsInItsSource() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("sdk-api"))) {
      root = root.getParent();
      assertThat(root).as("a folder with sdk-api above the working directory").isNotNull();
    }
    Matcher snippet = SNIPPET.matcher(Files.readString(root.resolve("docs/write-a-plugin.md")));
    int count = 0;
    while (snippet.find()) {
      count++;
      assertThat(Files.readString(root.resolve(snippet.group(1))))
          .as(snippet.group(1))
          .contains(snippet.group(2));
    }
    assertThat(count).as("snippets").isGreaterThan(10);
  }
}
