package io.millwright.api.data;

import java.util.List;

/**
 * An array of numbers with a shape, row-major, as other software keeps them in files (NumPy's
 * ndarray). Immutable and thread-safe.
 */
public final class NumberArray {

  private final List<Integer> shape;
  private final double[] values;

  private NumberArray(List<Integer> shape, double[] values) {
    this.shape = shape;
    this.values = values;
    long size = 1;
    for (int n : shape) {
      if (n < 0) {
        throw new IllegalArgumentException("shape " + shape + " has a negative size");
      }
      size = Math.multiplyExact(size, (long) n);
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          "shape " + shape + " has " + size + " numbers, but there are " + values.length);
    }
  }

  /**
   * An array.
   *
   * @param shape the size of each dimension; empty for a single number
   * @param values row-major; copied
   * @return the array
   */
  public static NumberArray of(List<Integer> shape, double[] values) {
    return new NumberArray(List.copyOf(shape), values.clone());
  }

  /**
   * The size of each dimension.
   *
   * @return the shape; empty for a single number
   */
  public List<Integer> shape() {
    return shape;
  }

  /**
   * How many numbers it has.
   *
   * @return the product of the shape
   */
  public int size() {
    return values.length;
  }

  /**
   * One number.
   *
   * @param at its place, row-major, from 0
   * @return the number
   */
  public double value(int at) {
    return values[at];
  }

  /**
   * All numbers.
   *
   * @return a copy, row-major
   */
  public double[] values() {
    return values.clone();
  }

  @Override
  public String toString() {
    return "numbers of shape " + shape;
  }
}
