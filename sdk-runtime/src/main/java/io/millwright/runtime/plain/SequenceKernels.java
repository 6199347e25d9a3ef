package io.millwright.runtime.plain;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Layer;
import io.millwright.runtime.network.PlannedLayer;

/** The kernels that look over several steps of a sequence. */
final class SequenceKernels {

  private SequenceKernels() {}

  /** Convolution, as one product for each place of the kernel. */
  static final class Convolution implements Kernel {
    private final int in;
    private final int out;
    private final int inSteps;
    private final int outSteps;
    private final int before;
    private final int stride;
    private final int dilation;
    private final Product[] taps;
    private final float[] bias;
    private final Activation activation;

    private Convolution(
        int in,
        int out,
        PlannedLayer planned,
        Layer.Conv1d layer,
        int before,
        Product[] taps,
        float[] bias) {
      this.in = in;
      this.out = out;
      this.inSteps = planned.in().steps();
      this.outSteps = planned.out().steps();
      this.before = before;
      this.stride = layer.stride();
      this.dilation = layer.dilation();
      this.taps = taps;
      this.bias = bias;
      this.activation = layer.activation();
    }

    /** Cuts the weights {@code [filters, in, kernel]} into one matrix for each place. */
    static Convolution of(
        int in, int out, PlannedLayer planned, Layer.Conv1d layer, float[] weight, float[] bias) {
      int f = planned.in().features();
      int kernel = layer.kernel();
      Product[] taps = new Product[kernel];
      for (int k = 0; k < kernel; k++) {
        float[] matrix = new float[layer.filters() * f];
        for (int i = 0; i < matrix.length; i++) {
          matrix[i] = weight[i * kernel + k];
        }
        taps[k] = new Product(matrix, layer.filters(), f);
      }
      int reach = (kernel - 1) * layer.dilation();
      int before =
          switch (layer.padding()) {
            case VALID -> 0;
            case SAME -> reach / 2;
            case CAUSAL -> reach;
          };
      return new Convolution(in, out, planned, layer, before, taps, bias);
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] y = scratch.get(out);
      int f = taps[0].in();
      int filters = taps[0].out();
      Product.start(bias, y, 0, filters, rows * outSteps);
      for (int k = 0; k < taps.length; k++) {
        int shift = k * dilation - before;
        // The outputs whose input at this place lies within the sequence; the rest meets zeros.
        int first = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
        int reach = inSteps - 1 - shift;
        int end = reach < 0 ? 0 : Math.min(outSteps, reach / stride + 1);
        for (int r = 0; r < rows && first < end; r++) {
          taps[k].add(
              x,
              (r * inSteps + first * stride + shift) * f,
              stride * f,
              y,
              (r * outSteps + first) * filters,
              filters,
              end - first,
              scratch.sum());
        }
      }
      Functions.apply(activation, y, 0, rows * outSteps * filters);
    }
  }

  /** Pooling over runs of steps; one run over all steps pools a whole sequence. */
  static final class Pool implements Kernel {
    private final int in;
    private final int out;
    private final int inSteps;
    private final int features;
    private final int outSteps;
    private final int size;
    private final Layer.Pooling kind;

    Pool(int in, int out, int inSteps, int features, int outSteps, int size, Layer.Pooling kind) {
      this.in = in;
      this.out = out;
      this.inSteps = inSteps;
      this.features = features;
      this.outSteps = outSteps;
      this.size = size;
      this.kind = kind;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] y = scratch.get(out);
      for (int r = 0; r < rows; r++) {
        for (int t = 0; t < outSteps; t++) {
          pool(x, (r * inSteps + t * size) * features, y, (r * outSteps + t) * features);
        }
      }
    }

    private void pool(float[] x, int xo, float[] y, int yo) {
      int start = kind == Layer.Pooling.LAST ? xo + (size - 1) * features : xo;
      System.arraycopy(x, start, y, yo, features);
      if (kind == Layer.Pooling.LAST) {
        return;
      }
      for (int s = 1; s < size; s++) {
        int from = xo + s * features;
        if (kind == Layer.Pooling.MAX) {
          for (int i = 0; i < features; i++) {
            y[yo + i] = Math.max(y[yo + i], x[from + i]);
          }
        } else {
          for (int i = 0; i < features; i++) {
            y[yo + i] += x[from + i];
          }
        }
      }
      if (kind == Layer.Pooling.AVERAGE) {
        float share = 1f / size;
        for (int i = 0; i < features; i++) {
          y[yo + i] *= share;
        }
      }
    }
  }
}
