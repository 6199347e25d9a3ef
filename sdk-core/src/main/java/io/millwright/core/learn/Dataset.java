package io.millwright.core.learn;

import io.millwright.runtime.network.Shape;
import java.util.Arrays;

/**
 * Prepared rows, and the items among them that have a label. An item is a row with all that came
 * before it in its sequence; a window is cut from the rows when a batch is laid out, so that
 * overlapping windows share memory.
 */
final class Dataset implements Items {

  private final Shape shape;
  private final float[] rows;
  private final int[] row;
  private final int[] start;
  private final float[] target;
  private final int targets;
  private final boolean ownTarget;
  private final boolean[] learnable;
  private final int[] sample;

  /**
   * @param shape what one input of the network looks like
   * @param rows the features of all rows, one after the other
   * @param row for each item its row
   * @param start for each item the first row of its sequence
   * @param target for each item its targets, one item after the other
   * @param ownTarget whether the input is the first part of the targets, to be laid when asked for
   * @param learnable for each item whether weights may be fitted to it
   * @param sample for each item the sample it comes from
   */
  Dataset(
      Shape shape,
      float[] rows,
      int[] row,
      int[] start,
      float[] target,
      boolean ownTarget,
      boolean[] learnable,
      int[] sample) {
    this.shape = shape;
    this.rows = rows;
    this.row = row;
    this.start = start;
    this.target = target;
    this.targets = row.length == 0 ? 1 : target.length / row.length;
    this.ownTarget = ownTarget;
    this.learnable = learnable;
    this.sample = sample;
  }

  int size() {
    return row.length;
  }

  /** Whether weights may be fitted to an item; others only judge. */
  boolean isLearnable(int item) {
    return learnable[item];
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

  @Override
  public int targetWidth() {
    return ownTarget ? shape.size() + targets : targets;
  }

  @Override
  public void targets(int[] items, int count, float[] into) {
    int width = targetWidth();
    int own = ownTarget ? shape.size() : 0;
    for (int i = 0; i < count; i++) {
      if (ownTarget) {
        input(items[i], into, i * width);
      }
      System.arraycopy(target, items[i] * targets, into, i * width + own, targets);
    }
  }

  @Override
  public void inputs(int[] items, int count, float[] into) {
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
