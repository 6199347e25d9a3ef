package io.millwright.runtime.prepare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds how many clear clusters points form, and where, by k-means (Lloyd 1982) from starting
 * points that lie far from each other (Gonzalez 1985). Few points far from all others must not
 * count as clusters: the farthest 0.2 % are never starting points and do not count towards the
 * spread. Deterministic.
 */
final class Clusters {

  /**
   * A split is clear when it makes the spread within this many times smaller; a normal or uniform
   * cloud cut in two gives less than 4.
   */
  private static final double CLEAR = 8;

  private static final double IGNORED = 0.002;
  private static final int SAMPLE = 2000;
  private static final int ROUNDS = 12;

  private Clusters() {}

  /**
   * The centres of clear clusters, of many points from a sample of 2,000.
   *
   * @param points the points, at least one
   * @param most the largest number looked for
   * @return the centres; a single one, the mean, when there are no clear clusters
   */
  static List<double[]> find(double[][] points, int most) {
    double[][] sample = sample(points);
    double[] spread = new double[most + 1];
    List<List<double[]>> centres = new ArrayList<>();
    centres.add(List.of());
    centres.add(List.of(mean(sample)));
    spread[1] = spread(sample, centres.get(1));
    double floor = spread[1] * 1e-10;
    int best = 1;
    List<double[]> starts = new ArrayList<>(List.of(far(sample, centres.get(1))));
    for (int k = 2; k <= Math.min(most, sample.length) && spread[k - 1] > floor; k++) {
      starts.add(far(sample, starts));
      centres.add(lloyd(sample, starts));
      spread[k] = Math.max(floor, spread(sample, centres.get(k)));
      if (spread[k - 1] >= CLEAR * spread[k]) {
        best = k;
      }
    }
    return best == 1 ? List.of(mean(points)) : centres.get(best);
  }

  /** The same centres moved to the means of all of their points, where a sample gave them. */
  static List<double[]> refine(double[][] points, List<double[]> centres) {
    return centres.size() == 1 ? centres : lloyd(points, centres);
  }

  static int nearest(double[] point, List<double[]> centres) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < centres.size(); k++) {
      double d = square(point, centres.get(k));
      if (d < least) {
        least = d;
        best = k;
      }
    }
    return best;
  }

  static double distance(double[] a, double[] b) {
    return Math.sqrt(square(a, b));
  }

  private static double square(double[] a, double[] b) {
    double d = 0;
    for (int j = 0; j < a.length; j++) {
      d += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return d;
  }

  private static double[][] sample(double[][] points) {
    if (points.length <= SAMPLE) {
      return points;
    }
    double[][] sample = new double[SAMPLE][];
    for (int i = 0; i < SAMPLE; i++) {
      // A stride of the golden section, since a plain one may beat with a period in the data.
      sample[i] = points[(int) ((i * 0.6180339887498949 % 1) * points.length)];
    }
    return sample;
  }

  private static double[] mean(double[][] points) {
    double[] mean = new double[points[0].length];
    for (double[] p : points) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += p[j] / points.length;
      }
    }
    return mean;
  }

  /** The distances to the nearest centre, squared. */
  private static double[] distances(double[][] points, List<double[]> centres) {
    double[] d = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      d[i] = square(points[i], centres.get(nearest(points[i], centres)));
    }
    return d;
  }

  private static double spread(double[][] points, List<double[]> centres) {
    double[] d = distances(points, centres);
    Arrays.sort(d);
    double sum = 0;
    for (int i = 0; i < d.length - (int) (IGNORED * d.length); i++) {
      sum += d[i];
    }
    return sum;
  }

  private static double[] far(double[][] points, List<double[]> centres) {
    double[] d = distances(points, centres);
    double[] sorted = d.clone();
    Arrays.sort(sorted);
    double wanted = sorted[d.length - 1 - (int) (IGNORED * d.length)];
    for (int i = 0; i < d.length; i++) {
      if (d[i] == wanted) {
        return points[i];
      }
    }
    return points[0];
  }

  private static List<double[]> lloyd(double[][] points, List<double[]> starts) {
    int d = points[0].length;
    List<double[]> centres = new ArrayList<>();
    starts.forEach(s -> centres.add(s.clone()));
    int[] belongs = new int[points.length];
    Arrays.fill(belongs, -1);
    for (int round = 0; round < ROUNDS; round++) {
      boolean moved = false;
      double[][] sums = new double[centres.size()][d];
      int[] counts = new int[centres.size()];
      for (int i = 0; i < points.length; i++) {
        int k = nearest(points[i], centres);
        moved |= k != belongs[i];
        belongs[i] = k;
        counts[k]++;
        for (int j = 0; j < d; j++) {
          sums[k][j] += points[i][j];
        }
      }
      if (!moved) {
        break;
      }
      for (int k = 0; k < counts.length; k++) {
        if (counts[k] > 0) {
          for (int j = 0; j < d; j++) {
            centres.get(k)[j] = sums[k][j] / counts[k];
          }
        }
      }
    }
    return centres;
  }
}
