package io.millwright.core.runtime;

/**
 * y += W x for rows of x, with W kept in the order that suits its size. A wide W is turned once so
 * that one input's weights lie side by side: the inner loop then runs over outputs, without a sum
 * that would have to keep its order, and the compiler turns it into vector instructions. A W with
 * few outputs stays as it is, with several running sums.
 */
final class Product {

  private static final int NARROW = 8;
  private static final int TILE = 4096;

  private final int in;
  private final int out;
  private final float[] weights;

  /**
   * Prepares a matrix.
   *
   * @param matrix {@code [out, in]}, row-major
   */
  Product(float[] matrix, int out, int in) {
    this.in = in;
    this.out = out;
    if (out < NARROW) {
      weights = matrix.clone();
    } else {
      weights = new float[matrix.length];
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < in; i++) {
          weights[i * out + o] = matrix[o * in + i];
        }
      }
    }
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
   */
  void add(float[] x, int x0, int xStride, float[] y, int y0, int yStride, int rows) {
    if (out < NARROW) {
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
        sums(x, x0 + r * xStride, from, to, y, y0 + r * yStride);
      }
    }
  }

  private void sums(float[] x, int xo, int from, int to, float[] y, int yo) {
    int i = from;
    for (; i + 4 <= to; i += 4) {
      four(y, yo, weights, i * out, out, x[xo + i], x[xo + i + 1], x[xo + i + 2], x[xo + i + 3]);
    }
    for (; i < to; i++) {
      one(y, yo, weights, i * out, out, x[xo + i]);
    }
  }

  private static void four(
      float[] y, int yo, float[] w, int wo, int n, float a, float b, float c, float d) {
    int w1 = wo + n;
    int w2 = w1 + n;
    int w3 = w2 + n;
    for (int o = 0; o < n; o++) {
      y[yo + o] += (a * w[wo + o] + b * w[w1 + o]) + (c * w[w2 + o] + d * w[w3 + o]);
    }
  }

  private static void one(float[] y, int yo, float[] w, int wo, int n, float a) {
    for (int o = 0; o < n; o++) {
      y[yo + o] += a * w[wo + o];
    }
  }

  private void dots(float[] x, int xo, float[] y, int yo) {
    for (int o = 0; o < out; o++) {
      int wo = o * in;
      float a = 0;
      float b = 0;
      float c = 0;
      float d = 0;
      int i = 0;
      for (; i + 4 <= in; i += 4) {
        a += x[xo + i] * weights[wo + i];
        b += x[xo + i + 1] * weights[wo + i + 1];
        c += x[xo + i + 2] * weights[wo + i + 2];
        d += x[xo + i + 3] * weights[wo + i + 3];
      }
      for (; i < in; i++) {
        a += x[xo + i] * weights[wo + i];
      }
      y[yo + o] += (a + b) + (c + d);
    }
  }

  /** Fills rows with the bias, which is how every sum begins. */
  static void start(float[] bias, float[] y, int y0, int yStride, int rows) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(bias, 0, y, y0 + r * yStride, bias.length);
    }
  }
}
