package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;

/**
 * One sequence on its way through a preparation. Time and memory of a row do not depend on the rows
 * before it. Not thread-safe.
 *
 * <p>The state is one array: the number of rows, what the steps remember, the features of the
 * newest row, and with a window the features of its rows as a ring.
 */
public final class PreparedStream {

  private final PreparationPlan plan;
  private final int width;
  private final int window;
  private final int newest;
  private final int ring;
  private final double[] state;
  private final double[] x;
  private final double[] y;

  PreparedStream(PreparationPlan plan) {
    this.plan = plan;
    width = plan.width();
    window = plan.window();
    newest = plan.opState();
    ring = newest + width;
    state = plan.start(width + window * width);
    x = new double[plan.widest()];
    y = new double[plan.widest()];
  }

  /**
   * Takes the next row of the sequence.
   *
   * @param table holds at least the plan's inputs
   * @param row the row, counted from 0
   * @param notes what is remarkable about this row goes there; clear it before the last row to hear
   *     of that one alone
   * @throws MillwrightException when the table has not the columns; the stream is then as before
   */
  public void push(Table table, int row, Notes notes) {
    notes.alone(false);
    took(plan.step(table, row, plan.layout(table.schema()), state, x, y, notes), notes);
  }

  /**
   * Takes the next row of the sequence; makes no garbage.
   *
   * @param cells a number for each input of the plan: the reading, or the {@linkplain
   *     PreparationPlan#code code} of the label
   * @param newborn the place of the age where it counts from the first row on, or -1
   * @param notes as {@link #push(Table, int, Notes)}
   */
  public void push(double[] cells, int newborn, Notes notes) {
    notes.alone(false);
    took(plan.step(cells, newborn, state, x, y, notes), notes);
  }

  /** Begins another sequence. */
  public void restart() {
    plan.start(state);
  }

  private void took(double[] out, Notes notes) {
    System.arraycopy(out, 0, state, newest, width);
    if (window > 0) {
      long count = count();
      if (count == 1) {
        for (int k = 0; k < window; k++) {
          System.arraycopy(out, 0, state, ring + k * width, width);
        }
      } else {
        System.arraycopy(out, 0, state, ring + (int) ((count - 1) % window) * width, width);
      }
      if (count < window) {
        notes.flag(Flag.SHORT_HISTORY);
      }
    }
  }

  /** How many rows were pushed. */
  public long count() {
    return (long) state[0];
  }

  /**
   * The network's input now.
   *
   * @return {@code [features]}, or {@code [length * features]}, oldest row first, filled up at the
   *     front with the first row; behind it what the newest row gives to other inputs
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} before the first row
   */
  public float[] latest() {
    float[] input = new float[window * plan.main() + width - (window > 0 ? plan.main() : 0)];
    latest(input);
    return input;
  }

  /**
   * The network's input now, written into an array; makes no garbage.
   *
   * @param input of the size that {@link #latest()} gives
   * @throws MillwrightException as {@link #latest()}
   */
  public void latest(float[] input) {
    needARow();
    if (window == 0) {
      for (int i = 0; i < width; i++) {
        input[i] = (float) state[newest + i];
      }
      return;
    }
    int main = plan.main();
    // The ring's place after the newest row holds the oldest one: at first copies of the first row.
    int oldest = (int) (count() % window);
    for (int k = 0; k < window; k++) {
      int from = ring + (oldest + k) % window * width;
      for (int i = 0; i < main; i++) {
        input[k * main + i] = (float) state[from + i];
      }
    }
    for (int i = main; i < width; i++) {
      input[window * main + i - main] = (float) state[newest + i];
    }
  }

  /**
   * The features of the newest row.
   *
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} before the first row
   */
  public float[] features() {
    needARow();
    float[] row = new float[width];
    for (int i = 0; i < width; i++) {
      row[i] = (float) state[newest + i];
    }
    return row;
  }

  private void needARow() {
    if (state[0] == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, "the sequence has no rows\nMaybe push one first");
    }
  }

  /** The whole state, as long for the first row as for the millionth. */
  public double[] save() {
    return state.clone();
  }

  /**
   * Goes back to a saved state.
   *
   * @param saved what {@link #save} of a stream of the same preparation gave
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} when it belongs to another
   *     preparation
   */
  public void restore(double[] saved) {
    if (saved.length != state.length
        || !(saved[0] >= 0)
        || saved[0] != Math.rint(saved[0])
        || saved[0] > 0x1p53
        || !plan.accepts(saved)) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "a saved state of "
              + saved.length
              + " numbers does not belong to this preparation, which has "
              + state.length
              + "\nMaybe it was saved by another model");
    }
    System.arraycopy(saved, 0, state, 0, state.length);
  }
}
