package io.millwright.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that were written once and must open for ever. */
class FormatTest {

  @TempDir Path folder;

  @Test
  void bundlesOfFormat10() throws IOException {
    opens("format-1.0-quantity.mwb", FormatFixture.quantity());
    opens("format-1.0-classes.mwb", FormatFixture.classes());
  }

  private void opens(String name, Model model) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = Objects.requireNonNull(FormatTest.class.getResourceAsStream(name))) {
      Files.copy(in, file);
    }
    assertThat(BundleReader.manifest(file).format()).isEqualTo("millwright-bundle/1.0");
    RandomModels.assertSame(BundleReader.read(file), model);
    assertThat(BundleReader.info(file)).isEqualTo(Bundles.info(model));

    Path now = folder.resolve("now.mwb");
    BundleWriter.write(model, now);
    assertThat(Files.mismatch(file, now))
        .as("as long as the format is 1.0, its bytes stay as they are")
        .isEqualTo(-1);
  }
}
