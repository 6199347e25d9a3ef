package io.millwright.core.host;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles small sources into jars, as an integrator's build would. */
final class Jars {

  private Jars() {}

  /**
   * A jar being filled.
   *
   * @param sources Java sources by the full name of their class
   * @param files other files by name
   * @param manifest attributes of the manifest
   */
  record Content(
      Map<String, String> sources, Map<String, String> files, Map<String, String> manifest) {
    static Content empty() {
      return new Content(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    Content source(String name, String text) {
      sources.put(name, text);
      return this;
    }

    Content file(String name, String text) {
      files.put(name, text);
      return this;
    }

    Content plugin(String... types) {
      return file(
          "META-INF/services/io.millwright.api.spi.Plugin", String.join("\n", types) + "\n");
    }

    Content attribute(String name, String value) {
      manifest.put(name, value);
      return this;
    }
  }

  static Path write(Path jar, Content content, Path... classPath) throws IOException {
    Path classes = Files.createTempDirectory(jar.getParent().getParent(), "classes");
    compile(content.sources, classes, classPath);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    content.manifest.forEach((k, v) -> manifest.getMainAttributes().putValue(k, v));
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
      }
      for (Map.Entry<String, String> file : content.files.entrySet()) {
        zip.putNextEntry(new JarEntry(file.getKey()));
        zip.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private static void compile(Map<String, String> sources, Path classes, Path... classPath) {
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach(
        (name, text) ->
            units.add(
                new SimpleJavaFileObject(
                    URI.create("string:///" + name.replace('.', '/') + ".java"),
                    JavaFileObject.Kind.SOURCE) {
                  @Override
                  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return text;
                  }
                }));
    if (units.isEmpty()) {
      return;
    }
    StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
    for (Path more : classPath) {
      path.append(java.io.File.pathSeparator).append(more);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean done =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "-d", classes.toString(), "-cp", path.toString()),
                null,
                units)
            .call();
    if (!done) {
      throw new IllegalStateException(messages.toString());
    }
  }
}
