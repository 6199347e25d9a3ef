package io.millwright.quality;

import java.util.List;

/**
 * What part of an image an answer rests on (occlusion sensitivity): for each cell of a grid, how
 * much the probability of a class falls when that part is covered by grey. Parts that speak against
 * the class have negative values. A defect larger than a cell shows less than its full weight,
 * since the rest of it remains visible. Where a model averages over views of an image, effects are
 * those on its answer to the image as it is, one view, so that they may exceed {@code probability}.
 *
 * @param label the class
 * @param probability its probability for the whole image, as it is predicted
 * @param rows the number of rows of the grid
 * @param columns the number of columns
 * @param effects row by row from the top, the probability as it is minus that without the cell
 */
public record HeatMap(
    String label, double probability, int rows, int columns, List<Double> effects) {

  /** Copies and checks. */
  public HeatMap {
    effects = List.copyOf(effects);
    if (rows < 1 || columns < 1 || effects.size() != rows * columns) {
      throw new IllegalArgumentException(
          effects.size() + " effects for " + rows + " x " + columns + " cells");
    }
  }

  /**
   * The effect of a cell.
   *
   * @param row its row, from the top, counted from 0
   * @param column its column, from the left
   * @return the probability as it is minus that without the cell
   */
  public double effect(int row, int column) {
    java.util.Objects.checkIndex(row, rows);
    java.util.Objects.checkIndex(column, columns);
    return effects.get(row * columns + column);
  }
}
