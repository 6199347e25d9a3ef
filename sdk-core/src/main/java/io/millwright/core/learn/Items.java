package io.millwright.core.learn;

/**
 * What a network is fitted to: inputs with their targets, laid out when they are asked for. Items
 * lie anywhere in memory, so batches are laid out array by array, and the processor fetches many of
 * them at a time. Thread-safe.
 */
interface Items {

  /** The number of targets of an item. */
  int targetWidth();

  /** The inputs of some items, one after the other. */
  void inputs(int[] items, int count, float[] into);

  /** The targets of some items, one after the other; NaN where one is not known. */
  void targets(int[] items, int count, float[] into);
}
