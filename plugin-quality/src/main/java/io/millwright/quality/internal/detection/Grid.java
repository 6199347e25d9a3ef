package io.millwright.quality.internal.detection;

/**
 * The cells of an image, eight pixels of what the network sees each, and what outputs mean there.
 *
 * @param width the pixels in a row, a multiple of 32
 * @param height the pixels in a column, a multiple of 32
 */
record Grid(int width, int height) {

  /** The side of a cell. */
  static final int CELL = 8;

  /** Most cells have no defect: logits count from here. */
  static final double RARE = 3;

  private static final double LEAST = -4;
  private static final double MOST = 5;

  int columns() {
    return width / CELL;
  }

  int rows() {
    return height / CELL;
  }

  int cells() {
    return columns() * rows();
  }

  /** The first line of pixels of a cell. */
  int top(int cell) {
    return cell / columns() * CELL;
  }

  static double sigmoid(double x) {
    return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
  }

  /** The distance of an edge from the middle of a cell, in cells. */
  static double distance(double output) {
    return 2 * Math.exp(Math.max(LEAST, Math.min(MOST, output)));
  }

  static double distanceSlope(double output) {
    return output > LEAST && output < MOST ? 2 * Math.exp(output) : 0;
  }
}
