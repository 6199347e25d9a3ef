package io.millwright.runtime.network;

/** How numbers that stand for ids are read, the same on every runtime. */
public final class Ids {

  private Ids() {}

  /**
   * The id of a value: the value itself where it is a whole number from 1 to {@code ids} - 1,
   * otherwise 0.
   */
  public static int of(float value, int ids) {
    return value >= 1 && value < ids && value == Math.floor(value) ? (int) value : 0;
  }
}
