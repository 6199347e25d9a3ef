package io.millwright.vectors.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Divides vectors among lists by spherical k-means (Dhillon and Modha 2001) on a sample. The result
 * does not depend on the number of threads.
 */
final class Clustering {

  /** Vectors of a list, about; so many are compared in some ten microseconds. */
  static final int EACH = 512;

  private static final int SAMPLE_EACH = 48;
  private static final long MOST_SAMPLED = 1L << 26;
  private static final int ROUNDS = 8;
  private static final int CHUNK = 256;
  private static final long SEED = 0x6d77;

  final Centres centres;
  final float[][] rows;
  final int[] list;
  final float[] cosine;

  private Clustering(float[][] rows, int count) {
    this.rows = rows;
    this.centres = new Centres(rows);
    this.list = new int[count];
    this.cosine = new float[count];
  }

  /** How many lists there are: of some 512 vectors each, and at most twice the square root. */
  static int lists(int count) {
    int whole = (int) ((count + EACH - 1L) / EACH);
    return Math.max(1, Math.min(whole, (int) (2 * Math.sqrt(count))));
  }

  static Clustering of(Rows vectors) throws IOException {
    int count = vectors.count();
    int lists = lists(count);
    Random random = new Random(SEED);
    long room = Math.max(lists, MOST_SAMPLED / vectors.numbers());
    int sampled = (int) Math.min(count, Math.min((long) SAMPLE_EACH * lists, room));
    float[][] sample = sample(vectors, sampled, random);
    float[][] rows = Arrays.copyOf(sample, lists);
    for (int round = 0; lists > 1 && round < ROUNDS; round++) {
      rows = moved(sample, new Centres(rows), rows);
    }
    if (lists == 1) {
      rows = moved(sample, new Centres(rows), rows);
    }
    Clustering all = new Clustering(rows, count);
    all.assign(vectors);
    return all;
  }

  /** Vectors of all, in drawn order. */
  private static float[][] sample(Rows vectors, int sampled, Random random) throws IOException {
    int[] places = new int[sampled];
    long count = vectors.count();
    for (int i = 0; i < sampled; i++) {
      long from = i * count / sampled;
      long to = (i + 1) * count / sampled;
      places[i] = (int) (from + random.nextInt((int) Math.max(1, to - from)));
    }
    for (int i = sampled - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = places[i];
      places[i] = places[other];
      places[other] = kept;
    }
    ByteBuffer room = vectors.room(1);
    float[][] sample = new float[sampled][];
    for (int i = 0; i < sampled; i++) {
      sample[i] = vectors.read(places[i], 1, room)[0];
    }
    return sample;
  }

  /** Centres in the middle of what was nearest to them; one without any goes to the farthest. */
  private static float[][] moved(float[][] sample, Centres now, float[][] before) {
    int[] which = new int[sample.length];
    float[] cosines = new float[sample.length];
    chunks(sample.length)
        .forEach(
            c -> {
              int from = c * CHUNK;
              int to = Math.min(sample.length, from + CHUNK);
              now.nearest(Arrays.copyOfRange(sample, from, to), which, cosines, from);
            });
    float[][] sums = new float[before.length][before[0].length];
    int[] counts = new int[before.length];
    for (int i = 0; i < sample.length; i++) {
      float[] sum = sums[which[i]];
      counts[which[i]]++;
      for (int d = 0; d < sum.length; d++) {
        sum[d] += sample[i][d];
      }
    }
    for (int k = 0; k < sums.length; k++) {
      if (counts[k] == 0) {
        int far = farthest(cosines);
        cosines[far] = Float.POSITIVE_INFINITY;
        sums[k] = sample[far].clone();
      } else if (!unit(sums[k])) {
        sums[k] = before[k];
      }
    }
    return sums;
  }

  private static int farthest(float[] cosines) {
    int far = 0;
    for (int i = 1; i < cosines.length; i++) {
      far = cosines[i] < cosines[far] ? i : far;
    }
    return far;
  }

  private static boolean unit(float[] vector) {
    double squares = 0;
    for (float v : vector) {
      squares += (double) v * v;
    }
    if (!(squares > 1e-12)) {
      return false;
    }
    double factor = 1 / Math.sqrt(squares);
    for (int d = 0; d < vector.length; d++) {
      vector[d] *= (float) factor;
    }
    return true;
  }

  private void assign(Rows vectors) throws IOException {
    try {
      chunks(list.length)
          .forEach(
              c -> {
                int from = c * CHUNK;
                int rowsHere = Math.min(CHUNK, list.length - from);
                try {
                  float[][] units = vectors.read(from, rowsHere, vectors.room(rowsHere));
                  centres.nearest(units, list, cosine, from);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static IntStream chunks(int count) {
    return IntStream.range(0, (count + CHUNK - 1) / CHUNK).parallel();
  }
}
