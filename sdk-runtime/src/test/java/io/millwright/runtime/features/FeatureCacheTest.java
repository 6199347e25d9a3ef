package io.millwright.runtime.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {

  @TempDir Path folder;

  private static String key(int i) {
    return String.format("%016x", i);
  }

  private FeatureCache cache(long seconds) {
    return new FeatureCache(
        folder, 1 << 20, Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void whatIsKeptIsFoundAgainByAnotherProcess() {
    assertThat(cache(0).find(key(1))).isEmpty();
    cache(0).keep(key(1), new float[] {1, Float.NaN, -3});
    assertThat(cache(1).find(key(1)).orElseThrow()).containsExactly(1, Float.NaN, -3);
    assertThatThrownBy(() -> cache(0).find("../../etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void damagedEntriesCountAsAbsent() throws IOException {
    cache(0).keep(key(1), new float[] {1, 2, 3, 4});
    Path file = files().get(0);
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] altered = whole.clone();
      altered[i] ^= 0x41;
      Files.write(file, altered);
      assertThat(cache(0).find(key(1))).as("byte " + i).isEmpty();
      Files.write(file, java.util.Arrays.copyOf(whole, i));
      assertThat(cache(0).find(key(1))).isEmpty();
    }
    cache(0).keep(key(1), new float[] {5});
    assertThat(cache(0).find(key(1)).orElseThrow()).containsExactly(5);
  }

  @Test
  void whatWasUsedLongestAgoGoesFirst() throws IOException {
    float[] large = new float[50_000]; // 200 kB, so that five fit into one MiB
    for (int i = 0; i < 5; i++) {
      cache(i).keep(key(i), large);
    }
    assertThat(cache(100).find(key(0))).isPresent(); // used again
    FeatureCache last = cache(101);
    last.keep(key(5), large);
    last.sweep();
    assertThat(files().size()).isLessThanOrEqualTo(5);
    assertThat(last.find(key(0))).isPresent();
    assertThat(last.find(key(5))).isPresent();
    assertThat(last.find(key(1))).isEmpty();
  }
}
