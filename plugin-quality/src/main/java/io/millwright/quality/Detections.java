package io.millwright.quality;

import java.util.List;

/**
 * The defects that were detected on an image, and where defects are at all.
 *
 * @param found by falling confidence; weak ones too, so that every threshold can be taken
 * @param rows the number of rows of cells that cover the image
 * @param columns the number of columns
 * @param cells row by row from the top, how much of each cell is covered by defects as far as the
 *     model can tell, 0 to 1
 */
public record Detections(List<Detection> found, int rows, int columns, List<Double> cells) {

  /** Copies and checks. */
  public Detections {
    found = List.copyOf(found);
    cells = List.copyOf(cells);
    if (rows < 1 || columns < 1 || cells.size() != rows * columns) {
      throw new IllegalArgumentException(
          cells.size() + " values for " + rows + " x " + columns + " cells");
    }
  }

  /**
   * The defects of some confidence.
   *
   * @param least the least confidence
   * @return by falling confidence
   */
  public List<Detection> above(double least) {
    return found.stream().filter(d -> d.confidence() >= least).toList();
  }
}
