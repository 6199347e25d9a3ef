package io.millwright.scheduling.internal.search;

/** Picks in the place of a dispatching rule. Not thread-safe. */
public interface Picker {

  /**
   * Picks one of the operations that a machine can take now.
   *
   * @param waiting the operations, {@code count} of them, at least 2
   * @param alternative by operation, the alternative it would take
   * @return a place in {@code waiting}
   */
  int pick(int machine, long now, int[] waiting, int count, int[] alternative);

  /** Hears that an operation has begun on an alternative, and when it ends. */
  void begun(int operation, int alternative, long end);
}
