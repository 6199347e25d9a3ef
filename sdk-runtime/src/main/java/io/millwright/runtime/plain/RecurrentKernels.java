package io.millwright.runtime.plain;

import io.millwright.api.learn.Activation;
import java.util.Arrays;

/**
 * Recurrent kernels. The products with the inputs of all steps are taken at once, before the steps
 * are walked; within a step all rows pass while the recurrent weights are in the cache.
 */
final class RecurrentKernels {

  private RecurrentKernels() {}

  /**
   * Where a recurrent kernel works.
   *
   * @param in the input
   * @param out the output
   * @param sums the sums of all steps
   * @param state the state
   * @param extra what else the kernel needs
   */
  record Places(int in, int out, int sums, int state, int extra) {}

  /** Long short-term memory. */
  static final class Lstm implements Kernel {
    private final Places places;
    private final int steps;
    private final boolean sequences;
    private final Product input;
    private final Product recurrent;
    private final float[] bias;
    private final Activation cell;

    Lstm(
        Places places,
        int steps,
        boolean sequences,
        Product input,
        Product recurrent,
        float[] bias,
        Activation cell) {
      this.places = places;
      this.steps = steps;
      this.sequences = sequences;
      this.input = input;
      this.recurrent = recurrent;
      this.bias = bias;
      this.cell = cell;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      int n = recurrent.in();
      int width = 4 * n;
      float[] sums = scratch.get(places.sums());
      Product.start(bias, sums, 0, width, rows * steps);
      input.add(
          scratch.get(places.in()), 0, input.in(), sums, 0, width, rows * steps, scratch.sum());
      float[] h = scratch.get(places.state());
      float[] extra = scratch.get(places.extra());
      float[] out = scratch.get(places.out());
      Arrays.fill(extra, 0, rows * 2 * n, 0f);
      for (int t = 0; t < steps; t++) {
        if (t > 0) {
          recurrent.add(h, 0, n, sums, t * width, steps * width, rows, scratch.sum());
        }
        for (int r = 0; r < rows; r++) {
          step(sums, (r * steps + t) * width, h, r * n, extra, r * 2 * n, n);
          if (sequences) {
            System.arraycopy(h, r * n, out, (r * steps + t) * n, n);
          }
        }
      }
      if (!sequences) {
        System.arraycopy(h, 0, out, 0, rows * n);
      }
    }

    private void step(float[] z, int at, float[] h, int ho, float[] c, int co, int n) {
      Functions.apply(Activation.SIGMOID, z, at, 2 * n);
      Functions.apply(cell, z, at + 2 * n, n);
      Functions.apply(Activation.SIGMOID, z, at + 3 * n, n);
      for (int i = 0; i < n; i++) {
        float state = z[at + n + i] * c[co + i] + z[at + i] * z[at + 2 * n + i];
        c[co + i] = state;
        c[co + n + i] = state;
      }
      Functions.apply(cell, c, co + n, n);
      for (int i = 0; i < n; i++) {
        h[ho + i] = z[at + 3 * n + i] * c[co + n + i];
      }
    }
  }

  /** Gated recurrent unit, whose reset gate acts after the recurrent product. */
  static final class Gru implements Kernel {
    private final Places places;
    private final int steps;
    private final boolean sequences;
    private final Product input;
    private final Product recurrent;
    private final float[] inputBias;
    private final float[] recurrentBias;
    private final Activation cell;

    Gru(
        Places places,
        int steps,
        boolean sequences,
        Product input,
        Product recurrent,
        float[] inputBias,
        float[] recurrentBias,
        Activation cell) {
      this.places = places;
      this.steps = steps;
      this.sequences = sequences;
      this.input = input;
      this.recurrent = recurrent;
      this.inputBias = inputBias;
      this.recurrentBias = recurrentBias;
      this.cell = cell;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      int n = recurrent.in();
      int width = 3 * n;
      float[] sums = scratch.get(places.sums());
      Product.start(inputBias, sums, 0, width, rows * steps);
      input.add(
          scratch.get(places.in()), 0, input.in(), sums, 0, width, rows * steps, scratch.sum());
      float[] h = scratch.get(places.state());
      float[] u = scratch.get(places.extra());
      float[] out = scratch.get(places.out());
      Arrays.fill(h, 0, rows * n, 0f);
      for (int t = 0; t < steps; t++) {
        Product.start(recurrentBias, u, 0, width, rows);
        if (t > 0) {
          recurrent.add(h, 0, n, u, 0, width, rows, scratch.sum());
        }
        for (int r = 0; r < rows; r++) {
          step(sums, (r * steps + t) * width, u, r * width, h, r * n, n);
          if (sequences) {
            System.arraycopy(h, r * n, out, (r * steps + t) * n, n);
          }
        }
      }
      if (!sequences) {
        System.arraycopy(h, 0, out, 0, rows * n);
      }
    }

    private void step(float[] z, int at, float[] u, int uo, float[] h, int ho, int n) {
      for (int i = 0; i < 2 * n; i++) {
        z[at + i] += u[uo + i];
      }
      Functions.apply(Activation.SIGMOID, z, at, 2 * n);
      for (int i = 0; i < n; i++) {
        z[at + 2 * n + i] += z[at + i] * u[uo + 2 * n + i];
      }
      Functions.apply(cell, z, at + 2 * n, n);
      for (int i = 0; i < n; i++) {
        float update = z[at + n + i];
        h[ho + i] = (1 - update) * z[at + 2 * n + i] + update * h[ho + i];
      }
    }
  }
}
