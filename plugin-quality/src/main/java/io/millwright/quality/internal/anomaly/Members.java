package io.millwright.quality.internal.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What scores an image. With a texture: its strangest cells beyond the median of all, the same as
 * they are, the mean of more of them, the image as a whole by blocks of each size, and its texture.
 * Without one: its strangest cells, and the image as a whole. Immutable.
 *
 * @param known the good cells
 * @param wholes good images as wholes
 * @param texture what the cells of a good image are like together; empty in models with a network
 *     and in files from before it was there
 */
record Members(Known known, List<Whole> wholes, Optional<Normals> texture) {

  /** Of so many of 256 cells is the mean that stands beside that of the strangest. */
  private static final int MORE = 20;

  /** Members of cells in a model with a texture. */
  private static final int OF_CELLS = 3;

  /** So much better one member must see planted defects than all together, to count alone. */
  private static final double CLEARLY = 0.03;

  /**
   * What each member counts. Unlike members fail on unlike images, and what sees planted defects a
   * little better does not see real ones better (docs/experiments/detection.md): cells as they are,
   * wholes and texture count a third each, unless one kind of member alone sees clearly more.
   *
   * @param levels what good images have
   * @param unharmed scores of good images, of each member
   * @param harmed those of the same with planted defects
   */
  double[] weights(Blend.Level[] levels, double[][] unharmed, double[][] harmed) {
    double third = 1.0 / 3;
    double[] all = new double[count()];
    all[1] = third / 2;
    all[2] = third / 2;
    Arrays.fill(all, OF_CELLS, OF_CELLS + wholes.size(), third / wholes.size());
    all[count() - 1] = third;
    double[] best = all;
    double most = seen(all, levels, unharmed, harmed) + CLEARLY;
    for (int m = 0; m < count(); m++) {
      if (m > OF_CELLS && m < count() - 1) {
        continue; // Wholes are one kind, however large their blocks.
      }
      double[] one = new double[count()];
      if (m == OF_CELLS) {
        Arrays.fill(one, OF_CELLS, OF_CELLS + wholes.size(), 1.0 / wholes.size());
      } else {
        one[m] = 1;
      }
      double seen = seen(one, levels, unharmed, harmed);
      if (seen > most) {
        most = seen;
        best = one;
      }
    }
    return best;
  }

  private static double seen(
      double[] weights, Blend.Level[] levels, double[][] unharmed, double[][] harmed) {
    Blend blend = new Blend(false, weights, levels);
    return Choice.auroc(
        Arrays.stream(unharmed).mapToDouble(blend::score).toArray(),
        Arrays.stream(harmed).mapToDouble(blend::score).toArray());
  }

  /** How many members there are. */
  int count() {
    return wholes.size() + (texture.isPresent() ? OF_CELLS + 1 : 1);
  }

  /**
   * The score of each member.
   *
   * @param projected the image's cells
   * @param distances how strange each is
   * @param features the image's blocks, for each whole
   * @param beyondMedian without a texture, whether cells count beyond the median of all
   */
  double[] scores(
      float[][] projected, double[] distances, List<float[]> features, boolean beyondMedian) {
    double[] all = new double[count()];
    int at = 0;
    if (texture.isPresent()) {
      all[at++] = Known.score(distances, Known.STRANGEST, true);
      all[at++] = Known.score(distances, Known.STRANGEST, false);
      all[at++] = Known.score(distances, MORE, false);
    } else {
      all[at++] = Known.score(distances, Known.STRANGEST, beyondMedian);
    }
    for (int w = 0; w < wholes.size(); w++) {
      all[at++] = wholes.get(w).score(features.get(w));
    }
    if (texture.isPresent()) {
      all[at] = texture.get().distances(together(projected))[0];
    }
    return all;
  }

  /** What the cells of good images are like together. */
  static Normals texture(List<float[][]> images) {
    List<float[][]> all = new ArrayList<>();
    images.forEach(image -> all.add(together(image)));
    return Normals.of(all);
  }

  /** The mean and the standard deviation of each feature over an image's cells, as one place. */
  private static float[][] together(float[][] cells) {
    int width = cells[0].length;
    float[] all = new float[2 * width];
    for (int j = 0; j < width; j++) {
      int own = j;
      double mean =
          IntStream.range(0, cells.length).mapToDouble(i -> cells[i][own]).average().orElse(0);
      double squares = 0;
      for (float[] cell : cells) {
        squares += (cell[j] - mean) * (cell[j] - mean) / cells.length;
      }
      all[j] = (float) mean;
      all[width + j] = (float) Math.sqrt(squares);
    }
    return new float[][] {all};
  }
}
