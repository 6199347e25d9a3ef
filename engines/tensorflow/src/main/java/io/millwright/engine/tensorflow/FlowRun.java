package io.millwright.engine.tensorflow;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Layer;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedChain;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Positions;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Slice;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;

/**
 * A network as it is added to a graph: its values so far, and the operations of layers over vectors
 * and steps. Only operations whose gradients TensorFlow knows on the CPU are used: a convolution
 * over steps is a product with the steps laid side by side, since the gradient of TensorFlow's own
 * knows no dilation there. Used once, by one thread.
 */
final class FlowRun {

  /** Gives the mask of a dropout layer, or null for none. */
  interface Dropouts {
    @Nullable Operand<TFloat32> mask(PlannedLayer layer, double rate);
  }

  static final Dropouts NO_DROPOUT = (layer, rate) -> null;

  final Ops tf;
  private final List<Operand<TFloat32>> weights;
  private final Dropouts dropouts;
  private final List<Operand<TFloat32>> inputs = new ArrayList<>();
  private final List<Operand<TFloat32>> outlets = new ArrayList<>();

  /** Sequences that exist with the steps first as well, which the next recurrent layer wants. */
  private final IdentityHashMap<Operand<TFloat32>, Operand<TFloat32>> stepsFirst =
      new IdentityHashMap<>();

  private FlowRun(
      Ops tf,
      NetworkPlan plan,
      Operand<TFloat32> input,
      List<Operand<TFloat32>> weights,
      Dropouts dropouts) {
    this.tf = tf;
    this.weights = weights;
    this.dropouts = dropouts;
    plan.slices().forEach(s -> outlets.add(input));
    if (plan.inputs().size() == 1) {
      inputs.add(input);
      return;
    }
    for (Slice slice : plan.inputs()) {
      inputs.add(
          tf.reshape(
              slice(input, ints(0, slice.offset()), ints(-1, slice.shape().size())),
              rows(slice.shape())));
    }
  }

  /**
   * Adds all layers of a plan.
   *
   * @param tf the graph
   * @param input a batch of the plan's only input, otherwise of its inputs laid out flat
   * @param weights one operand for each array of weights of the plan
   * @param dropouts where masks come from
   * @return {@code [count, outputs]}
   */
  static Operand<TFloat32> forward(
      Ops tf,
      NetworkPlan plan,
      Operand<TFloat32> input,
      List<Operand<TFloat32>> weights,
      Dropouts dropouts) {
    FlowRun run = new FlowRun(tf, plan, input, weights, dropouts);
    run.chain(plan.layers(), run.inputs.get(0));
    List<Operand<TFloat32>> flat = new ArrayList<>();
    for (int i = 0; i < run.outlets.size(); i++) {
      Shape shape = plan.slices().get(i).shape();
      Operand<TFloat32> y = run.outlets.get(i);
      flat.add(
          shape.isSequence() || shape.isImage() ? tf.reshape(y, run.ints(-1, shape.size())) : y);
    }
    return flat.size() == 1 ? flat.get(0) : tf.concat(flat, tf.constant(1));
  }

  /** A chain within a layer that is given x. */
  Operand<TFloat32> chain(PlannedChain chain, Operand<TFloat32> x) {
    return chain(chain.layers(), chain.input() < 0 ? x : inputs.get(chain.input()));
  }

  private Operand<TFloat32> chain(List<PlannedLayer> layers, Operand<TFloat32> input) {
    Operand<TFloat32> x = input;
    for (PlannedLayer layer : layers) {
      x = FlowLayers.forward(this, layer, x);
      if (layer.outlet() >= 0) {
        outlets.set(layer.outlet(), x);
      }
    }
    return x;
  }

  Operand<TFloat32> weight(int index) {
    return weights.get(index);
  }

  Dropouts dropouts() {
    return dropouts;
  }

  Operand<TFloat32> shaped(PlannedLayer planned, Operand<TFloat32> x) {
    return tf.reshape(x, rows(planned.out()));
  }

  Operand<TFloat32> positions(PlannedLayer planned, Operand<TFloat32> x) {
    Shape in = planned.in();
    float[] positions = Positions.encode(in.steps(), in.features());
    return tf.math.add(x, constant(positions, 1, in.steps(), in.features()));
  }

  Operand<TFloat32> global(PlannedLayer planned, Layer.GlobalPool p, Operand<TFloat32> x) {
    Operand<TFloat32> places = planned.in().isImage() ? FlowImages.pixels(tf, planned.in(), x) : x;
    return switch (p.kind()) {
      case MAX -> tf.reduceMax(places, tf.constant(1));
      case AVERAGE -> tf.math.mean(places, tf.constant(1));
      case LAST ->
          tf.reshape(
              slice(x, ints(0, planned.in().steps() - 1, 0), ints(-1, 1, -1)),
              ints(-1, planned.out().features()));
    };
  }

  Operand<TFloat32> constant(float[] values, long... shape) {
    return tf.constant(org.tensorflow.ndarray.Shape.of(shape), DataBuffers.of(values));
  }

  Operand<org.tensorflow.types.TInt32> ints(int... values) {
    return tf.constant(values);
  }

  Operand<TFloat32> slice(
      Operand<TFloat32> x,
      Operand<org.tensorflow.types.TInt32> from,
      Operand<org.tensorflow.types.TInt32> size) {
    return tf.slice(x, from, size);
  }

  /** x W'. */
  Operand<TFloat32> turned(Operand<TFloat32> x, Operand<TFloat32> weight) {
    return tf.linalg.matMul(x, weight, MatMul.transposeB(true));
  }

  /** x W' + b over vectors. */
  Operand<TFloat32> affine(Operand<TFloat32> x, Operand<TFloat32> weight, Operand<TFloat32> bias) {
    return tf.nn.biasAdd(turned(x, weight), bias);
  }

  /** The same over vectors, over every step of a sequence or every pixel of an image. */
  Operand<TFloat32> linear(Shape in, Operand<TFloat32> x, int weight, int bias, int units) {
    return linear(in, x, weight(weight), weight(bias), units);
  }

  Operand<TFloat32> linear(
      Shape in, Operand<TFloat32> x, Operand<TFloat32> weight, Operand<TFloat32> bias, int units) {
    if (!in.isSequence() && !in.isImage()) {
      return affine(x, weight, bias);
    }
    Operand<TFloat32> rows = affine(tf.reshape(x, ints(-1, in.features())), weight, bias);
    return tf.reshape(
        rows,
        in.isImage() ? ints(-1, in.height(), in.steps(), units) : ints(-1, in.steps(), units));
  }

  Operand<TFloat32> periodic(PlannedLayer planned, Layer.Periodic p, Operand<TFloat32> x) {
    int features = planned.in().features();
    int first = planned.first();
    Operand<TFloat32> frequencies = tf.math.mul(weight(first), tf.constant(NetworkPlan.turn(p)));
    Operand<TFloat32> angles = tf.math.mul(tf.reshape(x, ints(-1, features, 1)), frequencies);
    Operand<TFloat32> waves =
        tf.concat(List.of(tf.math.sin(angles), tf.math.cos(angles)), tf.constant(2));
    // Feature by feature: [features, rows, 2 waves] x [features, 2 waves, units].
    Operand<TFloat32> sums =
        tf.linalg.transpose(
            tf.train.batchMatMul(
                tf.linalg.transpose(waves, ints(1, 0, 2)),
                weight(first + 1),
                TFloat32.class,
                BatchMatMul.adjY(true)),
            ints(1, 0, 2));
    Operand<TFloat32> flat = tf.reshape(tf.math.add(sums, weight(first + 2)), rows(planned.out()));
    return activate(p.activation(), flat);
  }

  /** The shape of a batch of any size. */
  Operand<org.tensorflow.types.TInt32> rows(Shape shape) {
    if (shape.isImage()) {
      return ints(-1, shape.height(), shape.steps(), shape.features());
    }
    return shape.isSequence()
        ? ints(-1, shape.steps(), shape.features())
        : ints(-1, shape.features());
  }

  Operand<TFloat32> activate(Activation activation, Operand<TFloat32> x) {
    return switch (activation) {
      case LINEAR -> x;
      case RELU -> tf.nn.relu(x);
      case LEAKY_RELU -> tf.nn.leakyRelu(x, LeakyRelu.alpha(0.01f));
      case ELU -> tf.nn.elu(x);
      case SILU -> tf.math.mul(x, tf.math.sigmoid(x));
      case GELU ->
          tf.math.mul(
              tf.math.mul(x, tf.constant(0.5f)),
              tf.math.add(
                  tf.math.erf(tf.math.mul(x, tf.constant((float) Math.sqrt(0.5)))),
                  tf.constant(1f)));
      case SOFTPLUS -> tf.math.softplus(x);
      case SIGMOID -> tf.math.sigmoid(x);
      case TANH -> tf.math.tanh(x);
    };
  }

  /** The products of all steps with the input weights at once, one operand for each step. */
  private List<Operand<TFloat32>> inputSums(
      PlannedLayer planned, Operand<TFloat32> x, int weight, int bias, int width) {
    Shape in = planned.in();
    Operand<TFloat32> known = stepsFirst.get(x);
    Operand<TFloat32> byStep = known != null ? known : tf.linalg.transpose(x, ints(1, 0, 2));
    Operand<TFloat32> rows = tf.reshape(byStep, ints(-1, in.features()));
    Operand<TFloat32> sums =
        tf.reshape(
            affine(rows, weights.get(weight), weights.get(bias)), ints(in.steps(), -1, width));
    return new ArrayList<>(tf.unstack(sums, (long) in.steps(), Unstack.axis(0L)).output());
  }

  /** States of all steps as a sequence. */
  private Operand<TFloat32> sequence(List<Operand<TFloat32>> states) {
    Operand<TFloat32> byStep = tf.stack(states, Stack.axis(0L));
    Operand<TFloat32> sequence = tf.linalg.transpose(byStep, ints(1, 0, 2));
    stepsFirst.put(sequence, byStep);
    return sequence;
  }

  Operand<TFloat32> lstm(PlannedLayer planned, Layer.Lstm l, Operand<TFloat32> x) {
    int first = planned.first();
    List<Operand<TFloat32>> inputs = inputSums(planned, x, first, first + 2, 4 * l.units());
    Operand<TFloat32> recurrent = weights.get(first + 1);
    Operand<TFloat32> zero = zeros(inputs.get(0), l.units());
    Operand<TFloat32> h = zero;
    Operand<TFloat32> c = zero;
    List<Operand<TFloat32>> states = new ArrayList<>();
    for (Operand<TFloat32> input : inputs) {
      Operand<TFloat32> sums = tf.math.add(input, turned(h, recurrent));
      List<? extends Operand<TFloat32>> parts = tf.split(tf.constant(1), sums, 4L).output();
      Operand<TFloat32> in = tf.math.sigmoid(parts.get(0));
      Operand<TFloat32> forget = tf.math.sigmoid(parts.get(1));
      Operand<TFloat32> candidate = activate(l.cell(), parts.get(2));
      Operand<TFloat32> out = tf.math.sigmoid(parts.get(3));
      c = tf.math.add(tf.math.mul(forget, c), tf.math.mul(in, candidate));
      h = tf.math.mul(out, activate(l.cell(), c));
      states.add(h);
    }
    return l.sequences() ? sequence(states) : h;
  }

  Operand<TFloat32> gru(PlannedLayer planned, Layer.Gru g, Operand<TFloat32> x) {
    int first = planned.first();
    List<Operand<TFloat32>> inputs = inputSums(planned, x, first, first + 2, 3 * g.units());
    Operand<TFloat32> recurrent = weights.get(first + 1);
    Operand<TFloat32> h = zeros(inputs.get(0), g.units());
    List<Operand<TFloat32>> states = new ArrayList<>();
    for (Operand<TFloat32> input : inputs) {
      Operand<TFloat32> again = tf.nn.biasAdd(turned(h, recurrent), weights.get(first + 3));
      List<? extends Operand<TFloat32>> in = tf.split(tf.constant(1), input, 3L).output();
      List<? extends Operand<TFloat32>> re = tf.split(tf.constant(1), again, 3L).output();
      Operand<TFloat32> reset = tf.math.sigmoid(tf.math.add(in.get(0), re.get(0)));
      Operand<TFloat32> update = tf.math.sigmoid(tf.math.add(in.get(1), re.get(1)));
      Operand<TFloat32> candidate =
          activate(g.cell(), tf.math.add(in.get(2), tf.math.mul(reset, re.get(2))));
      h = tf.math.add(candidate, tf.math.mul(update, tf.math.sub(h, candidate)));
      states.add(h);
    }
    return g.sequences() ? sequence(states) : h;
  }

  /** Zeros with as many rows as a batch has, a constant where that is known. */
  private Operand<TFloat32> zeros(Operand<TFloat32> batch, int units) {
    long count = batch.shape().get(0);
    if (count > 0) {
      return constant(new float[Math.toIntExact(count * units)], count, units);
    }
    Operand<org.tensorflow.types.TInt32> rows = tf.slice(tf.shape(batch), ints(0), ints(1));
    return tf.fill(tf.concat(List.of(rows, ints(units)), tf.constant(0)), tf.constant(0f));
  }

  Operand<TFloat32> convolution(PlannedLayer planned, Layer.Conv1d c, Operand<TFloat32> x) {
    int reach = (c.kernel() - 1) * c.dilation();
    int before =
        switch (c.padding()) {
          case VALID -> 0;
          case SAME -> reach / 2;
          case CAUSAL -> reach;
        };
    int after = c.padding() == Layer.Padding.SAME ? reach - before : 0;
    Operand<TFloat32> padded =
        before + after == 0
            ? x
            : tf.pad(
                x, tf.constant(new int[][] {{0, 0}, {before, after}, {0, 0}}), tf.constant(0f));
    int features = planned.in().features();
    int steps = planned.out().steps();
    List<Operand<TFloat32>> taps = new ArrayList<>();
    for (int k = 0; k < c.kernel(); k++) {
      int from = k * c.dilation();
      if (c.stride() == 1) {
        taps.add(slice(padded, ints(0, from, 0), ints(-1, steps, -1)));
      } else {
        int to = from + (steps - 1) * c.stride() + 1;
        taps.add(
            tf.stridedSlice(
                padded,
                ints(0, from, 0),
                ints(0, to, 0),
                ints(1, c.stride(), 1),
                org.tensorflow.op.core.StridedSlice.beginMask(5L),
                org.tensorflow.op.core.StridedSlice.endMask(5L)));
      }
    }
    Operand<TFloat32> rows =
        tf.reshape(
            taps.size() == 1 ? taps.get(0) : tf.concat(taps, tf.constant(2)),
            ints(-1, c.kernel() * features));
    // [filters, in, kernel] in the order of the taps.
    Operand<TFloat32> weight =
        tf.reshape(
            tf.linalg.transpose(weights.get(planned.first()), ints(0, 2, 1)),
            ints(c.filters(), c.kernel() * features));
    Operand<TFloat32> y = affine(rows, weight, weights.get(planned.first() + 1));
    return activate(c.activation(), tf.reshape(y, ints(-1, steps, c.filters())));
  }

  Operand<TFloat32> pool(PlannedLayer planned, Layer.Pool1d p, Operand<TFloat32> x) {
    int runs = planned.out().steps();
    Operand<TFloat32> whole =
        runs * p.size() == planned.in().steps()
            ? x
            : slice(x, ints(0, 0, 0), ints(-1, runs * p.size(), -1));
    Operand<TFloat32> grouped =
        tf.reshape(whole, ints(-1, runs, p.size(), planned.in().features()));
    return p.kind() == Layer.Pooling.MAX
        ? tf.reduceMax(grouped, tf.constant(2), ReduceMax.keepDims(false))
        : tf.math.mean(grouped, tf.constant(2), Mean.keepDims(false));
  }

  Operand<TFloat32> normalise(
      Operand<TFloat32> x, Operand<TFloat32> scale, Operand<TFloat32> shift) {
    Operand<TFloat32> off = tf.math.sub(x, tf.math.mean(x, tf.constant(-1), Mean.keepDims(true)));
    Operand<TFloat32> variance =
        tf.math.mean(tf.math.square(off), tf.constant(-1), Mean.keepDims(true));
    Operand<TFloat32> factor = tf.math.rsqrt(tf.math.add(variance, tf.constant(1e-5f)));
    return tf.math.add(tf.math.mul(tf.math.mul(off, factor), scale), shift);
  }

  Operand<TFloat32> attention(PlannedLayer planned, Layer.Attention a, Operand<TFloat32> x) {
    int first = planned.first();
    int steps = planned.in().steps();
    int features = planned.in().features();
    int width = features / a.heads();
    Operand<TFloat32> all =
        tf.linalg.transpose(
            tf.reshape(
                linear(planned.in(), x, first, first + 1, 3 * features),
                ints(-1, steps, 3, a.heads(), width)),
            ints(2, 0, 3, 1, 4));
    List<? extends Operand<TFloat32>> parts = tf.unstack(all, 3L, Unstack.axis(0L)).output();
    Operand<TFloat32> scores =
        tf.math.mul(
            tf.train.batchMatMul(
                parts.get(0), parts.get(1), TFloat32.class, BatchMatMul.adjY(true)),
            tf.constant((float) (1 / Math.sqrt(width))));
    if (a.causal()) {
      float[] hidden = new float[steps * steps];
      for (int i = 0; i < steps; i++) {
        for (int j = i + 1; j < steps; j++) {
          hidden[i * steps + j] = -1e9f;
        }
      }
      scores = tf.math.add(scores, constant(hidden, 1, 1, steps, steps));
    }
    Operand<TFloat32> mixed =
        tf.reshape(
            tf.linalg.transpose(
                tf.train.batchMatMul(tf.nn.softmax(scores), parts.get(2), TFloat32.class),
                ints(0, 2, 1, 3)),
            ints(-1, steps, features));
    return linear(planned.in(), mixed, first + 2, first + 3, features);
  }
}
