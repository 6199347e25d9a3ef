package io.millwright.runtime.network;

import io.millwright.api.learn.Direction;
import io.millwright.api.learn.Layer;
import java.util.Arrays;
import java.util.List;

/** What a monotone layer multiplies by, for all runtimes. */
public final class Monotony {

  private Monotony() {}

  /**
   * For each feature what its weight's size is multiplied by: 1 for up, -1 for down, 0 for a free
   * one.
   */
  public static float[] signs(Layer.Monotone layer, int features) {
    float[] signs = new float[features];
    for (int i = 0; i < features; i++) {
      Direction direction = layer.directions().isEmpty() ? Direction.UP : layer.directions().get(i);
      signs[i] =
          switch (direction) {
            case UP -> 1;
            case DOWN -> -1;
            case FREE -> 0;
          };
    }
    return signs;
  }

  /** The weights {@code [units, features]} as they multiply. */
  public static float[] matrix(Layer.Monotone layer, float[] weight) {
    float[] matrix = weight.clone();
    float[] signs = signs(layer, weight.length / layer.units());
    for (int i = 0; i < matrix.length; i++) {
      float sign = signs[i % signs.length];
      if (sign != 0) {
        matrix[i] = sign * Math.abs(matrix[i]);
      }
    }
    return matrix;
  }

  /**
   * The least value of each unit: a third of them is convex and not below 0, the last part is
   * bounded by -1.
   */
  public static float[] low(int units) {
    return bounds(units, 0, Float.NEGATIVE_INFINITY, -1);
  }

  /** The largest value of each unit: the second third is concave and not above 0. */
  public static float[] high(int units) {
    return bounds(units, Float.POSITIVE_INFINITY, 0, 1);
  }

  private static float[] bounds(int units, float convex, float concave, float bounded) {
    int third = units / 3;
    float[] bounds = new float[units];
    Arrays.fill(bounds, 0, third, convex);
    Arrays.fill(bounds, third, 2 * third, concave);
    Arrays.fill(bounds, 2 * third, units, bounded);
    return bounds;
  }

  /** As floats. */
  public static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }
}
