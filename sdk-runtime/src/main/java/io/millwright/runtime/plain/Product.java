package io.millwright.runtime.plain;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * y += W x for rows of x, with W kept in the order that suits its size. A wide W is turned once so
 * that one input's weights lie side by side: the inner loop then runs over outputs, without a sum
 * that would have to keep its order, and the compiler turns it into vector instructions. A W with
 * few outputs stays as it is, with several running sums. A W in a mapped file stays there and is
 * read row by row, each row once for all rows of x; the sums are the same to the last bit.
 */
public final class Product {

  private static final int NARROW = 8;
  private static final int TILE = 4096;

  private final int in;
  private final int out;
  private final float[][] weights;
  private final @Nullable FloatBuffer file;

  /**
   * Prepares a matrix.
   *
   * @param matrix {@code [out, in]}, row-major
   */
  Product(float[] matrix, int out, int in) {
    this.in = in;
    this.out = out;
    this.file = null;
    // Arrays of arrays on purpose: the compiler of Java 17 turns the loop over outputs into vector
    // instructions only when every operand starts at the same index, 0 (measured: 4 times faster).
    // For the
    // same reason sums are made in an array of their own.
    weights = few(out) ? new float[out][in] : new float[in][out];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        if (few(out)) {
          weights[o][i] = matrix[o * in + i];
        } else {
          weights[i][o] = matrix[o * in + i];
        }
      }
    }
  }

  /**
   * A matrix that stays in a mapped file.
   *
   * @param file {@code [out, in]}, row-major
   */
  Product(FloatBuffer file, int out, int in) {
    this.in = in;
    this.out = out;
    this.file = file;
    this.weights = new float[0][];
  }

  /**
   * Whether a layer of so many outputs adds four sums side by side.
   *
   * @param outputs of the layer
   * @return whether they are few
   */
  public static boolean few(int outputs) {
    return outputs < NARROW;
  }

  int in() {
    return in;
  }

  int out() {
    return out;
  }

  /**
   * Adds the products of some rows.
   *
   * @param x holds the rows, the first at {@code x0}, {@code xStride} apart
   * @param y takes the sums, the first at {@code y0}, {@code yStride} apart
   * @param sum working memory of at least {@link #out} values
   */
  void add(float[] x, int x0, int xStride, float[] y, int y0, int yStride, int rows, float[] sum) {
    if (file != null) {
      mapped(file, x, x0, xStride, y, y0, yStride, rows);
      return;
    }
    if (few(out)) {
      for (int r = 0; r < rows; r++) {
        dots(x, x0 + r * xStride, y, y0 + r * yStride);
      }
      return;
    }
    // As many inputs at a time as keep their weights in the first cache while the rows pass by.
    int tile = rows == 1 ? in : Math.max(8, TILE / out & ~3);
    for (int from = 0; from < in; from += tile) {
      int to = Math.min(in, from + tile);
      for (int r = 0; r < rows; r++) {
        int at = y0 + r * yStride;
        System.arraycopy(y, at, sum, 0, out);
        sums(x, x0 + r * xStride, from, to, sum);
        System.arraycopy(sum, 0, y, at, out);
      }
    }
  }

  private void sums(float[] x, int xo, int from, int to, float[] sum) {
    int i = from;
    for (; i + 4 <= to; i += 4) {
      int at = xo + i;
      four(
          sum,
          out,
          weights[i],
          weights[i + 1],
          weights[i + 2],
          weights[i + 3],
          x[at],
          x[at + 1],
          x[at + 2],
          x[at + 3]);
    }
    for (; i < to; i++) {
      one(sum, out, weights[i], x[xo + i]);
    }
  }

  private static void four(
      float[] sum,
      int n,
      float[] w0,
      float[] w1,
      float[] w2,
      float[] w3,
      float a,
      float b,
      float c,
      float d) {
    for (int o = 0; o < n; o++) {
      sum[o] += (a * w0[o] + b * w1[o]) + (c * w2[o] + d * w3[o]);
    }
  }

  private static void one(float[] sum, int n, float[] w, float a) {
    for (int o = 0; o < n; o++) {
      sum[o] += a * w[o];
    }
  }

  private void dots(float[] x, int xo, float[] y, int yo) {
    for (int o = 0; o < out; o++) {
      y[yo + o] += dot(x, xo, weights[o], in);
    }
  }

  private static float dot(float[] x, int xo, float[] w, int in) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 4 <= in; i += 4) {
      a += x[xo + i] * w[i];
      b += x[xo + i + 1] * w[i + 1];
      c += x[xo + i + 2] * w[i + 2];
      d += x[xo + i + 3] * w[i + 3];
    }
    for (; i < in; i++) {
      a += x[xo + i] * w[i];
    }
    return (a + b) + (c + d);
  }

  private void mapped(
      FloatBuffer from, float[] x, int x0, int xStride, float[] y, int y0, int yStride, int rows) {
    float[] w = new float[in];
    for (int o = 0; o < out; o++) {
      from.get(o * in, w);
      for (int r = 0; r < rows; r++) {
        int at = y0 + r * yStride + o;
        int xo = x0 + r * xStride;
        y[at] = few(out) ? y[at] + dot(x, xo, w, in) : added(y[at], x, xo, w, in);
      }
    }
  }

  /** The same additions in the same order as {@link #sums}. */
  private static float added(float begun, float[] x, int xo, float[] w, int in) {
    float sum = begun;
    int i = 0;
    for (; i + 4 <= in; i += 4) {
      sum +=
          (x[xo + i] * w[i] + x[xo + i + 1] * w[i + 1])
              + (x[xo + i + 2] * w[i + 2] + x[xo + i + 3] * w[i + 3]);
    }
    for (; i < in; i++) {
      sum += x[xo + i] * w[i];
    }
    return sum;
  }

  /** Fills rows with the bias, which is how every sum begins. */
  static void start(float[] bias, float[] y, int y0, int yStride, int rows) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(bias, 0, y, y0 + r * yStride, bias.length);
    }
  }
}
