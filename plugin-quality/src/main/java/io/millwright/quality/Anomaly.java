package io.millwright.quality;

import java.util.List;

/**
 * How unlike good parts an image is (anomaly score of an image).
 *
 * @param score how far the image lies beyond good images held out, in their standard deviations:
 *     the strangest cells, or their mean with the image as a whole, as the model chose; the larger,
 *     the stranger
 * @param threshold the score from which an alarm is raised
 * @param rows the number of rows of cells
 * @param columns the number of columns
 * @param cells row by row from the top, how strange each cell is beyond the median of all, at least
 *     0
 */
public record Anomaly(double score, double threshold, int rows, int columns, List<Double> cells) {

  /** Copies and checks. */
  public Anomaly {
    cells = List.copyOf(cells);
    if (rows < 1 || columns < 1 || cells.size() != rows * columns) {
      throw new IllegalArgumentException(
          cells.size() + " values for " + rows + " x " + columns + " cells");
    }
  }

  /**
   * Whether an alarm is raised.
   *
   * @return whether the score is above the threshold
   */
  public boolean alarm() {
    return score > threshold;
  }
}
