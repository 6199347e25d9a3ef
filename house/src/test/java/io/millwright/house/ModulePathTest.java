package io.millwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jars on a module path: each has a valid name of its own, no package stands in two, and all
 * resolve together. Jars are put together here from the compiled classes, with the names that the
 * poms give their manifests.
 */
class ModulePathTest {

  private static final Pattern NAME =
      Pattern.compile("<automatic\\.module\\.name>([^<]+)</automatic\\.module\\.name>");
  private static final Pattern SERVICE = Pattern.compile("src/main/resources/META-INF/services/");

  @TempDir Path jars;

  /** The module names of the poms, by folder. */
  private static Map<Path, String> names() throws IOException {
    Map<Path, String> names = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(House.root(), 3)) {
      for (Path pom : files.filter(p -> p.endsWith("pom.xml")).sorted().toList()) {
        Matcher matcher = NAME.matcher(Files.readString(pom));
        if (matcher.find()) {
          names.put(pom.getParent(), matcher.group(1));
        }
      }
    }
    return names;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Writes the jar of a module; empty when its classes are not on the class path here. */
  private Optional<Path> jar(Path module, String name) throws IOException {
    Path sources = module.resolve("src/main/java");
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (Path source : files(sources)) {
      String entry = sources.relativize(source).toString().replace('\\', '/');
      if (entry.endsWith(".java") && entry.contains("/") && !entry.endsWith("package-info.java")) {
        String compiled = entry.replaceAll("\\.java$", ".class");
        try (InputStream in = ModulePathTest.class.getResourceAsStream("/" + compiled)) {
          if (in != null) {
            entries.put(compiled, in.readAllBytes());
          }
        }
      }
    }
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    Path resources = module.resolve("src/main/resources");
    for (Path resource : files(resources)) {
      if (SERVICE.matcher(resource.toString().replace('\\', '/')).find()) {
        entries.put(
            resources.relativize(resource).toString().replace('\\', '/'),
            Files.readAllBytes(resource));
      }
    }
    Path described = module.resolve("target/classes/module-info.class");
    if (Files.exists(described)) {
      entries.put("module-info.class", Files.readAllBytes(described));
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Automatic-Module-Name", name);
    Path jar = jars.resolve("millwright-" + jars.toFile().list().length + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return Optional.of(jar);
  }

  @Test
  void everyModuleHasAValidNameOfItsOwn() throws IOException {
    Map<Path, String> names = names();
    assertThat(names).hasSizeGreaterThan(10);
    assertThat(names.values()).doesNotHaveDuplicates();
    assertThat(names.values())
        .allSatisfy(
            name -> assertThat(ModuleDescriptor.newAutomaticModule(name).build()).isNotNull());
  }

  @Test
  void allResolveTogether() throws IOException {
    List<String> expected = new ArrayList<>();
    for (Map.Entry<Path, String> module : names().entrySet()) {
      if (jar(module.getKey(), module.getValue()).isPresent()) {
        expected.add(module.getValue());
      }
    }
    ModuleFinder finder = ModuleFinder.of(jars);
    List<String> found =
        finder.findAll().stream()
            .map(ModuleReference::descriptor)
            .map(ModuleDescriptor::name)
            .toList();
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected).contains("io.millwright.api");
    // Refuses a package that stands in two modules, and a service without its class.
    Configuration resolved =
        ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), expected);
    assertThat(resolved.modules().stream().map(m -> m.name())).containsAll(expected);
  }
}
