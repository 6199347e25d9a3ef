package io.millwright.vectors.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/** Orders the vectors of an index by lists and measures how many of them a search must compare. */
final class Partition {

  private static final int ASKED = 200;
  private static final int MANY = 100;
  private static final int FEW = 10;
  private static final int MIXED = 4;
  private static final int LEVELS = 6;

  /** The share of true neighbours that lie among what is compared. */
  private static final double FOUND = 0.995;

  private Partition() {}

  /** Writes vectors in the order of lists; their checksum goes to {@code sum}. */
  static Lists write(Rows vectors, Path to, CRC32 sum) throws IOException {
    Clustering clusters = Clustering.of(vectors);
    int lists = clusters.rows.length;
    int[] sizes = new int[lists];
    float[] least = new float[lists];
    Arrays.fill(least, 1);
    for (int i = 0; i < vectors.count(); i++) {
      int list = clusters.list[i];
      sizes[list]++;
      least[list] = Math.min(least[list], clusters.cosine[i]);
    }
    int[] next = new int[lists];
    for (int list = 1; list < lists; list++) {
      next[list] = next[list - 1] + sizes[list - 1];
    }
    int[] order = new int[vectors.count()];
    for (int i = 0; i < order.length; i++) {
      order[next[clusters.list[i]]++] = i;
    }
    ByteBuffer room = vectors.room(1);
    try (OutputStream out =
        new BufferedOutputStream(new CheckedOutputStream(Files.newOutputStream(to), sum))) {
      int at = 0;
      for (int size : sizes) {
        int end = at + size;
        while (at < end) {
          float[][] rows = new float[Math.min(Blocks.MOST, end - at)][];
          for (int j = 0; j < rows.length; j++) {
            rows[j] = vectors.read(order[at + j], 1, room)[0];
          }
          out.write(Blocks.bytes(rows, vectors.numbers()).array());
          at += rows.length;
        }
      }
    }
    Blocks blocks = Blocks.map(to, sizes, vectors.numbers());
    int asked = Math.min(vectors.count(), ASKED);
    int[] places = new int[asked];
    float[][] own = new float[asked][];
    for (int q = 0; q < asked; q++) {
      places[q] = (int) ((q + 0.5) * vectors.count() / asked);
      own[q] = vectors.read(places[q], 1, room)[0];
    }
    float[][] queries = new float[3 * asked][];
    int[] same = new int[queries.length];
    Arrays.fill(same, -1);
    float[][] mixed = mixed(own);
    for (int q = 0; q < asked; q++) {
      queries[q] = own[q];
      same[q] = places[q];
      queries[asked + q] = unit(between(own[q], mixed[q]), own[q]);
      queries[2 * asked + q] = mixed[q];
    }
    return new Lists(
        clusters.rows, sizes, order, least, efforts(queries, same, clusters, blocks, sizes, order));
  }

  private static float[] between(float[] one, float[] other) {
    float[] sum = new float[one.length];
    for (int d = 0; d < sum.length; d++) {
      sum[d] = one[d] + other[d];
    }
    return sum;
  }

  /** Directions among those of vectors, where none of them need lie. */
  private static float[][] mixed(float[][] own) {
    Random random = new Random(own.length);
    float[][] mixed = new float[own.length][];
    for (int q = 0; q < mixed.length; q++) {
      float[] sum = own[q].clone();
      for (int k = 1; k < MIXED; k++) {
        float[] other = own[random.nextInt(own.length)];
        double weight = random.nextGaussian();
        for (int d = 0; d < sum.length; d++) {
          sum[d] += (float) (weight * other[d]);
        }
      }
      mixed[q] = unit(sum, own[q]);
    }
    return mixed;
  }

  /** A vector of length one, or another one where it has no direction. */
  private static float[] unit(float[] vector, float[] otherwise) {
    double squares = 0;
    for (float v : vector) {
      squares += (double) v * v;
    }
    return squares > 1e-6 ? Layout.normalised(vector, vector.length) : otherwise;
  }

  /**
   * How many vectors must be compared to find nearly all true neighbours, for queries ever farther
   * from all centres.
   */
  private static List<Lists.Effort> efforts(
      float[][] queries, int[] same, Clustering clusters, Blocks blocks, int[] sizes, int[] order) {
    long[][] nearest = nearest(queries, same, blocks, order);
    int[][] needed = new int[queries.length][];
    float[] cosines = new float[queries.length];
    for (int q = 0; q < needed.length; q++) {
      int[] met = new int[sizes.length];
      int compared = 0;
      float[] scores = clusters.centres.scores(queries[q]);
      int[] lists = Centres.order(scores);
      cosines[q] = scores[lists[0]];
      for (int list : lists) {
        compared += sizes[list];
        met[list] = compared;
      }
      needed[q] =
          Arrays.stream(nearest[q]).mapToInt(key -> met[clusters.list[(int) key]]).toArray();
    }
    int[] falling = Centres.order(cosines);
    int levels = Math.min(LEVELS, queries.length);
    List<Lists.Effort> efforts = new ArrayList<>();
    int ten = 1;
    int hundred = 1;
    for (int level = 0; level < levels; level++) {
      int begin = queries.length * level / levels;
      int end = queries.length * (level + 1) / levels;
      int[][] here =
          Arrays.stream(falling, begin, end).mapToObj(q -> needed[q]).toArray(int[][]::new);
      ten = Math.max(ten, quantile(here, FEW));
      hundred = Math.max(Math.max(ten, hundred), quantile(here, MANY));
      efforts.add(new Lists.Effort(cosines[falling[end - 1]], ten, hundred));
    }
    return efforts;
  }

  /** The true neighbours of each query without itself, nearest first, place in the lower half. */
  private static long[][] nearest(float[][] queries, int[] own, Blocks blocks, int[] order) {
    long[][] nearest = new long[queries.length][];
    int parts = Runtime.getRuntime().availableProcessors();
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part -> {
              int begin = queries.length * part / parts;
              int end = queries.length * (part + 1) / parts;
              nearest(queries, own, blocks, order, nearest, begin, end);
            });
    return nearest;
  }

  private static void nearest(
      float[][] queries,
      int[] own,
      Blocks blocks,
      int[] order,
      long[][] nearest,
      int begin,
      int end) {
    float[] sums = new float[Blocks.MOST];
    for (int q = begin; q < end; q++) {
      nearest[q] = new long[0];
    }
    List<PriorityQueue<Long>> best =
        IntStream.range(begin, end).mapToObj(q -> new PriorityQueue<Long>(MANY + 1)).toList();
    for (int block = 0; begin < end && block < blocks.blocks(); block++) {
      float[][] columns = blocks.columns(block);
      int wide = blocks.size(block);
      for (int q = begin; q < end; q++) {
        Arrays.fill(sums, 0, wide, 0);
        for (int d = 0; d < columns.length; d += Columns.STEP) {
          Columns.add(
              sums,
              wide,
              columns[d],
              columns[d + 1],
              columns[d + 2],
              columns[d + 3],
              queries[q],
              d);
        }
        PriorityQueue<Long> kept = best.get(q - begin);
        for (int j = 0; j < wide; j++) {
          int place = order[blocks.from(block) + j];
          if (place != own[q]) {
            keep(kept, sums[j], place);
          }
        }
      }
    }
    for (int q = begin; q < end; q++) {
      long[] all = best.get(q - begin).stream().mapToLong(k -> k).sorted().toArray();
      long[] falling = new long[all.length];
      for (int i = 0; i < all.length; i++) {
        falling[i] = all[all.length - 1 - i];
      }
      nearest[q] = falling;
    }
  }

  private static void keep(PriorityQueue<Long> kept, float cosine, int place) {
    int bits = Float.floatToIntBits(cosine);
    long key = ((long) (bits ^ ((bits >> 31) & 0x7fffffff)) << 32) | place;
    Long least = kept.peek();
    if (kept.size() < MANY) {
      kept.add(key);
    } else if (least != null && key > least) {
      kept.poll();
      kept.add(key);
    }
  }

  /** What finds nearly all of so many neighbours. */
  private static int quantile(int[][] needed, int wanted) {
    int[] all =
        Arrays.stream(needed).flatMapToInt(n -> Arrays.stream(n).limit(wanted)).sorted().toArray();
    return all.length == 0 ? 1 : all[(int) Math.min(all.length - 1L, (long) (FOUND * all.length))];
  }
}
