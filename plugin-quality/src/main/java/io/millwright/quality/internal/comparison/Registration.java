package io.millwright.quality.internal.comparison;

/**
 * The shift of an image against its template: the least mean absolute difference, coarse to fine,
 * between pixels by a parabola (template matching, Brown 1992).
 *
 * @param dx how far the image lies to the right of the template, in pixels
 * @param dy how far below
 */
record Registration(double dx, double dy) {

  private static final int COARSE_SIDE = 160;

  /** Finds it within a reach in pixels. */
  static Registration of(Plane template, Plane test, int reach) {
    int block = Math.max(1, (Math.max(template.width(), template.height()) - 1) / COARSE_SIDE + 1);
    int[] coarse = {0, 0};
    if (reach > 0) {
      coarse =
          best(
              template.reduced(block),
              test.reduced(block),
              0,
              0,
              (reach + block - 1) / block,
              Integer.MAX_VALUE);
    }
    int[] fine =
        block == 1
            ? coarse
            : best(template, test, coarse[0] * block, coarse[1] * block, block, reach);
    double here = cost(template, test, fine[0], fine[1]);
    double x =
        between(
            cost(template, test, fine[0] - 1, fine[1]),
            here,
            cost(template, test, fine[0] + 1, fine[1]));
    double y =
        between(
            cost(template, test, fine[0], fine[1] - 1),
            here,
            cost(template, test, fine[0], fine[1] + 1));
    return reach == 0 ? new Registration(0, 0) : new Registration(fine[0] + x, fine[1] + y);
  }

  private static int[] best(Plane template, Plane test, int x, int y, int around, int reach) {
    int[] best = {x, y};
    double least = Double.POSITIVE_INFINITY;
    for (int dy = y - around; dy <= y + around; dy++) {
      for (int dx = x - around; dx <= x + around; dx++) {
        if (Math.abs(dx) > reach || Math.abs(dy) > reach) {
          continue;
        }
        // Of equal shifts the smallest: an empty board is not moved.
        double cost = cost(template, test, dx, dy) + 1e-9 * (Math.abs(dx) + Math.abs(dy));
        if (cost < least) {
          least = cost;
          best = new int[] {dx, dy};
        }
      }
    }
    return best;
  }

  /** The mean absolute difference where both are known, without the difference of means. */
  private static double cost(Plane template, Plane test, int dx, int dy) {
    int left = Math.max(0, dx);
    int right = Math.min(test.width(), test.width() + dx);
    int top = Math.max(0, dy);
    int bottom = Math.min(test.height(), test.height() + dy);
    if (right - left < test.width() / 2 || bottom - top < test.height() / 2) {
      return Double.POSITIVE_INFINITY;
    }
    int step = Math.max(1, (right - left) * (bottom - top) / 40_000);
    int across = Math.max(1, (int) Math.sqrt(step));
    double mean = 0;
    int count = 0;
    for (int y = top; y < bottom; y += across) {
      for (int x = left; x < right; x += across) {
        mean += test.at(x, y) - template.at(x - dx, y - dy);
        count++;
      }
    }
    mean /= count;
    double sum = 0;
    for (int y = top; y < bottom; y += across) {
      for (int x = left; x < right; x += across) {
        sum += Math.abs(test.at(x, y) - template.at(x - dx, y - dy) - mean);
      }
    }
    return sum / count;
  }

  private static double between(double before, double here, double after) {
    double bend = before - 2 * here + after;
    return Double.isFinite(bend) && bend > 1e-12
        ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)))
        : 0;
  }
}
