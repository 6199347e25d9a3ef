package io.millwright.runtime.plain;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Layer;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a plan into kernels and the places of working memory between them. Used once, while a
 * forward pass is made.
 */
final class KernelPlan {

  private final Weights weights;
  private final List<Kernel> kernels = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private int widest = 1;

  KernelPlan(Weights weights) {
    this.weights = weights;
  }

  /** Lays all layers out; place 0 takes the input, the returned place holds the output. */
  int build(NetworkPlan plan) {
    int place = place(plan.input().size());
    for (PlannedLayer layer : plan.layers()) {
      place = layer(layer, place);
    }
    return place;
  }

  List<Kernel> kernels() {
    return List.copyOf(kernels);
  }

  List<Integer> sizes() {
    return List.copyOf(sizes);
  }

  /** The outputs of the widest product. */
  int widest() {
    return widest;
  }

  private int place(int size) {
    sizes.add(size);
    return sizes.size() - 1;
  }

  private Product product(int weight, int out, int in) {
    widest = Math.max(widest, out);
    return new Product(weights.get(weight), out, in);
  }

  private float[] copy(int weight) {
    return weights.get(weight).clone();
  }

  private static int steps(Shape shape) {
    return shape.positions();
  }

  private int layer(PlannedLayer planned, int in) {
    Layer layer = planned.layer();
    if (layer instanceof Layer.Dropout || layer instanceof Layer.Flatten) {
      return in; // dropout does nothing to predictions; a sequence lies flat already
    }
    if (layer instanceof Layer.Residual) {
      return residual(planned, in);
    }
    int out = place(planned.out().size());
    kernels.add(kernel(planned, layer, in, out));
    return out;
  }

  private Kernel kernel(PlannedLayer p, Layer layer, int in, int out) {
    Shape from = p.in();
    int f = from.features();
    int w = p.first();
    if (layer instanceof Layer.Dense d) {
      return new PointwiseKernels.Dense(
          in, out, steps(from), product(w, d.units(), f), copy(w + 1), d.activation());
    } else if (layer instanceof Layer.Lstm l) {
      int n = l.units();
      return new RecurrentKernels.Lstm(
          new RecurrentKernels.Places(in, out, place(from.steps() * 4 * n), place(n), place(2 * n)),
          from.steps(),
          l.sequences(),
          product(w, 4 * n, f),
          product(w + 1, 4 * n, n),
          copy(w + 2),
          l.cell());
    } else if (layer instanceof Layer.Gru g) {
      int n = g.units();
      return new RecurrentKernels.Gru(
          new RecurrentKernels.Places(in, out, place(from.steps() * 3 * n), place(n), place(3 * n)),
          from.steps(),
          g.sequences(),
          product(w, 3 * n, f),
          product(w + 1, 3 * n, n),
          copy(w + 2),
          copy(w + 3),
          g.cell());
    } else if (layer instanceof Layer.Conv1d c) {
      widest = Math.max(widest, c.filters());
      return SequenceKernels.Convolution.of(in, out, p, c, weights.get(w), copy(w + 1));
    } else if (layer instanceof Layer.Pool1d pool) {
      return new SequenceKernels.Pool(
          in, out, from.steps(), f, p.out().steps(), pool.size(), pool.kind());
    } else if (layer instanceof Layer.GlobalPool pool) {
      return new SequenceKernels.Pool(in, out, steps(from), f, 1, steps(from), pool.kind());
    } else if (layer instanceof Layer.Conv2d c) {
      widest = Math.max(widest, c.filters());
      int padded = place(ImageKernels.Convolution.paddedSize(p, c));
      return ImageKernels.Convolution.of(in, padded, out, p, c, weights.get(w), copy(w + 1));
    } else if (layer instanceof Layer.Pool2d pool) {
      return new ImageKernels.Pool(in, out, from, p.out(), pool);
    } else if (layer instanceof Layer.GroupNorm g) {
      return new ImageKernels.GroupNorm(in, out, from, g, copy(w), copy(w + 1));
    } else if (layer instanceof Layer.LayerNorm) {
      return new PointwiseKernels.Normalisation(in, out, steps(from), f, copy(w), copy(w + 1));
    } else if (layer instanceof Layer.Periodic wave) {
      int angles = 2 * wave.waves();
      return new PointwiseKernels.Periodic(
          in, out, place(angles), steps(from), f, wave, copy(w), copy(w + 1), copy(w + 2));
    } else if (layer instanceof Layer.PositionalEncoding) {
      return PointwiseKernels.Positions.of(in, out, from);
    } else if (layer instanceof Layer.Attention a) {
      int n = from.steps();
      return new AttentionKernel(
          new AttentionKernel.Places(in, out, place(n * 3 * f), place(n * f), place(n)),
          n,
          f,
          a,
          product(w, 3 * f, f),
          copy(w + 1),
          product(w + 2, f, f),
          copy(w + 3));
    }
    throw new IllegalArgumentException("no kernel for " + layer);
  }

  private int residual(PlannedLayer p, int in) {
    int inner = in;
    for (PlannedLayer layer : p.inner()) {
      inner = layer(layer, inner);
    }
    int out = place(p.out().size());
    int features = p.out().features();
    if (p.projected()) {
      kernels.add(
          new PointwiseKernels.Dense(
              in,
              out,
              steps(p.in()),
              product(p.first(), features, p.in().features()),
              copy(p.first() + 1),
              Activation.LINEAR));
      kernels.add(new PointwiseKernels.Sum(out, inner, out, p.out().size()));
    } else {
      kernels.add(new PointwiseKernels.Sum(in, inner, out, p.out().size()));
    }
    return out;
  }
}
