package io.millwright.benchmarks.speed;

import java.util.Arrays;
import java.util.Random;

/**
 * Whether int8 arithmetic would pay in plain Java: a square matrix times a vector in single
 * precision, as the runtime does it, beside four ways of doing it in whole numbers. All give the
 * same sums. Prints microseconds a product; no arguments.
 */
public final class WholeNumbers {

  private static final int ROUNDS = 5;

  private WholeNumbers() {}

  /** Measures and prints. */
  public static void main(String[] args) {
    for (int size : new int[] {32, 64, 256, 1024}) {
      new Square(size).measure();
    }
  }

  /** One product of a size. */
  private interface Way {
    void run();
  }

  private static final class Square {
    private final int n;
    private final float[][] singles;
    private final int[][] ints;
    private final short[][] shorts;
    private final short[][] rows;
    private final byte[][] bytes;
    private final float[] x;
    private final int[] xi;
    private final short[] xs;
    private final byte[] xb;
    private final float[] sum;
    private final int[] sums;
    private final short[] part;
    private final int[] pairs;

    Square(int n) {
      this.n = n;
      singles = new float[n][n];
      ints = new int[n][n];
      shorts = new short[n][n];
      rows = new short[n][n];
      bytes = new byte[n][n];
      x = new float[n];
      xi = new int[n];
      xs = new short[n];
      xb = new byte[n];
      sum = new float[n];
      sums = new int[n];
      part = new short[n];
      pairs = new int[n / 2];
      Random random = new Random(1);
      for (int i = 0; i < n; i++) {
        // Seven bits, so that the sum of four products fits into sixteen.
        xi[i] = random.nextInt(127) - 63;
        x[i] = xi[i];
        xs[i] = (short) xi[i];
        xb[i] = (byte) xi[i];
        for (int o = 0; o < n; o++) {
          int w = random.nextInt(255) - 127;
          singles[i][o] = w;
          ints[i][o] = w;
          shorts[i][o] = (short) w;
          rows[o][i] = (short) w;
          bytes[o][i] = (byte) w;
        }
      }
    }

    void measure() {
      System.out.printf(
          "%4d: float %.2f, int32 %.2f, int16 summed by four %.2f, int16 pairs by row %.2f,"
              + " int8 by row %.2f%n",
          n,
          micros(this::floats),
          micros(this::ints),
          micros(this::fours),
          micros(this::pairs),
          micros(this::bytes));
    }

    private double micros(Way way) {
      int calls = (int) (1e8 / n / n) + 50;
      double best = Double.POSITIVE_INFINITY;
      for (int round = 0; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        for (int c = 0; c < calls; c++) {
          way.run();
        }
        best = Math.min(best, (System.nanoTime() - begin) / 1e3 / calls);
      }
      return best;
    }

    private void floats() {
      Arrays.fill(sum, 0);
      for (int i = 0; i < n; i += 4) {
        add(sum, n, singles[i], singles[i + 1], singles[i + 2], singles[i + 3], x, i);
      }
    }

    private static void add(
        float[] sum, int n, float[] a, float[] b, float[] c, float[] d, float[] x, int i) {
      float p = x[i];
      float q = x[i + 1];
      float r = x[i + 2];
      float s = x[i + 3];
      for (int o = 0; o < n; o++) {
        sum[o] += (p * a[o] + q * b[o]) + (r * c[o] + s * d[o]);
      }
    }

    private void ints() {
      Arrays.fill(sums, 0);
      for (int i = 0; i < n; i += 4) {
        add(sums, n, ints[i], ints[i + 1], ints[i + 2], ints[i + 3], xi, i);
      }
    }

    private static void add(int[] sum, int n, int[] a, int[] b, int[] c, int[] d, int[] x, int i) {
      int p = x[i];
      int q = x[i + 1];
      int r = x[i + 2];
      int s = x[i + 3];
      for (int o = 0; o < n; o++) {
        sum[o] += (p * a[o] + q * b[o]) + (r * c[o] + s * d[o]);
      }
    }

    private void fours() {
      Arrays.fill(sums, 0);
      for (int i = 0; i < n; i += 4) {
        four(part, n, shorts[i], shorts[i + 1], shorts[i + 2], shorts[i + 3], xs, i);
        for (int o = 0; o < n; o++) {
          sums[o] += part[o];
        }
      }
    }

    private static void four(
        short[] part, int n, short[] a, short[] b, short[] c, short[] d, short[] x, int i) {
      short p = x[i];
      short q = x[i + 1];
      short r = x[i + 2];
      short s = x[i + 3];
      for (int o = 0; o < n; o++) {
        part[o] = (short) ((p * a[o] + q * b[o]) + (r * c[o] + s * d[o]));
      }
    }

    private void pairs() {
      for (int o = 0; o < n; o++) {
        pair(pairs, rows[o], xs);
        int all = 0;
        for (int k = 0; k < pairs.length; k++) {
          all += pairs[k];
        }
        sums[o] = all;
      }
    }

    /** The shape that the compiler turns into one instruction for two products and their sum. */
    private static void pair(int[] into, short[] w, short[] x) {
      for (int k = 0; k < into.length; k++) {
        into[k] = w[2 * k] * x[2 * k] + w[2 * k + 1] * x[2 * k + 1];
      }
    }

    private void bytes() {
      for (int o = 0; o < n; o++) {
        byte[] w = bytes[o];
        int a = 0;
        int b = 0;
        for (int i = 0; i < n; i += 2) {
          a += w[i] * xb[i];
          b += w[i + 1] * xb[i + 1];
        }
        sums[o] = a + b;
      }
    }
  }
}
