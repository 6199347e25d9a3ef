package io.millwright.runtime.plain;

import java.util.List;

/** The working memory of one forward pass under way: an array for each place of its kernels. */
final class Scratch {

  private final List<Integer> sizes;
  private final float[][] places;
  private final float[] sum;
  private int rows;

  /**
   * Working memory for one row.
   *
   * @param sizes the values of each place for one row
   * @param widest the outputs of the widest product
   */
  Scratch(List<Integer> sizes, int widest) {
    this.sizes = sizes;
    sum = new float[widest];
    places = new float[sizes.size()][];
    reserve(1);
  }

  /** Makes every place large enough. */
  void reserve(int needed) {
    if (needed > rows) {
      for (int i = 0; i < places.length; i++) {
        places[i] = new float[Math.multiplyExact(sizes.get(i), needed)];
      }
      rows = needed;
    }
  }

  float[] get(int place) {
    return places[place];
  }

  /** Where one row's sums are made. */
  float[] sum() {
    return sum;
  }
}
