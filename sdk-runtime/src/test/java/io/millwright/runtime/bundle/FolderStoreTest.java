package io.millwright.runtime.bundle;

import static io.millwright.runtime.bundle.BundleTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.ModelStore;
import io.millwright.api.ModelStore.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderStoreTest {

  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");

  @TempDir Path folder;
  private Path bundle = Path.of("");
  private Path other = Path.of("");
  private ModelStore store = new FolderStore(Path.of(""), Clock.systemUTC());

  @BeforeEach
  void open() {
    bundle = folder.resolve("a.mwb");
    other = folder.resolve("b.mwb");
    BundleWriter.write(RandomModels.model(1), bundle);
    BundleWriter.write(RandomModels.model(2), other);
    store = new FolderStore(folder.resolve("store"), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private List<String> listed() {
    return store.list().stream().map(v -> v.model() + ":" + v.number() + v.aliases()).toList();
  }

  @Test
  void anEmptyStore() {
    assertThat(store.list()).isEmpty();
    assertThat(store.find("pump")).isEmpty();
    refused(() -> store.path("pump"), "NOT_IN_STORE", "has no \"pump\"");
    refused(() -> store.promote("live", "pump"), "NOT_IN_STORE", "is empty");
    refused(() -> store.delete("pump"), "NOT_IN_STORE", "is empty");
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void versionsAliasesAndWhatTheyMean() throws IOException {
    Version one = store.put("pump", bundle);
    assertThat(one)
        .isEqualTo(
            Version.builder()
                .model("pump")
                .number(1)
                .stored(NOW)
                .digest(Bundles.digest(RandomModels.model(1)))
                .build());
    store.put("pump", other);
    store.put("fan.v-2_x", bundle);
    assertThat(store.promote("live", "pump:1").aliases()).containsExactly("live");
    store.promote("test", "pump");
    store.promote("safe", "pump:live");
    assertThat(listed()).containsExactly("fan.v-2_x:1[]", "pump:1[live, safe]", "pump:2[test]");
    assertThat(store.find("pump")).hasValueSatisfying(v -> assertThat(v.number()).isEqualTo(2));
    assertThat(store.find("pump:live").map(Version::number)).contains(1);
    assertThat(store.find("pump:2").map(Version::number)).contains(2);
    assertThat(store.find("pump:3")).isEmpty();
    assertThat(store.find("pump:99999999999999")).isEmpty();
    assertThat(store.find("pump:nobody")).isEmpty();
    assertThat(Files.mismatch(store.path("pump:live"), bundle)).isEqualTo(-1);
    RandomModels.assertSame(BundleReader.read(store.path("pump")), RandomModels.model(2));
    refused(() -> store.path("pump:3"), "NOT_IN_STORE", "[pump:1, pump:2, pump:live");
  }

  @Test
  void rollingBackGoesBackStepByStep() {
    for (int i = 0; i < 3; i++) {
      store.put("pump", bundle);
      store.promote("live", "pump");
    }
    store.promote("live", "pump:3"); // again, which is no step
    assertThat(store.rollBack("pump", "live").number()).isEqualTo(2);
    store.promote("live", "pump:3");
    store.delete("pump:2");
    assertThat(store.rollBack("pump", "live").number()).as("the one before is gone").isEqualTo(1);
    refused(() -> store.rollBack("pump", "live"), "NOT_IN_STORE", "no earlier version");
    refused(() -> store.rollBack("pump", "test"), "NOT_IN_STORE", "no alias \"test\"");
    assertThat(listed()).containsExactly("pump:1[live]", "pump:3[]");
  }

  @Test
  void numbersAreNeverUsedAgain() throws IOException {
    store.put("pump", bundle);
    store.put("pump", bundle);
    store.delete("pump:2");
    store.delete("pump");
    assertThat(store.list()).isEmpty();
    assertThat(store.put("pump", bundle).number()).isEqualTo(3);
    Files.delete(folder.resolve("store/pump/next.json"));
    store.delete("pump:3");
    assertThat(store.put("pump", bundle).number()).as("the counter was lost").isEqualTo(4);
  }

  @Test
  void whatAnAliasPointsToIsNotDeleted() {
    store.put("pump", bundle);
    store.promote("live", "pump");
    refused(() -> store.delete("pump:1"), "BAD_OPTION", "is [live]");
    refused(() -> store.delete("pump:7"), "NOT_IN_STORE", "pump:7");
    assertThat(listed()).containsExactly("pump:1[live]");
  }

  @Test
  void onlyWholeBundlesComeIn() throws IOException {
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[200] ^= 1;
    Path bad = Files.write(folder.resolve("bad.mwb"), bytes);
    refused(() -> store.put("pump", bad), "BAD_BUNDLE", "bad.mwb");
    refused(() -> store.put("pump", folder.resolve("no.mwb")), "IO_FAILED", "no.mwb");
    assertThat(store.list()).isEmpty();
    store.put("pump", bundle);
    try (java.util.stream.Stream<Path> files = Files.list(folder.resolve("store/pump"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "next.json",
              "v" + store.list().get(0).number() + ".json",
              "v" + store.list().get(0).number() + ".mwb");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../pump",
        "a/b",
        "a\\b",
        "/etc",
        "C:",
        "-pump",
        ".lock",
        "pump.",
        "nul",
        "COM1.model",
        "päärynä",
        "a b",
        "a\u0000b",
        "a\nb"
      })
  void hostileNames(String name) {
    store.put("pump", bundle);
    refused(() -> store.put(name, bundle), "BAD_OPTION", "is not a name");
    refused(() -> store.promote(name, "pump"), "BAD_OPTION", "is not a name");
    refused(() -> store.rollBack(name, "live"), "BAD_OPTION", "is not a name");
    refused(() -> store.rollBack("pump", name), "BAD_OPTION", "is not a name");
    refused(() -> store.find("pump:" + name), "BAD_OPTION", "is not a name");
    assertThat(listed()).containsExactly("pump:1[]");
  }

  @Test
  void namesThatWouldMeet() {
    store.put("pump", bundle);
    store.promote("live", "pump");
    refused(() -> store.put("Pump", bundle), "BAD_OPTION", "capitals only");
    refused(() -> store.promote("LIVE", "pump"), "BAD_OPTION", "capitals only");
    refused(() -> store.promote("12", "pump"), "BAD_OPTION", "number of a version");
    refused(() -> store.put("x".repeat(101), bundle), "BAD_OPTION", "at most 100");
    store.put("x".repeat(100), bundle);
  }

  @Test
  void whatACrashLeftIsSweptAndNeverSeen() throws IOException {
    store.put("pump", bundle);
    Path pump = folder.resolve("store/pump");
    Files.copy(bundle, pump.resolve("v7.mwb")); // renamed, but never made a version
    Files.write(pump.resolve(".millwright-1234.part"), new byte[10]);
    assertThat(listed()).containsExactly("pump:1[]");
    assertThat(store.find("pump:7")).isEmpty();
    assertThat(store.put("pump", bundle).number()).isEqualTo(2);
    assertThat(pump.resolve("v7.mwb")).doesNotExist();
    assertThat(pump.resolve(".millwright-1234.part")).doesNotExist();
  }

  @Test
  void strangeFilesAreLeftAlone() throws IOException {
    store.put("pump", bundle);
    Files.write(folder.resolve("store/README"), new byte[1]);
    Files.write(folder.resolve("store/pump/notes.txt"), new byte[1]);
    Files.createDirectory(folder.resolve("store/lost+found"));
    Files.createDirectory(folder.resolve("store/empty"));
    store.put("pump", bundle);
    assertThat(listed()).containsExactly("pump:1[]", "pump:2[]");
    assertThat(folder.resolve("store/pump/notes.txt")).exists();
  }

  @Test
  void filesEditedByHandAreNamed() throws IOException {
    store.put("pump", bundle);
    store.promote("live", "pump");
    Files.writeString(folder.resolve("store/pump/live.alias.json"), "{\"history\":[]}");
    refused(() -> store.find("pump:live"), "BAD_FILE", "live.alias.json");
    Files.writeString(
        folder.resolve("store/pump/live.alias.json"),
        "{\"history\":[{\"number\":9,\"at\":\"2026-01-01T00:00:00Z\","
            + "\"note\":{\"actor\":\"\",\"reason\":\"\"}}]}");
    refused(() -> store.find("pump:live"), "BAD_FILE", "deleted by hand");
  }
}
