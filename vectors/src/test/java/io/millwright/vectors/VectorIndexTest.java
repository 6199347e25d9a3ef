package io.millwright.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found is compared with a search by hand. */
class VectorIndexTest {

  @TempDir Path folder;

  /** Clusters on a sphere, each with its own spread. */
  static float[][] clustered(int count, int dimensions, int clusters, long seed) {
    Random random = new Random(seed);
    float[][] centres = new float[clusters][dimensions];
    for (float[] centre : centres) {
      for (int d = 0; d < dimensions; d++) {
        centre[d] = (float) random.nextGaussian();
      }
    }
    float[][] all = new float[count][dimensions];
    for (float[] one : all) {
      int cluster = random.nextInt(clusters);
      double spread = 0.3 + 0.7 * cluster / clusters;
      for (int d = 0; d < dimensions; d++) {
        one[d] = (float) (centres[cluster][d] + spread * random.nextGaussian());
      }
    }
    return all;
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  private VectorIndex built(float[][] vectors, int listsFrom) {
    VectorIndexBuilder builder =
        VectorIndex.builder(folder.resolve("index " + listsFrom), vectors[0].length)
            .listsFrom(listsFrom);
    for (int i = 0; i < vectors.length; i++) {
      builder.add("v" + i, vectors[i], Map.of("kind", i % 3 == 0 ? "a" : "b"));
    }
    return builder.build();
  }

  private static List<String> byHand(float[][] vectors, float[] query, int count, boolean onlyA) {
    return IntStream.range(0, vectors.length)
        .filter(i -> !onlyA || i % 3 == 0)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -cosine(query, vectors[i])))
        .limit(count)
        .map(i -> "v" + i)
        .toList();
  }

  @Test
  void anExactSearchFindsTheTrueNeighboursInOrder() {
    float[][] vectors = clustered(700, 24, 12, 1);
    try (VectorIndex index = built(vectors, Integer.MAX_VALUE)) {
      assertThat(index.partial()).isFalse();
      assertThat(index.size()).isEqualTo(700);
      for (float[] query : clustered(20, 24, 12, 2)) {
        List<Neighbour> found = index.search(query, Search.nearest(10));
        assertThat(found).extracting(Neighbour::id).isEqualTo(byHand(vectors, query, 10, false));
        assertThat(index.search(query, Search.nearest(10).where("kind", "a")))
            .extracting(Neighbour::id)
            .isEqualTo(byHand(vectors, query, 10, true));
        int first = Integer.parseInt(found.get(0).id().substring(1));
        assertThat(found.get(0).similarity())
            .isCloseTo(cosine(query, vectors[first]), org.assertj.core.data.Offset.offset(1e-5));
      }
      assertThat(index.search(vectors[5], Search.nearest(1)).get(0).id()).isEqualTo("v5");
      assertThat(index.search(vectors[5], Search.nearest(5).where("kind", "none"))).isEmpty();
    }
  }

  @Test
  void listsFindNearlyAllAndAreReopened() {
    float[][] vectors = clustered(3000, 32, 30, 3);
    List<List<Neighbour>> before = new ArrayList<>();
    float[][] queries = clustered(40, 32, 30, 4);
    try (VectorIndex index = built(vectors, 0)) {
      assertThat(index.partial()).isTrue();
      int right = 0;
      int rightOfA = 0;
      for (float[] query : queries) {
        before.add(index.search(query, Search.nearest(10)));
        right += common(before.get(before.size() - 1), byHand(vectors, query, 10, false));
        rightOfA +=
            common(
                index.search(query, Search.nearest(10).where("kind", "a")),
                byHand(vectors, query, 10, true));
        assertThat(index.search(query, Search.nearest(10).exactly()))
            .extracting(Neighbour::id)
            .isEqualTo(byHand(vectors, query, 10, false));
      }
      assertThat(right).isGreaterThanOrEqualTo(392);
      assertThat(rightOfA).isGreaterThanOrEqualTo(392);
    }
    try (VectorIndex again = VectorIndex.open(folder.resolve("index 0"))) {
      for (int q = 0; q < queries.length; q++) {
        assertThat(again.search(queries[q], Search.nearest(10))).isEqualTo(before.get(q));
      }
    }
  }

  private static int common(List<Neighbour> found, List<String> truth) {
    Set<String> ids = found.stream().map(Neighbour::id).collect(Collectors.toSet());
    return (int) truth.stream().filter(ids::contains).count();
  }

  @Test
  void duplicatesAreFound() {
    float[][] vectors = clustered(2500, 16, 5, 5);
    Random random = new Random(6);
    Set<String> wanted = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      for (int d = 0; d < 16; d++) {
        vectors[200 + i][d] = 3 * vectors[i][d] + 1e-3f * (float) random.nextGaussian();
      }
    }
    for (int a = 0; a < 2500; a++) {
      for (int b = a + 1; b < 2500; b++) {
        if (cosine(vectors[a], vectors[b]) >= 0.99) {
          wanted.add("v" + a + " v" + b);
        }
      }
    }
    assertThat(wanted).hasSizeBetween(20, 99_999);
    for (int listsFrom : new int[] {Integer.MAX_VALUE, 0}) {
      try (VectorIndex index = built(vectors, listsFrom)) {
        assertThat(
                index.duplicates(0.99, 100_000).stream()
                    .map(d -> d.first() + " " + d.second())
                    .collect(Collectors.toSet()))
            .isEqualTo(wanted);
        assertThat(index.duplicates(0.99, 3)).hasSize(3);
      }
    }
  }

  private static void refused(ErrorCode code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("\nMaybe ")
        .satisfies(e -> assertThat(((MillwrightException) e).code()).isEqualTo(code));
  }

  @Test
  void wrongVectorsAndDamagedFoldersAreErrors() throws IOException {
    float[][] vectors = clustered(50, 8, 3, 7);
    try (VectorIndex index = built(vectors, Integer.MAX_VALUE)) {
      refused(ErrorCode.WRONG_SHAPE, () -> index.search(new float[7], Search.nearest(1)));
      refused(ErrorCode.BAD_VALUE, () -> index.search(new float[8], Search.nearest(1)));
      float[] broken = vectors[0].clone();
      broken[3] = Float.NaN;
      refused(ErrorCode.BAD_VALUE, () -> index.search(broken, Search.nearest(1)));
      index.close();
      refused(ErrorCode.CLOSED, () -> index.search(vectors[0], Search.nearest(1)));
    }
    Path whole = folder.resolve("index " + Integer.MAX_VALUE);
    refused(ErrorCode.IO_FAILED, () -> VectorIndex.builder(whole, 8));
    refused(ErrorCode.BAD_FILE, () -> VectorIndex.open(folder.resolve("absent")));
    refused(ErrorCode.TOO_FEW_DATA, () -> VectorIndex.builder(folder.resolve("empty"), 8).build());
    for (String name : List.of("vectors.bin", "entries.bin", "lists.bin", "index.bin")) {
      byte[] bytes = Files.readAllBytes(whole.resolve(name));
      byte[] altered = bytes.clone();
      altered[altered.length / 2] ^= 0x55;
      Files.write(whole.resolve(name), altered);
      refused(ErrorCode.BAD_FILE, () -> VectorIndex.open(whole));
      Files.write(whole.resolve(name), java.util.Arrays.copyOf(bytes, bytes.length / 2));
      refused(ErrorCode.BAD_FILE, () -> VectorIndex.open(whole));
      Files.write(whole.resolve(name), bytes);
    }
    VectorIndex.open(whole).close();
  }

  /** Vectors without any structure, of which a graph of neighbours misses a quarter. */
  @Test
  void withoutStructureMoreAreCompared() {
    float[][] vectors = clustered(4100, 64, 1, 10);
    float[] middle = new float[64];
    for (float[] vector : vectors) {
      for (int d = 0; d < 64; d++) {
        middle[d] += vector[d] / vectors.length;
      }
    }
    for (float[] vector : vectors) {
      for (int d = 0; d < 64; d++) {
        vector[d] -= middle[d];
      }
    }
    float[][] kept = Arrays.copyOf(vectors, 4000);
    try (VectorIndex index = built(kept, 0)) {
      int right = 0;
      for (float[] query : Arrays.copyOfRange(vectors, 4000, 4100)) {
        right += common(index.search(query, Search.nearest(10)), byHand(kept, query, 10, false));
      }
      assertThat(right).isGreaterThanOrEqualTo(980);
    }
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws Exception {
    float[][] vectors = clustered(3000, 19, 8, 11);
    List<Map<String, byte[]>> files = new ArrayList<>();
    for (int threads : new int[] {1, 4}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      pool.submit(() -> built(vectors, threads).close()).get();
      pool.shutdown();
      Map<String, byte[]> bytes = new TreeMap<>();
      for (String name : List.of("vectors.bin", "lists.bin")) {
        bytes.put(name, Files.readAllBytes(folder.resolve("index " + threads).resolve(name)));
      }
      files.add(bytes);
    }
    assertThat(files.get(0)).usingRecursiveComparison().isEqualTo(files.get(1));
  }

  @Test
  void manyCopiesAndFewNumbersAreNoTrouble() {
    float[][] vectors = new float[1500][1];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i][0] = i == 700 ? -2 : 3;
    }
    try (VectorIndex index = built(vectors, 0)) {
      assertThat(index.search(new float[] {1}, Search.nearest(3)))
          .extracting(Neighbour::id)
          .containsExactly("v0", "v1", "v2");
      assertThat(index.search(new float[] {-1}, Search.nearest(1)).get(0).id()).isEqualTo("v700");
      assertThat(index.duplicates(0.99, 2))
          .extracting(d -> d.first() + " " + d.second())
          .containsExactly("v0 v1", "v0 v2");
    }
  }

  /** The figures of docs/benchmarks.md; the number of vectors is a property. */
  @Test
  @Tag("thorough")
  void aPartBesideExactSearch() {
    int count = Integer.getInteger("vectors", 20_000);
    int clusters = Math.max(10, count / 1000);
    float[][] vectors = clustered(count, 384, clusters, 8);
    long begin = System.nanoTime();
    try (VectorIndex index = built(vectors, 0)) {
      double build = (System.nanoTime() - begin) / 1e9;
      float[][] queries = new float[100][];
      Random random = new Random(9);
      for (int q = 0; q < queries.length; q++) {
        queries[q] = vectors[random.nextInt(count)].clone();
        for (int d = 0; d < 384; d++) {
          queries[q][d] += 0.3f * (float) random.nextGaussian();
        }
      }
      int right = 0;
      long exact = 0;
      for (float[] query : queries) {
        long start = System.nanoTime();
        List<Neighbour> truth = index.search(query, Search.nearest(10).exactly());
        exact += System.nanoTime() - start;
        right +=
            common(
                index.search(query, Search.nearest(10)),
                truth.stream().map(Neighbour::id).toList());
      }
      long start = System.nanoTime();
      for (int round = 0; round < 10; round++) {
        for (float[] query : queries) {
          index.search(query, Search.nearest(10));
        }
      }
      double each = (System.nanoTime() - start) / 1e6 / (10 * queries.length);
      String said =
          String.format(
              java.util.Locale.ROOT,
              "%d vectors: built in %.0f s, recall@10 %.4f, %.2f ms a query, exact %.1f ms",
              count,
              build,
              right / 1000.0,
              each,
              exact / 1e6 / queries.length);
      System.getLogger("vectors").log(System.Logger.Level.INFO, said);
      assertThat(right).as(said).isGreaterThanOrEqualTo(980);
    }
  }
}
