package io.millwright.runtime.network;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What lately came of some inputs, found again by their values: enough for the heads of one
 * backbone, the members of a model and the views of an image to ask one after the other. Its memory
 * is bounded. Thread-safe.
 */
final class Recent {

  private static final int MOST_ENTRIES = 16;

  /** 64 MiB: the largest batch that a predictor lays out at a time, in eight views and more. */
  private static final long MOST_FLOATS = 1L << 24;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long floats;

  private record Entry(float[] inputs, float[] outputs) {
    int size() {
      return inputs.length + outputs.length;
    }
  }

  /**
   * Finds what the same values gave.
   *
   * @param values the inputs
   * @param size how many of them count
   * @return the outputs, not to be changed; null when they are not known
   */
  synchronized float @Nullable [] find(float[] values, int size) {
    for (Entry entry : entries) {
      if (entry.inputs.length == size
          && Arrays.mismatch(entry.inputs, 0, size, values, 0, size) < 0) {
        return entry.outputs;
      }
    }
    return null;
  }

  /** Keeps a copy of inputs with their outputs, and lets the oldest go. */
  synchronized void keep(float[] values, int size, float[] outputs) {
    Entry entry = new Entry(Arrays.copyOf(values, size), outputs);
    if (entry.size() > MOST_FLOATS) {
      return;
    }
    entries.addFirst(entry);
    floats += entry.size();
    while (floats > MOST_FLOATS || entries.size() > MOST_ENTRIES) {
      floats -= entries.removeLast().size();
    }
  }
}
