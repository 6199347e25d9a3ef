package io.millwright.house;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
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

  private static final Pattern TYPE = Pattern.compile("([A-Z]\\w*)(?![\\w$-])(?=$|[.(<])");

  private static final List<String> OPTIONS =
      List.of(
          ("-quiet -notimestamp --ignore-source-errors -Xdoclint:none -encoding UTF-8"
                  + " -docencoding UTF-8 -windowtitle Millwright -nodeprecatedlist -notree")
              .split(" "));

  private final Path root;
  private final Path out;
  private final Map<Path, String> titles = new LinkedHashMap<>();
  private final Map<String, String> types = new HashMap<>(); // simple names and pages of Javadoc
  private final StringBuilder index = new StringBuilder();

  private String template = "";

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
   * @param args the folder to write; {@code --pages} behind it leaves out the Javadoc, which takes
   *     most of the time
   * @throws IOException when a page cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    Path out = Path.of(args.length == 0 ? "target/site" : args[0]);
    int pages = write(Path.of(""), out, args.length < 2 || !args[1].equals("--pages"));
    System.out.println(pages + " pages, begin with " + out.resolve("index.html"));
  }

  /**
   * Writes the site.
   *
   * @param root the project's folder
   * @param out the folder to write
   * @param reference whether the Javadoc of the public packages belongs to it
   * @return how many pages it has
   * @throws IOException when a page cannot be read or written
   */
  public static int write(Path root, Path out, boolean reference) throws IOException {
    Site site = new Site(root.toAbsolutePath().normalize(), out);
    if (reference) {
      site.reference();
    }
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
    Path site = root.resolve("house/src/main/site");
    template = Files.readString(site.resolve("page.html"));
    for (Path name : pages) {
      titles.put(name, title(Files.readString(root.resolve(name)), name));
    }
    for (Path name : pages) {
      Path to = out.resolve(html(name.toString()));
      Files.createDirectories(to.toAbsolutePath().getParent());
      Files.writeString(to, whole(name, Files.readString(root.resolve(name))));
    }
    String search = Files.readString(site.resolve("search.js"));
    Files.writeString(out.resolve("search.js"), "const pages = [\n" + index + "];\n" + search);
    Files.writeString(out.resolve("site.css"), Files.readString(site.resolve("site.css")));
  }

  /** Writes the Javadoc of the packages that {@code docs/api} lists, and knows its types. */
  private void reference() throws IOException {
    Set<String> packages = new HashSet<>();
    Set<String> twice = new HashSet<>();
    Pattern listed = Pattern.compile("(?:[a-z]+ )+(io\\.millwright[a-z.]*)\\.([A-Z]\\w*)(?:<.*)?");
    try (Stream<Path> files = Files.list(root.resolve("docs/api"))) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          Matcher type = listed.matcher(line);
          if (type.matches()) {
            packages.add(type.group(1));
            String page = type.group(1).replace('.', '/') + "/" + type.group(2) + ".html";
            if (types.put(type.group(2), page) != null) {
              twice.add(type.group(2));
            }
          }
        }
      }
    }
    types.keySet().removeAll(twice);
    List<String> sources = new ArrayList<>();
    Set<String> folders = new TreeSet<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        String name = file.toString().replace('\\', '/');
        int at = name.indexOf("/src/main/java/") + 15;
        if (at >= 15 && !name.matches(".*/(house|benchmarks|samples|archetype-resources)/.*")) {
          if (packages.contains(
              name.substring(at, Math.max(at, name.lastIndexOf('/'))).replace('/', '.'))) {
            sources.add('"' + name + '"');
          }
          if (!Files.exists(Path.of(name.substring(0, at), "module-info.java"))) {
            folders.add(name.substring(0, at));
          }
        }
      }
    }
    Path list = Files.createTempFile("sources", ".txt");
    // What it says is of libraries that are not here.
    try (PrintStream said = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)) {
      Files.write(list, sources);
      List<String> all = new ArrayList<>(OPTIONS);
      all.addAll(List.of("-sourcepath", String.join(File.pathSeparator, folders)));
      all.addAll(List.of("-d", out.resolve("api").toString(), "@" + list));
      ToolProvider tool = ToolProvider.findFirst("javadoc").orElseThrow();
      if (tool.run(said, said, all.toArray(String[]::new)) != 0) {
        throw new IOException("javadoc failed");
      }
    }
    Files.delete(list);
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
    String javadoc = "<a href=\"" + up + "api/index.html\">Javadoc</a>\n";
    return template
        .replace("{lang}", name.startsWith("docs/zh") ? "zh" : "en")
        .replace("{title}", escaped(titles.getOrDefault(name, "")))
        .replace("{up}", up)
        .replace("{list}", (types.isEmpty() ? "" : javadoc) + list(name, up))
        .replace("{body}", body);
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
      kept.add(code(code.group(2)));
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

  /** Words of code; the name of a public type leads to its Javadoc. */
  private String code(String words) {
    Matcher name = TYPE.matcher(words);
    String page = name.lookingAt() ? types.get(name.group(1)) : null;
    String shown = "<code>" + escaped(words) + "</code>";
    String up = "../".repeat(this.page.getNameCount() - 1);
    return page == null ? shown : "<a href=\"" + up + "api/" + page + "\">" + shown + "</a>";
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
      String index = path.replaceFirst("/*$", "/index.html");
      return "<a href=\"" + index + rest + "\">" + words + "</a>";
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
}
