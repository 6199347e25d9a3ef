package io.millwright.runtime.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.NumberArray;
import io.millwright.api.data.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that NumPy 2.4 wrote, all but the one of .npz deflated here. */
class NumpyFilesTest {

  private static final String F4 =
      "eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RrG"
          + "OgpGmjoKtQpkAy4GhgP2DECCgcHBgYGhA4gP1J/65FkIACd4Iig=";

  private static final String FORTRAN =
      "eNqb7BfqGxDJyFDGUK2eklqcXKRupaBul2ahrqOgnpZfVFKUmBefX5SSChIPKSpNBQoXZyQWpAK5GkY6"
          + "CsY6CiaaOgq1CmQCLgYocNCA0gJQ2gBKK0BpEwht/wHK14LSIlDaEEorQWlTKA0zXwdKS0BpIyitAqXN"
          + "oDQHlNaD0jJQ2hhKq0FpcwgNALIQJUo=";

  private static final String HALF =
      "eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2akrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+Rqm"
          + "Opo6CrUKFAAuBhuGHf+rGRkYagB0JB5F";

  private static final String U8 =
      "eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuU2qhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpG"
          + "Opo6CrUKFACu/1DAyAABAHTxI2U=";

  private static final String STRUCT =
      "eNqb7BfqGxDJyLCNoVo9JbU4uUjdSiFaQz0tvyg5VV1HQd0mzUJdU0dBQz05vzSvBCySaQQRSc/PTwEJ"
          + "1CQZqmvGAhlATSVFiXnx+UUpqSBz3BJzilOB4sUZiQWpQL6GkQ5QY60CFQEXAxh8sWdnYIQwOQ78+M8A"
          + "AFjTLgs=";

  private static final String NPZ =
      "UEsDBC0AAAAIAAAAIQCOE9Q0//////////8FABQAeC5ucHkBABAAsAAAAAAAAABXAAAAAAAAAJvsF+ob"
          + "EMnIUMZQrZ6SWpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6CkaaOgq1"
          + "CmQDLgYU8MEeynCAUBxQWgBKizgAAFBLAwQtAAAACAAAACEA68ArBP//////////BQAUAHkubnB5AQAQ"
          + "AIwAAAAAAAAATQAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mirqOgnpZfVFKUmBefX5SSChJ3"
          + "S8wpTgWKF2ckFqQC+RrGOpo6CrUKFAAuRgYGBiYgZgZiAFBLAQItAy0AAAAIAAAAIQCOE9Q0VwAAALAA"
          + "AAAFAAAAAAAAAAAAAACAAQAAAAB4Lm5weVBLAQItAy0AAAAIAAAAIQDrwCsETQAAAIwAAAAFAAAAAAAA"
          + "AAAAAACAAY4AAAB5Lm5weVBLBQYAAAAAAgACAGYAAAASAQAAAAA=";

  private static final String PICKLE =
      "eNqliz0LgkAYx71eCKK52e0MRGiLloagoSOLoKEh5NKLglJ57gwkg5ao4KZ8+rxl+RH6DX/4v+XuYjJb"
          + "EuNonGggpA+0b9JsSm2TbiJQwEMvgkB84xHfS1HkcstjUXira3ds82z+Q/NSez2NEt0Ok0OcOp4fgXAO"
          + "yV7tOABPUbc8EH4USgWJrzBHXf8tUTfCoJzkyIwrDskabzhHixFGrrit6nqg0lh8L5VpDx/3sq1qkqHr"
          + "uuN3wU/YQOH6scIzasKREckL73wAirBbkg==";

  private static final String SCALAR =
      "eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+Rqa"
          + "Ogq1ChQBLnYGCAAAKOQbSQ==";

  @TempDir Path folder;

  private static byte[] bytes(String fixture) throws IOException {
    byte[] raw = Base64.getDecoder().decode(fixture);
    return fixture.equals(NPZ)
        ? raw
        : new InflaterInputStream(new ByteArrayInputStream(raw)).readAllBytes();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.npy"), bytes);
  }

  private NumberArray array(String fixture) throws IOException {
    Map<String, NumberArray> all = NumpyFiles.read(file(bytes(fixture)));
    assertThat(all).hasSize(1);
    return all.get("");
  }

  @Test
  void numbersOfEveryKindAreRead() throws IOException {
    assertThat(array(F4).shape()).containsExactly(3, 2);
    assertThat(array(F4).values()).containsExactly(1.5, -2, 3, 4.25, Double.NaN, (double) 1e30f);
    assertThat(array(HALF).values())
        .containsExactly(1, -0.5, 65504, 0x1p-24, Double.POSITIVE_INFINITY);
    assertThat(array(U8).values()).containsExactly(0x1p64, 1);
    assertThat(array(SCALAR).shape()).isEmpty();
    assertThat(array(SCALAR).value(0)).isEqualTo(7);
    NumberArray turned = array(FORTRAN);
    assertThat(turned.shape()).containsExactly(2, 3, 4);
    for (int i = 0; i < 24; i++) {
      assertThat(turned.value(i)).isEqualTo(i);
    }
  }

  @Test
  void filesBecomeTables() throws IOException {
    Table matrix = NumpyFiles.table(file(bytes(F4)));
    assertThat(matrix.schema().names()).containsExactly("0", "1");
    assertThat(matrix.rows()).isEqualTo(3);
    assertThat(matrix.number(1, 1)).isEqualTo(4.25);
    assertThat(matrix.number(2, 0)).isNaN();
    Table fields = NumpyFiles.table(file(bytes(STRUCT)));
    assertThat(fields.schema().names()).containsExactly("force", "count", "good");
    assertThat(fields.number(0, 0)).isEqualTo(1.25);
    assertThat(fields.number(1, 1)).isEqualTo(-8);
    assertThat(fields.number(0, 2)).isEqualTo(1);
    Table several = NumpyFiles.table(file(bytes(NPZ)));
    assertThat(several.schema().names()).containsExactly("x.0", "x.1", "y");
    assertThat(several.number(2, 1)).isEqualTo(5);
    assertThat(several.number(2, 2)).isEqualTo(3);
    refused(ErrorCode.WRONG_SHAPE, () -> NumpyFiles.table(file(bytes(FORTRAN))));
  }

  private interface Reading {
    Object read() throws IOException;
  }

  private static void refused(ErrorCode code, Reading reading) {
    assertThatThrownBy(reading::read)
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("\nMaybe ")
        .satisfies(e -> assertThat(((MillwrightException) e).code()).isEqualTo(code));
  }

  @Test
  void picklesAndDamagedFilesAreRefused() throws IOException {
    refused(ErrorCode.BAD_FILE, () -> NumpyFiles.read(file(bytes(PICKLE))));
    assertThatThrownBy(() -> NumpyFiles.read(file(bytes(PICKLE)))).hasMessageContaining("pickled");
    refused(ErrorCode.IO_FAILED, () -> NumpyFiles.read(folder.resolve("absent")));
    for (String fixture : List.of(F4, STRUCT, NPZ)) {
      byte[] whole = bytes(fixture);
      for (int length = 0; length < whole.length; length += 11) {
        int cut = length;
        refused(ErrorCode.BAD_FILE, () -> NumpyFiles.read(file(Arrays.copyOf(whole, cut))));
      }
    }
    byte[] longer = Arrays.copyOf(bytes(F4), bytes(F4).length + 1);
    refused(ErrorCode.BAD_FILE, () -> NumpyFiles.read(file(longer)));
    String huge =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647, 9), }";
    for (String header : List.of(huge, huge.replace(", 2147483647, 9", ","), "{", "{'a': 1}")) {
      byte[] start = Arrays.copyOf(bytes(F4), 10 + header.length());
      start[8] = (byte) header.length();
      start[9] = 0;
      System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, start, 10, header.length());
      refused(ErrorCode.BAD_FILE, () -> NumpyFiles.read(file(start)));
    }
  }

  @Test
  void mutatedFilesAreReadOrRefused() throws IOException {
    mutate(600, 3);
  }

  @Test
  @Tag("thorough")
  void tenThousandMutatedFilesAreReadOrRefused() throws IOException {
    mutate(10_000, 4);
  }

  private void mutate(int count, long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      byte[] bytes = bytes(i % 3 == 0 ? F4 : i % 3 == 1 ? STRUCT : NPZ);
      for (int k = random.nextInt(3); k >= 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        NumpyFiles.read(file(bytes)).values().forEach(a -> assertThat(a.size()).isBetween(0, 24));
      } catch (MillwrightException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE);
      }
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Path file = folder.resolve("w.npy");
    NumpyFiles.write(file, List.of(new float[] {1, 2.5f}, new float[] {-3, Float.MIN_VALUE}));
    NumberArray read = NumpyFiles.read(file).get("");
    assertThat(read.shape()).containsExactly(2, 2);
    assertThat(read.values()).containsExactly(1, 2.5, -3, Float.MIN_VALUE);
  }
}
