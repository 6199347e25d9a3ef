package io.millwright.quality.internal.comparison;

import io.millwright.quality.Box;
import io.millwright.quality.ImagePair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What differs between an image and its template, both brought together. Immutable; the array is
 * not to be changed.
 *
 * @param template as it would look in the image's place and light
 * @param test the image
 * @param low what the darkest parts have
 * @param high what the brightest parts have
 * @param seen which pixels of the image the template shows as well
 * @param beyond how far each pixel lies beyond the neighbourhood of its place in the template,
 *     positive when it is brighter, as a part of the contrast
 * @param radius how far an edge may lie from its place, in pixels
 */
record Difference(
    Plane template,
    Plane test,
    double low,
    double high,
    boolean[] seen,
    float[] beyond,
    int radius) {

  private static final double LEAST_CONTRAST = 0.02;
  private static final double DARK = 0.02;
  private static final double BRIGHT = 0.98;
  private static final int JOINED = 3;

  /** From this difference on, as a part of the contrast, a pixel beside a region belongs to it. */
  private static final double GROWN = 0.5;

  /** Compares. */
  static Difference of(ImagePair pair, int reach, int radius) {
    Plane test = Plane.of(pair.test());
    Plane raw = Plane.of(pair.template());
    return of(raw, test, Alignment.of(raw, test, reach), radius);
  }

  /** Compares planes whose alignment is known. */
  static Difference of(Plane raw, Plane test, Alignment place, int radius) {
    Plane template = Light.like(raw.placed(place, test.width(), test.height()), test);
    double low = template.quantile(DARK);
    double high = Math.max(low + LEAST_CONTRAST, template.quantile(BRIGHT));
    boolean moved = !place.equals(Alignment.AS_IT_LIES);
    boolean[] seen = new boolean[test.values().length];
    for (int p = 0; p < seen.length; p++) {
      int column = p % test.width();
      int row = p / test.width();
      double x = place.x(column, row);
      double y = place.y(column, row);
      seen[p] = !moved || (x >= 1 && y >= 1 && x <= raw.width() - 2 && y <= raw.height() - 2);
    }
    return new Difference(template, test, low, high, seen, new float[0], 0).within(radius);
  }

  /** The same for another tolerance of edges. */
  Difference within(int radius) {
    Plane least = template.envelope(radius, false);
    Plane most = template.envelope(radius, true);
    float[] beyond = new float[test.values().length];
    for (int p = 0; p < beyond.length; p++) {
      float own = test.values()[p];
      double d =
          own > most.values()[p]
              ? own - most.values()[p]
              : own < least.values()[p] ? own - least.values()[p] : 0;
      beyond[p] = seen[p] ? (float) (d / (high - low)) : 0;
    }
    return new Difference(template, test, low, high, seen, beyond, radius);
  }

  /** How much pixels without a defect differ: six times the mean of the smaller nine tenths. */
  double noise() {
    float[] sizes = new float[beyond.length];
    for (int p = 0; p < sizes.length; p++) {
      sizes[p] = Math.abs(beyond[p]);
    }
    Arrays.sort(sizes);
    int kept = sizes.length * 9 / 10;
    double sum = 0;
    for (int p = 0; p < kept; p++) {
      sum += sizes[p];
    }
    return 6 * sum / Math.max(1, kept);
  }

  /**
   * A connected difference.
   *
   * @param box around it
   * @param pixels which pixels differ
   * @param strength the sum of their differences
   */
  record Region(Box box, int[] pixels, double strength) {}

  /**
   * Pixels that differ by more than a threshold, joined where few pixels lie between them. What an
   * edge's tolerance took from a region is given back: pixels near it that differ from their own
   * place in the template, to the same side.
   */
  List<Region> regions(double threshold, int least) {
    int width = test.width();
    double above = Math.max(threshold, noise());
    boolean[] open = new boolean[beyond.length];
    for (int p = 0; p < open.length; p++) {
      if (Math.abs(beyond[p]) > above) {
        open[p] = true;
        grow(p, open);
      }
    }
    List<Region> regions = new ArrayList<>();
    Deque<Integer> next = new ArrayDeque<>();
    for (int start = 0; start < open.length; start++) {
      if (!open[start]) {
        continue;
      }
      List<Integer> own = new ArrayList<>();
      open[start] = false;
      next.push(start);
      double strength = 0;
      int sure = 0;
      int left = width;
      int right = 0;
      int top = test.height();
      int bottom = 0;
      while (!next.isEmpty()) {
        int at = next.pop();
        own.add(at);
        if (Math.abs(beyond[at]) > above) {
          strength += Math.abs(beyond[at]);
          sure++;
        }
        int x = at % width;
        int y = at / width;
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
        for (int v = Math.max(0, y - JOINED); v <= Math.min(test.height() - 1, y + JOINED); v++) {
          for (int u = Math.max(0, x - JOINED); u <= Math.min(width - 1, x + JOINED); u++) {
            if (open[v * width + u]) {
              open[v * width + u] = false;
              next.push(v * width + u);
            }
          }
        }
      }
      if (sure >= least) {
        regions.add(
            new Region(
                new Box(left, top, right + 1, bottom + 1),
                own.stream().mapToInt(i -> i).toArray(),
                strength));
      }
    }
    return regions;
  }

  private void grow(int seed, boolean[] open) {
    int width = test.width();
    int x = seed % width;
    int y = seed / width;
    int reach = radius + 1;
    double contrast = high - low;
    for (int v = Math.max(0, y - reach); v <= Math.min(test.height() - 1, y + reach); v++) {
      for (int u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
        int p = v * width + u;
        double d = (test.values()[p] - template.values()[p]) / contrast;
        open[p] |= seen[p] && (beyond[seed] > 0 ? d > GROWN : d < -GROWN);
      }
    }
  }
}
