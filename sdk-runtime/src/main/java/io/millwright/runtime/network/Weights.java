package io.millwright.runtime.network;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of all weights of one network: one array for each {@link WeightSpec} of its plan, in
 * the same order. Mutable, because a training owns one and changes it in every step; what leaves a
 * training is a {@link #copy}.
 *
 * <p>Large ones of a file may be mapped: they stay in the file, are read by the system when they
 * are needed, and cannot be changed.
 */
public final class Weights {

  private final float[][] values;
  private final Map<Integer, FloatBuffer> mapped;
  private final boolean rounded;
  private final String sha256;

  private Weights(float[][] values) {
    this(values, Map.of(), false, "");
  }

  private Weights(
      float[][] values, Map<Integer, FloatBuffer> mapped, boolean rounded, String sha256) {
    this.values = values;
    this.mapped = Map.copyOf(mapped);
    this.rounded = rounded;
    this.sha256 = sha256;
  }

  /** All zero. */
  public static Weights zero(List<WeightSpec> specs) {
    return new Weights(specs.stream().map(s -> new float[s.size()]).toArray(float[][]::new));
  }

  /** Wraps arrays, one for each specification; they are not copied. */
  public static Weights of(List<float[]> arrays) {
    return new Weights(arrays.toArray(float[][]::new));
  }

  /**
   * The same where some lie in a mapped file.
   *
   * @param arrays one for each specification; those of mapped ones are not looked at
   * @param mapped by index, read-only
   */
  public static Weights of(List<float[]> arrays, Map<Integer, FloatBuffer> mapped) {
    return new Weights(arrays.toArray(float[][]::new), mapped, false, "");
  }

  /** The same arrays, rounded on purpose: a file may store them in fewer bits. */
  public Weights asRounded() {
    return new Weights(values, mapped, true, sha256);
  }

  /** The same, whose file had a digest when it was read; kept where mapped ones cannot change. */
  public Weights verified(String digest) {
    return mapped.isEmpty() ? this : new Weights(values, mapped, rounded, digest);
  }

  /** The digest of the file of mapped ones, which need not be read again for it. */
  public Optional<String> sha256() {
    return sha256.isEmpty() ? Optional.empty() : Optional.of(sha256);
  }

  /** Whether the values were rounded on purpose. */
  public boolean rounded() {
    return rounded;
  }

  /** One array, live; of a mapped one a copy. */
  public float[] get(int index) {
    FloatBuffer file = mapped.get(index);
    if (file == null) {
      return values[index];
    }
    float[] copy = new float[file.limit()];
    file.get(0, copy);
    return copy;
  }

  /** How many values an array has. */
  public int size(int index) {
    FloatBuffer file = mapped.get(index);
    return file == null ? values[index].length : file.limit();
  }

  /** Whether some lie in a mapped file. */
  public boolean isMapped() {
    return !mapped.isEmpty();
  }

  /** One that lies in a mapped file, for reading by place from any thread. */
  public Optional<FloatBuffer> mapped(int index) {
    return Optional.ofNullable(mapped.get(index));
  }

  /** The number of arrays. */
  public int count() {
    return values.length;
  }

  /** Some of the arrays, live. */
  public Weights part(int from, int to) {
    Map<Integer, FloatBuffer> files = new HashMap<>();
    mapped.forEach(
        (index, file) -> {
          if (index >= from && index < to) {
            files.put(index - from, file);
          }
        });
    return new Weights(Arrays.copyOfRange(values, from, to), files, false, "");
  }

  /** An independent copy. */
  public Weights copy() {
    float[][] copy = new float[values.length][];
    for (int i = 0; i < values.length; i++) {
      copy[i] = mapped.containsKey(i) ? get(i) : values[i].clone();
    }
    return new Weights(copy);
  }

  /** Overwrites these values by others of the same plan. */
  public void set(Weights other) {
    if (!mapped.isEmpty()) {
      throw new IllegalStateException("weights in a mapped file cannot be changed");
    }
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(other.get(i), 0, values[i], 0, values[i].length);
    }
  }
}
