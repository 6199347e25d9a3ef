package io.millwright.runtime.plain;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Layer;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Shape;

/** The kernels that look over the pixels of an image, {@code [height, width, channels]}. */
final class ImageKernels {

  private static final double EPSILON = 1e-5;

  private ImageKernels() {}

  /**
   * Convolution. In an image with its edges of zeros, one row of the kernel meets neighbouring
   * values: so each row of the kernel is one product over (kernel x channels) values, for which
   * nothing has to be gathered.
   */
  static final class Convolution implements Kernel {
    private final int in;
    private final int padded;
    private final int out;
    private final Shape from;
    private final Shape to;
    private final int kernel;
    private final int stride;
    private final int before;
    private final int wide;
    private final int high;
    private final Product[] rowsOfKernel;
    private final float[] bias;
    private final Activation activation;

    private Convolution(
        int in,
        int padded,
        int out,
        PlannedLayer planned,
        Layer.Conv2d layer,
        Product[] rowsOfKernel,
        float[] bias) {
      this.in = in;
      this.padded = padded;
      this.out = out;
      this.from = planned.in();
      this.to = planned.out();
      this.kernel = layer.kernel();
      this.stride = layer.stride();
      int edge = edge(layer);
      this.before = edge / 2;
      this.wide = from.steps() + edge;
      this.high = from.height() + edge;
      this.rowsOfKernel = rowsOfKernel;
      this.bias = bias;
      this.activation = layer.activation();
    }

    private static int edge(Layer.Conv2d layer) {
      return layer.padding() == Layer.Padding.SAME ? layer.kernel() - 1 : 0;
    }

    /** How many values the image has with its edges. */
    static int paddedSize(PlannedLayer planned, Layer.Conv2d layer) {
      int edge = edge(layer);
      Shape in = planned.in();
      return Math.multiplyExact(
          Math.multiplyExact(in.height() + edge, in.steps() + edge), in.features());
    }

    /** Cuts the weights {@code [filters, in, kernel, kernel]} into a matrix for each row. */
    static Convolution of(
        int in,
        int padded,
        int out,
        PlannedLayer planned,
        Layer.Conv2d layer,
        float[] weight,
        float[] bias) {
      int f = planned.in().features();
      int k = layer.kernel();
      Product[] products = new Product[k];
      for (int row = 0; row < k; row++) {
        float[] matrix = new float[layer.filters() * k * f];
        for (int o = 0; o < layer.filters(); o++) {
          for (int column = 0; column < k; column++) {
            for (int i = 0; i < f; i++) {
              matrix[(o * k + column) * f + i] = weight[((o * f + i) * k + row) * k + column];
            }
          }
        }
        products[row] = new Product(matrix, layer.filters(), k * f);
      }
      return new Convolution(in, padded, out, planned, layer, products, bias);
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] p = scratch.get(padded);
      float[] y = scratch.get(out);
      int f = from.features();
      int filters = bias.length;
      int lineIn = from.steps() * f;
      int linePadded = wide * f;
      int lineOut = to.steps() * filters;
      Product.start(bias, y, 0, filters, rows * to.positions());
      for (int r = 0; r < rows; r++) {
        // The edges of the padded image are zeros from its making on: only its middle is written.
        for (int line = 0; line < from.height(); line++) {
          System.arraycopy(
              x,
              (r * from.height() + line) * lineIn,
              p,
              ((r * high + line + before) * wide + before) * f,
              lineIn);
        }
        for (int line = 0; line < to.height(); line++) {
          for (int k = 0; k < kernel; k++) {
            rowsOfKernel[k].add(
                p,
                (r * high + line * stride + k) * linePadded,
                stride * f,
                y,
                (r * to.height() + line) * lineOut,
                filters,
                to.steps(),
                scratch.sum());
          }
        }
      }
      Functions.apply(activation, y, 0, rows * to.size());
    }
  }

  /** Pooling over squares. */
  static final class Pool implements Kernel {
    private final int in;
    private final int out;
    private final Shape from;
    private final Shape to;
    private final int size;
    private final boolean max;

    Pool(int in, int out, Shape from, Shape to, Layer.Pool2d layer) {
      this.in = in;
      this.out = out;
      this.from = from;
      this.to = to;
      this.size = layer.size();
      this.max = layer.kind() == Layer.Pooling.MAX;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] y = scratch.get(out);
      int f = from.features();
      float share = 1f / (size * size);
      for (int r = 0; r < rows; r++) {
        for (int line = 0; line < to.height(); line++) {
          for (int column = 0; column < to.steps(); column++) {
            int yo = ((r * to.height() + line) * to.steps() + column) * f;
            int xo = ((r * from.height() + line * size) * from.steps() + column * size) * f;
            System.arraycopy(x, xo, y, yo, f);
            for (int k = 1; k < size * size; k++) {
              int at = xo + (k / size * from.steps() + k % size) * f;
              for (int i = 0; i < f; i++) {
                y[yo + i] = max ? Math.max(y[yo + i], x[at + i]) : y[yo + i] + x[at + i];
              }
            }
            for (int i = 0; i < f && !max; i++) {
              y[yo + i] *= share;
            }
          }
        }
      }
    }
  }

  /** Mean 0 and variance 1 of each group of channels over all pixels, then scale and shift. */
  static final class GroupNorm implements Kernel {
    private final int in;
    private final int out;
    private final Shape shape;
    private final int groups;
    private final float[] scale;
    private final float[] shift;
    private final Activation activation;

    GroupNorm(int in, int out, Shape shape, Layer.GroupNorm layer, float[] scale, float[] shift) {
      this.in = in;
      this.out = out;
      this.shape = shape;
      this.groups = layer.groups();
      this.scale = scale;
      this.shift = shift;
      this.activation = layer.activation();
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] y = scratch.get(out);
      int f = shape.features();
      int n = shape.positions();
      int each = f / groups;
      double[] sums = new double[f];
      double[] squares = new double[f];
      float[] factor = new float[f];
      float[] offset = new float[f];
      for (int r = 0; r < rows; r++) {
        int from = r * n * f;
        java.util.Arrays.fill(sums, 0);
        java.util.Arrays.fill(squares, 0);
        for (int p = 0; p < n; p++) {
          for (int i = 0; i < f; i++) {
            sums[i] += x[from + p * f + i];
          }
        }
        for (int g = 0; g < groups; g++) {
          double mean = total(sums, g * each, each) / ((double) each * n);
          java.util.Arrays.fill(sums, g * each, (g + 1) * each, mean);
        }
        for (int p = 0; p < n; p++) {
          for (int i = 0; i < f; i++) {
            double d = x[from + p * f + i] - sums[i];
            squares[i] += d * d;
          }
        }
        for (int g = 0; g < groups; g++) {
          double variance = total(squares, g * each, each) / ((double) each * n);
          double by = 1 / Math.sqrt(variance + EPSILON);
          for (int i = g * each; i < (g + 1) * each; i++) {
            factor[i] = (float) (by * scale[i]);
            offset[i] = (float) (shift[i] - sums[i] * by * scale[i]);
          }
        }
        for (int p = 0; p < n; p++) {
          for (int i = 0; i < f; i++) {
            y[from + p * f + i] = x[from + p * f + i] * factor[i] + offset[i];
          }
        }
      }
      Functions.apply(activation, y, 0, rows * shape.size());
    }

    private static double total(double[] values, int from, int count) {
      double sum = 0;
      for (int i = from; i < from + count; i++) {
        sum += values[i];
      }
      return sum;
    }
  }
}
