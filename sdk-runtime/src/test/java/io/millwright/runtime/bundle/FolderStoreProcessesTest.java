package io.millwright.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.ModelStore;
import io.millwright.api.ModelStore.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several threads, stores and processes on one folder, and processes that are killed. */
class FolderStoreProcessesTest {

  @TempDir Path folder;
  private Path bundle = Path.of("");
  private Path root = Path.of("");

  @BeforeEach
  void write() {
    bundle = folder.resolve("a.mwb");
    root = folder.resolve("store");
    BundleWriter.write(RandomModels.everyLayer(), bundle);
  }

  private ModelStore store() {
    return new FolderStore(root, Clock.systemUTC());
  }

  @Test
  void twoThreadsOnEachOfTwoStores() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<ModelStore> stores = List.of(store(), store());
      List<Callable<List<Integer>>> work = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        ModelStore store = stores.get(t % 2);
        work.add(
            () -> {
              List<Integer> numbers = new ArrayList<>();
              for (int i = 0; i < 8; i++) {
                numbers.add(store.put("pump", bundle).number());
                store.promote("live", "pump:" + numbers.get(i));
                assertThat(store.find("pump:live")).isPresent();
                assertThat(store.list()).isNotEmpty();
              }
              return numbers;
            });
      }
      Set<Integer> given = new HashSet<>();
      for (Future<List<Integer>> numbers : threads.invokeAll(work)) {
        given.addAll(numbers.get());
      }
      assertThat(given).as("every number once").hasSize(32);
      assertThat(store().list()).hasSize(32);
      assertThat(store().list().stream().filter(v -> v.aliases().contains("live"))).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @Timeout(600)
  void readersSeeAVersionWhileItsAliasMovesAndOldOnesGo() throws Exception {
    ModelStore writer = store();
    writer.put("pump", bundle);
    writer.promote("live", "pump");
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<?> moving =
          threads.submit(
              () -> {
                for (int i = 2; i < 20; i++) {
                  writer.put("pump", bundle);
                  writer.promote("live", "pump:" + i);
                  writer.delete("pump:" + (i - 1));
                }
              });
      ModelStore reader = store();
      int looks = 0;
      while (!moving.isDone() || looks == 0) {
        assertThat(reader.find("pump:live")).isPresent();
        assertThat(reader.find("pump")).isPresent();
        looks++;
      }
      moving.get();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @Timeout(600)
  void twoProcesses() throws IOException, InterruptedException {
    store().put("pump", bundle);
    Process one = StoreChild.start(root, bundle, 10);
    Process two = StoreChild.start(root, bundle, 10);
    int first = one.waitFor();
    int second = two.waitFor();
    assertThat(List.of(first, second)).as("children say: %s", log()).containsExactly(0, 0);
    check();
    assertThat(store().put("pump", bundle).number())
        .as("1, 2 times 10 and 1 in the check were given")
        .isEqualTo(23);
  }

  @Test
  @Timeout(600)
  void afterAFewKillsTheStoreIsWhole() throws IOException, InterruptedException {
    killed(4);
  }

  @Test
  @Tag("thorough")
  void afterTwoHundredKillsTheStoreIsWhole(TestReporter report)
      throws IOException, InterruptedException {
    Met met = killed(200);
    report.publishEntry("200 kills", met.toString());
    assertThat(met.changing()).as("kills within a change, of 200: %s", met).isGreaterThan(59);
    assertThat(met.visible()).as("changes left half done: %s", met).isPositive();
  }

  /**
   * What kills met.
   *
   * @param changing how many fell between the first and the last step of a change
   * @param visible how many of these left a part of a file, or a bundle that is no version
   */
  private record Met(int changing, int visible) {}

  /** Kills writing processes at random moments, spread over their changes and not over time. */
  private Met killed(int times) throws IOException, InterruptedException {
    Random random = new Random(17);
    BundleWriter.write(RandomModels.wide(), bundle);
    store().put("pump", bundle);
    store().promote("live", "pump");
    int changing = 0;
    int visible = 0;
    int spent = 1;
    for (int i = 0; i < times; i++) {
      Files.write(StoreChild.progress(root), new byte[0]);
      Process child = StoreChild.start(root, bundle, 0);
      try {
        int notes = 2 + random.nextInt(18);
        while (child.isAlive() && Files.size(StoreChild.progress(root)) < notes) {
          LockSupport.parkNanos(100_000);
        }
        assertThat(child.isAlive()).as("child %s says: %s", i, log()).isTrue();
        LockSupport.parkNanos(random.nextInt(20_000_000));
      } finally {
        child.destroyForcibly();
        assertThat(child.waitFor(10, TimeUnit.MINUTES)).isTrue();
      }
      changing += Files.readString(StoreChild.progress(root)).endsWith("<") ? 1 : 0;
      visible += unfinished() ? 1 : 0;
      int given = check();
      assertThat(given).isGreaterThan(spent);
      spent = given;
    }
    return new Met(changing, visible);
  }

  private String log() throws IOException {
    return Files.readString(StoreChild.log(root));
  }

  /** Whether a write was begun and not ended: part of a file, or a bundle that is no version. */
  private boolean unfinished() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("pump"))) {
      return files
          .map(f -> f.getFileName().toString())
          .anyMatch(
              f ->
                  f.endsWith(".part")
                      || (f.endsWith(".mwb")
                          && !Files.exists(root.resolve("pump/" + f.replace(".mwb", ".json")))));
    }
  }

  /** Everything that is listed is whole, the alias resolves, and writing goes on. */
  private int check() {
    ModelStore store = store();
    Version live = store.find("pump:live").orElseThrow();
    assertThat(store.list()).contains(live);
    for (Version v : store.list()) {
      Manifest manifest = BundleReader.verify(store.path("pump:" + v.number()));
      assertThat(manifest.digest()).isEqualTo(v.digest());
    }
    Version next = store.put("pump", bundle);
    store.promote("live", "pump:" + next.number());
    assertThat(store.find("pump:live").map(Version::number)).contains(next.number());
    store.delete("pump:" + oldestFree(store));
    return next.number();
  }

  private static int oldestFree(ModelStore store) {
    return store.list().stream()
        .filter(v -> v.aliases().isEmpty())
        .mapToInt(Version::number)
        .min()
        .orElseThrow();
  }
}
