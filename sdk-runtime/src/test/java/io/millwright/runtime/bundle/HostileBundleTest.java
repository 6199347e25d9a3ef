package io.millwright.runtime.bundle;

import static io.millwright.runtime.bundle.BundleTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.support.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage on purpose, with checksums that fit: refused before it costs memory or time. */
class HostileBundleTest {

  private static final String MEMBER = "weights/member-1.safetensors";

  @TempDir Path folder;
  private Path file = Path.of("");
  private Archive archive = new Archive();

  @BeforeEach
  void takeApart() {
    file = folder.resolve("hostile.mwb");
    archive = Archive.of(RandomModels.everyLayer(), folder.resolve("honest.mwb"));
  }

  private void isRefused(String part) {
    refused(() -> BundleReader.read(file), "BAD_BUNDLE", part);
    refused(() -> BundleReader.verify(file), "BAD_BUNDLE", part);
  }

  @Test
  void puttingTogetherAnewIsNotWhatIsRefused() {
    archive.write(file);
    assertThat(BundleReader.read(file).task()).isEqualTo("test.forged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.json",
        "/etc/passwd",
        "weights/../../evil",
        "C:/evil",
        "weights\\..\\evil",
        "..",
        "a/.."
      })
  void entriesThatLeaveTheFolder(String name) {
    archive.entries.put(name, new byte[1]);
    archive.write(file);
    isRefused("would leave its folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.class",
        "weights/member-0.safetensors",
        "weights/member-01.safetensors",
        "weights/",
        "Card.md",
        "META-INF/MANIFEST.MF"
      })
  void entriesThatNobodyKnows(String name) {
    archive.entries.put(name, new byte[1]);
    archive.write(file);
    isRefused("does not belong into a bundle");
  }

  @Test
  void anEntryThatTheManifestDoesNotList() throws IOException {
    archive.write(file);
    byte[] manifest = Json.write(BundleReader.manifest(file), Manifest.class);
    archive.entries.put("weights/member-3.safetensors", new byte[8]);
    archive.write(file, manifest);
    isRefused("does not belong into a bundle");
  }

  @Test
  void compressedEntries() throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("manifest.json"));
      zip.write(new byte[100_000_000]);
      zip.closeEntry();
    }
    assertThat(Files.size(file)).as("a bomb").isLessThan(200_000);
    isRefused("only stores");
  }

  @Test
  void oneNameTwice() {
    archive.write(file);
    Manifest manifest = BundleReader.manifest(file);
    List<Map.Entry<String, byte[]>> entries = new ArrayList<>(archive.entries.entrySet());
    entries.add(Map.entry("head.json", "{}".getBytes(StandardCharsets.UTF_8)));
    entries.add(Map.entry("manifest.json", Json.write(manifest, Manifest.class)));
    Archive.zip(file, entries);
    isRefused("two entries are named \"head.json\"");
  }

  @Test
  void aHundredThousandEntries() {
    List<Map.Entry<String, byte[]>> entries = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      entries.add(Map.entry("e" + i, new byte[0]));
    }
    Archive.zip(file, entries);
    isRefused("100000 entries");
  }

  /** Fields of the end record, the directory and the first header, set to lies. */
  @ParameterizedTest
  @CsvSource({
    "END,8,2,0",
    "END,8,2,3",
    "END,10,2,65535",
    "END,12,4,-1",
    "END,12,4,7",
    "END,16,4,0",
    "END,16,4,-1",
    "END,20,2,5",
    "CENTRAL,8,2,1",
    "CENTRAL,8,2,8",
    "CENTRAL,10,2,8",
    "CENTRAL,16,4,1",
    "CENTRAL,20,4,-1",
    "CENTRAL,24,4,-1",
    "CENTRAL,20,4,2147483647",
    "CENTRAL,24,4,2147483647",
    "CENTRAL,28,2,0",
    "CENTRAL,28,2,65535",
    "CENTRAL,30,2,4",
    "CENTRAL,32,2,4",
    "CENTRAL,34,2,1",
    "CENTRAL,42,4,1",
    "CENTRAL,42,4,-1",
    "LOCAL,0,4,0",
    "LOCAL,6,2,8",
    "LOCAL,8,2,8",
    "LOCAL,14,4,0",
    "LOCAL,18,4,0",
    "LOCAL,22,4,0",
    "LOCAL,26,2,3",
    "LOCAL,28,2,9",
    "LOCAL,30,1,65"
  })
  void liesAboutTheStructure(String record, int offset, int size, int value) throws IOException {
    archive.write(file);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at =
        switch (record) {
          case "END" -> bytes.length - StoredZip.END_SIZE;
          case "CENTRAL" -> buffer.getInt(bytes.length - 6);
          default -> 0;
        };
    switch (size) {
      case 1 -> buffer.put(at + offset, (byte) value);
      case 2 -> buffer.putShort(at + offset, (short) value);
      default -> buffer.putInt(at + offset, value);
    }
    Files.write(file, bytes);
    isRefused("hostile.mwb");
  }

  @Test
  void entriesThatShareTheirBytes() throws IOException {
    archive.write(file);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int first = buffer.getInt(bytes.length - 6);
    int second = first + 46 + buffer.getShort(first + 28);
    buffer.putInt(second + 42, buffer.getInt(first + 42));
    Files.write(file, bytes);
    isRefused("must begin at offset");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 1L << 31, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
  void lengthsOfTheTensorHeader(long length) {
    byte[] bytes = archive.entries.get(MEMBER);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    archive.write(file);
    isRefused("a header of " + length + " bytes");
  }

  private void header(String from, String to) {
    byte[] bytes = archive.entries.get(MEMBER);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String before = new String(bytes, 8, length, StandardCharsets.UTF_8);
    assertThat(before).contains(from);
    byte[] after = before.replace(from, to).getBytes(StandardCharsets.UTF_8);
    ByteBuffer changed = ByteBuffer.allocate(8 + after.length + bytes.length - 8 - length);
    changed.order(ByteOrder.LITTLE_ENDIAN).putLong(after.length).put(after);
    changed.put(bytes, 8 + length, bytes.length - 8 - length);
    archive.entries.put(MEMBER, changed.array());
    archive.write(file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"shape\":[4,2,3]|\"shape\":[4,3,2]|has the shape [4, 3, 2], but the network needs",
        "\"shape\":[4,2,3]|\"shape\":[2147483647,2147483647,3]|has the shape",
        "\"shape\":[4,2,3]|\"shape\":[4,2,3,1,1,1,1,1,1,1,1,1,1]|header is damaged",
        "\"shape\":[4,2,3]|\"shape\":[4,2,99999999999]|out of range",
        "\"data_offsets\":[0,96]|\"data_offsets\":[0,9223372036854775807]|is said to lie",
        "\"data_offsets\":[0,96]|\"data_offsets\":[-96,0]|is said to begin at -96",
        "\"data_offsets\":[0,96]|\"data_offsets\":[0]|header is damaged",
        "\"data_offsets\":[96,112]|\"data_offsets\":[0,16]|is said to begin at 0",
        "\"dtype\":\"F32\",\"shape\":[4,2,3]|\"dtype\":\"F64\",\"shape\":[4,2,3]|F32",
        "\"0.weight\"|\"9.weight\"|the network has no weights \"9.weight\"",
        "\"0.bias\"|\"0.weight\"|Duplicate field"
      })
  void liesAboutTensors(String from, String to, String part) {
    header(from, to);
    isRefused(part);
  }

  @Test
  void notesOfOtherWritersAreNoLies() {
    header("{\"0.weight\"", "{\"__metadata__\":{\"format\":\"pt\"},\"0.weight\"");
    assertThat(BundleReader.read(file).members()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void weightsThatAreNoNumbers(float value) {
    byte[] bytes = archive.entries.get(MEMBER);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, value);
    archive.write(file);
    isRefused("value 0 of tensor \"output.bias\" is " + value);
  }

  @Test
  void missingWeights() {
    archive.entries.remove(MEMBER);
    archive.write(file);
    isRefused("\"weights/member-1.safetensors\" is missing");
    archive.entries.remove("weights/member-2.safetensors");
    archive.write(file);
    isRefused("there are no weights");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "preparation.json",
        "network.json",
        "head.json",
        "evaluation.json",
        "provenance.json",
        "golden.json",
        "card.md"
      })
  void missingEntries(String name) {
    archive.entries.remove(name);
    archive.write(file);
    isRefused("\"" + name + "\" is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network.json|\"units\":4|\"units\":2147483647|hostile.mwb",
        "network.json|\"units\":4|\"units\":0|$.network.layers[12]",
        "network.json|\"kernel\":3|\"kernel\":2000000000|a convolution of kernel",
        "network.json|\"dilation\":2|\"dilation\":2000000000|a convolution of kernel",
        "network.json|\"waves\":3|\"waves\":2000000000|more than can be counted",
        "network.json|\"heads\":2|\"heads\":3|do not divide",
        "network.json|\"@kind\":\"flatten\"|\"@kind\":\"java.lang.Runtime\"|is not one of",
        "network.json|\"ids\":5|\"ids\":2000000000|ids is 2000000000",
        "network.json|\"ids\":5|\"ids\":16777216|has the shape",
        "network.json|\"size\":2}]},|\"size\":2000000000}]},|hostile.mwb",
        "network.json|\"factor\":2|\"factor\":2000000000|do not fit",
        "network.json|\"factor\":2|\"factor\":-2|factor is -2",
        "network.json|\"features\":[2,0]|\"features\":[2,9]|features that are not there",
        "network.json|\"features\":[2,0]|\"features\":[2,2]|different numbers",
        "network.json|\"branches\":[{|\"branches\":[{\"input\":\"other\",|begins with the input"
            + " \"other\"",
        "network.json|\"name\":\"features\"|\"name\":\"../features\"|a name is a letter",
        "network.json|\"high\":[1.0|\"high\":[-1.0|each low must lie below",
        "preparation.json|\"length\":12|\"length\":20000|multiplications and",
        "preparation.json|\"length\":12|\"length\":131072|multiplications and",
        "preparation.json|\"length\":12|\"length\":2147483647|hostile.mwb",
        "preparation.json|\"length\":12|\"length\":-1|hostile.mwb",
        "preparation.json|\"length\":12|\"length\":14|has the shape",
        "head.json|\"scale\":40.0|\"scale\":0.0|scale 0.0",
        "head.json|\"scale\":40.0|\"scale\":\"NaN\"|\"quantity\" cannot be read",
        "head.json|\"low\":0.0|\"low\":500.0|from 500.0 to 125.0",
        "head.json|\"outputs\":1,|\"outputs\":3,|head",
        "head.json|\"none\":\"not asked for\"|\"odd\":\"so\"|\"scores\" is missing",
        "recipe.json|\"@kind\":\"huber\"|\"@kind\":\"java.lang.Runtime\"|is not one of",
        "recipe.json|\"@kind\":\"huber\"|\"@kind\":\"first-targets\"|is not one of",
        "recipe.json|\"epochs\":77|\"epochs\":0|epochs is 0",
        "recipe.json|\"kept\":1|\"kept\":-1|-1 layers",
        "recipe.json|\"name\":\"small\"|\"name\":\" \"|needs a name",
        "recipe.json|\"patience\":5|\"checkpoints\":\"/etc\"|checkpoints",
        "golden.json|\"outputs\":[0.5]|\"outputs\":[0.5,0.5]|golden sample 0 has 2 outputs",
        "golden.json|\"name\":\"a\"|\"name\":\"c\"|golden sample 0"
      })
  void partsThatDoNotFit(String entry, String from, String to, String part) {
    archive.text(
        entry,
        t ->
            t.replaceFirst(
                java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to)));
    archive.write(file);
    isRefused(part);
  }

  @Test
  void residualBlocksInOneAnother() {
    String open = "{\"@kind\":\"residual\",\"inner\":[";
    String deep = open.repeat(25) + "{\"@kind\":\"layer-norm\"}" + "]}".repeat(25);
    archive.text("network.json", t -> t.replace("{\"@kind\":\"flatten\"}", deep));
    archive.write(file);
    isRefused("more than 8 deep");
  }

  @Test
  void jsonThatIsDeepOrLarge() {
    archive.entries.put("head.json", "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
    archive.write(file);
    isRefused("entry head.json");
    archive.entries.put("head.json", new byte[(16 << 20) + 1]);
    archive.write(file);
    isRefused("16777217 bytes; at most 16777216");
    byte[] manifest = new byte[17 << 20];
    Arrays.fill(manifest, (byte) '[');
    archive.write(file, manifest);
    isRefused("at most 16777216 are read");
  }

  @Test
  void aManifestThatLies() {
    archive.write(file);
    Manifest m = BundleReader.manifest(file);
    String json = new String(Json.write(m, Manifest.class), StandardCharsets.UTF_8);
    String sha = m.entries().get(0).sha256();
    for (String wrong :
        List.of(
            json.replace(sha, "0".repeat(64)),
            json.replace(m.digest(), "0".repeat(64)),
            json.replace("\"size\":", "\"size\":1"),
            json.replaceFirst("\\{\"name\"", "{\"name\":\"manifest.json\",\"size\":1}, {\"name\""),
            json.replace("{\"format\"", "{\"task\":\"x\",\"format\""),
            "{}",
            "")) {
      archive.write(file, wrong.getBytes(StandardCharsets.UTF_8));
      isRefused("manifest.json");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"test.form\\u0000t", "", " ", "Test", "../task", "test.\\u001b[2J"})
  void namesOfTasksThatAreNone(String task) {
    archive.write(file);
    String json =
        new String(Json.write(BundleReader.manifest(file), Manifest.class), StandardCharsets.UTF_8);
    archive.write(
        file, json.replace("\"test.forged\"", '"' + task + '"').getBytes(StandardCharsets.UTF_8));
    isRefused("manifest.json");
    refused(() -> BundleReader.info(file), "BAD_BUNDLE", "manifest.json");
  }

  @Test
  void laterFormats() {
    for (String later : List.of("millwright-bundle/1.4", "millwright-bundle/2.0")) {
      archive.entries.put("new-thing.bin", new byte[3]);
      archive.format(later).write(file);
      refused(() -> BundleReader.read(file), "WRONG_BUNDLE", "a later version of Millwright");
      refused(() -> BundleReader.info(file), "WRONG_BUNDLE", "reads 1.0 to 1.3");
    }
    archive.format("something-else/1.0").write(file);
    isRefused("the format is");
  }

  @Test
  void tensorsInAnotherOrderAreTheSameModel() {
    Model honest = RandomModels.everyLayer();
    List<WeightSpec> specs = new ArrayList<>(Bundles.plan(honest).weights());
    int last = specs.size() - 1;
    List<WeightSpec> turned = new ArrayList<>(specs);
    java.util.Collections.swap(turned, 0, last);
    List<float[]> arrays = new ArrayList<>();
    for (WeightSpec spec : turned) {
      arrays.add(honest.members().get(0).get(specs.indexOf(spec)));
    }
    byte[] header = SafeTensors.header(turned, Storage.F32);
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try {
      SafeTensors.write(
          b -> {
            byte[] chunk = new byte[b.remaining()];
            b.get(chunk);
            out.write(chunk);
          },
          header,
          turned,
          io.millwright.runtime.network.Weights.of(arrays),
          Storage.F32);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    archive.entries.put(MEMBER, out.toByteArray());
    archive.write(file);
    Model read = BundleReader.read(file);
    for (int i = 0; i <= last; i++) {
      assertThat(read.members().get(0).get(i)).isEqualTo(honest.members().get(0).get(i));
    }
  }

  @Test
  void filesThatAreNoArchives() throws IOException {
    for (byte[] bytes : List.of(new byte[0], new byte[21], new byte[100_000])) {
      Files.write(file, bytes);
      isRefused("hostile.mwb");
    }
  }
}
