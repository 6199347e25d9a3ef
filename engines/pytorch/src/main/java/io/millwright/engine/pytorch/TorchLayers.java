package io.millwright.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Layer;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Positions;
import java.util.List;

/**
 * Every layer of a plan as torch operations. Immutable; the arrays that it makes belong to the
 * manager of the input.
 */
final class TorchLayers {

  /** Gives the mask of a dropout layer as an array, or null for none. */
  interface Dropouts {
    @org.jspecify.annotations.Nullable
    NDArray mask(int layer, Shape shape, double rate);
  }

  static final Dropouts NO_DROPOUT = (layer, shape, rate) -> null;

  private final NetworkPlan plan;

  TorchLayers(NetworkPlan plan) {
    this.plan = plan;
  }

  static Shape shape(List<Integer> sizes) {
    return new Shape(sizes.stream().mapToLong(Integer::longValue).toArray());
  }

  static Shape batch(io.millwright.runtime.network.Shape input, int count) {
    if (input.isImage()) {
      return new Shape(count, input.height(), input.steps(), input.features());
    }
    return input.isSequence()
        ? new Shape(count, input.steps(), input.features())
        : new Shape(count, input.features());
  }

  NDArray forward(NDArray input, List<NDArray> weights, Dropouts dropouts) {
    return run(plan.layers(), input, weights, dropouts);
  }

  private NDArray run(
      List<PlannedLayer> layers, NDArray input, List<NDArray> weights, Dropouts dropouts) {
    NDArray x = input;
    for (PlannedLayer layer : layers) {
      x = one(layer, x, weights, dropouts);
    }
    return x;
  }

  private NDArray one(PlannedLayer planned, NDArray x, List<NDArray> w, Dropouts dropouts) {
    int first = planned.first();
    Layer layer = planned.layer();
    if (layer instanceof Layer.Dense d) {
      return activate(d.activation(), linear(x, w.get(first), w.get(first + 1)));
    } else if (layer instanceof Layer.Lstm l) {
      return l.cell() == Activation.TANH ? lstm(planned, l, x, w) : unrolledLstm(planned, l, x, w);
    } else if (layer instanceof Layer.Gru g) {
      return g.cell() == Activation.TANH ? gru(planned, g, x, w) : unrolledGru(planned, g, x, w);
    } else if (layer instanceof Layer.Conv1d c) {
      return convolution(c, x, w.get(first), w.get(first + 1));
    } else if (layer instanceof Layer.Pool1d p) {
      return pool(planned, p, x);
    } else if (layer instanceof Layer.Conv2d c) {
      return TorchImages.convolution(planned, c, x, w.get(first), w.get(first + 1));
    } else if (layer instanceof Layer.Pool2d p) {
      return TorchImages.pool(p, x);
    } else if (layer instanceof Layer.GroupNorm g) {
      return TorchImages.normalise(planned, g, x, w.get(first), w.get(first + 1));
    } else if (layer instanceof Layer.GlobalPool p && planned.in().isImage()) {
      NDArray flat =
          x.reshape(x.getShape().get(0), planned.in().positions(), planned.in().features());
      return p.kind() == Layer.Pooling.MAX ? flat.max(new int[] {1}) : flat.mean(new int[] {1});
    } else if (layer instanceof Layer.GlobalPool p) {
      return switch (p.kind()) {
        case MAX -> x.max(new int[] {1});
        case AVERAGE -> x.mean(new int[] {1});
        case LAST -> x.get(new NDIndex(":, -1"));
      };
    } else if (layer instanceof Layer.Flatten) {
      return x.reshape(x.getShape().get(0), planned.out().features());
    } else if (layer instanceof Layer.LayerNorm) {
      return LayerNorm.layerNorm(
              x, new Shape(planned.in().features()), w.get(first), w.get(first + 1), 1e-5f)
          .singletonOrThrow();
    } else if (layer instanceof Layer.Periodic p) {
      return periodic(planned, p, x, w);
    } else if (layer instanceof Layer.PositionalEncoding) {
      float[] positions = Positions.encode(planned.in().steps(), planned.in().features());
      return x.add(
          x.getManager()
              .create(positions, new Shape(1, planned.in().steps(), planned.in().features())));
    } else if (layer instanceof Layer.Attention a) {
      return attention(planned, a, x, w);
    } else if (layer instanceof Layer.Residual) {
      NDArray around = planned.projected() ? linear(x, w.get(first), w.get(first + 1)) : x;
      return around.add(run(planned.inner(), x, w, dropouts));
    } else if (layer instanceof Layer.Dropout d) {
      NDArray mask = d.rate() == 0 ? null : dropouts.mask(planned.index(), x.getShape(), d.rate());
      return mask == null ? x : x.mul(mask);
    }
    throw new IllegalStateException("no torch operation for " + layer);
  }

  /**
   * x times a number. DJL's own product with a number frees the number's memory at once, while the
   * backward pass still needs it; here it lives as long as x.
   */
  private static NDArray scaled(NDArray x, float factor) {
    return x.mul(x.getManager().create(factor));
  }

  /** Weights with their axes in another order, a view that goes when x goes. */
  private static NDArray turned(NDArray x, NDArray weight, int... axes) {
    NDArray view = weight.transpose(axes);
    view.attach(x.getManager());
    return view;
  }

  private static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }

  private static NDArray periodic(
      PlannedLayer planned, Layer.Periodic p, NDArray x, List<NDArray> w) {
    int features = planned.in().features();
    int first = planned.first();
    NDArray angles = scaled(x.reshape(-1, features, 1).mul(w.get(first)), NetworkPlan.turn(p));
    NDArray waves = NDArrays.concat(new NDList(angles.sin(), angles.cos()), 2);
    // Feature by feature: [features, rows, 2 waves] x [features, 2 waves, units].
    NDArray weight = turned(x, w.get(first + 1), 0, 2, 1);
    NDArray sums = waves.transpose(1, 0, 2).matMul(weight).transpose(1, 0, 2).add(w.get(first + 2));
    return activate(p.activation(), sums).reshape(batch(planned.out(), (int) x.getShape().get(0)));
  }

  static NDArray activate(Activation activation, NDArray x) {
    return switch (activation) {
      case LINEAR -> x;
      case RELU -> ai.djl.nn.Activation.relu(x);
      case LEAKY_RELU -> ai.djl.nn.Activation.leakyRelu(x, 0.01f);
      case ELU -> ai.djl.nn.Activation.elu(x, 1);
      case SILU -> x.mul(ai.djl.nn.Activation.sigmoid(x));
      case GELU -> ai.djl.nn.Activation.gelu(x);
      case SOFTPLUS -> ai.djl.nn.Activation.softPlus(x);
      case SIGMOID -> ai.djl.nn.Activation.sigmoid(x);
      case TANH -> x.tanh();
    };
  }

  private NDArray lstm(PlannedLayer planned, Layer.Lstm l, NDArray x, List<NDArray> w) {
    NDArray bias = w.get(planned.first() + 2);
    NDArray state = x.getManager().zeros(new Shape(1, x.getShape().get(0), l.units()));
    NDList parameters =
        new NDList(
            w.get(planned.first()),
            w.get(planned.first() + 1),
            bias,
            x.getManager().zeros(bias.getShape()));
    NDList result =
        x.getNDArrayInternal()
            .lstm(x, new NDList(state, state), parameters, true, 1, 0, true, false, true);
    return l.sequences() ? result.get(0) : result.get(1).reshape(x.getShape().get(0), l.units());
  }

  private NDArray gru(PlannedLayer planned, Layer.Gru g, NDArray x, List<NDArray> w) {
    int first = planned.first();
    NDArray state = x.getManager().zeros(new Shape(1, x.getShape().get(0), g.units()));
    NDList parameters =
        new NDList(w.get(first), w.get(first + 1), w.get(first + 2), w.get(first + 3));
    NDList result = x.getNDArrayInternal().gru(x, state, parameters, true, 1, 0, true, false, true);
    return g.sequences() ? result.get(0) : result.get(1).reshape(x.getShape().get(0), g.units());
  }

  /** The same cell from single operations: torch's own knows only tanh. */
  private NDArray unrolledLstm(PlannedLayer planned, Layer.Lstm l, NDArray x, List<NDArray> w) {
    int u = l.units();
    NDArray inputs = linear(x, w.get(planned.first()), w.get(planned.first() + 2));
    NDArray recurrent = turned(x, w.get(planned.first() + 1), 1, 0);
    NDArray h = x.getManager().zeros(new Shape(x.getShape().get(0), u));
    NDArray c = h;
    NDList states = new NDList();
    for (int t = 0; t < planned.in().steps(); t++) {
      NDArray sums = inputs.get(new NDIndex(":, {}", t)).add(h.matMul(recurrent));
      NDArray in = ai.djl.nn.Activation.sigmoid(part(sums, 0, u));
      NDArray forget = ai.djl.nn.Activation.sigmoid(part(sums, 1, u));
      NDArray candidate = activate(l.cell(), part(sums, 2, u));
      NDArray out = ai.djl.nn.Activation.sigmoid(part(sums, 3, u));
      c = forget.mul(c).add(in.mul(candidate));
      h = out.mul(activate(l.cell(), c));
      states.add(h);
    }
    return l.sequences() ? NDArrays.stack(states, 1) : h;
  }

  private NDArray unrolledGru(PlannedLayer planned, Layer.Gru g, NDArray x, List<NDArray> w) {
    int u = g.units();
    int first = planned.first();
    NDArray inputs = linear(x, w.get(first), w.get(first + 2));
    NDArray h = x.getManager().zeros(new Shape(x.getShape().get(0), u));
    NDList states = new NDList();
    for (int t = 0; t < planned.in().steps(); t++) {
      NDArray in = inputs.get(new NDIndex(":, {}", t));
      NDArray re = linear(h, w.get(first + 1), w.get(first + 3));
      NDArray reset = ai.djl.nn.Activation.sigmoid(part(in, 0, u).add(part(re, 0, u)));
      NDArray update = ai.djl.nn.Activation.sigmoid(part(in, 1, u).add(part(re, 1, u)));
      NDArray candidate = activate(g.cell(), part(in, 2, u).add(reset.mul(part(re, 2, u))));
      h = candidate.add(update.mul(h.sub(candidate)));
      states.add(h);
    }
    return g.sequences() ? NDArrays.stack(states, 1) : h;
  }

  private static NDArray part(NDArray x, int number, int size) {
    return x.get(new NDIndex(":, {}:{}", number * size, (number + 1) * size));
  }

  private static NDArray convolution(Layer.Conv1d c, NDArray x, NDArray weight, NDArray bias) {
    int reach = (c.kernel() - 1) * c.dilation();
    int before =
        switch (c.padding()) {
          case VALID -> 0;
          case SAME -> reach / 2;
          case CAUSAL -> reach;
        };
    int after = c.padding() == Layer.Padding.SAME ? reach - before : 0;
    NDArray padded = x;
    if (before + after > 0) {
      Shape s = x.getShape();
      NDList parts = new NDList();
      if (before > 0) {
        parts.add(x.getManager().zeros(new Shape(s.get(0), before, s.get(2))));
      }
      parts.add(x);
      if (after > 0) {
        parts.add(x.getManager().zeros(new Shape(s.get(0), after, s.get(2))));
      }
      padded = NDArrays.concat(parts, 1);
    }
    NDArray y =
        Conv1d.conv1d(
                padded.transpose(0, 2, 1),
                weight,
                bias,
                new Shape(c.stride()),
                new Shape(0),
                new Shape(c.dilation()))
            .singletonOrThrow()
            .transpose(0, 2, 1);
    return activate(c.activation(), y);
  }

  private static NDArray pool(PlannedLayer planned, Layer.Pool1d p, NDArray x) {
    int runs = planned.out().steps();
    NDArray whole =
        runs * p.size() == planned.in().steps() ? x : x.get(new NDIndex(":, :{}", runs * p.size()));
    NDArray grouped = whole.reshape(x.getShape().get(0), runs, p.size(), planned.in().features());
    return p.kind() == Layer.Pooling.MAX ? grouped.max(new int[] {2}) : grouped.mean(new int[] {2});
  }

  private static NDArray attention(
      PlannedLayer planned, Layer.Attention a, NDArray x, List<NDArray> w) {
    long n = x.getShape().get(0);
    int steps = planned.in().steps();
    int features = planned.in().features();
    int width = features / a.heads();
    NDArray all =
        linear(x, w.get(planned.first()), w.get(planned.first() + 1))
            .reshape(n, steps, 3, a.heads(), width)
            .transpose(2, 0, 3, 1, 4);
    NDArray q = all.get(0);
    NDArray k = all.get(1);
    NDArray v = all.get(2);
    NDArray scores = scaled(q.matMul(k.transpose(0, 1, 3, 2)), (float) (1 / Math.sqrt(width)));
    if (a.causal()) {
      float[] hidden = new float[steps * steps];
      for (int i = 0; i < steps; i++) {
        for (int j = i + 1; j < steps; j++) {
          hidden[i * steps + j] = -1e9f;
        }
      }
      scores = scores.add(x.getManager().create(hidden, new Shape(1, 1, steps, steps)));
    }
    NDArray mixed = scores.softmax(-1).matMul(v).transpose(0, 2, 1, 3).reshape(n, steps, features);
    return linear(mixed, w.get(planned.first() + 2), w.get(planned.first() + 3));
  }
}
