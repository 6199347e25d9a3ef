package io.millwright.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelStore;
import io.millwright.api.ModelStore.Note;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores whose files are damaged, replaced or lost, and disks without space. */
class StoreCheckTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private Path one = Path.of("");
  private Path two = Path.of("");
  private Path root = Path.of("");
  private ModelStore store = new FolderStore(Path.of("unused"), CLOCK);

  @BeforeEach
  void fill() {
    one = folder.resolve("one.mwb");
    two = folder.resolve("two.mwb");
    BundleWriter.write(RandomModels.model(1), one);
    BundleWriter.write(RandomModels.model(2), two);
    root = folder.resolve("store");
    store = new FolderStore(root, CLOCK);
    store.put("pump", one, Note.by("anna", "first"));
    store.put("pump", two);
    store.promote("live", "pump:1", Note.by("ben", "trial"));
    store.promote("live", "pump:2");
    store.put("fan", one);
  }

  private Path file(String name) {
    return root.resolve("pump").resolve(name);
  }

  @Test
  void whoAndWhyAreKept() {
    assertThat(store.find("pump:1").orElseThrow().note()).isEqualTo(Note.by("anna", "first"));
    assertThat(store.history("pump", "live"))
        .extracting(ModelStore.Promotion::number, p -> p.note().actor())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, "ben"),
            org.assertj.core.groups.Tuple.tuple(2, ""));
    assertThat(store.check()).isEmpty();
    assertThat(store.repair()).isEmpty();
  }

  @Test
  void oneBadSmallFileDoesNotHideTheOthersAndIsMadeAnew() throws IOException {
    Files.writeString(file("v1.json"), "{\"number\":");
    assertThat(store.list())
        .extracting(v -> v.model() + v.number())
        .containsExactly("fan1", "pump2");
    assertThat(store.check())
        .singleElement()
        .satisfies(f -> assertThat(f.place()).endsWith("v1.json"));
    assertThat(store.repair()).hasSize(1);
    assertThat(store.check()).isEmpty();
    assertThat(store.find("pump:1").orElseThrow().digest())
        .isEqualTo(Bundles.digest(RandomModels.model(1)));
  }

  @Test
  void aReplacedBundleIsNotOpenedAndSetAside() throws IOException {
    Files.copy(one, file("v2.mwb"), StandardCopyOption.REPLACE_EXISTING);
    assertThatExceptionOfType(MillwrightException.class)
        .isThrownBy(() -> store.path("pump:2"))
        .withMessageContaining("was put in as version 2")
        .withMessageContaining("\nMaybe ")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_BUNDLE));
    assertThat(store.check()).extracting(Finding::code).containsExactly(ErrorCode.BAD_BUNDLE);
    store.repair();
    assertThat(store.check()).isEmpty();
    // The alias went back to the version that is still there.
    assertThat(store.find("pump:live").orElseThrow().number()).isEqualTo(1);
    assertThat(file("v2.mwb.damaged")).exists();
    assertThat(store.put("pump", two).number()).isEqualTo(3);
  }

  @Test
  void aliasesCountersAndLeftoversAreMended() throws IOException {
    Files.writeString(file("live.alias.json"), "?");
    Files.writeString(file("next.json"), "?");
    Files.writeString(file(".millwright-x.part"), "half");
    assertThat(store.list()).hasSize(3);
    assertThat(store.check()).hasSize(3);
    store.repair();
    assertThat(store.check()).isEmpty();
    assertThat(store.promote("live", "pump:2").number()).isEqualTo(2);
    assertThat(store.put("pump", one).number()).isEqualTo(3);
  }

  @Test
  void aDamagedVersionCanBeDeleted() throws IOException {
    store.promote("live", "pump:2");
    Files.writeString(file("v1.json"), "");
    store.delete("pump:1");
    assertThat(file("v1.mwb")).doesNotExist();
    assertThat(store.check()).isEmpty();
  }

  /** A disk without space for anything while the reserve is there. */
  private StoreFiles full() {
    return new StoreFiles(
        root,
        (file, bytes) -> {
          if (Files.exists(root.resolve(".reserve"))) {
            throw AtomicFile.failed("write", file, new IOException("No space left on device"));
          }
          try {
            Files.write(file, bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void onAFullDiskRollingBackAndDeletingWork() {
    assertThat(root.resolve(".reserve")).exists();
    ModelStore cramped = new FolderStore(root, CLOCK, event -> {}, full());
    assertThat(cramped.rollBack("pump", "live").number()).isEqualTo(1);
    cramped.delete("pump:2");
    assertThat(store.list()).hasSize(2);
    assertThat(store.check()).isEmpty();
  }

  @Test
  void deletingWritesNothing() {
    StoreFiles never =
        new StoreFiles(
            root,
            (file, bytes) -> {
              throw AtomicFile.failed("write", file, new IOException("No space left on device"));
            });
    new FolderStore(root, CLOCK, event -> {}, never).delete("pump:1");
    assertThat(store.find("pump:1")).isEmpty();
  }
}
