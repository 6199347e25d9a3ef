package io.millwright.scheduling.internal.dispatch;

/** What a network is told of each candidate. Not thread-safe. */
interface Traits {

  /** The numbers of one candidate. */
  int size();

  /**
   * Lays out the candidates of a machine.
   *
   * @param slots jobs whose next step is on the machine
   * @param into {@code [count, size]}, at least that large
   */
  void fill(FloorState state, int machine, double now, int[] slots, int count, float[] into);
}
