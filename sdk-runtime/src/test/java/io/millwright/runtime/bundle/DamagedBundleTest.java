package io.millwright.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage by accident: an error, or the very model that was written; never another one. */
class DamagedBundleTest {

  @TempDir Path folder;
  private Model model = RandomModels.everyLayer();
  private byte[] bytes = new byte[0];

  @BeforeEach
  void write() throws IOException {
    Path file = folder.resolve("whole.mwb");
    BundleWriter.write(model, file);
    bytes = Files.readAllBytes(file);
  }

  private boolean refused(byte[] damaged) throws IOException {
    Path file = Files.write(folder.resolve("damaged.mwb"), damaged);
    try {
      RandomModels.assertSame(BundleReader.read(file), model);
      return false;
    } catch (MillwrightException e) {
      assertThat(e.code()).isIn(ErrorCode.BAD_BUNDLE, ErrorCode.WRONG_BUNDLE);
      assertThat(e).hasMessageContaining("damaged.mwb").hasMessageContaining("\nMaybe");
      return true;
    }
  }

  private int flip(long seed, int count) throws IOException {
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < count; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      refused += refused(damaged) ? 1 : 0;
    }
    return refused;
  }

  @Test
  void fiveHundredFlippedBits() throws IOException {
    assertThat(flip(11, 500)).as("flips that were noticed").isGreaterThan(450);
  }

  @Test
  @Tag("thorough")
  void everyBitOfTheStructureAndManyOfTheRest() throws IOException {
    assertThat(flip(12, 20_000)).isGreaterThan(18_000);
    for (int i = bytes.length - 1500; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = bytes.clone();
        damaged[i] ^= (byte) (1 << bit);
        refused(damaged);
      }
    }
  }

  @Test
  void severalDamagedBytes() throws IOException {
    Random random = new Random(13);
    for (int i = 0; i < 100; i++) {
      byte[] damaged = bytes.clone();
      int from = random.nextInt(damaged.length);
      int to = Math.min(damaged.length, from + 1 + random.nextInt(64));
      for (int k = from; k < to; k++) {
        damaged[k] = (byte) random.nextInt();
      }
      refused(damaged);
    }
  }

  @Test
  void truncationAtEveryBoundary() throws IOException {
    TreeSet<Integer> ends = new TreeSet<>();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i + 4 <= bytes.length; i++) {
      int signature = buffer.getInt(i);
      if (signature == StoredZip.LOCAL
          || signature == StoredZip.CENTRAL
          || signature == StoredZip.END) {
        for (int d : new int[] {-1, 0, 1, 4, 22, 30, 46}) {
          ends.add(i + d);
        }
      }
    }
    ends.add(bytes.length - 1);
    assertThat(ends).hasSizeGreaterThan(100);
    for (int end : ends) {
      if (end >= 0 && end < bytes.length) {
        assertThat(refused(java.util.Arrays.copyOf(bytes, end))).as("cut at " + end).isTrue();
      }
    }
  }

  @Test
  void somethingBeforeOrBehind() throws IOException {
    byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    assertThat(refused(longer)).isTrue();
    byte[] shifted = new byte[bytes.length + 4];
    System.arraycopy(bytes, 0, shifted, 4, bytes.length);
    assertThat(refused(shifted)).isTrue();
    byte[] doubled = java.util.Arrays.copyOf(bytes, bytes.length * 2);
    System.arraycopy(bytes, 0, doubled, bytes.length, bytes.length);
    assertThat(refused(doubled)).isTrue();
  }
}
