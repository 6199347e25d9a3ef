package io.millwright.scheduling.internal.dispatch;

/** Chooses among the candidates of a machine. Not thread-safe. */
interface Chooser {

  /**
   * Chooses.
   *
   * @param slots jobs whose next step is on the machine
   * @param count at least 2
   * @return a place in {@code slots}
   */
  int choose(FloorState state, int machine, double now, int[] slots, int count);
}
