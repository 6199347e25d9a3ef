package io.millwright.core.learn;

import io.millwright.runtime.network.Shape;
import java.util.Arrays;

/**
 * Prepared rows, and the items among them that have a label. An item is a row with all that came
 * before it in its sequence; a window is cut from the rows when a batch is laid out, so that
 * overlapping windows share memory.
 */
final class Dataset {

  private final Shape shape;
  private final float[] rows;
  private final int[] row;
  private final int[] start;
  private final float[] target;
  private final int[] sample;

  /**
   * @param shape what one input of the network looks like
   * @param rows the features of all rows, one after the other
   * @param row for each item its row
   * @param start for each item the first row of its sequence
   * @param target for each item the scaled number or the index of the class
   * @param sample for each item the sample it comes from
   */
  Dataset(Shape shape, float[] rows, int[] row, int[] start, float[] target, int[] sample) {
    this.shape = shape;
    this.rows = rows;
    this.row = row;
    this.start = start;
    this.target = target;
    this.sample = sample;
  }

  int size() {
    return row.length;
  }

  float target(int item) {
    return target[item];
  }

  int sample(int item) {
    return sample[item];
  }

  /** The items of some samples. */
  int[] itemsOf(boolean[] samples) {
    int[] items = new int[size()];
    int n = 0;
    for (int i = 0; i < items.length; i++) {
      if (samples[sample[i]]) {
        items[n++] = i;
      }
    }
    return Arrays.copyOf(items, n);
  }

  /** The features of the last row of some items, one after the other. */
  float[] lastRows(int[] items) {
    int width = shape.isSequence() ? shape.features() : shape.size();
    float[] into = new float[Math.multiplyExact(items.length, width)];
    for (int i = 0; i < items.length; i++) {
      System.arraycopy(rows, row[items[i]] * width, into, i * width, width);
    }
    return into;
  }

  /** The targets of some items. */
  void targets(int[] items, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = target[items[i]];
    }
  }

  /** The inputs of some items, one after the other. */
  void inputs(int[] items, int count, float[] into) {
    int size = shape.size();
    for (int i = 0; i < count; i++) {
      input(items[i], into, i * size);
    }
  }

  /**
   * Lays the input of an item out; a sequence shorter than the window is filled up at its beginning
   * by its first row.
   */
  void input(int item, float[] into, int offset) {
    int width = shape.isSequence() ? shape.features() : shape.size();
    if (!shape.isSequence()) {
      System.arraycopy(rows, row[item] * width, into, offset, width);
      return;
    }
    int first = row[item] - shape.steps() + 1;
    for (int s = 0; s < shape.steps(); s++) {
      System.arraycopy(
          rows, Math.max(start[item], first + s) * width, into, offset + s * width, width);
    }
  }

  Shape shape() {
    return shape;
  }
}
