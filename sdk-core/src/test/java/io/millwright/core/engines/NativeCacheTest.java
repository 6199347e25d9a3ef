package io.millwright.core.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.engine.common.NativeCache;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacked libraries beside the jar that they came from: damage is found, leftovers are swept. */
class NativeCacheTest {

  private static final String NAME = "libone.so";

  @TempDir Path folder;

  private Path cache;
  private Path file;
  private byte[] bytes;
  private Map<String, URL> libraries;

  @BeforeEach
  void aJarAndWhatWasUnpackedFromIt() throws IOException {
    bytes = new byte[300_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 >> 3);
    }
    Path jar = folder.resolve("natives.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("lib/" + NAME));
      zip.write(bytes);
      zip.closeEntry();
    }
    libraries = Map.of(NAME, URI.create("jar:" + jar.toUri() + "!/lib/" + NAME).toURL());
    cache = folder.resolve("cache");
    Files.createDirectories(cache);
    file = cache.resolve(NAME);
    Files.write(file, bytes);
  }

  @Test
  void whatWasUnpackedWholeIsSound() {
    assertThat(NativeCache.isSound(cache, libraries)).isTrue();
    assertThat(NativeCache.isSound(cache, libraries)).as("compared before").isTrue();
    assertThat(NativeCache.isSound(folder.resolve("none"), libraries)).as("first start").isTrue();
  }

  @Test
  void anotherSizeIsFound() throws IOException {
    assertThat(NativeCache.isSound(cache, libraries)).isTrue();
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(NativeCache.isSound(cache, libraries)).isFalse();
  }

  @Test
  void aChangedByteIsFoundAlsoAfterOneSoundStart() throws IOException {
    assertThat(NativeCache.isSound(cache, libraries)).isTrue();
    bytes[200_000] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(2)));
    assertThat(NativeCache.isSound(cache, libraries)).isFalse();
    assertThat(NativeCache.isSound(cache, libraries)).as("not forgotten").isFalse();
  }

  @Test
  void leftoversOfKilledUnpackingAreSweptOnceTheyAreOld() throws IOException {
    Path old = cache.resolve("tmp123");
    Files.createDirectories(old.resolve("deep"));
    Files.write(old.resolve("deep").resolve("part.so"), bytes);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(3))));
    Path young = Files.createDirectories(cache.resolve("tmp456"));
    int removed = NativeCache.sweep(cache, n -> n.matches("tmp\\d+"), Duration.ofHours(1));
    assertThat(removed).isEqualTo(1);
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(file).exists();
  }
}
