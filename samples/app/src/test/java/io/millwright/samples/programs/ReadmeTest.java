package io.millwright.samples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README shows what is compiled here, and names only what exists. */
class ReadmeTest {
  private static final Path ROOT = root();

  @Test
  void theExampleIsTheCompiledOne() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(block.find()).as("a block of Java in the README").isTrue();

    String source =
        Files.readString(
            ROOT.resolve("samples/app/src/main/java/io/millwright/samples/programs/Readme.java"));
    String region =
        source.substring(
            source.indexOf('\n', source.indexOf("// readme begins")) + 1,
            source.lastIndexOf('\n', source.indexOf("// readme ends")));
    assertThat(block.group(1)).isEqualTo(region.stripIndent() + "\n");
    assertThat(region.lines()).hasSizeLessThanOrEqualTo(24);
  }

  @Test
  void whatTheReadmeLinksToExists() throws IOException {
    for (Path page : List.of(ROOT.resolve("README.md"), ROOT.resolve("docs/README.md"))) {
      Matcher link = Pattern.compile("]\\(([^)#:]+)[^)]*\\)").matcher(Files.readString(page));
      while (link.find()) {
        assertThat(page.resolveSibling(link.group(1))).as("linked from " + page).exists();
      }
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("sdk-api"))) {
      folder = Objects.requireNonNull(folder.getParent(), "no folder above holds sdk-api");
    }
    return folder;
  }
}
