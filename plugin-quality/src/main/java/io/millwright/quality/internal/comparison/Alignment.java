package io.millwright.quality.internal.comparison;

import io.millwright.quality.internal.backbone.Ridge;

/**
 * Where each pixel of an image lies in its template: a shift, a small turn and a small stretch
 * (affine). The shift is found by search ({@link Registration}), the rest from coarse to fine by
 * least squares on the brightness (Lucas and Kanade 1981), with the difference of light taken out
 * and pixels that do not fit weighed down (Tukey). Immutable.
 *
 * @param acrossX pixels to the right in the template for one to the right in the image
 * @param acrossY pixels to the right in the template for one down in the image
 * @param right the place in the template of the image's left upper corner, from the left
 * @param downX pixels down in the template for one to the right in the image
 * @param downY pixels down in the template for one down in the image
 * @param down the place in the template of the image's left upper corner, from the top
 */
record Alignment(
    double acrossX, double acrossY, double right, double downX, double downY, double down) {

  private static final int[] BLOCKS = {8, 4, 2, 1};
  private static final int LEAST_SIDE = 32;
  private static final int ROUNDS = 12;
  private static final int MOST_PIXELS = 30_000;
  private static final int UNKNOWNS = 8;
  private static final double LEAST_FIT = 0.02;

  /** Below this change of any pixel's place no further round is needed, in pixels. */
  private static final double STEADY = 0.01;

  /** A turn or stretch by more than this is none of a part that lies alike. */
  private static final double MOST_CHANGE = 0.05;

  /** Turning must bring both nearer by this, or the plain shift stays. */
  private static final double WORTH = 0.98;

  /** Both lie alike. */
  static final Alignment AS_IT_LIES = new Alignment(1, 0, 0, 0, 1, 0);

  static Alignment shifted(Registration shift) {
    return new Alignment(1, 0, 0 - shift.dx(), 0, 1, 0 - shift.dy());
  }

  /** Finds it within a reach in pixels; no reach leaves both as they lie. */
  static Alignment of(Plane template, Plane test, int reach) {
    Alignment plain = shifted(Registration.of(template, test, reach));
    if (reach == 0) {
      return plain;
    }
    Alignment turned = plain;
    for (int block : BLOCKS) {
      if (Math.min(test.width(), test.height()) / block >= LEAST_SIDE) {
        Alignment next =
            turned.refined(template.reduced(block).blurred(), test.reduced(block).blurred(), block);
        if (next.near(plain, test, reach)) {
          turned = next;
        }
      }
    }
    Plane softTemplate = template.blurred();
    Plane softTest = test.blurred();
    return turned.cost(softTemplate, softTest) < WORTH * plain.cost(softTemplate, softTest)
        ? turned
        : plain;
  }

  double x(double x, double y) {
    return acrossX * x + acrossY * y + right;
  }

  double y(double x, double y) {
    return downX * x + downY * y + down;
  }

  /** Whether a turn is small, and no corner goes farther from the shift than the reach. */
  private boolean near(Alignment plain, Plane test, int reach) {
    double change =
        Math.abs(acrossX - 1) + Math.abs(acrossY) + Math.abs(downX) + Math.abs(downY - 1);
    boolean near = Double.isFinite(change + right + down) && change < MOST_CHANGE;
    for (int corner = 0; corner < 4; corner++) {
      double u = corner % 2 == 0 ? 0 : test.width();
      double v = corner < 2 ? 0 : test.height();
      near &= Math.hypot(x(u, v) - plain.x(u, v), y(u, v) - plain.y(u, v)) <= 2 * reach;
    }
    return near;
  }

  /** The mean absolute difference, without the difference of means. */
  private double cost(Plane template, Plane test) {
    int step = step(test);
    double mean = 0;
    int count = 0;
    double sum = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int y = step; y < test.height() - step; y += step) {
        for (int x = step; x < test.width() - step; x += step) {
          double d = test.at(x, y) - template.between(x(x, y), y(x, y));
          if (pass == 0) {
            mean += d;
            count++;
          } else {
            sum += Math.abs(d - mean);
          }
        }
      }
      mean = pass == 0 ? mean / Math.max(1, count) : mean;
    }
    return sum / Math.max(1, count);
  }

  private static int step(Plane test) {
    return Math.max(1, (int) Math.sqrt((double) test.width() * test.height() / MOST_PIXELS));
  }

  /** Rounds of least squares on planes reduced by blocks. */
  private Alignment refined(Plane template, Plane test, int block) {
    // The middle of the first block lies half a block inside.
    double half = (block - 1) / 2.0;
    Alignment now =
        new Alignment(
            acrossX,
            acrossY,
            (x(half, half) - half) / block,
            downX,
            downY,
            (y(half, half) - half) / block);
    double size = Math.max(test.width(), test.height());
    double gain = 1;
    double level = 0;
    double[][] normal = new double[UNKNOWNS][UNKNOWNS];
    double spread =
        now.residuals(template, test, gain, level, size, 0, normal, new double[UNKNOWNS]);
    for (int round = 0; round < ROUNDS; round++) {
      normal = new double[UNKNOWNS][UNKNOWNS];
      double[] side = new double[UNKNOWNS];
      double most = Math.max(LEAST_FIT, 4 * spread);
      spread = now.residuals(template, test, gain, level, size, most, normal, side);
      double trace = 0;
      for (int i = 0; i < UNKNOWNS; i++) {
        trace += normal[i][i] / UNKNOWNS;
      }
      for (int i = 0; i < UNKNOWNS; i++) {
        normal[i][i] += 1e-6 * trace + 1e-12;
      }
      Ridge.factor(normal);
      Ridge.solve(normal, side);
      now =
          new Alignment(
              now.acrossX + side[0] / size,
              now.acrossY + side[1] / size,
              now.right + side[2],
              now.downX + side[3] / size,
              now.downY + side[4] / size,
              now.down + side[5]);
      gain += side[6];
      level += side[7];
      double moved = 0;
      for (int i = 0; i < 6; i++) {
        moved = Math.max(moved, Math.abs(side[i]));
      }
      if (!(moved > STEADY)) {
        break;
      }
    }
    return new Alignment(
        now.acrossX,
        now.acrossY,
        block * now.right + half - half * (now.acrossX + now.acrossY),
        now.downX,
        now.downY,
        block * now.down + half - half * (now.downX + now.downY));
  }

  /** Adds up the normal equations; gives the mean absolute residual. */
  private double residuals(
      Plane template,
      Plane test,
      double gain,
      double level,
      double size,
      double most,
      double[][] normal,
      double[] side) {
    int step = step(test);
    double sum = 0;
    long count = 0;
    double[] row = new double[UNKNOWNS];
    for (int y = 1; y < test.height() - 1; y += step) {
      for (int x = 1; x < test.width() - 1; x += step) {
        double u = x(x, y);
        double v = y(x, y);
        if (u < 1 || v < 1 || u > template.width() - 2 || v > template.height() - 2) {
          continue;
        }
        double here = template.between(u, v);
        double e = test.at(x, y) - gain * here - level;
        sum += Math.abs(e);
        count++;
        if (most == 0 || Math.abs(e) >= most) {
          continue;
        }
        double part = 1 - (e / most) * (e / most);
        double weight = part * part;
        double across = gain * (template.between(u + 1, v) - template.between(u - 1, v)) / 2;
        double along = gain * (template.between(u, v + 1) - template.between(u, v - 1)) / 2;
        row[0] = across * x / size;
        row[1] = across * y / size;
        row[2] = across;
        row[3] = along * x / size;
        row[4] = along * y / size;
        row[5] = along;
        row[6] = here;
        row[7] = 1;
        for (int i = 0; i < UNKNOWNS; i++) {
          side[i] += weight * row[i] * e;
          for (int j = 0; j <= i; j++) {
            normal[i][j] += weight * row[i] * row[j];
          }
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
