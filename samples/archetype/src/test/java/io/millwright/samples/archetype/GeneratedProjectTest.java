package io.millwright.samples.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * What the archetype generates under other names compiles against this build and passes the
 * contracts of the testkit. The templates are filled by Velocity, as the archetype plug-in does.
 */
class GeneratedProjectTest {

  private static final Map<String, String> ANSWERS =
      Map.of(
          "groupId", "com.example.kiln",
          "artifactId", "kiln-plugin",
          "version", "1.0.0",
          "package", "com.example.kiln",
          "area", "kiln",
          "Area", "Kiln",
          "millwrightVersion", "0.1.0");

  @TempDir Path folder;

  @Test
  void theGeneratedProjectPassesTheContracts() throws Exception {
    Path project = generated();
    String pom = Files.readString(project.resolve("pom.xml"));
    assertThat(pom)
        .contains(
            "<artifactId>kiln-plugin</artifactId>",
            "millwright-pytorch-${millwright.platform}",
            "<Millwright-Facades>com.example.kiln</Millwright-Facades>")
        .doesNotContain("@", "symbol_dollar");
    List<String> sources = sources(project);
    assertThat(sources).anyMatch(s -> s.endsWith("com/example/kiln/internal/KilnPlugin.java"));
    for (String source : sources) {
      assertThat(Files.readString(Path.of(source)))
          .as(source)
          .doesNotContain("io.millwright.sample", "${")
          .doesNotContainPattern("(?i)(?<![a-z])press(es)?(?![a-z])");
    }
    Path classes = compiled(sources);
    Path services = project.resolve("src/main/resources/META-INF/services");
    Path target = Files.createDirectories(classes.resolve("META-INF/services"));
    for (Path service : listed(services)) {
      Files.copy(service, target.resolve(service.getFileName().toString()));
    }
    run(
        classes,
        "com.example.kiln.KilnPluginTest",
        "com.example.kiln.EnergyPredictorTest",
        "com.example.kiln.EnergyTrainerTest",
        "com.example.kiln.EnergyCommandTest");
  }

  private Path generated() throws IOException {
    Path templates = Path.of("target/classes/archetype-resources").toAbsolutePath();
    VelocityEngine velocity = new VelocityEngine();
    velocity.init();
    VelocityContext answers = new VelocityContext();
    ANSWERS.forEach(answers::put);
    Path project = folder.resolve("kiln-plugin");
    try (Stream<Path> files = Files.walk(templates)) {
      for (Path template : files.filter(Files::isRegularFile).toList()) {
        StringWriter text = new StringWriter();
        velocity.evaluate(
            answers, text, template.toString(), Files.readString(template, StandardCharsets.UTF_8));
        Path place = project.resolve(place(templates.relativize(template)));
        Files.createDirectories(place.getParent());
        Files.writeString(place, text.toString());
      }
    }
    return project;
  }

  /** File names carry the class prefix; Java files go into the package's folder. */
  private static String place(Path template) {
    String path = template.toString().replace('\\', '/').replace("__Area__", "Kiln");
    return path.replaceFirst("^(src/(?:main|test)/java)/", "$1/com/example/kiln/");
  }

  private static List<String> sources(Path project) throws IOException {
    try (Stream<Path> files = Files.walk(project.resolve("src"))) {
      return files.map(Path::toString).filter(f -> f.endsWith(".java")).sorted().toList();
    }
  }

  private static List<Path> listed(Path services) throws IOException {
    try (Stream<Path> files = Files.list(services)) {
      return files.toList();
    }
  }

  private Path compiled(List<String> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(List.of("-d", classes.toString(), "--release", "17", "-proc:none"));
    arguments.add("-cp");
    arguments.add(System.getProperty("java.class.path"));
    arguments.addAll(sources);
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    return classes;
  }

  /** A process of its own finds the plug-in on its class path, as a host does. */
  private void run(Path classes, String... tests) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // A heap that lies in memory from the start, beside which growth outside it shows.
                "-Xms512m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                Tests.class.getName()));
    command.addAll(List.of(tests));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }

  /** Runs test classes; the exit code is 0 when all of several tests succeed. */
  static final class Tests {

    private Tests() {}

    public static void main(String[] tests) {
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
      for (String test : tests) {
        request.selectors(DiscoverySelectors.selectClass(test));
      }
      LauncherFactory.create().execute(request.build(), listener);
      TestExecutionSummary summary = listener.getSummary();
      summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
      long succeeded = summary.getTestsSucceededCount();
      System.exit(succeeded > 10 && succeeded == summary.getTestsFoundCount() ? 0 : 1);
    }
  }
}
