package io.millwright.api.head;

import java.util.List;

/**
 * One label for each position of a field: the pixels of an image (a segmentation mask), row after
 * row, or the steps of a sequence.
 *
 * @param height the number of rows; 1 for a sequence
 * @param width the number of columns
 * @param labels {@code height * width} labels; empty texts where nothing is known
 */
public record FieldMap(int height, int width, List<String> labels) {
  /** Copies and checks. */
  public FieldMap {
    labels = List.copyOf(labels);
    if (height < 1 || width < 1 || labels.size() != height * width) {
      throw new IllegalArgumentException(
          labels.size() + " labels for " + height + " x " + width + " positions");
    }
  }
}
