package io.millwright.quality.internal.detection;

import io.millwright.quality.Box;
import io.millwright.runtime.support.KeyedRandom;

/**
 * How a variant of an image differs from it: turned and mirrored, nearer, moved, in another light.
 * A point of the variant, from the middle, is turned, mirrored, divided by the zoom and moved to
 * give that of the image.
 *
 * @param across whether left and right change places
 * @param down whether top and bottom change places
 * @param turned whether rows and columns change places; for squares alone
 * @param zoom at least 1; above it nearer
 * @param moveX how far the place looked at lies right of the middle, as a part of the width
 * @param moveY how far below, as a part of the height
 * @param contrast a factor on what is standardised
 * @param brightness what is added to it
 */
record Change(
    boolean across,
    boolean down,
    boolean turned,
    double zoom,
    double moveX,
    double moveY,
    double contrast,
    double brightness) {

  private static final double ZOOM = 0.3;
  private static final double CONTRAST = 0.2;
  private static final double BRIGHTNESS = 0.1;

  static Change view(boolean across, boolean down) {
    return new Change(across, down, false, 1, 0, 0, 1, 0);
  }

  static Change drawn(KeyedRandom random, boolean anySide, boolean square) {
    double zoom = Math.exp(ZOOM * random.nextDouble());
    double free = (1 - 1 / zoom) / 2;
    return new Change(
        anySide && random.nextInt(2) == 1,
        anySide && random.nextInt(2) == 1,
        anySide && square && random.nextInt(2) == 1,
        zoom,
        free * (2 * random.nextDouble() - 1),
        free * (2 * random.nextDouble() - 1),
        Math.exp(CONTRAST * (2 * random.nextDouble() - 1)),
        BRIGHTNESS * (2 * random.nextDouble() - 1));
  }

  double fromX(double x, double y, Grid grid) {
    double seen = turned ? y - grid.height() / 2.0 : x - grid.width() / 2.0;
    return (across ? -seen : seen) / zoom + (0.5 + moveX) * grid.width();
  }

  double fromY(double x, double y, Grid grid) {
    double seen = turned ? x - grid.width() / 2.0 : y - grid.height() / 2.0;
    return (down ? -seen : seen) / zoom + (0.5 + moveY) * grid.height();
  }

  private double toSeenX(double u, Grid grid) {
    double seen = (u - (0.5 + moveX) * grid.width()) * zoom;
    return across ? -seen : seen;
  }

  private double toSeenY(double v, Grid grid) {
    double seen = (v - (0.5 + moveY) * grid.height()) * zoom;
    return down ? -seen : seen;
  }

  /** Where a box of the image lies in the variant; may reach outside. */
  Box moved(Box box, Grid grid) {
    double a = toSeenX(box.left(), grid);
    double b = toSeenX(box.right(), grid);
    double c = toSeenY(box.top(), grid);
    double d = toSeenY(box.bottom(), grid);
    double left = Math.min(a, b);
    double right = Math.max(a, b);
    double top = Math.min(c, d);
    double bottom = Math.max(c, d);
    double midX = grid.width() / 2.0;
    double midY = grid.height() / 2.0;
    return turned
        ? new Box(top + midX, left + midY, bottom + midX, right + midY)
        : new Box(left + midX, top + midY, right + midX, bottom + midY);
  }
}
