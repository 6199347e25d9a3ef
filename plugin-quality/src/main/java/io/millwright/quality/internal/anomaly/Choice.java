package io.millwright.quality.internal.anomaly;

import io.millwright.api.data.Image;
import io.millwright.api.spi.Jobs;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many components of each whole see most of defects that are planted on good images held out;
 * no real defect has a say.
 *
 * @param wholes the whole image by blocks of each size, fitted without the images held out; with a
 *     network, which counts alone, those that see most
 * @param planted images of good parts with planted defects, and the same unharmed
 */
record Choice(List<Whole> wholes, Planting planted) {

  private static final int PLANTED = 120;
  private static final int MOST_EACH = 6;

  /**
   * Images held out and the same with planted defects.
   *
   * @param unharmed good ones
   * @param harmed with defects
   */
  record Planting(List<Image> unharmed, List<Image> harmed) {}

  /**
   * Chooses.
   *
   * @param good all images
   * @param held which of them are held out
   * @param all whether blocks of each size stay, in place of those that see most
   * @param key draws the defects
   */
  static Choice of(
      List<Image> good, boolean[] held, boolean all, long key, Jobs.Control<?> control) {
    List<Image> unharmed = new ArrayList<>();
    List<Image> known = new ArrayList<>();
    for (int i = 0; i < held.length; i++) {
      (held[i] ? unharmed : known).add(good.get(i));
    }
    int step = (unharmed.size() + PLANTED - 1) / PLANTED;
    List<Image> used = new ArrayList<>();
    for (int i = 0; i < unharmed.size(); i += step) {
      used.add(unharmed.get(i));
    }
    int each = Math.min(MOST_EACH, (PLANTED + used.size() - 1) / used.size());
    List<Image> planted = new ArrayList<>();
    for (int i = 0; i < used.size(); i++) {
      for (int e = 0; e < each; e++) {
        planted.add(
            Planted.on(
                used.get(i), KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, (long) i * each + e)));
      }
    }
    List<Whole> wholes = new ArrayList<>();
    double mostOfAll = -1;
    for (int grid : Whole.GRIDS) {
      control.checkpoint();
      List<float[]> features = known.stream().map(i -> Whole.of(i, grid)).toList();
      List<float[]> fine = used.stream().map(i -> Whole.of(i, grid)).toList();
      List<float[]> harmed = planted.stream().map(i -> Whole.of(i, grid)).toList();
      Whole fitted = Whole.fit(features, grid);
      Whole best = fitted;
      double most = -1;
      for (int components : fitted.choices()) {
        Whole one = fitted.kept(components);
        double seen =
            auroc(
                fine.stream().mapToDouble(one::score).toArray(),
                harmed.stream().mapToDouble(one::score).toArray());
        if (seen > most) {
          most = seen;
          best = one;
        }
      }
      if (all) {
        wholes.add(best);
      } else if (most > mostOfAll) {
        mostOfAll = most;
        wholes = new ArrayList<>(List.of(best));
      }
    }
    return new Choice(List.copyOf(wholes), new Planting(used, planted));
  }

  /** The probability that a planted image is stranger than one unharmed, ties by half. */
  static double auroc(double[] good, double[] bad) {
    double[] sorted = good.clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (double b : bad) {
      int below = 0;
      int equal = 0;
      for (double g : sorted) {
        below += g < b ? 1 : 0;
        equal += g == b ? 1 : 0;
      }
      sum += below + 0.5 * equal;
    }
    return sum / good.length / bad.length;
  }
}
