package io.millwright.benchmarks.vectors;

import io.millwright.vectors.Neighbour;
import io.millwright.vectors.Search;
import io.millwright.vectors.VectorIndex;
import io.millwright.vectors.VectorIndexBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An index of many clustered vectors: time to build, recall, queries per second, memory, beside
 * exact search. Centres are drawn from a normal distribution, each cluster has its own spread (0.3
 * to 1) and some thousand members; queries lie beside vectors (spread 0.3). {@code ManyVectors
 * COUNT [NUMBERS [FOLDER]]}.
 */
public final class ManyVectors {

  private static final int QUERIES = 200;
  private static final int MOST = 10;
  private static final int ROUNDS = 5;

  private final int count;
  private final int numbers;
  private final float[][] centres;
  private final Random random = new Random(8);
  private final List<float[]> queries = new ArrayList<>();

  private ManyVectors(int count, int numbers) {
    this.count = count;
    this.numbers = numbers;
    this.centres = new float[Math.max(10, count / 1000)][numbers];
    for (float[] centre : centres) {
      for (int d = 0; d < numbers; d++) {
        centre[d] = (float) random.nextGaussian();
      }
    }
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    int count = Integer.parseInt(args[0]);
    int numbers = args.length > 1 ? Integer.parseInt(args[1]) : 384;
    Path folder =
        args.length > 2 ? Path.of(args[2]) : Files.createTempDirectory("vectors").resolve("index");
    new ManyVectors(count, numbers).run(folder);
  }

  private void run(Path folder) throws IOException {
    double drawing = 0;
    long begin = System.nanoTime();
    try (VectorIndexBuilder builder = VectorIndex.builder(folder, numbers).listsFrom(0)) {
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        float[] vector = drawn(i);
        drawing += (System.nanoTime() - start) / 1e9;
        builder.add("v" + i, vector, Map.of("kind", i % 3 == 0 ? "a" : "b"));
      }
      try (VectorIndex index = builder.build()) {
        say("%d vectors of %d", count, numbers);
        say("built in %.1f s, drawing not counted", (System.nanoTime() - begin) / 1e9 - drawing);
        judge(index);
      }
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM") || line.startsWith("RssAnon")) {
        say("%s", line);
      }
    }
  }

  /** A vector; queries are put beside some of them. */
  private float[] drawn(int place) {
    int cluster = random.nextInt(centres.length);
    float[] vector = beside(centres[cluster], 0.3 + 0.7 * cluster / centres.length);
    if ((long) place * QUERIES / count != (place + 1L) * QUERIES / count) {
      queries.add(beside(vector, 0.3));
    }
    return vector;
  }

  private float[] beside(float[] vector, double spread) {
    float[] other = new float[numbers];
    for (int d = 0; d < numbers; d++) {
      other[d] = (float) (vector[d] + spread * random.nextGaussian());
    }
    return other;
  }

  private void judge(VectorIndex index) {
    Search part = Search.nearest(MOST);
    int right = 0;
    int tagged = 0;
    double exact = 0;
    for (float[] query : queries) {
      long start = System.nanoTime();
      List<Neighbour> truth = index.search(query, part.exactly());
      exact += (System.nanoTime() - start) / 1e6;
      right += common(index.search(query, part), truth);
      Search some = part.where("kind", "a");
      tagged += common(index.search(query, some), index.search(query, some.exactly()));
    }
    long start = System.nanoTime();
    for (int round = 0; round < ROUNDS; round++) {
      queries.forEach(query -> index.search(query, part));
    }
    double each = (System.nanoTime() - start) / 1e6 / (ROUNDS * queries.size());
    double wanted = MOST * queries.size();
    say("recall@%d %.4f, with a tag of a third %.4f", MOST, right / wanted, tagged / wanted);
    say(
        "%.2f ms a query (%.0f a second), exact %.1f ms",
        each, 1000 / each, exact / queries.size());
  }

  private static int common(List<Neighbour> found, List<Neighbour> truth) {
    Set<String> ids = truth.stream().map(Neighbour::id).collect(Collectors.toSet());
    return (int) found.stream().filter(n -> ids.contains(n.id())).count();
  }

  private static void say(String form, Object... what) {
    System.out.println(String.format(Locale.ROOT, form, what));
  }
}
