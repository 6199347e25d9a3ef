package io.millwright.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.runtime.bundle.FolderStore;
import io.millwright.runtime.edge.EdgePredictor;
import io.millwright.runtime.edge.EdgeSlot;
import io.millwright.runtime.edge.Outbox;
import io.millwright.runtime.features.FeatureCache;
import io.millwright.runtime.serve.FollowingPredictor;
import io.millwright.runtime.verify.FileSignature;
import io.millwright.runtime.verify.TrustedKeys;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept in files, on a file system that refuses to touch one that is in use. */
class HeldFilesTest {

  private static final Path KEPT = Path.of("../samples/app/src/test/resources/kept/0.1.0");

  @TempDir Path ordinary;
  private Path folder;

  @BeforeEach
  void lay() {
    folder = HeldFiles.in(ordinary);
  }

  /** Somebody who has a file open and mapped, as one who predicts with large weights has. */
  private record Holder(FileChannel channel, MappedByteBuffer map) implements AutoCloseable {
    static Holder of(Path file) throws IOException {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return new Holder(channel, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    }

    @Override
    public void close() throws IOException {
      assertThat(map.limit()).isNotNegative(); // mapped until here
      channel.close();
    }
  }

  private ModelStore store() {
    return new FolderStore(folder.resolve("store"), Clock.systemUTC());
  }

  private static void put(ModelStore store, String name) {
    ModelStore.Version unused =
        store.put("press", KEPT.resolve(name + ".mwb"), ModelStore.Note.none());
  }

  @Test
  void whatIsInUseCannotBeReplacedHere() throws IOException {
    Path old = Files.writeString(folder.resolve("old"), "old");
    Path fresh = Files.writeString(folder.resolve("fresh"), "fresh");
    FileChannel channel = FileChannel.open(old, StandardOpenOption.READ);
    assertThatThrownBy(() -> Files.delete(old)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.move(old, folder.resolve("other"))).hasMessageContaining("used");
    assertThatThrownBy(() -> Files.move(fresh, old, StandardCopyOption.ATOMIC_MOVE))
        .hasMessageContaining("used");
    MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, 0, 3);
    channel.close();
    assertThatThrownBy(() -> Files.delete(old)).hasMessageContaining("used");
    assertThatThrownBy(() -> Files.writeString(old, "new")).hasMessageContaining("used");
    assertThat(map.get(0)).isEqualTo((byte) 'o');
    assertThatThrownBy(() -> FileChannel.open(folder)).isInstanceOf(FileSystemException.class);
    assertThat(HeldFiles.isHeld(old)).isTrue();
    assertThat(HeldFiles.isHeld(fresh)).isFalse();
    Moves.replace(fresh, folder.resolve("free"));
    assertThatThrownBy(() -> Moves.replace(folder.resolve("free"), old))
        .hasMessageContaining("used");
    assertThat(Files.readString(folder.resolve("free"))).isEqualTo("fresh");
  }

  @Test
  void aStoreWorksWhileItsVersionsAreOpen() throws IOException {
    ModelStore store = store();
    put(store, "strength");
    put(store, "grade");
    store.promote("production", "press:1", ModelStore.Note.none());
    try (Holder first = Holder.of(store.path("press:1"));
        Holder second = Holder.of(store.path("press:2"))) {
      assertThat(first.channel().isOpen() && second.channel().isOpen()).isTrue();
      store.promote("production", "press:2", ModelStore.Note.none());
      put(store, "life");
      assertThat(store.rollBack("press", "production").number()).isEqualTo(1);
      store.promote("production", "press:3", ModelStore.Note.none());
      store.delete("press:1"); // its file stays until it is let go
      assertThat(store.list()).extracting(ModelStore.Version::number).containsExactly(2, 3);
      assertThat(store.check()).isNotEmpty();
      put(store, "strength");
      assertThat(store.find("press:production").orElseThrow().number()).isEqualTo(3);
    }
    HeldFiles.unmap(folder);
    assertThat(HeldFiles.isHeld(folder)).isFalse();
    put(store, "grade");
    assertThat(store.list())
        .extracting(ModelStore.Version::number)
        .containsExactly(2, 3, 4, 5); // no number is given twice
    assertThat(store.check()).isEmpty();
    assertThat(folder.resolve("store/press/v1.mwb")).doesNotExist();
  }

  @Test
  void anAliasMovesWhileItIsRead() throws Exception {
    ModelStore store = store();
    put(store, "strength");
    put(store, "grade");
    store.promote("production", "press:1", ModelStore.Note.none());
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<Throwable> wrong = new AtomicReference<>();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Thread reader =
          new Thread(
              () -> {
                try {
                  while (!done.get()) {
                    assertThat(store.find("press:production")).isPresent();
                  }
                } catch (RuntimeException | Error e) {
                  wrong.set(e);
                }
              });
      reader.start();
      readers.add(reader);
    }
    try {
      for (int i = 0; i < 1000 && (i < 50 || HeldFiles.refused(folder) == 0); i++) {
        store.promote("production", "press:" + (1 + i % 2), ModelStore.Note.none());
      }
    } finally {
      done.set(true);
      for (Thread reader : readers) {
        reader.join();
      }
    }
    assertThat(wrong.get()).isNull();
    assertThat(store.list()).hasSize(2);
    assertThat(store.check()).isEmpty();
  }

  @Test
  void aPredictorFollowsItsAlias() throws IOException {
    ModelStore store = store();
    put(store, "strength");
    store.promote("production", "press:1", ModelStore.Note.none());
    try (Millwright millwright = Millwright.create();
        FollowingPredictor<Table, Object> press =
            FollowingPredictor.of(store, "press:production", millwright::open, Duration.ZERO)) {
      Schema inputs = press.info().inputs();
      Table part = Table.of(inputs, List.of(Row.of(inputs, 0.5, 0.4, "steel")));
      Outcome<Object> before = press.predict(part);
      assertThat(before).isInstanceOf(Outcome.Prediction.class);
      try (Holder first = Holder.of(store.path("press:1"))) {
        assertThat(first.channel().isOpen()).isTrue();
        put(store, "strength");
        store.promote("production", "press:2", ModelStore.Note.none());
        assertThat(press.refresh().number()).isEqualTo(2);
        assertThat(press.problem()).isEmpty();
        store.delete("press:1");
      }
      assertThat(press.predict(part)).isInstanceOf(Outcome.Prediction.class);
      try (Predictor<Table, Object> stored =
          millwright.open(ModelSource.stored(store, "press:production"))) {
        assertThat(stored.predict(part)).isInstanceOf(Outcome.Prediction.class);
      }
    }
  }

  @Test
  void anEdgeTakesTheNextModelWhileTheOldOneIsMapped() throws Exception {
    KeyPair plant = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path place = folder.resolve("slot");
    EdgeSlot slot = EdgeSlot.in(place, TrustedKeys.of(plant.getPublic()), 0.9);
    List<Holder> holders = new ArrayList<>();
    List<String> digests = new ArrayList<>();
    for (String name : List.of("strength", "grade", "life", "life")) {
      Path delivered = folder.resolve("delivered-" + name + ".mwb");
      Files.write(delivered, Files.readAllBytes(KEPT.resolve(name + ".mwb")));
      FileSignature.sign(delivered, plant.getPrivate(), plant.getPublic(), "plant", Instant.EPOCH);
      EdgePredictor taken = slot.take(delivered);
      digests.add(taken.info().digest());
      assertThat(slot.open().info().digest()).isEqualTo(taken.info().digest());
      Path own = place.resolve(Digest.of(delivered) + ".mwb");
      holders.add(Holder.of(own));
    }
    assertThat(slot.back().info().digest()).isEqualTo(digests.get(1));
    for (Holder holder : holders) {
      holder.close();
    }
    holders.clear();
  }

  @Test
  void anOutboxLetsItsLettersGo() {
    Path place = folder.resolve("outbox");
    for (int run = 0; run < 3; run++) {
      try (Outbox box = Outbox.open(place, 1 << 20)) {
        for (int i = 0; i < 200; i++) {
          box.add("letter " + i + " " + "a".repeat(2_000));
        }
        assertThat(box.forward(letters -> {})).isPositive();
        assertThat(box.waiting()).isZero();
      }
    }
  }

  @Test
  void aCacheDoesWithoutWhatItCannotReplace() throws IOException {
    Path place = folder.resolve("features");
    FeatureCache cache = new FeatureCache(place, 1 << 20, Clock.systemUTC());
    cache.keep("0".repeat(16), new float[] {1, 2});
    Path kept;
    try (Stream<Path> files = Files.walk(place)) {
      kept = files.filter(f -> f.toString().endsWith(".mwf")).findFirst().orElseThrow();
    }
    try (Holder reader = Holder.of(kept)) {
      assertThat(reader.channel().isOpen()).isTrue();
      cache.keep("0".repeat(16), new float[] {1, 2});
      for (int i = 1; i < 400; i++) {
        cache.keep(String.format("%016x", i << 20), new float[1_000]);
      }
      cache.sweep();
      assertThat(cache.find("0".repeat(16)).orElseThrow()).containsExactly(1, 2);
    }
    try (Stream<Path> files = Files.walk(place)) {
      assertThat(files.map(Path::toString)).noneMatch(f -> f.endsWith(".part"));
    }
  }
}
