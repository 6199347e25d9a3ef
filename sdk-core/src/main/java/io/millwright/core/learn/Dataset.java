package io.millwright.core.learn;

import io.millwright.runtime.prepare.PreparationPlan;
import java.util.Arrays;

/**
 * Prepared rows, and the items among them that have a label. An item is a row with all that came
 * before it in its sequence; a window is cut from the rows when a batch is laid out, so that
 * overlapping windows share memory.
 */
final class Dataset implements Items {

  private final int size;
  private final int width;
  private final int main;
  private final int window;
  private final float[] rows;
  private final int[] row;
  private final int[] start;
  private final float[] target;
  private final int targets;
  private final boolean ownTarget;
  private final boolean[] learnable;
  private final int[] sample;

  /**
   * @param plan how rows were prepared
   * @param rows the features of all rows, one after the other
   * @param row for each item its row
   * @param start for each item the first row of its sequence
   * @param target for each item its targets, one item after the other
   * @param ownTarget whether the input is the first part of the targets, to be laid when asked for
   * @param learnable for each item whether weights may be fitted to it
   * @param sample for each item the sample it comes from
   */
  Dataset(
      PreparationPlan plan,
      float[] rows,
      int[] row,
      int[] start,
      float[] target,
      boolean ownTarget,
      boolean[] learnable,
      int[] sample) {
    this.size = plan.shape().size();
    this.width = plan.width();
    this.main = plan.main();
    this.window = plan.window();
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

  /** Whether a window holds rows of its own alone, none filled up. */
  boolean isWhole(int item) {
    return row[item] - window + 1 >= start[item];
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
    float[] into = new float[Math.multiplyExact(items.length, width)];
    for (int i = 0; i < items.length; i++) {
      System.arraycopy(rows, row[items[i]] * width, into, i * width, width);
    }
    return into;
  }

  @Override
  public int targetWidth() {
    return ownTarget ? size + targets : targets;
  }

  @Override
  public void targets(int[] items, int count, float[] into) {
    int wide = targetWidth();
    int own = ownTarget ? size : 0;
    for (int i = 0; i < count; i++) {
      if (ownTarget) {
        input(items[i], into, i * wide);
      }
      System.arraycopy(target, items[i] * targets, into, i * wide + own, targets);
    }
  }

  @Override
  public void inputs(int[] items, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      input(items[i], into, i * size);
    }
  }

  /**
   * Lays the input of an item out; a sequence shorter than the window is filled up at its beginning
   * by its first row.
   */
  void input(int item, float[] into, int offset) {
    int last = row[item] * width;
    int at = offset;
    if (window == 0) {
      System.arraycopy(rows, last, into, at, main);
      at += main;
    }
    int first = row[item] - window + 1;
    for (int s = 0; s < window; s++) {
      System.arraycopy(rows, Math.max(start[item], first + s) * width, into, at, main);
      at += main;
    }
    System.arraycopy(rows, last + main, into, at, width - main);
  }
}
