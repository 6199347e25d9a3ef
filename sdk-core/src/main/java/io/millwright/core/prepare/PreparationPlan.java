package io.millwright.core.prepare;

import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Step;
import io.millwright.core.network.Shape;
import java.util.List;
import java.util.Optional;

/** stub */
public final class PreparationPlan {

  private PreparationPlan() {}

  static PreparationPlan of(FittedPreparation fitted) {
    throw new UnsupportedOperationException();
  }

  /** The columns needed of a table. */
  public Schema inputs() {
    throw new UnsupportedOperationException();
  }

  /** What the network gets. */
  public Shape shape() {
    throw new UnsupportedOperationException();
  }

  /** The names of the features of one row. */
  public List<String> features() {
    throw new UnsupportedOperationException();
  }

  /** The number of features of one row. */
  public int width() {
    throw new UnsupportedOperationException();
  }

  /** How training varies samples. */
  public Optional<Step.Augment> augment() {
    throw new UnsupportedOperationException();
  }

  /** Starts a sequence. */
  public PreparedStream stream() {
    throw new UnsupportedOperationException();
  }

  /** The features of all rows of a sequence, row by row: {@code [rows * width]}. */
  public float[] rows(Table sequence, Notes notes) {
    throw new UnsupportedOperationException();
  }

  /** The network's input for one row as a sequence of its own. */
  public float[] row(Table table, int row, Notes notes) {
    throw new UnsupportedOperationException();
  }

  /** The same, written into an array. */
  public void row(Table table, int row, Notes notes, float[] target, int offset) {
    throw new UnsupportedOperationException();
  }

  /** Checks that tables with a schema can be prepared. */
  public void check(Schema schema) {
    throw new UnsupportedOperationException();
  }
}
