package io.millwright.runtime.plain;

import io.millwright.runtime.network.Ids;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.TreeNodes;
import java.util.Arrays;
import java.util.List;

/** The kernels that lead values somewhere. */
final class RouteKernels {

  private RouteKernels() {}

  /** Rows of a table for ids. */
  static final class Embedding implements Kernel {
    private final int in;
    private final int out;
    private final int values;
    private final int ids;
    private final int size;
    private final float[] table;

    Embedding(int in, int out, int values, int ids, int size, float[] table) {
      this.in = in;
      this.out = out;
      this.values = values;
      this.ids = ids;
      this.size = size;
      this.table = table;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] y = scratch.get(out);
      for (int i = 0; i < rows * values; i++) {
        System.arraycopy(table, Ids.of(x[i], ids) * size, y, i * size, size);
      }
    }
  }

  /** What all trees say together. */
  static final class Trees implements Kernel {
    private final int in;
    private final int out;
    private final int features;
    private final TreeNodes nodes;

    Trees(int in, int out, int features, TreeNodes nodes) {
      this.in = in;
      this.out = out;
      this.features = features;
      this.nodes = nodes;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] y = scratch.get(out);
      int units = nodes.layer().units();
      Arrays.fill(y, 0, rows * units, 0);
      for (int r = 0; r < rows; r++) {
        nodes.add(x, r * features, y, r * units);
      }
    }
  }

  /** Each feature cut to limits of its own. */
  static final class Limits implements Kernel {
    private final int in;
    private final int out;
    private final int places;
    private final float[] low;
    private final float[] high;

    Limits(int in, int out, int places, float[] low, float[] high) {
      this.in = in;
      this.out = out;
      this.places = places;
      this.low = low;
      this.high = high;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] y = scratch.get(out);
      int f = low.length;
      for (int r = 0; r < rows * places; r++) {
        for (int i = 0; i < f; i++) {
          y[r * f + i] = Math.max(low[i], Math.min(high[i], x[r * f + i]));
        }
      }
    }
  }

  /** Some features of each place. */
  static final class Select implements Kernel {
    private final int in;
    private final int out;
    private final int places;
    private final int width;
    private final int[] features;

    Select(int in, int out, Shape shape, int[] features) {
      this.in = in;
      this.out = out;
      this.places = shape.positions();
      this.width = shape.features();
      this.features = features;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] y = scratch.get(out);
      for (int r = 0; r < rows * places; r++) {
        for (int i = 0; i < features.length; i++) {
          y[r * features.length + i] = x[r * width + features[i]];
        }
      }
    }
  }

  /** Each place of the result is some place of what is given. */
  static final class Places implements Kernel {
    private final int in;
    private final int out;
    private final Shape shape;
    private final int[] from;

    /**
     * @param from for each place of the result the place that it repeats
     */
    Places(int in, int out, Shape shape, int[] from) {
      this.in = in;
      this.out = out;
      this.shape = shape;
      this.from = from;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] x = scratch.get(in);
      float[] y = scratch.get(out);
      int f = shape.features();
      int size = shape.size();
      for (int r = 0; r < rows; r++) {
        for (int t = 0; t < from.length; t++) {
          System.arraycopy(x, r * size + from[t] * f, y, (r * from.length + t) * f, f);
        }
      }
    }
  }

  /** For each place of an upsampled sequence or image the nearest one before. */
  static int[] nearest(Shape in, int factor) {
    int wide = in.steps() * factor;
    int[] from = new int[Math.max(1, in.height() * factor) * wide];
    for (int i = 0; i < from.length; i++) {
      from[i] = i / wide / factor * in.steps() + i % wide / factor;
    }
    return from;
  }

  /** The features of several places side by side. */
  static final class Concatenation implements Kernel {
    private final int[] from;
    private final int[] features;
    private final int out;
    private final Shape shape;

    Concatenation(List<Integer> from, List<Integer> features, int out, Shape shape) {
      this.from = from.stream().mapToInt(Integer::intValue).toArray();
      this.features = features.stream().mapToInt(Integer::intValue).toArray();
      this.out = out;
      this.shape = shape;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] y = scratch.get(out);
      int all = rows * shape.positions();
      int at = 0;
      for (int b = 0; b < from.length; b++) {
        float[] x = scratch.get(from[b]);
        int f = features[b];
        for (int r = 0; r < all; r++) {
          System.arraycopy(x, r * f, y, r * shape.features() + at, f);
        }
        at += f;
      }
    }
  }

  /** The sum or the product of several places, from the first to the last. */
  static final class Fold implements Kernel {
    private final int[] from;
    private final int out;
    private final int size;
    private final boolean sum;

    Fold(List<Integer> from, int out, int size, boolean sum) {
      this.from = from.stream().mapToInt(Integer::intValue).toArray();
      this.out = out;
      this.size = size;
      this.sum = sum;
    }

    @Override
    public void run(Scratch scratch, int rows) {
      float[] y = scratch.get(out);
      int n = rows * size;
      System.arraycopy(scratch.get(from[0]), 0, y, 0, n);
      for (int b = 1; b < from.length; b++) {
        float[] x = scratch.get(from[b]);
        for (int i = 0; i < n; i++) {
          y[i] = sum ? y[i] + x[i] : y[i] * x[i];
        }
      }
    }
  }
}
