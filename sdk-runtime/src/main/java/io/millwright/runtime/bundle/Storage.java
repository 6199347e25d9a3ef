package io.millwright.runtime.bundle;

import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import java.util.List;

/**
 * How the weights of a member are stored. Weights that were rounded on purpose (see {@code
 * runtime.compress}) take the smallest form that holds their values exactly, so that no file holds
 * other values than the model in memory; all others take single precision.
 */
public enum Storage {
  /** IEEE 754 single precision. */
  F32,
  /** IEEE 754 half precision, all tensors. */
  F16,
  /**
   * Whole numbers from -127 to 127 and a scale for each first index (output channel) of tensors of
   * two and more dimensions; the others in single precision.
   */
  I8,
  /**
   * Of tensors of two and more dimensions a bit for each number, whether it is not 0, then those
   * that are not, in single precision; the others in single precision.
   */
  SPARSE;

  /** A tensor of fewer zeros would hardly become smaller. */
  private static final double LEAST_ZEROS = 0.25;

  private static final int LEVELS = 127;

  /** Of a scale only so many bits are used that its products with whole numbers are exact. */
  private static final int SPARE_BITS = 0xFF;

  /**
   * The form that holds these weights.
   *
   * @param specs the tensors
   * @param weights their values
   */
  static Storage of(List<WeightSpec> specs, Weights weights) {
    if (!weights.rounded()) {
      return F32;
    }
    if (levels(specs, weights)) {
      return I8;
    }
    for (int t = 0; t < specs.size(); t++) {
      for (float v : weights.get(t)) {
        if (Float.floatToRawIntBits(single(half(v))) != Float.floatToRawIntBits(v)) {
          return zeros(specs, weights) ? SPARSE : F32;
        }
      }
    }
    return specs.isEmpty() ? F32 : F16;
  }

  private static boolean zeros(List<WeightSpec> specs, Weights weights) {
    long all = 0;
    long kept = 0;
    for (int t = 0; t < specs.size(); t++) {
      if (matrix(specs.get(t))) {
        all += weights.get(t).length;
        kept += kept(weights.get(t));
      }
    }
    return kept < (1 - LEAST_ZEROS) * all;
  }

  /** How many numbers are not 0. */
  static int kept(float[] values) {
    int kept = 0;
    for (float v : values) {
      kept += Float.floatToRawIntBits(v) == 0 ? 0 : 1;
    }
    return kept;
  }

  /** A bit for each number, the first in the lowest bit of the first byte: whether it is not 0. */
  static byte[] places(float[] values) {
    byte[] places = new byte[(int) ((values.length + 7L) / 8)];
    for (int i = 0; i < values.length; i++) {
      if (Float.floatToRawIntBits(values[i]) != 0) {
        places[i >> 3] |= (byte) (1 << (i & 7));
      }
    }
    return places;
  }

  /** The numbers that are not 0. */
  static float[] packed(float[] values) {
    float[] packed = new float[kept(values)];
    int n = 0;
    for (float v : values) {
      if (Float.floatToRawIntBits(v) != 0) {
        packed[n++] = v;
      }
    }
    return packed;
  }

  /**
   * Puts numbers in their places.
   *
   * @param size how many numbers there are, those that are 0 included
   * @param count how many are not 0
   * @param into where to; empty to check alone
   * @return whether there are as many places, none of them beyond the end
   */
  static boolean unpack(byte[] places, int size, int count, float[] packed, float[] into) {
    int n = 0;
    for (int i = 0; i < 8 * (long) places.length; i++) {
      if ((places[i >> 3] >> (i & 7) & 1) == 1) {
        if (i >= size || n == count) {
          return false;
        }
        if (into.length > 0) {
          into[i] = packed[n];
        }
        n++;
      }
    }
    return n == count;
  }

  /** Whether there are matrices, all of whole numbers and scales. */
  private static boolean levels(List<WeightSpec> specs, Weights weights) {
    boolean some = false;
    for (int t = 0; t < specs.size(); t++) {
      if (matrix(specs.get(t))) {
        some = true;
        if (!whole(specs.get(t), weights.get(t))) {
          return false;
        }
      }
    }
    return some;
  }

  /** Whether a tensor is stored as whole numbers in {@link #I8}. */
  static boolean matrix(WeightSpec spec) {
    return spec.shape().size() > 1;
  }

  /** The scales of a tensor, one for each first index. */
  static float[] scales(WeightSpec spec, float[] values) {
    int rows = spec.shape().get(0);
    int length = values.length / rows;
    float[] scales = new float[rows];
    for (int r = 0; r < rows; r++) {
      float largest = 0;
      for (int i = r * length; i < (r + 1) * length; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
      }
      scales[r] = largest / LEVELS;
    }
    return scales;
  }

  private static boolean whole(WeightSpec spec, float[] values) {
    float[] scales = scales(spec, values);
    int length = values.length / scales.length;
    for (int r = 0; r < scales.length; r++) {
      float scale = scales[r];
      if ((Float.floatToRawIntBits(scale) & SPARE_BITS) != 0) {
        return false;
      }
      for (int i = r * length; i < (r + 1) * length; i++) {
        if (level(values[i], scale) * scale != values[i] || negativeZero(values[i])) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean negativeZero(float value) {
    return value == 0 && Float.floatToRawIntBits(value) != 0;
  }

  /** The whole number that stands for a value. */
  static int level(float value, float scale) {
    return scale == 0 ? 0 : Math.max(-LEVELS, Math.min(LEVELS, Math.round(value / scale)));
  }

  /**
   * The nearest weights that a form holds.
   *
   * @param specs the tensors
   * @param weights the values
   * @throws IllegalArgumentException naming tensor and value when one is too large for the form
   */
  public Weights rounded(List<WeightSpec> specs, Weights weights) {
    Weights rounded = weights.copy();
    for (int t = 0; t < specs.size(); t++) {
      float[] values = rounded.get(t);
      switch (this) {
        case F32, SPARSE -> {}
        case F16 -> toHalf(specs.get(t), values);
        case I8 -> toLevels(specs.get(t), values);
      }
    }
    return this == F32 ? rounded : rounded.asRounded();
  }

  private static void toHalf(WeightSpec spec, float[] values) {
    for (int i = 0; i < values.length; i++) {
      float near = single(half(values[i]));
      if (Float.isInfinite(near)) {
        throw new IllegalArgumentException(
            "weight " + i + " of \"" + spec.name() + "\" is " + values[i]);
      }
      values[i] = near;
    }
  }

  private static void toLevels(WeightSpec spec, float[] values) {
    if (!matrix(spec)) {
      return;
    }
    float[] scales = scales(spec, values);
    int length = values.length / scales.length;
    for (int r = 0; r < scales.length; r++) {
      // Rounded up, so that the largest value still has a level.
      int bits = Float.floatToRawIntBits(scales[r]) + SPARE_BITS & ~SPARE_BITS;
      float scale = scales[r] < Float.MIN_NORMAL ? 0 : Float.intBitsToFloat(bits);
      for (int i = r * length; i < (r + 1) * length; i++) {
        values[i] = level(values[i], scale) * scale + 0.0f;
      }
    }
  }

  /** Half precision, to the nearest, ties to even (IEEE 754-2019, 4.3.1). */
  static short half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    float size = Math.abs(value);
    if (!(size < 65520)) {
      return (short) (sign | (Float.isNaN(value) ? 0x7E00 : 0x7C00));
    }
    if (size < 0x1p-14f) {
      // A multiple of 2^-24; the addition rounds as it should.
      return (short) (sign | Math.round(Math.rint(size * 0x1p24)));
    }
    int kept = bits & 0x7FFFFFFF;
    int round = 0xFFF + (kept >>> 13 & 1);
    return (short) (sign | (kept + round - (112 << 23) >>> 13));
  }

  /** The value of a number in half precision. */
  static float single(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >>> 10 & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0) {
      float size = fraction * 0x1p-24f;
      return sign == 0 ? size : -size;
    }
    int bits = exponent == 31 ? 0x7F800000 | fraction << 13 : exponent + 112 << 23 | fraction << 13;
    return Float.intBitsToFloat(sign | bits);
  }
}
