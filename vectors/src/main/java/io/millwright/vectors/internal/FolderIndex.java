package io.millwright.vectors.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.vectors.Duplicate;
import io.millwright.vectors.Neighbour;
import io.millwright.vectors.Search;
import io.millwright.vectors.VectorIndex;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** An index in a folder. */
public final class FolderIndex implements VectorIndex {

  private final Blocks blocks;
  private final Lists lists;
  private final Centres centres;
  private final List<Entries.Entry> entries;
  private final Tags tags;
  private final int dimensions;
  private final boolean partial;
  private final Path folder;
  private volatile boolean closed;

  private FolderIndex(
      Path folder,
      Blocks blocks,
      Lists lists,
      List<Entries.Entry> entries,
      int dimensions,
      boolean partial) {
    this.folder = folder;
    this.blocks = blocks;
    this.lists = lists;
    this.centres = new Centres(lists.rows());
    this.entries = entries;
    this.tags = new Tags(entries, lists.order());
    this.dimensions = dimensions;
    this.partial = partial;
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
      boolean partial = in.readBoolean();
      long vectorSum = in.readLong();
      long entrySum = in.readLong();
      long listSum = in.readLong();
      if (count < 1 || dimensions < 1 || dimensions > Layout.MOST_DIMENSIONS) {
        throw Layout.bad(folder, count + " vectors of " + dimensions);
      }
      checkSum(folder, Layout.VECTORS, vectorSum);
      checkSum(folder, Layout.LISTS, listSum);
      int numbers = Columns.padded(dimensions);
      Lists lists;
      try (DataInputStream words =
          new DataInputStream(
              new BufferedInputStream(
                  Files.newInputStream(folder.resolve(Layout.LISTS)), 1 << 16))) {
        lists = Lists.read(words, count, numbers);
      }
      Blocks blocks = Blocks.map(folder.resolve(Layout.VECTORS), lists.sizes(), numbers);
      List<Entries.Entry> all = new ArrayList<>(Math.min(count, 1 << 16));
      try (Entries entries = Entries.read(folder.resolve(Layout.ENTRIES))) {
        for (int i = 0; i < count; i++) {
          all.add(entries.next());
        }
        if (entries.sum() != entrySum) {
          throw Layout.bad(folder, "ids or tags were altered");
        }
      }
      return new FolderIndex(folder, blocks, lists, all, dimensions, partial);
    } catch (java.nio.file.NoSuchFileException e) {
      throw Layout.bad(folder, e.getMessage() + " is not there");
    } catch (IOException e) {
      throw Layout.bad(folder, String.valueOf(e.getMessage()));
    }
  }

  private static void checkSum(Path folder, String name, long wanted) throws IOException {
    CRC32 sum = new CRC32();
    byte[] block = new byte[1 << 16];
    try (var in = Files.newInputStream(folder.resolve(name))) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        sum.update(block, 0, n);
      }
    }
    if (sum.getValue() != wanted) {
      throw Layout.bad(folder, name + " was altered");
    }
  }

  @Override
  public int size() {
    return blocks.count();
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public boolean partial() {
    return partial;
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
    float[] unit = padded(Layout.normalised(query, dimensions));
    List<Neighbour> all = new ArrayList<>();
    for (Found found : found(unit, search)) {
      Entries.Entry entry = entries.get(found.place);
      double similarity = Math.max(-1, Math.min(1, found.similarity));
      all.add(new Neighbour(entry.id(), similarity, entry.tags()));
    }
    return List.copyOf(all);
  }

  private static float[] padded(float[] unit) {
    return Arrays.copyOf(unit, Columns.padded(unit.length));
  }

  private List<Found> found(float[] unit, Search search) {
    float[] scores = centres.scores(unit);
    int[] nearest = Centres.order(scores);
    int effort =
        !partial || search.exact()
            ? Integer.MAX_VALUE
            : Math.max(
                search.count(),
                search.effort() > 0
                    ? search.effort()
                    : lists.effort(search.count(), scores[nearest[0]]));
    BitSet carriers = tags.carriers(search.tags());
    PriorityQueue<Found> best = new PriorityQueue<>(search.count() + 1, Found.WORST);
    Blocks.Scratch scratch = new Blocks.Scratch();
    int compared = 0;
    for (int list : nearest) {
      for (int block = blocks.first(list); block < blocks.first(list + 1); block++) {
        compared += compare(block, unit, carriers, scratch, best, search.count());
      }
      if (compared >= effort) {
        break;
      }
    }
    List<Found> all = new ArrayList<>(best);
    all.sort(Found.WORST.reversed());
    return all;
  }

  /** Compares a block; returns how many of it were meant. */
  private int compare(
      int block,
      float[] unit,
      @Nullable BitSet carriers,
      Blocks.Scratch scratch,
      PriorityQueue<Found> best,
      int count) {
    int from = blocks.from(block);
    int size = blocks.size(block);
    if (carriers == null) {
      blocks.sum(block, unit, scratch);
      for (int j = 0; j < size; j++) {
        offer(best, from + j, scratch.sums[j], count);
      }
      return size;
    }
    int meant = 0;
    for (int at = carriers.nextSetBit(from);
        at >= 0 && at < from + size;
        at = carriers.nextSetBit(at + 1)) {
      if (meant++ == 0) {
        blocks.sum(block, unit, scratch);
      }
      offer(best, at, scratch.sums[at - from], count);
    }
    return meant;
  }

  private void offer(PriorityQueue<Found> best, int position, float similarity, int count) {
    Found worst = best.peek();
    if (best.size() == count && worst != null && similarity < worst.similarity) {
      return;
    }
    best.add(new Found(lists.order()[position], similarity));
    if (best.size() > count) {
      best.poll();
    }
  }

  @Override
  public List<Duplicate> duplicates(double similarity, int most) {
    checkOpen();
    if (!(similarity > 0.5 && similarity <= 1) || most < 1) {
      throw new IllegalArgumentException(
          "pairs of a similarity of " + similarity + ", at most " + most);
    }
    return new Pairs(blocks, lists, centres, similarity, most)
        .find().stream()
            .map(
                p ->
                    new Duplicate(
                        entries.get(p.first()).id(),
                        entries.get(p.second()).id(),
                        Math.min(1, p.similarity())))
            .toList();
  }

  @Override
  public void close() {
    closed = true;
  }
}
