package io.millwright.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millwright.api.EnginePolicy;
import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.PluginSource;
import io.millwright.api.Task;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultBuilderTest {

  @TempDir Path temp;

  @Test
  void allProblemsAreSaidAtOnce() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "a file");
    assertThatExceptionOfType(MillwrightException.class)
        .isThrownBy(
            () ->
                new DefaultBuilder(new FakeWiring())
                    .executor(null)
                    .plugins(PluginSource.folder(temp.resolve("absent")), PluginSource.folder(file))
                    .nativeCache(file.resolve("below"))
                    .config(Map.of("nodot", "1"))
                    .build())
        .satisfies(
            e -> {
              assertThat(e.findings())
                  .extracting(Finding::place)
                  .containsExactly("executor", "plugins", "plugins", "nativeCache", "config");
              assertThat(e.findings())
                  .allMatch(f -> f.code().equals(ErrorCode.BAD_OPTION) && !f.remedy().isEmpty());
              assertThat(e).hasMessageContaining("nodot").hasMessageContaining("absent");
            });
  }

  @Test
  void theFrontDoorFindsThisHost() {
    try (Millwright millwright =
        Millwright.builder()
            .plugins(new PluginSource.Nowhere())
            .engines(EnginePolicy.automatic().withEngine("Java"))
            .build()) {
      assertThat(millwright.report().plugins()).isEmpty();
      assertThat(millwright.report().engines().prediction()).isEqualTo("Java");
      assertThat(millwright.report().java()).contains(System.getProperty("java.version"));
    }
  }

  @Test
  void anEngineThatCannotBeLinkedIsACandidateThatNamesWhatToAdd() throws Exception {
    Path services = Files.createDirectories(temp.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("io.millwright.runtime.network.Engine"), "acme.gone.TensorFlowEngine\n");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {temp.toUri().toURL()}, getClass().getClassLoader())) {
      EngineCatalog catalog = EngineCatalog.of(loader);
      assertThat(catalog.broken())
          .singleElement()
          .satisfies(
              c -> {
                assertThat(c.name()).isEqualTo("TensorFlow");
                assertThat(c.usable()).isFalse();
                assertThat(c.detail()).contains("millwright-tensorflow-");
              });
    }
  }

  @Test
  void aTaskWithoutPluginNamesTheTask() {
    try (Millwright millwright =
        new DefaultBuilder(new FakeWiring()).plugins(new PluginSource.Nowhere()).build()) {
      assertThatExceptionOfType(MillwrightException.class)
          .isThrownBy(
              () -> millwright.open(new Task<>("acme.task", 3, String.class, Double.class), temp))
          .withMessageContaining("acme.task v3")
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_PLUGIN));
    }
  }
}
