package io.millwright.api.foreign;

import java.util.Arrays;
import java.util.List;

/**
 * An array of numbers with a shape, row-major, that goes into or comes out of a {@link
 * ForeignNetwork}. Immutable and thread-safe.
 */
public final class Tensor {

  private final List<Long> shape;
  private final float[] floats;
  private final long[] longs;
  private final boolean whole;

  private Tensor(List<Long> shape, float[] floats, long[] longs, boolean whole) {
    this.shape = shape;
    this.floats = floats;
    this.longs = longs;
    this.whole = whole;
    long size = 1;
    for (long n : shape) {
      if (n < 0) {
        throw new IllegalArgumentException("shape " + shape + " has a negative size");
      }
      size = Math.multiplyExact(size, n);
    }
    if (size != (whole ? longs.length : floats.length)) {
      throw new IllegalArgumentException(
          "shape "
              + shape
              + " has "
              + size
              + " elements, but there are "
              + (whole ? longs.length : floats.length));
    }
  }

  /**
   * A tensor of float32.
   *
   * @param values row-major; copied
   * @param shape the size of each dimension
   * @return the tensor
   */
  public static Tensor of(float[] values, long... shape) {
    return new Tensor(boxed(shape), values.clone(), new long[0], false);
  }

  /**
   * A tensor of int64, for ids and masks.
   *
   * @param values row-major; copied
   * @param shape the size of each dimension
   * @return the tensor
   */
  public static Tensor of(long[] values, long... shape) {
    return new Tensor(boxed(shape), new float[0], values.clone(), true);
  }

  private static List<Long> boxed(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  /**
   * The size of each dimension.
   *
   * @return the shape; empty for a scalar
   */
  public List<Long> shape() {
    return shape;
  }

  /**
   * Whether its elements are whole numbers.
   *
   * @return true for int64, false for float32
   */
  public boolean isWhole() {
    return whole;
  }

  /**
   * How many elements it has.
   *
   * @return the product of the shape
   */
  public int size() {
    return whole ? longs.length : floats.length;
  }

  /**
   * The elements as float32; whole numbers are rounded to the nearest.
   *
   * @return a copy, row-major
   */
  public float[] floats() {
    if (!whole) {
      return floats.clone();
    }
    float[] all = new float[longs.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = longs[i];
    }
    return all;
  }

  /**
   * The elements as whole numbers.
   *
   * @return a copy, row-major
   * @throws IllegalStateException when the elements are float32
   */
  public long[] longs() {
    if (!whole) {
      throw new IllegalStateException("a tensor of float32 " + shape + " has no whole numbers");
    }
    return longs.clone();
  }

  @Override
  public String toString() {
    return (whole ? "int64" : "float32") + shape;
  }
}
