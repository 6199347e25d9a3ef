package io.millwright.quality.internal.comparison;

import io.millwright.quality.Box;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a region is described by: size, shape, sign, and what it connects or parts. */
final class Traits {

  static final int COUNT = 20;

  private static final int AROUND = 8;
  private static final int LARGEST_WINDOW = 96;

  private Traits() {}

  static double[] of(Difference d, Difference.Region region) {
    int width = d.test().width();
    Box box = region.box();
    double wide = box.right() - box.left();
    double high = box.bottom() - box.top();
    double sign = 0;
    double before = 0;
    double after = 0;
    double contrast = d.high() - d.low();
    for (int p : region.pixels()) {
      sign += d.beyond()[p];
      before += (d.template().values()[p] - d.low()) / contrast;
      after += (d.test().values()[p] - d.low()) / contrast;
    }
    int count = region.pixels().length;
    double[] traits = new double[COUNT];
    int at = 0;
    traits[at++] = Math.log(region.strength());
    traits[at++] = Math.log(count);
    traits[at++] = Math.log(wide);
    traits[at++] = Math.log(high);
    traits[at++] = Math.abs(Math.log(wide / high));
    traits[at++] = count / (wide * high);
    traits[at++] = sign / count;
    traits[at++] = before / count;
    traits[at++] = after / count;
    int left =
        (int)
            Math.max(
                0, Math.max(box.left() - AROUND, (box.left() + box.right() - LARGEST_WINDOW) / 2));
    int top =
        (int)
            Math.max(
                0, Math.max(box.top() - AROUND, (box.top() + box.bottom() - LARGEST_WINDOW) / 2));
    int right = (int) Math.min(width, Math.min(box.right() + AROUND, left + LARGEST_WINDOW));
    int bottom =
        (int) Math.min(d.test().height(), Math.min(box.bottom() + AROUND, top + LARGEST_WINDOW));
    boolean[][] bright = new boolean[2][(right - left) * (bottom - top)];
    double middle = (d.low() + d.high()) / 2;
    double[] share = new double[2];
    double[] border = new double[2];
    int rim = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int p = (y - top) * (right - left) + x - left;
        boolean outside =
            x < box.left() - 1 || x > box.right() || y < box.top() - 1 || y > box.bottom();
        boolean near =
            outside
                && x >= box.left() - 4
                && x < box.right() + 4
                && y >= box.top() - 4
                && y < box.bottom() + 4;
        rim += near ? 1 : 0;
        for (int k = 0; k < 2; k++) {
          Plane plane = k == 0 ? d.template() : d.test();
          bright[k][p] = plane.at(x, y) > middle;
          share[k] += bright[k][p] ? 1.0 / bright[k].length : 0;
          border[k] += near && bright[k][p] ? 1 : 0;
        }
      }
    }
    for (int k = 0; k < 2; k++) {
      traits[at++] = share[k];
      traits[at++] = border[k] / Math.max(1, rim);
    }
    int[][] parts = new int[2][2];
    for (int k = 0; k < 2; k++) {
      for (int side = 0; side < 2; side++) {
        parts[k][side] = parts(bright[k], right - left, side == 1);
        traits[at++] = Math.min(6, parts[k][side]);
      }
    }
    traits[at++] = Math.max(-3, Math.min(3, parts[1][0] - parts[0][0]));
    traits[at++] = Math.max(-3, Math.min(3, parts[1][1] - parts[0][1]));
    traits[at] = Math.log(region.strength() / count);
    return traits;
  }

  /** How many connected parts of some pixels there are, specks left out. */
  private static int parts(boolean[] bright, int width, boolean value) {
    boolean[] seen = new boolean[bright.length];
    Deque<Integer> next = new ArrayDeque<>();
    int parts = 0;
    for (int start = 0; start < bright.length; start++) {
      if (seen[start] || bright[start] != value) {
        continue;
      }
      int size = 0;
      seen[start] = true;
      next.push(start);
      while (!next.isEmpty()) {
        int at = next.pop();
        size++;
        int x = at % width;
        for (int n :
            new int[] {x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width}) {
          if (n >= 0 && n < bright.length && !seen[n] && bright[n] == value) {
            seen[n] = true;
            next.push(n);
          }
        }
      }
      parts += size > 4 ? 1 : 0;
    }
    return parts;
  }
}
