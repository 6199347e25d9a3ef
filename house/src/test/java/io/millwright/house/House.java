package io.millwright.house;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the tests of this package look at: every class of the project on the class path, the sources
 * beside it, and the packages that users may compile against.
 */
final class House {
  private House() {}

  /** The areas; a plug-in of one never sees another. */
  static final List<String> AREAS =
      List.of(
          "maintenance", "scheduling", "quality", "supplychain", "production", "personalization");

  /**
   * The public packages by the folder of the module that owns them; what is not named here is
   * internal.
   */
  static final Map<String, List<String>> PUBLIC_PACKAGES =
      new TreeMap<>(
          Map.ofEntries(
              entry(
                  "sdk-api",
                  List.of(
                      "io.millwright.api",
                      "io.millwright.api.assist",
                      "io.millwright.api.data",
                      "io.millwright.api.foreign",
                      "io.millwright.api.head",
                      "io.millwright.api.learn",
                      "io.millwright.api.plan",
                      "io.millwright.api.series",
                      "io.millwright.api.spi",
                      "io.millwright.api.text")),
              entry(
                  "sdk-runtime",
                  List.of(
                      "io.millwright.runtime.access",
                      "io.millwright.runtime.comply",
                      "io.millwright.runtime.compress",
                      "io.millwright.runtime.edge",
                      "io.millwright.runtime.explain",
                      "io.millwright.runtime.export",
                      "io.millwright.runtime.features",
                      "io.millwright.runtime.foreign",
                      "io.millwright.runtime.journal",
                      "io.millwright.runtime.privacy",
                      "io.millwright.runtime.serve",
                      "io.millwright.runtime.monitoring",
                      "io.millwright.runtime.simulation",
                      "io.millwright.runtime.support",
                      "io.millwright.runtime.tables",
                      "io.millwright.runtime.tree",
                      "io.millwright.runtime.verify",
                      "io.millwright.runtime.watch")),
              entry(
                  "sdk-core",
                  List.of(
                      "io.millwright.core.guice",
                      "io.millwright.core.large",
                      "io.millwright.core.relearn",
                      "io.millwright.core.shrink")),
              entry("sdk-testkit", List.of("io.millwright.testkit")),
              entry("solvers/ortools", List.of("io.millwright.solver.ortools")),
              entry("reports", List.of("io.millwright.reports")),
              entry("models/series", List.of("io.millwright.series")),
              entry("vectors", List.of("io.millwright.vectors")),
              entry("keras", List.of("io.millwright.keras")),
              entry("integration/jackson", List.of("io.millwright.integration.jackson")),
              entry("integration/micrometer", List.of("io.millwright.integration.micrometer")),
              entry("integration/spring", List.of("io.millwright.integration.spring")),
              entry("connect/jdbc", List.of("io.millwright.connect.jdbc")),
              entry("connect/excel", List.of("io.millwright.connect.excel")),
              entry("connect/common", List.of("io.millwright.connect")),
              entry("connect/parquet", List.of("io.millwright.connect.parquet")),
              entry("connect/arrow", List.of("io.millwright.connect.arrow")),
              entry("connect/mqtt", List.of("io.millwright.connect.mqtt")),
              entry("connect/opcua", List.of("io.millwright.connect.opcua")),
              entry("connect/isa95", List.of("io.millwright.connect.isa95")),
              entry("connect/kafka", List.of("io.millwright.connect.kafka")),
              entry("text", List.of("io.millwright.text")),
              entry("plugin-maintenance", List.of("io.millwright.maintenance")),
              entry("plugin-scheduling", List.of("io.millwright.scheduling")),
              entry("plugin-quality", List.of("io.millwright.quality")),
              entry("plugin-supplychain", List.of("io.millwright.supplychain")),
              entry("plugin-production", List.of("io.millwright.production")),
              entry("plugin-personalization", List.of("io.millwright.personalization"))));

  static JavaClasses classes() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.millwright");
  }

  /** The project's folder; the tests run in that of their module. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("sdk-api"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "no folder above " + Path.of("").toAbsolutePath() + " holds sdk-api");
      }
      folder = parent;
    }
    return folder;
  }

  /** All Java sources that are shipped: those of src/main in every module. */
  static List<Path> sources() {
    return walk(root()).filter(p -> p.toString().contains("src/main/java")).toList();
  }

  /** All Java sources of tests, in every module. */
  static List<Path> tests() {
    return walk(root()).filter(p -> p.toString().contains("src/test/java")).toList();
  }

  /** The sources of a package, sub-packages left out. */
  static List<Path> sources(String module, String packageName) {
    Path folder = root().resolve(module + "/src/main/java/" + packageName.replace('.', '/'));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return walk(folder).filter(p -> folder.equals(p.getParent())).toList();
  }

  private static Stream<Path> walk(Path from) {
    try (Stream<Path> files = Files.walk(from)) {
      return files.filter(p -> p.toString().endsWith(".java")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the sources under " + from, e);
    }
  }
}
