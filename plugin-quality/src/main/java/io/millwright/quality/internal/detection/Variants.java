package io.millwright.quality.internal.detection;

import io.millwright.api.data.Image;
import io.millwright.api.spi.Examples;
import io.millwright.quality.Box;
import io.millwright.runtime.support.KeyedRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Images to learn from, each in several variants drawn by its key, and what the network should say
 * of their cells. Arrays are not to be changed.
 *
 * @param shown an image to learn from with its boxes, rare ones more than once
 * @param classes how many classes there are
 * @param anySide whether variants are mirrored and turned
 * @param key the key
 * @param each in how many variants an epoch shows an image
 */
record Variants(List<Shown> shown, int classes, boolean anySide, long key, int each)
    implements Examples {

  /** Variants of an image in an epoch, unless time is short. */
  static final int EACH = 8;

  /**
   * A cell has a box when its middle lies within this part of the box, or nearest to its middle.
   */
  private static final double INNER = 0.6;

  /** Of a defect less than this part is left within a variant: it is not asked for. */
  private static final double LEFT = 0.3;

  /**
   * An image and its boxes.
   *
   * @param plate the image
   * @param boxes the boxes
   * @param mask how much of each cell-sized square is covered, or empty for what boxes cover
   */
  record Shown(Plate plate, List<Plate.Placed> boxes, boolean[] mask) {

    /** What is covered, pixel by pixel of what the network sees. */
    static boolean[] covered(Image mask, Grid grid) {
      boolean[] covered = new boolean[grid.width() * grid.height()];
      for (int y = 0; y < grid.height(); y++) {
        for (int x = 0; x < grid.width(); x++) {
          int u = Math.min(mask.width() - 1, (int) ((x + 0.5) * mask.width() / grid.width()));
          int v = Math.min(mask.height() - 1, (int) ((y + 0.5) * mask.height() / grid.height()));
          covered[y * grid.width() + x] = mask.value(u, v, 0) > 0;
        }
      }
      return covered;
    }
  }

  private Grid grid() {
    return shown.get(0).plate.grid();
  }

  @Override
  public int count() {
    return shown.size() * each;
  }

  @Override
  public int inputs() {
    return grid().width() * grid().height() * Plate.planes(shown.get(0).plate.channels() == 3);
  }

  @Override
  public int targets() {
    return grid().cells() * (classes + 5);
  }

  private Change change(int example) {
    return Change.drawn(
        KeyedRandom.of(key, KeyedRandom.Purpose.AUGMENT, example),
        anySide,
        grid().width() == grid().height());
  }

  @Override
  public void input(int example, float[] into, int at) {
    shown.get(example / each).plate.lay(change(example), into, at);
  }

  @Override
  public void target(int example, float[] into, int at) {
    Shown one = shown.get(example / each);
    Change change = change(example);
    Grid grid = grid();
    int each = classes + 5;
    for (int p = 0; p < grid.cells(); p++) {
      int from = at + p * each;
      Arrays.fill(into, from, from + classes, 0);
      Arrays.fill(into, from + classes, from + classes + 4, Float.NaN);
      into[from + each - 1] = 0;
    }
    double[] smallest = new double[grid.cells()];
    Arrays.fill(smallest, Double.POSITIVE_INFINITY);
    for (Plate.Placed placed : one.boxes) {
      Box moved = change.moved(placed.box(), grid);
      double left = Math.max(0, moved.left());
      double top = Math.max(0, moved.top());
      double right = Math.min(grid.width(), moved.right());
      double bottom = Math.min(grid.height(), moved.bottom());
      if (right - left < 1
          || bottom - top < 1
          || (right - left) * (bottom - top) < LEFT * moved.area()) {
        continue;
      }
      place(new Box(left, top, right, bottom), placed.kind(), smallest, into, at);
    }
    if (one.mask.length > 0) {
      masked(one.mask, change, into, at);
    }
  }

  private void place(Box box, int kind, double[] smallest, float[] into, int at) {
    Grid grid = grid();
    int each = classes + 5;
    double midX = (box.left() + box.right()) / 2;
    double midY = (box.top() + box.bottom()) / 2;
    int nearestX = Math.min(grid.columns() - 1, (int) (midX / Grid.CELL));
    int nearestY = Math.min(grid.rows() - 1, (int) (midY / Grid.CELL));
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        double x = (column + 0.5) * Grid.CELL;
        double y = (row + 0.5) * Grid.CELL;
        double wide =
            Math.min(x + Grid.CELL / 2.0, box.right()) - Math.max(x - Grid.CELL / 2.0, box.left());
        double high =
            Math.min(y + Grid.CELL / 2.0, box.bottom()) - Math.max(y - Grid.CELL / 2.0, box.top());
        int p = row * grid.columns() + column;
        int from = at + p * each;
        if (wide > 0 && high > 0) {
          float share = (float) (wide * high / (Grid.CELL * Grid.CELL));
          into[from + each - 1] = Math.max(into[from + each - 1], share);
        }
        boolean inner =
            Math.abs(x - midX) < INNER * (box.right() - box.left()) / 2
                && Math.abs(y - midY) < INNER * (box.bottom() - box.top()) / 2;
        if (!inner) {
          // A thin defect passes between the middles of cells: those it runs through stand for it.
          boolean thinX = box.right() - box.left() < 2 * Grid.CELL && column == nearestX;
          boolean thinY = box.bottom() - box.top() < 2 * Grid.CELL && row == nearestY;
          inner =
              (thinX || Math.abs(x - midX) < INNER * (box.right() - box.left()) / 2)
                  && (thinY || Math.abs(y - midY) < INNER * (box.bottom() - box.top()) / 2);
        }
        inner |= row == nearestY && column == nearestX;
        if (!inner || box.area() >= smallest[p]) {
          continue;
        }
        smallest[p] = box.area();
        Arrays.fill(into, from, from + classes, 0);
        into[from + kind] = 1;
        into[from + classes] = edge(x - box.left());
        into[from + classes + 1] = edge(y - box.top());
        into[from + classes + 2] = edge(box.right() - x);
        into[from + classes + 3] = edge(box.bottom() - y);
      }
    }
  }

  /** In cells; the middle of a cell may lie just outside a box thinner than it. */
  private static float edge(double pixels) {
    return (float) Math.max(0.05, pixels / Grid.CELL);
  }

  private void masked(boolean[] mask, Change change, float[] into, int at) {
    Grid grid = grid();
    int each = classes + 5;
    for (int p = 0; p < grid.cells(); p++) {
      int inside = 0;
      for (int i = 0; i < Grid.CELL * Grid.CELL; i++) {
        double x = p % grid.columns() * Grid.CELL + i % Grid.CELL + 0.5;
        double y = grid.top(p) + i / Grid.CELL + 0.5;
        int u = (int) Math.max(0, Math.min(grid.width() - 1, change.fromX(x, y, grid)));
        int v = (int) Math.max(0, Math.min(grid.height() - 1, change.fromY(x, y, grid)));
        inside += mask[v * grid.width() + u] ? 1 : 0;
      }
      into[at + p * each + each - 1] = (float) inside / (Grid.CELL * Grid.CELL);
    }
  }
}
