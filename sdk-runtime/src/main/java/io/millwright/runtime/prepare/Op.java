package io.millwright.runtime.prepare;

/**
 * A fitted step as arithmetic on arrays: what is looked up by name in a {@link FittedStep} is an
 * index here, so that a row costs no look-ups. Immutable.
 */
abstract class Op {

  /** How many numbers of the sequence's state belong to this step. */
  final int state;

  Op(int state) {
    this.state = state;
  }

  /** Whether {@link #apply} may be given the same array twice, and changes it. */
  boolean inPlace() {
    return false;
  }

  /** Writes the state of a sequence without rows; the array holds zeros. */
  void start(double[] s, int at) {}

  /**
   * Whether numbers may be this step's part of a state that it has written itself; what serves as
   * an index must be checked.
   */
  boolean accepts(double[] s, int at) {
    return true;
  }

  /** Whether a number counts something. */
  static boolean isCount(double value) {
    return value >= 0 && value <= 0x1p53 && value == Math.rint(value);
  }

  /**
   * Computes a row.
   *
   * @param x the row before the step
   * @param y the row after it
   * @param s the sequence's state
   * @param at where this step's part of the state begins
   * @param notes what is remarkable goes there
   */
  abstract void apply(double[] x, double[] y, double[] s, int at, Notes notes);
}
