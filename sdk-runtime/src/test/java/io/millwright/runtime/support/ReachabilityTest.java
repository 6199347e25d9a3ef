package io.millwright.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reflection stands in few places, and all that it touches is named in the shipped file {@code
 * reflect-config.json}, so that the jar can become a native image or be shrunk. Run with {@code
 * -Dreachability.update=true} after a meant change.
 */
class ReachabilityTest {

  private static final Path FILE =
      Path.of(
          "src/main/resources/META-INF/native-image/io.millwright/millwright-runtime/reflect-config.json");

  /** The classes that look at others, of records of files and of a user's own records. */
  private static final Set<String> MAY_REFLECT =
      Set.of("JsonTypes.java", "JsonValueWriter.java", "JsonValueReader.java", "Features.java");

  private static final Pattern REFLECTS =
      Pattern.compile(
          "import java\\.lang\\.(reflect|invoke)|Class\\.forName\\(|\\.getDeclared|setAccessible\\("
              + "|getPermittedSubclasses|getRecordComponents|getEnumConstants|\\.loadClass\\(");

  private static final Pattern JSON =
      Pattern.compile(
          "Json\\.(?:read|write|writeInOrder)\\([^;]*?([A-Z][\\w.]*)\\.class", Pattern.DOTALL);

  private static List<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String module : List.of("src/main/java", "../sdk-api/src/main/java")) {
      try (Stream<Path> files = Files.walk(Path.of(module))) {
        files.filter(p -> p.toString().endsWith(".java")).forEach(all::add);
      }
    }
    return all;
  }

  @Test
  void onlyAFewClassesReflect() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path source : sources()) {
      String name = source.getFileName().toString();
      if (REFLECTS.matcher(Files.readString(source)).find()) {
        found.add(name);
      }
    }
    assertThat(found).isSubsetOf(MAY_REFLECT).contains("JsonTypes.java");
  }

  /** What each call of Json names, as a class. */
  private static Set<Class<?>> roots() throws Exception {
    Set<Class<?>> roots = new java.util.LinkedHashSet<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      Matcher matcher = JSON.matcher(text);
      while (matcher.find()) {
        roots.add(named(matcher.group(1), source, text));
      }
    }
    return roots;
  }

  /** A simple name in a source: imported, nested in the class, or of its package. */
  private static Class<?> named(String name, Path source, String text) throws Exception {
    Matcher own = Pattern.compile("(?m)^package ([\\w.]+);").matcher(text);
    assertThat(own.find()).isTrue();
    String first = name.replaceAll("\\..*", "");
    String rest = name.substring(first.length()).replace('.', '$');
    Matcher imported = Pattern.compile("(?m)^import ([\\w.]+\\." + first + ");").matcher(text);
    String outer = source.getFileName().toString().replace(".java", "");
    List<String> candidates = new ArrayList<>();
    if (imported.find()) {
      candidates.add(imported.group(1) + rest);
    }
    candidates.add(own.group(1) + "." + outer + "$" + name.replace('.', '$'));
    candidates.add(own.group(1) + "." + first + rest);
    for (String candidate : candidates) {
      if (ReachabilityTest.class.getResource("/" + candidate.replace('.', '/') + ".class")
          != null) {
        return Class.forName(candidate);
      }
    }
    throw new AssertionError(source + " names " + name + ", found nowhere of " + candidates);
  }

  private final Map<String, String> reached = new TreeMap<>();

  private void reach(Type type) {
    if (type instanceof ParameterizedType p) {
      reach(p.getRawType());
      for (Type argument : p.getActualTypeArguments()) {
        reach(argument);
      }
      return;
    }
    if (!(type instanceof Class<?> raw) || reached.containsKey(raw.getName())) {
      return;
    }
    JsonForms.Form<?, ?> form = JsonForms.of(raw);
    if (form != null) {
      reach(form.form());
      return;
    }
    if (JsonTypes.hasKinds(raw)) {
      reached.put(
          raw.getName(),
          "\"allPermittedSubclasses\": true"
              + (raw.isSealed() ? "" : ", \"allDeclaredClasses\": true"));
      if (raw == io.millwright.api.learn.Layer.class) {
        reached.put(io.millwright.api.learn.Route.class.getName(), "\"allDeclaredClasses\": true");
      }
      JsonTypes.kinds(raw).values().forEach(this::reach);
    } else if (raw.isRecord()) {
      reached.put(
          raw.getName(),
          "\"allRecordComponents\": true, \"allDeclaredMethods\": true,"
              + " \"allDeclaredConstructors\": true");
      for (RecordComponent component : raw.getRecordComponents()) {
        reach(component.getGenericType());
      }
    } else if (raw.isEnum()) {
      reached.put(raw.getName(), "\"allDeclaredMethods\": true, \"allDeclaredFields\": true");
    }
  }

  @Test
  void allThatIsReachedIsInTheShippedFile() throws Exception {
    Set<Class<?>> roots = roots();
    assertThat(roots).hasSizeGreaterThan(10);
    roots.forEach(this::reach);
    List<String> lines = new ArrayList<>();
    reached.forEach((name, what) -> lines.add("  {\"name\": \"" + name + "\", " + what + "}"));
    String expected = "[\n" + String.join(",\n", lines) + "\n]\n";
    if (Boolean.getBoolean("reachability.update")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, expected);
    }
    assertThat(Files.readString(FILE)).isEqualTo(expected);
    assertThat(reached)
        .containsKeys(
            "io.millwright.runtime.bundle.HeadData",
            "io.millwright.api.learn.Layer$Dense",
            "io.millwright.api.learn.Activation");
  }
}
