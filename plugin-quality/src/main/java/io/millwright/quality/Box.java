package io.millwright.quality;

import io.millwright.api.data.Image;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis-aligned bounding box in pixels of an image, from its upper left corner.
 *
 * @param left the left edge
 * @param top the upper edge
 * @param right the right edge, beyond the left one
 * @param bottom the lower edge, beyond the upper one
 */
public record Box(double left, double top, double right, double bottom) {

  /** Checks. */
  public Box {
    if (!(right > left && bottom > top)
        || Double.isInfinite(right - left)
        || Double.isInfinite(bottom - top)) {
      throw new IllegalArgumentException(
          "a box from " + left + ", " + top + " to " + right + ", " + bottom + " holds nothing");
    }
  }

  /**
   * How much it covers.
   *
   * @return square pixels
   */
  public double area() {
    return (right - left) * (bottom - top);
  }

  /**
   * Intersection over union (IoU, Jaccard index) with another box.
   *
   * @param other the other one
   * @return 0 for boxes apart, 1 for equal ones
   */
  public double overlap(Box other) {
    double wide = Math.min(right, other.right) - Math.max(left, other.left);
    double high = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    if (wide <= 0 || high <= 0) {
      return 0;
    }
    double both = wide * high;
    return both / (area() + other.area() - both);
  }

  /**
   * The boxes around the connected regions of a mask, where corners connect.
   *
   * @param mask black where nothing is
   * @param least regions of fewer pixels are left out
   * @return a box for each region, in the order of their first pixels
   */
  public static List<Box> ofMask(Image mask, int least) {
    int[] regions = Regions.of(mask);
    List<int[]> found = new ArrayList<>();
    for (int p = 0; p < regions.length; p++) {
      if (regions[p] == 0) {
        continue;
      }
      int x = p % mask.width();
      int y = p / mask.width();
      if (regions[p] > found.size()) {
        found.add(new int[] {x, y, x, y, 0});
      }
      int[] own = found.get(regions[p] - 1);
      own[0] = Math.min(own[0], x);
      own[2] = Math.max(own[2], x);
      own[3] = Math.max(own[3], y);
      own[4]++;
    }
    return found.stream()
        .filter(f -> f[4] >= least)
        .map(f -> new Box(f[0], f[1], f[2] + 1, f[3] + 1))
        .toList();
  }
}
