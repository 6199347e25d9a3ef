package io.millwright.scheduling.internal.dispatch;

import java.util.Arrays;

/** Decisions to learn from, candidate by candidate, as {@link ChoiceLoss} takes them. */
final class Choices {

  private final int size;
  private float[] inputs;
  private float[] targets = new float[1024];
  private float[] weights = new float[1024];
  private int[] starts = new int[256];
  private int rows;
  private int decisions;

  Choices(int size) {
    this.size = size;
    this.inputs = new float[1024 * size];
  }

  int decisions() {
    return decisions;
  }

  void clear() {
    rows = 0;
    decisions = 0;
  }

  /** Takes a decision in; the targets of its candidates are 0 until they are set. */
  void add(float[] candidates, int count) {
    while (rows + count > targets.length) {
      inputs = Arrays.copyOf(inputs, 2 * inputs.length);
      targets = Arrays.copyOf(targets, 2 * targets.length);
      weights = Arrays.copyOf(weights, 2 * weights.length);
    }
    if (decisions == starts.length) {
      starts = Arrays.copyOf(starts, 2 * decisions);
    }
    starts[decisions++] = rows;
    System.arraycopy(candidates, 0, inputs, rows * size, count * size);
    Arrays.fill(targets, rows, rows + count, 0);
    Arrays.fill(weights, rows, rows + count, 0);
    weights[rows] = 1;
    rows += count;
  }

  /** Says what a candidate of the decision that was taken in last is worth. */
  void worth(int candidate, double value) {
    targets[starts[decisions - 1] + candidate] = (float) value;
  }

  /** Lays decisions out in another order, so many of them from a place on. */
  void lay(int[] order, int from, int to, Choices into) {
    into.clear();
    float[] some = new float[0];
    for (int i = from; i < to; i++) {
      int d = order[i];
      int first = starts[d];
      int count = (d + 1 < decisions ? starts[d + 1] : rows) - first;
      if (some.length < count * size) {
        some = new float[count * size];
      }
      System.arraycopy(inputs, first * size, some, 0, count * size);
      into.add(some, count);
      System.arraycopy(targets, first, into.targets, into.rows - count, count);
    }
  }

  float[] inputs() {
    return inputs;
  }

  float[] targets() {
    return targets;
  }

  float[] weights() {
    return weights;
  }

  int rows() {
    return rows;
  }
}
