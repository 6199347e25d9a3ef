package io.millwright.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pages of the documentation as a site: plain HTML with a list of pages and a search, which
 * needs no server and no network. Run from the project's folder, without a build before:
 *
 * <pre>java house/src/main/java/io/millwright/house/Site.java target/site</pre>
 */
public final class Site {

  private static final Pattern LINK =
      Pattern.compile("(!?)\\[((?:[^\\[\\]]|`[^`]*`)*)\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(`+)(.+?)\\1");
  private static final Pattern LIST = Pattern.compile("(\\s*)(?:[-*]|(\\d+)\\.) (.*)");

  private final Path root;
  private final Path out;
  private final Map<Path, String> titles = new LinkedHashMap<>();
  private final StringBuilder index = new StringBuilder();

  // Of the page that is written.
  private Path page = Path.of("");
  private final Map<String, Integer> anchors = new LinkedHashMap<>();
  private final StringBuilder section = new StringBuilder();
  private String heading = "";
  private String anchor = "";

  private Site(Path root, Path out) {
    this.root = root;
    this.out = out;
  }

  /**
   * Writes the site.
   *
   * @param args the folder to write
   * @throws IOException when a page cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    Path out = Path.of(args.length == 0 ? "target/site" : args[0]);
    System.out.println(write(Path.of(""), out) + " pages, begin with " + out.resolve("index.html"));
  }

  /**
   * Writes the site.
   *
   * @param root the project's folder
   * @param out the folder to write
   * @return how many pages it has
   * @throws IOException when a page cannot be read or written
   */
  public static int write(Path root, Path out) throws IOException {
    Site site = new Site(root.toAbsolutePath().normalize(), out);
    site.write();
    return site.titles.size();
  }

  private void write() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
    try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted(order()).toList()) {
        Path name = root.relativize(file);
        if (name.toString().endsWith(".md")) {
          pages.add(name);
        } else if (name.toString().matches(".*\\.(svg|png|txt)")) {
          Path copy = out.resolve(name.toString());
          Files.createDirectories(copy.getParent());
          Files.writeString(copy, Files.readString(file));
        }
      }
    }
    pages.addAll(
        List.of(Path.of("CHANGELOG.md"), Path.of("CONTRIBUTING.md"), Path.of("SECURITY.md")));
    for (Path name : pages) {
      titles.put(name, title(Files.readString(root.resolve(name)), name));
    }
    for (Path name : pages) {
      Path to = out.resolve(html(name.toString()));
      Files.createDirectories(to.toAbsolutePath().getParent());
      Files.writeString(to, whole(name, Files.readString(root.resolve(name))));
    }
    Files.writeString(out.resolve("search.js"), "const pages = [\n" + index + "];\n" + SEARCH);
    Files.writeString(out.resolve("site.css"), CSS);
  }

  /** The index of a folder first. */
  private static Comparator<Path> order() {
    return Comparator.<Path, String>comparing(p -> p.resolveSibling("").toString())
        .thenComparing(p -> !p.endsWith("README.md"))
        .thenComparing(Path::toString);
  }

  private static String html(String name) {
    return name.equals("README.md")
        ? "index.html"
        : name.replace("README.md", "index.html").replaceFirst("\\.md$", ".html");
  }

  private static String title(String text, Path name) {
    Matcher first = Pattern.compile("^# (.+)$", Pattern.MULTILINE).matcher(text);
    return first.find() ? first.group(1).strip() : name.toString();
  }

  private String whole(Path name, String text) {
    page = name;
    anchors.clear();
    section.setLength(0);
    heading = titles.getOrDefault(name, "");
    anchor = "";
    String body = blocks(text.replaceAll("(?s)<!--.*?-->\\s*\\n?", "").lines().toList());
    endOfSection();
    String up = "../".repeat(name.getNameCount() - 1);
    return """
    <!DOCTYPE html>
    <html lang="%s">
    <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>%s - Millwright</title><link rel="stylesheet" href="%ssite.css"></head>
    <body data-up="%s">
    <nav><a class="home" href="%sindex.html">Millwright</a>
    <input id="query" type="search" placeholder="Search" aria-label="Search" autocomplete="off">
    <div id="found"></div>
    %s</nav>
    <main>
    %s</main>
    <script src="%ssearch.js"></script>
    </body></html>
    """
        .formatted(
            name.startsWith("docs/zh") ? "zh" : "en",
            escaped(titles.getOrDefault(name, "")),
            up,
            up,
            up,
            list(name, up),
            body,
            up);
  }

  private String list(Path now, String up) {
    StringBuilder text = new StringBuilder();
    Path folder = null;
    for (Map.Entry<Path, String> one : titles.entrySet()) {
      Path in = one.getKey().getParent();
      if (in != null && !in.equals(folder)) {
        text.append(folder == null ? "" : "</details>\n")
            .append(
                now.startsWith(in) && in.equals(now.getParent()) || in.getNameCount() == 1
                    ? "<details open>"
                    : "<details>")
            .append("<summary>")
            .append(in.getNameCount() == 1 ? "Documentation" : escaped(in.getFileName().toString()))
            .append("</summary>\n");
        folder = in;
      } else if (in == null && folder != null) {
        text.append("</details>\n");
        folder = null;
      }
      text.append(one.getKey().equals(now) ? "<a class=\"now\" href=\"" : "<a href=\"")
          .append(up)
          .append(html(one.getKey().toString()))
          .append("\">")
          .append(escaped(one.getValue()))
          .append("</a>\n");
    }
    return text.append(folder == null ? "" : "</details>\n").toString();
  }

  private String blocks(List<String> lines) {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < lines.size()) {
      String line = lines.get(i);
      int next = i + 1;
      if (line.isBlank()) {
        i = next;
        continue;
      }
      if (line.startsWith("```")) {
        while (next < lines.size() && !lines.get(next).startsWith("```")) {
          next++;
        }
        code(text, lines.subList(i + 1, next));
        next = Math.min(lines.size(), next + 1);
      } else if (line.startsWith("    ")) {
        while (next < lines.size()
            && (lines.get(next).startsWith("    ")
                || (lines.get(next).isBlank() && follows(lines, next, "    ")))) {
          next++;
        }
        code(text, lines.subList(i, next).stream().map(l -> l.replaceFirst("^ {4}", "")).toList());
      } else if (line.matches("#{1,6} .*")) {
        heading(text, line);
      } else if (line.startsWith("|")) {
        while (next < lines.size() && lines.get(next).startsWith("|")) {
          next++;
        }
        table(text, lines.subList(i, next));
      } else if (LIST.matcher(line).matches()) {
        while (next < lines.size() && goesOn(lines, next)) {
          next++;
        }
        items(text, lines.subList(i, next));
      } else {
        while (next < lines.size() && !begins(lines.get(next))) {
          next++;
        }
        text.append("<p>")
            .append(inline(String.join("\n", lines.subList(i, next))))
            .append("</p>\n");
      }
      i = next;
    }
    return text.toString();
  }

  private static boolean begins(String line) {
    return line.isBlank()
        || line.startsWith("```")
        || line.startsWith("|")
        || line.matches("#{1,6} .*")
        || LIST.matcher(line).matches();
  }

  private static boolean goesOn(List<String> lines, int at) {
    String line = lines.get(at);
    return line.isBlank()
        ? follows(lines, at, "  ")
        : line.startsWith("  ") || LIST.matcher(line).matches() || !begins(line);
  }

  private static boolean follows(List<String> lines, int at, String indent) {
    int next = at;
    while (next < lines.size() && lines.get(next).isBlank()) {
      next++;
    }
    return next < lines.size() && lines.get(next).startsWith(indent);
  }

  private void code(StringBuilder text, List<String> lines) {
    String all = String.join("\n", lines).strip();
    section.append(' ').append(all);
    text.append("<pre><code>")
        .append(escaped(String.join("\n", lines).stripTrailing()))
        .append("</code></pre>\n");
  }

  private void heading(StringBuilder text, String line) {
    int level = line.indexOf(' ');
    String words = line.substring(level).strip();
    endOfSection();
    heading = words.replace("`", "").replaceAll("\\[(.*?)\\]\\(.*?\\)", "$1");
    anchor = anchor(heading);
    text.append("<h%d id=\"%s\">%s</h%d>\n".formatted(level, anchor, inline(words), level));
  }

  /** As GitHub makes them, so that links hold in both places. */
  private String anchor(String words) {
    String plain =
        words
            .toLowerCase(java.util.Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N} _-]", "")
            .replace(' ', '-');
    int before = anchors.merge(plain, 1, Integer::sum) - 1;
    return before == 0 ? plain : plain + "-" + before;
  }

  private void endOfSection() {
    String words = section.toString().replaceAll("\\s+", " ").strip();
    if (!words.isEmpty()) {
      index.append(
          "[%s,%s,%s,%s],\n"
              .formatted(
                  quoted(html(page.toString()) + (anchor.isEmpty() ? "" : "#" + anchor)),
                  quoted(titles.getOrDefault(page, "")),
                  quoted(heading),
                  quoted(words)));
    }
    section.setLength(0);
  }

  private void table(StringBuilder text, List<String> lines) {
    text.append("<div class=\"table\"><table>\n");
    for (int i = 0; i < lines.size(); i++) {
      if (i == 1 && lines.get(1).matches("[|:\\- ]+")) {
        continue;
      }
      String cell = i == 0 ? "th" : "td";
      text.append("<tr>");
      String row = lines.get(i).strip();
      row =
          row.substring(
              1, row.endsWith("|") && !row.endsWith("\\|") ? row.length() - 1 : row.length());
      for (String one : row.split("(?<!\\\\)\\|", -1)) {
        text.append("<%s>%s</%s>".formatted(cell, inline(one.strip().replace("\\|", "|")), cell));
      }
      text.append("</tr>\n");
    }
    text.append("</table></div>\n");
  }

  private void items(StringBuilder text, List<String> lines) {
    Matcher first = LIST.matcher(lines.get(0));
    boolean ordered = first.matches() && first.group(2) != null;
    int indent = lines.get(0).length() - lines.get(0).stripLeading().length();
    text.append(ordered ? "<ol>\n" : "<ul>\n");
    int i = 0;
    while (i < lines.size()) {
      Matcher item = LIST.matcher(lines.get(i));
      String words = item.matches() ? item.group(3) : lines.get(i).strip();
      int next = i + 1;
      StringBuilder own = new StringBuilder(words);
      while (next < lines.size()
          && !lines.get(next).isBlank()
          && !LIST.matcher(lines.get(next)).matches()) {
        own.append('\n').append(lines.get(next++).strip());
      }
      int inner = next;
      while (next < lines.size()
          && (lines.get(next).isBlank() || deeper(lines.get(next), indent))) {
        next++;
      }
      text.append("<li>").append(inline(own.toString()));
      if (next > inner) {
        text.append('\n')
            .append(
                blocks(
                    lines.subList(inner, next).stream()
                        .map(l -> l.replaceFirst("^ {1," + (indent + 2) + "}", ""))
                        .toList()));
      }
      text.append("</li>\n");
      i = next;
    }
    text.append(ordered ? "</ol>\n" : "</ul>\n");
  }

  private static boolean deeper(String line, int indent) {
    return line.length() - line.stripLeading().length() > indent;
  }

  /** Code first: what stands in it is not read. */
  private String inline(String text) {
    StringBuilder done = new StringBuilder();
    Matcher code = CODE.matcher(text);
    List<String> kept = new ArrayList<>();
    while (code.find()) {
      kept.add("<code>" + escaped(code.group(2)) + "</code>");
      code.appendReplacement(done, "\u0001" + (kept.size() - 1) + "\u0002");
    }
    code.appendTail(done);
    String plain = escaped(done.toString());
    plain =
        LINK.matcher(plain)
            .replaceAll(m -> Matcher.quoteReplacement(link(m.group(1), m.group(2), m.group(3))));
    plain =
        plain
            .replaceAll("\\*\\*(.+?)\\*\\*", "<strong>$1</strong>")
            .replaceAll("(?<![\\w*])\\*([^*\\s][^*]*?)\\*(?![\\w*])", "<em>$1</em>");
    plain =
        plain.replaceAll(
            "(?<![\"=>\\w])(https?://[^\\s<>)]+[^\\s<>).,;])", "<a href=\"$1\">$1</a>");
    for (int i = 0; i < kept.size(); i++) {
      plain = plain.replace("\u0001" + i + "\u0002", kept.get(i));
    }
    section
        .append(' ')
        .append(
            plain
                .replaceAll("<[^>]+>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&"));
    return plain;
  }

  private String link(String image, String words, String to) {
    if (to.matches("\\w+:.*") || to.startsWith("#")) {
      return "<a href=\"" + to + "\">" + words + "</a>";
    }
    String path = to.replaceFirst("#.*", "");
    String rest = to.substring(path.length());
    Path folder = page.getParent() == null ? Path.of("") : page.getParent();
    Path target = folder.resolve(path).normalize();
    if (!image.isEmpty()) {
      return "<img src=\"" + to + "\" alt=\"" + words + "\">";
    }
    if (Files.isDirectory(root.resolve(target))
        && titles.containsKey(target.resolve("README.md"))) {
      return "<a href=\""
          + path.replaceFirst("/*$", "/")
          + "index.html"
          + rest
          + "\">"
          + words
          + "</a>";
    }
    if (titles.containsKey(target)) {
      String from = "../".repeat(page.getNameCount() - 1);
      return "<a href=\"" + from + html(target.toString()) + rest + "\">" + words + "</a>";
    }
    // A file of the project that is no page.
    return "<span class=\"file\" title=\"" + target + "\">" + words + "</span>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("</", "<\\/") + '"';
  }

  private static final String SEARCH =
      """
      const query = document.getElementById('query'), found = document.getElementById('found');
      const up = document.body.dataset.up;
      const plain = pages.map(p => [p[1].toLowerCase(), p[2].toLowerCase(), p[3].toLowerCase()]);
      query.addEventListener('input', () => {
        const words = query.value.toLowerCase().split(/\\s+/).filter(w => w);
        found.replaceChildren();
        if (!words.length) return;
        const hits = [];
        plain.forEach((p, i) => {
          let score = 0;
          for (const w of words) {
            const one = (p[0].includes(w) ? 4 : 0) + (p[1].includes(w) ? 8 : 0) + Math.min(3, p[2].split(w).length - 1);
            if (!one) return;
            score += one;
          }
          hits.push([score, i]);
        });
        hits.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
        for (const [, i] of hits.slice(0, 20)) {
          const a = document.createElement('a');
          a.href = up + pages[i][0];
          const title = document.createElement('b');
          title.textContent = pages[i][1] === pages[i][2] ? pages[i][1] : pages[i][1] + ': ' + pages[i][2];
          const at = Math.max(0, plain[i][2].indexOf(words[0]) - 40);
          const text = document.createElement('span');
          text.textContent = pages[i][3].slice(at, at + 120);
          a.append(title, text);
          found.append(a);
        }
        if (!hits.length) found.textContent = 'Nothing found.';
      });
      """;

  private static final String CSS =
      """
      :root { --ink: #1c2733; --soft: #5b6b7b; --line: #d9e0e6; --back: #f6f8fa; --link: #0b5cad; }
      * { box-sizing: border-box; }
      body { margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr); color: var(--ink);
        font: 16px/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
      nav { padding: 1rem; border-right: 1px solid var(--line); background: var(--back); height: 100vh;
        position: sticky; top: 0; overflow-y: auto; font-size: .875rem; }
      nav a { display: block; padding: .12rem 0; color: var(--ink); text-decoration: none; }
      nav a:hover, nav a.now { color: var(--link); } nav a.now { font-weight: 600; }
      nav .home { font-size: 1.2rem; font-weight: 700; } nav summary { margin-top: .6rem; color: var(--soft); cursor: pointer; }
      #query { width: 100%; margin: .6rem 0; padding: .35rem .5rem; border: 1px solid var(--line); border-radius: 4px; font: inherit; }
      #found a { padding: .4rem 0; border-bottom: 1px solid var(--line); } #found b, #found span { display: block; }
      #found span { color: var(--soft); font-size: .8rem; overflow-wrap: anywhere; }
      main { padding: 1.5rem 2.5rem 4rem; max-width: 62rem; min-width: 0; }
      h1 { font-size: 1.9rem; line-height: 1.2; } h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
      a { color: var(--link); } .file { border-bottom: 1px dotted var(--soft); } img { max-width: 100%; }
      pre { background: var(--back); border: 1px solid var(--line); border-radius: 4px; padding: .8rem 1rem; overflow-x: auto; font-size: .84rem; line-height: 1.45; }
      code { font-family: ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; font-size: .92em; } :not(pre) > code { background: var(--back); padding: 0 .2em; border-radius: 3px; overflow-wrap: break-word; }
      .table { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; }
      th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; } th { background: var(--back); }
      @media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; } main { padding: 1rem; } }
      @media print { nav { display: none; } body { display: block; } }
      """;
}
