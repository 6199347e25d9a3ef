package io.millwright.personalization.internal.recommend;

import io.millwright.api.spi.Jobs;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * EASE^R, the linear autoencoder in closed form (Steck 2019, equation 8): weights B = I - P /
 * diag(P) with P the inverse of the Gram matrix plus a ridge. Covers the most frequent items alone
 * where there are too many for a dense inverse.
 */
final class Ease implements Scorer {

  /** The dense inverse grows with the cube: so many items take some ten to twenty seconds. */
  static final int MOST_ITEMS = 3000;

  private static final int KEEP = 300;

  private final int[][] ids;
  private final float[][] weights;

  private Ease(int[][] ids, float[][] weights) {
    this.ids = ids;
    this.weights = weights;
  }

  static Ease fit(Log log, double ridge, Jobs.Control<?> control) {
    int n = log.items();
    int[] owners = log.owners();
    int[] chosen =
        IntStream.range(0, n)
            .filter(i -> owners[i] > 1)
            .boxed()
            .sorted((a, b) -> owners[a] != owners[b] ? owners[b] - owners[a] : a - b)
            .limit(MOST_ITEMS)
            .mapToInt(Integer::intValue)
            .toArray();
    int[] place = new int[n];
    Arrays.fill(place, -1);
    for (int k = 0; k < chosen.length; k++) {
      place[chosen[k]] = k;
    }
    int m = chosen.length;
    int[][] ids = new int[n][0];
    float[][] weights = new float[n][0];
    if (m == 0) {
      return new Ease(ids, weights);
    }
    DMatrixRMaj gram = gram(log, place, m, ridge);
    control.checkpoint();
    EjmlConcurrency.USE_CONCURRENT = true;
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(m);
    if (!solver.setA(gram)) {
      return new Ease(ids, weights);
    }
    DMatrixRMaj inverse = new DMatrixRMaj(m, m);
    solver.invert(inverse);
    control.checkpoint();
    double[] p = inverse.data;
    IntStream.range(0, m)
        .parallel()
        .forEach(
            a -> {
              float[] value = new float[m];
              int count = 0;
              int[] index = new int[m];
              for (int b = 0; b < m; b++) {
                double w = a == b ? 0 : -p[a * m + b] / p[b * m + b];
                if (w > 0) {
                  index[count] = chosen[b];
                  value[count++] = (float) w;
                }
              }
              Neighbours.keep(chosen[a], index, value, count, KEEP, ids, weights);
            });
    return new Ease(ids, weights);
  }

  /** EASE of given rows: how many neighbours each item has, which, and their weights. */
  static Ease of(float[] sizes, float[] items, float[] values) {
    if (items.length != values.length) {
      throw new IllegalArgumentException(
          items.length + " neighbours, " + values.length + " weights");
    }
    int[][] ids = new int[sizes.length][];
    float[][] weights = new float[sizes.length][];
    int at = 0;
    for (int i = 0; i < sizes.length; i++) {
      int size = Log.whole(sizes[i], items.length - at + 1);
      ids[i] = new int[size];
      for (int k = 0; k < size; k++) {
        ids[i][k] = Log.whole(items[at + k], sizes.length);
      }
      weights[i] = Arrays.copyOfRange(values, at, at + size);
      at += size;
    }
    if (at != items.length) {
      throw new IllegalArgumentException(items.length + " neighbours, but " + at + " are counted");
    }
    return new Ease(ids, weights);
  }

  int[][] ids() {
    return ids;
  }

  float[][] weights() {
    return weights;
  }

  private static DMatrixRMaj gram(Log log, int[] place, int m, double ridge) {
    DMatrixRMaj gram = new DMatrixRMaj(m, m);
    double[] g = gram.data;
    int[] set = new int[Log.MOST];
    for (int[] history : log.histories()) {
      int size = 0;
      for (int i : history) {
        if (place[i] >= 0) {
          set[size++] = place[i];
        }
      }
      int[] own = Arrays.stream(set, 0, size).distinct().toArray();
      for (int a : own) {
        for (int b : own) {
          g[a * m + b]++;
        }
      }
    }
    for (int k = 0; k < m; k++) {
      g[k * m + k] += ridge;
    }
    return gram;
  }

  @Override
  public String name() {
    return "EASE";
  }

  @Override
  public void score(int[] history, float[] into) {
    Arrays.fill(into, 0);
    for (int i : history) {
      for (int k = 0; k < ids[i].length; k++) {
        into[ids[i][k]] += weights[i][k];
      }
    }
  }
}
