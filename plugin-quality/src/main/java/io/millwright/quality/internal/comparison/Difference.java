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
 * @param beyond how far each pixel lies beyond the neighbourhood of its place in the template,
 *     positive when it is brighter, as a part of the contrast
 */
record Difference(Plane template, Plane test, double low, double high, float[] beyond) {

  private static final double LEAST_CONTRAST = 0.02;
  private static final double DARK = 0.02;
  private static final double BRIGHT = 0.98;
  private static final int JOINED = 3;

  /**
   * Compares.
   *
   * @param radius how far an edge may lie from its place, in pixels
   */
  static Difference of(ImagePair pair, int reach, int radius) {
    Plane test = Plane.of(pair.test());
    Plane raw = Plane.of(pair.template());
    Registration shift = Registration.of(raw, test, reach);
    Plane template = lit(raw.moved(shift.dx(), shift.dy()), test);
    double low = template.quantile(DARK);
    double high = Math.max(low + LEAST_CONTRAST, template.quantile(BRIGHT));
    Plane least = template.envelope(radius, false);
    Plane most = template.envelope(radius, true);
    float[] beyond = new float[test.values().length];
    int leftOut = (int) Math.ceil(Math.abs(shift.dx())) + 1;
    int topOut = (int) Math.ceil(Math.abs(shift.dy())) + 1;
    for (int p = 0; p < beyond.length; p++) {
      int x = p % test.width();
      int y = p / test.width();
      boolean seen =
          (shift.dx() > 0 ? x >= leftOut : x < test.width() - leftOut || shift.dx() == 0)
              && (shift.dy() > 0 ? y >= topOut : y < test.height() - topOut || shift.dy() == 0);
      float v = test.values()[p];
      double d =
          v > most.values()[p]
              ? v - most.values()[p]
              : v < least.values()[p] ? v - least.values()[p] : 0;
      beyond[p] = seen ? (float) (d / (high - low)) : 0;
    }
    return new Difference(template, test, low, high, beyond);
  }

  /**
   * The template in the light of the image: a line through most pixels, outliers left out twice.
   */
  private static Plane lit(Plane template, Plane test) {
    float[] x = template.values();
    float[] y = test.values();
    double gain = 1;
    double level = 0;
    double most = Double.POSITIVE_INFINITY;
    for (int round = 0; round < 3; round++) {
      double n = 0;
      double sx = 0;
      double sy = 0;
      double sxx = 0;
      double sxy = 0;
      double error = 0;
      for (int p = 0; p < x.length; p++) {
        double e = Math.abs(y[p] - gain * x[p] - level);
        if (e <= most) {
          n++;
          sx += x[p];
          sy += y[p];
          sxx += (double) x[p] * x[p];
          sxy += (double) x[p] * y[p];
        }
      }
      double spread = sxx - sx * sx / n;
      gain = spread > 1e-9 * n ? Math.max(0.2, Math.min(5, (sxy - sx * sy / n) / spread)) : 1;
      level = (sy - gain * sx) / n;
      for (int p = 0; p < x.length; p++) {
        error += Math.abs(y[p] - gain * x[p] - level) / x.length;
      }
      most = Math.max(0.02, 3 * error);
    }
    float[] lit = new float[x.length];
    for (int p = 0; p < lit.length; p++) {
      lit[p] = (float) (gain * x[p] + level);
    }
    return new Plane(template.width(), template.height(), lit);
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

  /** Pixels that differ by more than a threshold, joined where few pixels lie between them. */
  List<Region> regions(double threshold, int least) {
    int width = test.width();
    double above = Math.max(threshold, noise());
    boolean[] open = new boolean[beyond.length];
    for (int p = 0; p < open.length; p++) {
      open[p] = Math.abs(beyond[p]) > above;
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
      int left = width;
      int right = 0;
      int top = test.height();
      int bottom = 0;
      while (!next.isEmpty()) {
        int at = next.pop();
        own.add(at);
        strength += Math.abs(beyond[at]);
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
      if (own.size() >= least) {
        regions.add(
            new Region(
                new Box(left, top, right + 1, bottom + 1),
                own.stream().mapToInt(i -> i).toArray(),
                strength));
      }
    }
    return regions;
  }
}
