package io.millwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every Java snippet of every page compiles. */
class SnippetsTest {

  @Test
  void everySnippetCompiles(@TempDir Path out) throws IOException {
    List<Snippets.Snippet> snippets = Snippets.all();
    assertThat(snippets).hasSizeGreaterThan(10);
    List<String> wrong = new ArrayList<>();
    for (Path page : Snippets.pages()) {
      String name = House.root().relativize(page).toString();
      List<Snippets.Snippet> here =
          snippets.stream().filter(s -> s.place().startsWith(name + ":")).toList();
      wrong.addAll(Snippets.compiled(here, out));
    }
    assertThat(wrong).as("snippets that do not compile").isEmpty();
  }
}
