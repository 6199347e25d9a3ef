package io.millwright.runtime.network;

import java.util.Arrays;
import java.util.List;

/**
 * The values of all weights of one network: one array for each {@link WeightSpec} of its plan, in
 * the same order. Mutable, because a training owns one and changes it in every step; what leaves a
 * training is a {@link #copy}.
 */
public final class Weights {

  private final float[][] values;
  private final boolean rounded;

  private Weights(float[][] values) {
    this(values, false);
  }

  private Weights(float[][] values, boolean rounded) {
    this.values = values;
    this.rounded = rounded;
  }

  /** All zero. */
  public static Weights zero(List<WeightSpec> specs) {
    return new Weights(specs.stream().map(s -> new float[s.size()]).toArray(float[][]::new));
  }

  /** Wraps arrays, one for each specification; they are not copied. */
  public static Weights of(List<float[]> arrays) {
    return new Weights(arrays.toArray(float[][]::new));
  }

  /** The same arrays, rounded on purpose: a file may store them in fewer bits. */
  public Weights asRounded() {
    return new Weights(values, true);
  }

  /** Whether the values were rounded on purpose. */
  public boolean rounded() {
    return rounded;
  }

  /** One array, live. */
  public float[] get(int index) {
    return values[index];
  }

  /** The number of arrays. */
  public int count() {
    return values.length;
  }

  /** Some of the arrays, live. */
  public Weights part(int from, int to) {
    return new Weights(Arrays.copyOfRange(values, from, to));
  }

  /** An independent copy. */
  public Weights copy() {
    float[][] copy = new float[values.length][];
    for (int i = 0; i < values.length; i++) {
      copy[i] = values[i].clone();
    }
    return new Weights(copy);
  }

  /** Overwrites these values by others of the same plan. */
  public void set(Weights other) {
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(other.values[i], 0, values[i], 0, values[i].length);
    }
  }
}
