package io.millwright.runtime.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.foreign.ForeignFile;
import io.millwright.api.foreign.ForeignOptions;
import io.millwright.api.foreign.Port;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TorchScript files and SavedModels written by hand; ONNX files are held by the engine's tests. */
class ForeignFilesTest {

  @TempDir Path folder;

  private static byte[] field(int number, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(number << 3 | 2);
    int length = content.size();
    while (length > 0x7f) {
      all.write(length & 0x7f | 0x80);
      length >>>= 7;
    }
    all.write(length);
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  private static byte[] text(int number, String words) {
    return field(number, words.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] number(int field, int value) {
    return new byte[] {(byte) (field << 3), (byte) value};
  }

  private static byte[] savedModel(String operator) {
    byte[] graph =
        field(
            2,
            field(1, text(1, "x"), text(2, "Placeholder")),
            field(1, text(1, "y"), text(2, operator)),
            field(2, field(1, field(3, text(1, "inner"), text(2, "MatMul")))));
    byte[] input =
        field(
            1,
            text(1, "input"),
            field(2, text(1, "x:0"), number(2, 1), field(3, field(2, number(1, 4)))));
    byte[] output = field(2, text(1, "answer"), field(2, text(1, "y:0"), number(2, 1)));
    byte[] signature = field(5, text(1, "serving_default"), field(2, input, output));
    return field(2, field(1, text(5, "2.16.1")), graph, signature);
  }

  private Path saved(byte[] bytes) throws IOException {
    Path place = Files.createDirectories(folder.resolve("saved"));
    Files.write(place.resolve("saved_model.pb"), bytes);
    return place;
  }

  private static byte[] script(String source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (List<String> entry :
          List.of(List.of("m/data.pkl", "."), List.of("m/code/__torch__.py", source))) {
        zip.putNextEntry(new ZipEntry(entry.get(0)));
        zip.write(entry.get(1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private Path torch(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("m.pt"), bytes);
  }

  @Test
  void programsAreDescribedAndNotOpened() throws IOException {
    ForeignFile graph = ForeignFiles.describe(saved(savedModel("MatMul")));
    assertThat(graph.format()).isEqualTo(ForeignFile.Format.SAVED_MODEL);
    assertThat(graph.description()).contains("2.16.1");
    assertThat(graph.inputs()).containsExactly(new Port("input", "float32", List.of(4L)));
    assertThat(graph.outputs()).extracting(Port::name).containsExactly("answer");
    assertThat(graph.layers()).extracting("operator").containsExactly("Placeholder", "MatMul");
    assertThat(graph.warnings()).hasSize(1);
    ForeignFile program = ForeignFiles.describe(torch(script("return torch.relu(x)")));
    assertThat(program.format()).isEqualTo(ForeignFile.Format.TORCH_SCRIPT);
    for (ForeignFile read : List.of(graph, program)) {
      Path file = read.file();
      assertThat(ForeignFiles.forbidden(file, read.format())).isEmpty();
      assertThatThrownBy(() -> ForeignFiles.open(file, ForeignOptions.standard(), Optional.empty()))
          .hasMessageContaining("UNSUPPORTED")
          .hasMessageContaining("\nMaybe ");
    }
  }

  @Test
  void whatReachesFilesIsNamed() throws IOException {
    for (String operator : List.of("ReadFile", "WriteFile", "PyFunc", "EagerPyFunc")) {
      Path file = saved(savedModel(operator));
      assertThat(ForeignFiles.forbidden(file, ForeignFile.Format.SAVED_MODEL))
          .containsExactly(operator);
      assertThat(ForeignFiles.describe(file).warnings().toString()).contains(operator);
    }
    Path file = torch(script("torch.save(x, \"/tmp/x\")"));
    assertThat(ForeignFiles.forbidden(file, ForeignFile.Format.TORCH_SCRIPT))
        .containsExactly("torch.save");
  }

  /** What an engine may read and we cannot has not been looked at. */
  @Test
  void aProgramThatCannotBeReadIsRefusedBeforeAnEngineSeesIt() throws IOException {
    byte[] hidden = script("torch.save(x, \"/tmp/x\")");
    byte[] before = new byte[hidden.length + 3];
    System.arraycopy(hidden, 0, before, 3, hidden.length);
    for (byte[] bytes : List.of(before, Arrays.copyOf(hidden, hidden.length - 9))) {
      Path file = torch(bytes);
      List<String> named = new java.util.ArrayList<>();
      try {
        named.addAll(ForeignFiles.forbidden(file, ForeignFile.Format.TORCH_SCRIPT));
      } catch (MillwrightException e) {
        named.add(e.code().id());
      }
      assertThat(named).containsAnyOf("torch.save", "BAD_FILE").hasSize(1);
    }
    assertThatThrownBy(
            () -> ForeignFiles.forbidden(torch(new byte[] {9, 9}), ForeignFile.Format.SAVED_MODEL))
        .hasMessageContaining("BAD_FILE");
  }

  /** Python's pickle of [1.5, "a", {"b": (True, None, -7, 1 << 40)}], protocols 2 and 4. */
  @Test
  void lengthsOfPicklesAreHeldWithinThem() {
    byte[] two =
        hex(
            "80025d710028473ff800000000000058010000006171017d71025801000000627103"
                + "28884e4af9ffffff8a0600000000000174710473652e");
    PickleBounds.check(two);
    PickleBounds.check(
        hex(
            "8004952b000000000000005d9428473ff80000000000008c0161947d948c016294"
                + "28884e4af9ffffff8a06000000000001749473652e"));
    byte[] reaching = two.clone();
    reaching[19] = (byte) 0xfb; // the highest byte of the length of "a"
    assertThat(two[15]).isEqualTo((byte) 'X');
    for (byte[] bad :
        List.of(
            reaching,
            Arrays.copyOf(two, two.length - 1),
            hex("80025d72ffffff7f2e"),
            hex("8d0000000000000080"),
            hex("ff2e"),
            hex("63612e"),
            new byte[0])) {
      assertThatThrownBy(() -> PickleBounds.check(bad)).isInstanceOf(Wire.Malformed.class);
    }
  }

  private static byte[] hex(String digits) {
    return java.util.HexFormat.of().parseHex(digits);
  }

  @Test
  void aRemarkInAnArchiveThatIsNoTextIsSaid() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.ISO_8859_1)) {
      ZipEntry entry = new ZipEntry("m/data.pkl");
      entry.setComment("f\u00fcr");
      zip.putNextEntry(entry);
      zip.write('.');
    }
    Path file = torch(bytes.toByteArray());
    assertThatThrownBy(() -> ForeignFiles.forbidden(file, ForeignFile.Format.TORCH_SCRIPT))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE));
  }

  @Test
  void damagedFilesAreErrorsOrDescriptions() throws IOException {
    mutate(400, 1);
  }

  @Test
  @Tag("thorough")
  void tenThousandDamagedFilesAreErrorsOrDescriptions() throws IOException {
    mutate(10_000, 2);
  }

  private void mutate(int count, long seed) throws IOException {
    Random random = new Random(seed);
    byte[] graph = savedModel("MatMul");
    byte[] program = script("return torch.relu(x)");
    int refused = 0;
    for (int i = 0; i < count; i++) {
      byte[] bytes = (i % 2 == 0 ? graph : program).clone();
      if (i % 5 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        for (int k = random.nextInt(4); k >= 0; k--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
      Path file = i % 2 == 0 ? saved(bytes) : torch(bytes);
      try {
        ForeignFiles.describe(file);
        ForeignFiles.forbidden(
            file, i % 2 == 0 ? ForeignFile.Format.SAVED_MODEL : ForeignFile.Format.TORCH_SCRIPT);
      } catch (MillwrightException e) {
        refused++;
        assertThat(e.code()).isIn(ErrorCode.BAD_FILE, ErrorCode.IO_FAILED);
        assertThat(e).hasMessageContaining("\nMaybe ");
      }
    }
    assertThat(refused).isBetween(1, count - 1);
  }
}
