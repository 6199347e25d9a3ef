package io.millwright.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millwright.api.EnginePolicy;
import io.millwright.api.ErrorCode;
import io.millwright.api.HostReport;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.PluginSource;
import io.millwright.api.Task;
import io.millwright.api.spi.ApiRange;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins compiled into jars and started from a folder. */
class PluginFolderTest {

  @TempDir Path temp;
  private Path folder;
  private final FakeWiring wiring = new FakeWiring();

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temp.resolve("plugins"));
  }

  private Millwright start() {
    return start(Map.of());
  }

  private Millwright start(Map<String, String> config) {
    return new DefaultBuilder(wiring)
        .plugins(PluginSource.folder(folder))
        .config(config)
        .executor(Runnable::run)
        .engines(EnginePolicy.automatic().withEngine("Java")) // No native library for this.
        .build();
  }

  /** A plug-in whose facade answers with an expression of Java. */
  private static String source(String room, String name, String facade, String answer) {
    return """
    package %s;

    import io.millwright.api.learn.Binding;
    import io.millwright.api.spi.*;
    import java.util.*;

    public final class Entry implements Plugin {
      public String name() { return "%s"; }
      public ApiRange requires() { return new ApiRange(1, 1); }
      public Parts create(PluginContext context) {
        %3$s facade = () -> %4$s;
        return new Parts() {
          public <F> Optional<F> facade(Class<F> type) {
            return type == %3$s.class ? Optional.of(type.cast(facade)) : Optional.empty();
          }
          public List<Class<?>> facades() { return List.of(%3$s.class); }
          public List<Binding<?, ?, ?>> tasks() { return List.of(); }
          public void close() { System.setProperty("closed." + name(), "" + System.nanoTime()); }
        };
      }
    }
    """
        .formatted(room, name, facade, answer);
  }

  private Path good(String file, String room, String name, String answer) throws IOException {
    return Jars.write(
        folder.resolve(file),
        Jars.Content.empty()
            .source(room + ".Entry", source(room, name, Hello.class.getName(), answer))
            .plugin(room + ".Entry"));
  }

  private static void fails(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code, String... says) {
    assertThatExceptionOfType(MillwrightException.class)
        .isThrownBy(call)
        .withMessageContaining("\nMaybe ")
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(List.of(says)).allMatch(e.getMessage()::contains));
  }

  private static HostReport.PluginStatus status(Millwright millwright, String name) {
    return millwright.report().plugins().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aGoodPluginRunsWithItsSettingsAndAloneInItsLoader() throws Exception {
    good("good.jar", "acme.good", "good", "\"hello \" + context.config().get(\"who\")");
    Files.writeString(folder.resolve("README.txt"), "not a jar");
    Files.createDirectory(folder.resolve("empty"));
    try (Millwright one = start(Map.of("good.who", "plant", "god.who", "typo"));
        Millwright two = start()) {
      assertThat(one.plugin(Hello.class).say()).isEqualTo("hello plant");
      assertThat(one.plugin(Hello.class)).isSameAs(one.plugin(Hello.class));
      assertThat(two.plugin(Hello.class)).isNotSameAs(one.plugin(Hello.class));
      assertThat(one.plugin(Hello.class).getClass().getClassLoader())
          .isInstanceOf(PluginClassLoader.class);
      assertThat(one.report().plugins()).hasSize(1);
      assertThat(status(one, "good").running()).isTrue();
      assertThat(status(one, "good").source()).endsWith("good.jar");
      assertThat(one.report().findings())
          .anyMatch(f -> f.code().equals(ErrorCode.BAD_OPTION) && f.message().contains("god"));
    }
  }

  @Test
  void aPluginThatThrowsIsReportedAndTheOthersRun() throws Exception {
    good("b-good.jar", "acme.good", "good", "\"hello\"");
    String bad = source("acme.bad", "bad", Hello.class.getName(), "\"never\"");
    Jars.write(
        folder.resolve("a-throws.jar"),
        Jars.Content.empty()
            .source(
                "acme.bad.Entry",
                bad.replace(
                    "return new Parts()",
                    "if (true) throw new IllegalStateException(\"no licence\"); return new"
                        + " Parts()"))
            .plugin("acme.bad.Entry"));
    Jars.write(
        folder.resolve("c-unlinked.jar"),
        Jars.Content.empty()
            .source(
                "acme.unlinked.Entry",
                source("acme.unlinked", "unlinked", Hello.class.getName(), "\"never\"")
                    .replace(
                        "public String name() {",
                        "static { if (true) throw new NoClassDefFoundError(\"org/gone/Library\");"
                            + " }\n"
                            + "public String name() {"))
            .plugin("acme.unlinked.Entry"));
    Jars.write(folder.resolve("d-missing.jar"), Jars.Content.empty().plugin("acme.gone.Entry"));
    Jars.write(folder.resolve("e-no-plugin.jar"), Jars.Content.empty().file("a.txt", "a"));
    Files.writeString(folder.resolve("f-broken.jar"), "this is no jar");
    try (Millwright millwright = start()) {
      assertThat(millwright.plugin(Hello.class).say()).isEqualTo("hello");
      assertThat(status(millwright, "bad").detail())
          .contains("PLUGIN_FAILED", "no licence", "\nMaybe ");
      assertThat(status(millwright, "acme.unlinked.Entry").detail()).contains("org/gone/Library");
      assertThat(status(millwright, "acme.gone.Entry").detail()).contains("acme.gone.Entry");
      assertThat(status(millwright, "e-no-plugin.jar").detail()).contains("META-INF/services");
      assertThat(status(millwright, "f-broken.jar").running()).isFalse();
      assertThat(
              millwright.report().findings().stream()
                  .filter(f -> f.code().equals(ErrorCode.PLUGIN_FAILED)))
          .hasSize(5)
          .allMatch(f -> !f.remedy().isEmpty());
    }
  }

  @Test
  void aFacadeWhosePluginFailedIsExplainedByTheCause() throws Exception {
    String room = Hello.class.getPackageName() + ".internal";
    Jars.write(
        folder.resolve("bad.jar"),
        Jars.Content.empty()
            .source(
                room + ".Entry",
                source(room, "bad", Hello.class.getName(), "\"never\"")
                    .replace(
                        "return new Parts()",
                        "if (true) throw new IllegalStateException(\"no licence\"); return new"
                            + " Parts()"))
            .plugin(room + ".Entry"));
    try (Millwright millwright = start()) {
      assertThatExceptionOfType(MillwrightException.class)
          .isThrownBy(() -> millwright.plugin(Hello.class))
          .withMessageContainingAll("bad", "no licence")
          .withCauseInstanceOf(IllegalStateException.class)
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_FAILED));
    }
  }

  @Test
  void aPluginForAnotherApiVersionIsRefused() throws Exception {
    Jars.write(
        folder.resolve("later.jar"),
        Jars.Content.empty()
            .source(
                "acme.later.Entry",
                source("acme.later", "later", Hello.class.getName(), "\"never\"")
                    .replace("new ApiRange(1, 1)", "new ApiRange(7, 9)"))
            .plugin("acme.later.Entry"));
    try (Millwright millwright = start()) {
      assertThat(status(millwright, "later").detail())
          .contains(
              "PLUGIN_INCOMPATIBLE", "7 to 9", "version " + ApiRange.CURRENT, "later Millwright");
      fails(() -> millwright.plugin(Hello.class), ErrorCode.NO_PLUGIN, "later");
    }
  }

  @Test
  void twoPluginsWithOneFacadeOrOneNameAreReported() throws Exception {
    good("a.jar", "acme.a", "first", "\"a\"");
    good("b.jar", "acme.b", "second", "\"b\"");
    try (Millwright millwright = start()) {
      fails(() -> millwright.plugin(Hello.class), ErrorCode.PLUGIN_CONFLICT, "first", "second");
      assertThat(millwright.report().findings())
          .anyMatch(f -> f.code().equals(ErrorCode.PLUGIN_CONFLICT));
    }
    good("b.jar", "acme.b", "first", "\"b\"");
    try (Millwright millwright = start()) {
      assertThat(millwright.plugin(Hello.class).say()).isEqualTo("a");
      assertThat(millwright.report().plugins())
          .anyMatch(p -> !p.running() && p.detail().contains("PLUGIN_CONFLICT"));
    }
  }

  @Test
  void eachPluginHasItsOwnVersionOfALibrary() throws Exception {
    for (String version : List.of("1", "2")) {
      Path own = Files.createDirectory(folder.resolve("v" + version));
      Path library =
          Jars.write(
              own.resolve("library.jar"),
              Jars.Content.empty()
                  .source(
                      "lib.Version",
                      "package lib; public class Version { public static String get() { return \""
                          + version
                          + "\"; } }")
                  .file("lib/text.txt", "text " + version));
      String room = "acme.v" + version;
      Jars.write(
          own.resolve("plugin.jar"),
          Jars.Content.empty()
              .source(
                  room + ".Entry",
                  source(
                      room,
                      "v" + version,
                      "java.util.function.Supplier",
                      "lib.Version.get() + new"
                          + " Scanner(Entry.class.getResourceAsStream(\"/lib/text.txt\")).nextLine()"))
              .plugin(room + ".Entry"),
          library);
    }
    Discovery.Result found =
        Discovery.find(
            List.of(PluginSource.folder(folder)), PluginFolderTest.class.getClassLoader());
    List<Object> answers = new ArrayList<>();
    for (Discovery.Found one : found.plugins()) {
      assertThat(one.error()).isNull();
      answers.add(
          one.maker()
              .call()
              .create(null)
              .facade(java.util.function.Supplier.class)
              .orElseThrow()
              .get());
    }
    assertThat(answers).containsExactly("1text 1", "2text 2");
    for (PluginClassLoader loader : found.loaders()) {
      loader.close();
    }
  }

  @Test
  void aFacadeCarriedByThePluginIsTheHostsOwnOnlyWhenShared() throws Exception {
    // The same facade once more inside the jar, under a package that is shared by name.
    String facade = "io.millwright.testarea.Greeting";
    String text = "package io.millwright.testarea; public interface Greeting { String say(); }";
    Path api = Files.createDirectory(temp.resolve("api"));
    Path facadeJar =
        Jars.write(api.resolve("facade.jar"), Jars.Content.empty().source(facade, text));
    String other = "acme.facade.Greeting";
    String otherText = "package acme.facade; public interface Greeting { String say(); }";
    Path otherJar =
        Jars.write(api.resolve("other.jar"), Jars.Content.empty().source(other, otherText));
    Jars.write(
        folder.resolve("a.jar"),
        Jars.Content.empty()
            .source("acme.a.Entry", source("acme.a", "a", facade, "\"shared\""))
            .source(facade, text)
            .plugin("acme.a.Entry"));
    Jars.write(
        folder.resolve("b.jar"),
        Jars.Content.empty()
            .source("acme.b.Entry", source("acme.b", "b", other, "\"private\""))
            .source(other, otherText)
            .plugin("acme.b.Entry"));
    try (URLClassLoader host =
        new URLClassLoader(
            "host",
            new URL[] {facadeJar.toUri().toURL(), otherJar.toUri().toURL()},
            getClass().getClassLoader())) {
      PluginSource[] sources = {PluginSource.classPath(host), PluginSource.folder(folder)};
      try (Millwright millwright =
          new DefaultBuilder(wiring).plugins(sources).executor(Runnable::run).build()) {
        Object shared = millwright.plugin(host.loadClass(facade));
        assertThat(shared.getClass().getClassLoader()).isInstanceOf(PluginClassLoader.class);
        fails(
            () -> millwright.plugin(host.loadClass(other)),
            ErrorCode.PLUGIN_CONFLICT,
            "loaded twice",
            "'host'",
            "millwright-plugin-b.jar",
            "other.jar");
      }
      Jars.write(
          folder.resolve("b.jar"),
          Jars.Content.empty()
              .source("acme.b.Entry", source("acme.b", "b", other, "\"listed\""))
              .source(other, otherText)
              .attribute(PluginClassLoader.FACADES, "acme.facade acme.more")
              .plugin("acme.b.Entry"));
      try (Millwright millwright =
          new DefaultBuilder(wiring).plugins(sources).executor(Runnable::run).build()) {
        assertThat(millwright.plugin(host.loadClass(other))).isNotNull();
      }
    }
  }

  @Test
  void anUnknownFacadeNamesTheArtifactByConvention() throws Exception {
    String facade = "io.millwright.maintenance.Maintenance";
    Path jar =
        Jars.write(
            Files.createDirectory(temp.resolve("api")).resolve("facade.jar"),
            Jars.Content.empty()
                .source(
                    facade, "package io.millwright.maintenance; public interface Maintenance {}"));
    try (URLClassLoader host = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        Millwright millwright = start()) {
      fails(
          () -> millwright.plugin(host.loadClass(facade)),
          ErrorCode.NO_PLUGIN,
          "io.millwright:millwright-maintenance");
      fails(() -> millwright.plugin(Runnable.class), ErrorCode.NO_PLUGIN, "java.lang.Runnable");
      fails(
          () -> millwright.open(new Task<>("acme.gone", 1, String.class, String.class), folder),
          ErrorCode.NO_PLUGIN,
          "acme.gone v1");
    }
  }

  @Test
  void closingEndsPluginsInReverseOrderOnceAndRefusesLaterUse() throws Exception {
    good("a.jar", "acme.a", "first", "\"a\"");
    good("b.jar", "acme.b", "second", "\"b\"");
    Millwright millwright = start();
    millwright.close();
    long first = Long.parseLong(System.clearProperty("closed.first"));
    long second = Long.parseLong(System.clearProperty("closed.second"));
    assertThat(second).isLessThan(first);
    millwright.close();
    assertThat(System.getProperty("closed.first")).isNull();
    fails(() -> millwright.plugin(Hello.class), ErrorCode.CLOSED);
    fails(millwright::report, ErrorCode.CLOSED);
    fails(() -> millwright.open(folder), ErrorCode.CLOSED);
  }
}
