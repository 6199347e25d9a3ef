package io.millwright.quality.internal.spc;

/** What a chart remembers of a unit; its owner guards it. */
final class Memory {

  /** How many readings were charted. */
  long count;

  /** The last value as it was read, NaN before the first and after a gap. */
  double last = Double.NaN;

  /** The last value on the chart in sigma, NaN before the first and after a gap. */
  double score = Double.NaN;

  /** The last value on the chart, NaN before the first and after a gap. */
  double shown = Double.NaN;

  /** Averages or sums; as many as the kind of chart has. */
  final double[] sums;

  /** How many readings in a row had the same value. */
  int same;

  /** The zones of the last fifteen readings, four bits each, the newest lowest; 0 for none. */
  long zones;

  /** How many steps in a row went up, or, as a negative number, down. */
  int trend;

  /** How many steps in a row changed their direction, the first step counted as one. */
  int turns;

  Memory(double... sums) {
    this.sums = sums;
  }

  /**
   * Remembers that a reading is missing. A run is of readings in a row, so all runs end; averages
   * and sums keep what they have.
   */
  void gap() {
    last = Double.NaN;
    score = Double.NaN;
    shown = Double.NaN;
    same = 0;
    zones = 0;
    trend = 0;
    turns = 0;
  }
}
