package io.millwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site is whole: every link leads somewhere, and nothing comes from elsewhere. */
class SiteTest {

  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

  @TempDir Path out;

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    assertThat(Site.write(House.root(), out, false)).isGreaterThan(40);
    assertThat(wrong()).as("links that lead nowhere").isEmpty();
  }

  @Test
  @Tag("thorough")
  void namesOfTypesLeadToTheirJavadoc() throws IOException {
    Site.write(House.root(), out, true);
    assertThat(wrong()).as("links that lead nowhere").isEmpty();
    assertThat(Files.readString(out.resolve("docs/trust.html")))
        .contains("../api/io/millwright/runtime/explain/Explainer.html")
        .contains("../api/index.html");
    assertThat(out.resolve("api/io/millwright/api/Millwright.html")).exists();
    assertThat(out.resolve("api/io/millwright/runtime/plain")).doesNotExist();
  }

  private List<String> wrong() throws IOException {
    Map<Path, String> pages = new HashMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      Path reference = out.resolve("api");
      for (Path file :
          files.filter(p -> p.toString().endsWith(".html") && !p.startsWith(reference)).toList()) {
        pages.put(file, Files.readString(file));
      }
    }
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<Path, String> page : pages.entrySet()) {
      Matcher link = LINK.matcher(page.getValue());
      while (link.find()) {
        String to = link.group(1);
        if (!to.startsWith("http") && !leads(page.getKey(), to, pages)) {
          wrong.add(out.relativize(page.getKey()) + " -> " + to);
        }
      }
    }
    return wrong;
  }

  private static boolean leads(Path page, String to, Map<Path, String> pages) {
    int hash = to.indexOf('#');
    String path = hash < 0 ? to : to.substring(0, hash);
    Path target = path.isEmpty() ? page : page.getParent().resolve(path).normalize();
    return Files.exists(target)
        && (hash < 0
            || pages.getOrDefault(target, "").contains("id=\"" + to.substring(hash + 1) + "\""));
  }

  @Test
  void whatIsSearchedIsThereAndNothingIsFetched() throws IOException {
    Site.write(House.root(), out, false);
    String search = Files.readString(out.resolve("search.js"));
    assertThat(search).contains("docs/connect.html#opc-ua").contains("维护");
    assertThat(search.substring(search.indexOf("\n];\n"))).doesNotContain("fetch").contains("up +");
    String page = Files.readString(out.resolve("docs/tables.html"));
    assertThat(page).contains("<table>").doesNotContain("\u0001").doesNotContain("<!--");
    assertThat(Pattern.compile("<(script|link|img)[^>]*https?://").matcher(page).find()).isFalse();
  }
}
