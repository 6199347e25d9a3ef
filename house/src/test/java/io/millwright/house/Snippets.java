package io.millwright.house;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * The Java snippets of the pages. One that stands under the name of a source, {@code <!--
 * samples/…/Some.java -->}, must stand in it word for word. A snippet is a file of its own (it
 * begins with a package or an import), the members of a class, or statements; what statements use
 * and a reader knows from the text stands before them as a comment that pages do not show: {@code
 * <!-- given: Millwright millwright, Shop shop; abstract void plan(Schedule week); -->}, parameters
 * first, then imports and members. All snippets see the public packages.
 */
final class Snippets {

  private static final Pattern BLOCK =
      Pattern.compile("(?:<!-- ((?:(?!-->).)*?) -->\\s*\\n)?```(\\w*)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TYPE =
      Pattern.compile(
          "^(?:@\\w+\\s+)*(?:public |final |abstract )*(?:class|interface|enum|record) (\\w+)",
          Pattern.MULTILINE);

  record Snippet(String place, String given, String text, int number) {}

  private Snippets() {}

  /** Pages whose snippets are files of one program see each other's. */
  static List<String> compiled(List<Snippet> snippets, Path out) throws IOException {
    List<JavaFileObject> files = new ArrayList<>();
    for (Snippet s : snippets) {
      if (!s.given().matches("\\S+/\\S+")) {
        files.add(file(s));
      } else if (!Files.readString(House.root().resolve(s.given())).contains(s.text().strip())) {
        return List.of(s.place() + " does not stand in " + s.given());
      }
    }
    if (files.isEmpty()) {
      return List.of();
    }
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    StringWriter errors = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      manager.setLocation(StandardLocation.CLASS_OUTPUT, List.of(out.toFile()));
      boolean done =
          compiler
              .getTask(
                  errors,
                  manager,
                  null,
                  List.of("-proc:none", "-nowarn", "-parameters"),
                  null,
                  files)
              .call();
      return done ? List.of() : List.of(snippets.get(0).place() + "\n" + errors);
    }
  }

  private static JavaFileObject file(Snippet s) {
    String text = s.text();
    if (text.startsWith("package ") || text.startsWith("import ")) {
      Matcher type = TYPE.matcher(text);
      String name = type.find() ? type.group(1) : "Snippet" + s.number();
      Matcher in = Pattern.compile("^package ([\\w.]+);").matcher(text);
      return source(s, (in.find() ? in.group(1).replace('.', '/') + "/" : "") + name, text);
    }
    String name = "Snippet" + s.number();
    List<String> given = List.of(s.given().strip().split(";\\s*(?=\\w|$)"));
    StringBuilder open = new StringBuilder(imports());
    StringBuilder beside = new StringBuilder();
    for (String part : given.subList(1, given.size())) {
      (part.startsWith("import ") ? open : beside).append(part).append(";\n");
    }
    boolean complete = beside.indexOf("abstract ") < 0;
    open.append(complete ? "" : "abstract ")
        .append("class ")
        .append(name)
        .append(" {\n")
        .append(beside);
    boolean members =
        TYPE.matcher(text).find()
            || Pattern.compile("^(?:@Override\\s+)?(?:public|private|static|protected) ")
                .matcher(text)
                .find();
    String body =
        members ? text : "void snippet(" + given.get(0) + ") throws Exception {\n" + text + "\n}\n";
    return source(s, name, open + body + "}\n");
  }

  private static JavaFileObject source(Snippet s, String path, String text) {
    String place = "// " + s.place() + "\n";
    return new SimpleJavaFileObject(
        URI.create("string:///" + path + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return place + text;
      }
    };
  }

  private static String imports() {
    StringBuilder all = new StringBuilder();
    Stream.concat(
            House.PUBLIC_PACKAGES.values().stream().flatMap(List::stream),
            Stream.of(
                "java.io",
                "java.nio.file",
                "java.time",
                "java.util",
                "java.util.concurrent",
                "java.util.function"))
        .forEach(name -> all.append("import ").append(name).append(".*;"));
    return all.append('\n').toString();
  }

  /** Of all pages. */
  static List<Snippet> all() throws IOException {
    List<Snippet> all = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      Matcher block = BLOCK.matcher(text);
      while (block.find()) {
        boolean named = block.group(1) != null && block.group(1).matches("\\S+/\\S+");
        if (!named && !block.group(2).equals("java")) {
          continue;
        }
        long line = text.substring(0, block.start(3)).lines().count() + 1;
        all.add(
            new Snippet(
                House.root().relativize(page) + ":" + line,
                block.group(1) == null ? "" : block.group(1).replaceFirst("^given: ", ""),
                block.group(3).strip() + "\n",
                all.size()));
      }
    }
    return all;
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(House.root().resolve("docs"))) {
      return Stream.concat(Stream.of(House.root().resolve("README.md")), files)
          .filter(p -> p.toString().endsWith(".md"))
          .filter(p -> !p.toString().contains("/experiments/"))
          .sorted()
          .toList();
    }
  }
}
