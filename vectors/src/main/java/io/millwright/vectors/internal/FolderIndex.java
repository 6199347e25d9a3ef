package io.millwright.vectors.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.vectors.Duplicate;
import io.millwright.vectors.Neighbour;
import io.millwright.vectors.Search;
import io.millwright.vectors.VectorIndex;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** An index in a folder. */
public final class FolderIndex implements VectorIndex {

  private static final int LEAST_EFFORT = 200;
  private static final int FACTOR = 10;
  private static final int POWER_STEPS = 20;
  private static final int SAMPLE = 5000;

  private final Stored stored;
  private final List<Entries.Entry> entries;
  private final int dimensions;
  private final @Nullable Graph graph;
  private final Path folder;
  private volatile boolean closed;

  private FolderIndex(
      Path folder,
      Stored stored,
      List<Entries.Entry> entries,
      int dimensions,
      @Nullable Graph graph) {
    this.folder = folder;
    this.stored = stored;
    this.entries = entries;
    this.dimensions = dimensions;
    this.graph = graph;
  }

  /** A vector by its place, and how similar it is. */
  private record Found(int place, float similarity) {

    /** The least similar first; of equal ones that which was added last. */
    static final Comparator<Found> WORST =
        Comparator.comparingDouble(Found::similarity)
            .thenComparing(Comparator.comparingInt(Found::place).reversed());
  }

  /** Opens an index. */
  public static VectorIndex open(Path folder) {
    try (DataInputStream in =
        new DataInputStream(Files.newInputStream(folder.resolve(Layout.INDEX)))) {
      if (in.readInt() != Layout.MAGIC || in.readInt() != Layout.VERSION) {
        throw Layout.bad(folder, "another version or none");
      }
      int count = in.readInt();
      int dimensions = in.readInt();
      boolean graph = in.readBoolean();
      long vectorSum = in.readLong();
      long entrySum = in.readLong();
      if (count < 1 || dimensions < 1 || dimensions > Layout.MOST_DIMENSIONS) {
        throw Layout.bad(folder, count + " vectors of " + dimensions);
      }
      checkSum(folder, vectorSum);
      Stored stored = Stored.map(folder.resolve(Layout.VECTORS), count, dimensions);
      List<Entries.Entry> all = new ArrayList<>(Math.min(count, 1 << 16));
      try (Entries entries = Entries.read(folder.resolve(Layout.ENTRIES))) {
        for (int i = 0; i < count; i++) {
          all.add(entries.next());
        }
        if (entries.sum() != entrySum) {
          throw Layout.bad(folder, "ids or tags were altered");
        }
      }
      return new FolderIndex(
          folder, stored, all, dimensions, graph ? Graph.open(folder, count) : null);
    } catch (java.nio.file.NoSuchFileException e) {
      throw Layout.bad(folder, e.getMessage() + " is not there");
    } catch (IOException e) {
      throw Layout.bad(folder, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw Layout.bad(folder, String.valueOf(e.getMessage()));
    }
  }

  private static void checkSum(Path folder, long wanted) throws IOException {
    CRC32 sum = new CRC32();
    byte[] block = new byte[1 << 16];
    try (var in = Files.newInputStream(folder.resolve(Layout.VECTORS))) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        sum.update(block, 0, n);
      }
    }
    if (sum.getValue() != wanted) {
      throw Layout.bad(folder, "vectors were altered");
    }
  }

  @Override
  public int size() {
    return stored.count();
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public boolean graph() {
    return graph != null;
  }

  private void checkOpen() {
    if (closed) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "the index in " + folder + " is closed\nMaybe open it again");
    }
  }

  @Override
  public List<Neighbour> search(float[] query, Search search) {
    checkOpen();
    float[] unit = Layout.normalised(query, dimensions);
    List<Neighbour> all = new ArrayList<>();
    for (Found found : found(unit, search)) {
      Entries.Entry entry = entries.get(found.place);
      double similarity = Math.max(-1, Math.min(1, found.similarity));
      all.add(new Neighbour(entry.id(), similarity, entry.tags()));
    }
    return List.copyOf(all);
  }

  private List<Found> found(float[] unit, Search search) {
    Graph own = graph;
    if (own == null || search.exact()) {
      return best(
          unit,
          IntStream.range(0, stored.count()).filter(i -> tagged(i, search.tags())),
          search.count());
    }
    int effort =
        search.effort() > 0
            ? Math.max(search.count(), search.effort())
            : Math.max(LEAST_EFFORT, FACTOR * search.count());
    try {
      int[] places = own.candidates(unit, search.tags(), Math.min(effort, stored.count()));
      return best(unit, Arrays.stream(places), search.count());
    } catch (IOException e) {
      throw Layout.failed(folder, e);
    }
  }

  private boolean tagged(int place, Map<String, String> tags) {
    return tags.isEmpty() || entries.get(place).tags().entrySet().containsAll(tags.entrySet());
  }

  private List<Found> best(float[] unit, IntStream places, int count) {
    PriorityQueue<Found> best = new PriorityQueue<>(count + 1, Found.WORST);
    float[] vector = new float[dimensions];
    places.forEach(
        place -> {
          stored.get(place, vector);
          Found found = new Found(place, Stored.dot(unit, vector));
          if (best.size() < count) {
            best.add(found);
          } else if (Found.WORST.compare(found, best.peek()) > 0) {
            best.poll();
            best.add(found);
          }
        });
    List<Found> all = new ArrayList<>(best);
    all.sort(Found.WORST.reversed());
    return all;
  }

  @Override
  public List<Duplicate> duplicates(double similarity, int most) {
    checkOpen();
    if (!(similarity > 0.5 && similarity <= 1) || most < 1) {
      throw new IllegalArgumentException(
          "pairs of a similarity of " + similarity + ", at most " + most);
    }
    PriorityQueue<Pair> best = new PriorityQueue<>(Comparator.comparingDouble(Pair::similarity));
    if (graph == null) {
      allPairs(similarity, most, best);
    } else {
      float[] vector = new float[dimensions];
      for (int i = 0; i < stored.count(); i++) {
        stored.get(i, vector);
        for (Found found : found(vector, new Search(20, Map.of(), false, 50))) {
          if (found.place > i && found.similarity >= similarity) {
            keep(best, new Pair(i, found.place, found.similarity), most);
          }
        }
      }
    }
    List<Pair> all = new ArrayList<>(best);
    all.sort(
        Comparator.comparingDouble(Pair::similarity)
            .reversed()
            .thenComparingInt(Pair::first)
            .thenComparingInt(Pair::second));
    return all.stream()
        .map(
            p ->
                new Duplicate(
                    entries.get(p.first).id(),
                    entries.get(p.second).id(),
                    Math.min(1, p.similarity)))
        .toList();
  }

  private record Pair(int first, int second, float similarity) {}

  private static void keep(PriorityQueue<Pair> best, Pair pair, int most) {
    best.add(pair);
    if (best.size() > most) {
      best.poll();
    }
  }

  /**
   * All pairs, in the order of their projection on the direction of largest spread: two vectors
   * cannot be nearer to each other than their projections are.
   */
  private void allPairs(double similarity, int most, PriorityQueue<Pair> best) {
    int n = stored.count();
    float[] direction = direction();
    float[] along = new float[n];
    float[] vector = new float[dimensions];
    for (int i = 0; i < n; i++) {
      stored.get(i, vector);
      along[i] = Stored.dot(direction, vector);
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> along[i]))
            .mapToInt(i -> i)
            .toArray();
    double reach = Math.sqrt(Math.max(0, 2 - 2 * similarity)) + 1e-4;
    float[] other = new float[dimensions];
    for (int a = 0; a < n; a++) {
      stored.get(order[a], vector);
      for (int b = a + 1; b < n && along[order[b]] - along[order[a]] <= reach; b++) {
        stored.get(order[b], other);
        float cosine = Stored.dot(vector, other);
        if (cosine >= similarity - 1e-6) {
          keep(
              best,
              new Pair(Math.min(order[a], order[b]), Math.max(order[a], order[b]), cosine),
              most);
        }
      }
    }
  }

  /** The first principal direction of some vectors, by power iteration. */
  private float[] direction() {
    int n = stored.count();
    int step = Math.max(1, n / SAMPLE);
    float[] vector = new float[dimensions];
    double[] mean = new double[dimensions];
    int used = 0;
    for (int i = 0; i < n; i += step, used++) {
      stored.get(i, vector);
      for (int d = 0; d < dimensions; d++) {
        mean[d] += vector[d];
      }
    }
    double[] direction = new double[dimensions];
    for (int d = 0; d < dimensions; d++) {
      mean[d] /= used;
      direction[d] = 1 + (d * 31 % 17) / 17.0;
    }
    for (int round = 0; round < POWER_STEPS; round++) {
      double[] next = new double[dimensions];
      for (int i = 0; i < n; i += step) {
        stored.get(i, vector);
        double along = 0;
        for (int d = 0; d < dimensions; d++) {
          along += (vector[d] - mean[d]) * direction[d];
        }
        for (int d = 0; d < dimensions; d++) {
          next[d] += along * (vector[d] - mean[d]);
        }
      }
      double length = Math.sqrt(Arrays.stream(next).map(v -> v * v).sum());
      if (!(length > 1e-12)) {
        break;
      }
      for (int d = 0; d < dimensions; d++) {
        direction[d] = next[d] / length;
      }
    }
    double length = Math.sqrt(Arrays.stream(direction).map(v -> v * v).sum());
    float[] unit = new float[dimensions];
    for (int d = 0; d < dimensions; d++) {
      unit[d] = (float) (direction[d] / length);
    }
    return unit;
  }

  @Override
  public void close() {
    closed = true;
    Graph own = graph;
    if (own != null) {
      try {
        own.close();
      } catch (IOException e) {
        throw Layout.failed(folder, e);
      }
    }
  }
}
