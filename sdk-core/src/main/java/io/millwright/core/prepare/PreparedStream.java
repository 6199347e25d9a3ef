package io.millwright.core.prepare;

import io.millwright.api.data.Table;

/** stub */
public final class PreparedStream {

  PreparedStream() {}

  /** Takes the next row of the sequence. */
  public void push(Table table, int row, Notes notes) {
    throw new UnsupportedOperationException();
  }

  /** The network's input now. */
  public float[] latest() {
    throw new UnsupportedOperationException();
  }

  /** The features of the newest row. */
  public float[] features() {
    throw new UnsupportedOperationException();
  }

  /** How many rows were pushed. */
  public long count() {
    throw new UnsupportedOperationException();
  }

  /** The whole state. */
  public double[] save() {
    throw new UnsupportedOperationException();
  }

  /** Goes back to a saved state. */
  public void restore(double[] saved) {
    throw new UnsupportedOperationException();
  }
}
