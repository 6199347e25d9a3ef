package io.millwright.quality.internal.anomaly;

import io.millwright.api.data.Image;
import io.millwright.api.spi.Jobs;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which members see defects that are planted on good images held out; no real defect has a say.
 *
 * @param whole the blocks and components of the whole image that see most, fitted without the
 *     images held out
 * @param beyondMedian whether cells count by how far they are beyond their image's median
 * @param share the memory's share of the score
 * @param seen how well planted images are told from the same ones unharmed (AUROC): by the memory
 *     alone, by what was chosen
 */
record Choice(Whole whole, boolean beyondMedian, double share, double[] seen) {

  private static final int PLANTED = 120;
  private static final int MOST_EACH = 6;

  /** Both together must see this much more than the memory alone. */
  private static final double WORTH = 0.005;

  /**
   * Chooses.
   *
   * @param good all images
   * @param held which of them are held out
   * @param cells what gives an image's cells
   * @param space where cells are compared
   * @param memory the cells of the others
   * @param wholes whether the image as a whole may count
   * @param key draws the defects
   */
  static Choice of(
      List<Image> good,
      boolean[] held,
      Cells cells,
      Space space,
      Known memory,
      boolean wholes,
      long key,
      Jobs.Control<?> control) {
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
    List<double[]> farGood = distances(used, cells, space, memory, control);
    List<double[]> farBad = distances(planted, cells, space, memory, control);
    boolean beyond =
        !wholes
            || auroc(scores(farGood, false), scores(farBad, false))
                <= auroc(scores(farGood, true), scores(farBad, true)) + WORTH;
    double[] cellGood = scores(farGood, beyond);
    double[] cellBad = scores(farBad, beyond);
    Optional<Whole> best = Optional.empty();
    double[] wholeGood = new double[0];
    double[] wholeBad = new double[0];
    double most = -1;
    for (int grid : Whole.GRIDS) {
      control.checkpoint();
      List<float[]> features = known.stream().map(i -> Whole.of(i, grid)).toList();
      List<float[]> fine = used.stream().map(i -> Whole.of(i, grid)).toList();
      List<float[]> harmed = planted.stream().map(i -> Whole.of(i, grid)).toList();
      Whole fitted = Whole.fit(features, grid);
      for (int components : fitted.choices()) {
        Whole one = fitted.kept(components);
        double[] a = fine.stream().mapToDouble(one::score).toArray();
        double[] b = harmed.stream().mapToDouble(one::score).toArray();
        double seen = auroc(a, b);
        if (seen > most) {
          most = seen;
          best = Optional.of(one);
          wholeGood = a;
          wholeBad = b;
        }
      }
    }
    Blend.Level cellLevel = Blend.Level.of(cellGood);
    Blend.Level wholeLevel = Blend.Level.of(wholeGood);
    double[] seen = new double[Blend.SHARES.length];
    int chosen = 0;
    for (int s = 0; s < seen.length; s++) {
      Blend blend = new Blend(beyond, Blend.SHARES[s], cellLevel, wholeLevel);
      seen[s] = auroc(blended(blend, cellGood, wholeGood), blended(blend, cellBad, wholeBad));
      if (wholes && seen[s] > seen[chosen] + WORTH) {
        chosen = s;
      }
    }
    return new Choice(
        best.orElseThrow(), beyond, Blend.SHARES[chosen], new double[] {seen[0], seen[chosen]});
  }

  private static List<double[]> distances(
      List<Image> images, Cells cells, Space space, Known memory, Jobs.Control<?> control) {
    List<double[]> all = new ArrayList<>();
    for (Image image : images) {
      control.checkpoint();
      all.add(memory.distances(space.project(cells.of(image))));
    }
    return all;
  }

  private static double[] scores(List<double[]> distances, boolean beyondMedian) {
    return distances.stream().mapToDouble(d -> Known.score(d, beyondMedian)).toArray();
  }

  private static double[] blended(Blend blend, double[] cells, double[] whole) {
    double[] all = new double[cells.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = blend.score(cells[i], whole[i]);
    }
    return all;
  }

  /** The probability that a planted image is stranger than one unharmed, ties by half. */
  private static double auroc(double[] good, double[] bad) {
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
