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
  void theFirstProjectShowsTheCompiledProgram() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/first-project.md"));
    Matcher block =
        Pattern.compile("<!-- (\\S+) -->\n```java\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).as("a source in docs/first-project.md").isTrue();
    assertThat(Files.readString(ROOT.resolve(block.group(1)))).endsWith(block.group(2));
    Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(read("bom/pom.xml"));
    assertThat(version.find()).isTrue();
    assertThat(page)
        .as("the version of the BOM")
        .contains(
            "<artifactId>millwright-bom</artifactId>\n        <version>" + version.group(1) + "<");
    Matcher artifact =
        Pattern.compile("<artifactId>(millwright-[\\w-]+)</artifactId>").matcher(page);
    while (artifact.find()) {
      assertThat(read("bom/pom.xml")).contains("<artifactId>" + artifact.group(1) + "<");
    }
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
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
