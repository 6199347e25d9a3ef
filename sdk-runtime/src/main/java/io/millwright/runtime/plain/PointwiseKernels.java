package io.millwright.runtime.plain;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Layer;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Shape;

/** The kernels that treat every step of a sequence alike. */
final class PointwiseKernels {

  private static final double EPSILON = 1e-5;

  private PointwiseKernels() {}

  /** y = activation(W x + b). */
  static final class Dense implements Kernel {
    private final int in;
    private final int out;
    private final int steps;
    private final Product product;
    private final float[] bias;
    private final Activation activation;

    Dense(int in, int out, int steps, Product product, float[] bias, Activation activation) {
      this.in = in;
      this.out = out;
      this.steps = steps;
      this.product = product;
      this.bias = bias;
      this.activation = activation;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] y = scratch.get(out);
      int all = rows * steps;
      int width = product.out();
      Product.start(bias, y, 0, width, all);
      product.add(scratch.get(in), 0, product.in(), y, 0, width, all, scratch.sum());
      Functions.apply(activation, y, 0, all * width);
    }
  }

  /** The sum of two places. */
  static final class Sum implements Kernel {
    private final int first;
    private final int second;
    private final int out;
    private final int size;

    Sum(int first, int second, int out, int size) {
      this.first = first;
      this.second = second;
      this.out = out;
      this.size = size;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] a = scratch.get(first);
      float[] b = scratch.get(second);
      float[] y = scratch.get(out);
      for (int i = 0; i < rows * size; i++) {
        y[i] = a[i] + b[i];
      }
    }
  }

  /** Mean 0 and variance 1 over the features of a step, then scale and shift. */
  static final class Normalisation implements Kernel {
    private final int in;
    private final int out;
    private final int steps;
    private final int features;
    private final float[] scale;
    private final float[] shift;

    Normalisation(int in, int out, int steps, int features, float[] scale, float[] shift) {
      this.in = in;
      this.out = out;
      this.steps = steps;
      this.features = features;
      this.scale = scale;
      this.shift = shift;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] y = scratch.get(out);
      for (int r = 0; r < rows * steps; r++) {
        int at = r * features;
        double sum = 0;
        for (int i = 0; i < features; i++) {
          sum += x[at + i];
        }
        double mean = sum / features;
        double squares = 0;
        for (int i = 0; i < features; i++) {
          double d = x[at + i] - mean;
          squares += d * d;
        }
        double factor = 1 / Math.sqrt(squares / features + EPSILON);
        for (int i = 0; i < features; i++) {
          y[at + i] = (float) ((x[at + i] - mean) * factor * scale[i] + shift[i]);
        }
      }
    }
  }

  /** A small network over sines and cosines for each feature. */
  static final class Periodic implements Kernel {
    private final int in;
    private final int out;
    private final int angles;
    private final int steps;
    private final int features;
    private final int waves;
    private final int units;
    private final Activation activation;
    private final float[] frequency;
    private final float[] weight;
    private final float[] bias;

    /**
     * @param angles a place for the sines and cosines of one feature
     */
    Periodic(
        int in,
        int out,
        int angles,
        int steps,
        int features,
        Layer.Periodic layer,
        float[] frequency,
        float[] weight,
        float[] bias) {
      this.in = in;
      this.out = out;
      this.angles = angles;
      this.steps = steps;
      this.features = features;
      this.waves = layer.waves();
      this.units = layer.units();
      this.activation = layer.activation();
      this.frequency = frequency;
      this.weight = weight;
      this.bias = bias;
      float turn = NetworkPlan.turn(layer);
      for (int i = 0; i < frequency.length; i++) {
        frequency[i] *= turn;
      }
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] y = scratch.get(out);
      float[] wave = scratch.get(angles);
      for (int r = 0; r < rows * steps; r++) {
        for (int i = 0; i < features; i++) {
          for (int k = 0; k < waves; k++) {
            float angle = frequency[i * waves + k] * x[r * features + i];
            Functions.sineAndCosine(angle, wave, k, waves + k);
          }
          for (int u = 0; u < units; u++) {
            int unit = i * units + u;
            float sum = bias[unit];
            for (int k = 0; k < 2 * waves; k++) {
              sum += weight[unit * 2 * waves + k] * wave[k];
            }
            y[r * features * units + unit] = sum;
          }
        }
      }
      Functions.apply(activation, y, 0, rows * steps * features * units);
    }
  }

  /** Adds sines and cosines of the step's number, counted from 0. */
  static final class Positions implements Kernel {
    private final int in;
    private final int out;
    private final float[] waves;

    private Positions(int in, int out, float[] waves) {
      this.in = in;
      this.out = out;
      this.waves = waves;
    }

    static Positions of(int in, int out, Shape shape) {
      float[] waves =
          io.millwright.runtime.network.Positions.encode(shape.steps(), shape.features());
      return new Positions(in, out, waves);
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] y = scratch.get(out);
      for (int r = 0; r < rows; r++) {
        int at = r * waves.length;
        for (int i = 0; i < waves.length; i++) {
          y[at + i] = x[at + i] + waves[i];
        }
      }
    }
  }
}
