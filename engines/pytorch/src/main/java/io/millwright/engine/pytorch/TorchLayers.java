package io.millwright.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Route;
import io.millwright.runtime.network.LayerKinds;
import io.millwright.runtime.network.Monotony;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedLayer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The family of layers on torch: how each kind is computed. */
final class TorchLayers {

  /** Computes one layer. */
  private interface Forward<L> {
    NDArray forward(TorchRun run, L layer, PlannedLayer planned, NDArray x);
  }

  private static final Map<String, Forward<Layer>> ALL = table();

  private TorchLayers() {}

  /** Computes a layer for a batch. */
  static NDArray forward(TorchRun run, PlannedLayer planned, NDArray x) {
    Forward<Layer> forward = ALL.get(planned.layer().kindName());
    if (forward == null) {
      throw LayerKinds.unknown(PyTorchEngine.NAME, planned.layer());
    }
    return forward.forward(run, planned.layer(), planned, x);
  }

  private static Map<String, Forward<Layer>> table() {
    Map<String, Forward<Layer>> all = new HashMap<>();
    add(
        all,
        "dense",
        Layer.Dense.class,
        (r, d, p, x) ->
            activate(d.activation(), linear(x, r.weight(p.first()), r.weight(p.first() + 1))));
    add(all, "lstm", Layer.Lstm.class, (r, l, p, x) -> TorchRecurrent.lstm(p, l, x, r.weights()));
    add(all, "gru", Layer.Gru.class, (r, g, p, x) -> TorchRecurrent.gru(p, g, x, r.weights()));
    add(
        all,
        "conv1d",
        Layer.Conv1d.class,
        (r, c, p, x) ->
            TorchSequences.convolution(c, x, r.weight(p.first()), r.weight(p.first() + 1)));
    add(all, "pool1d", Layer.Pool1d.class, (r, l, p, x) -> TorchSequences.pool(p, l, x));
    add(
        all,
        "conv2d",
        Layer.Conv2d.class,
        (r, c, p, x) ->
            TorchImages.convolution(p, c, x, r.weight(p.first()), r.weight(p.first() + 1)));
    add(all, "pool2d", Layer.Pool2d.class, (r, l, p, x) -> TorchImages.pool(l, x));
    add(
        all,
        "group-norm",
        Layer.GroupNorm.class,
        (r, g, p, x) ->
            TorchImages.normalise(p, g, x, r.weight(p.first()), r.weight(p.first() + 1)));
    add(all, "global-pool", Layer.GlobalPool.class, (r, l, p, x) -> TorchSequences.global(p, l, x));
    add(all, "flatten", Layer.Flatten.class, (r, l, p, x) -> shaped(p, x));
    add(all, "reshape", Route.Reshape.class, (r, l, p, x) -> shaped(p, x));
    add(
        all,
        "layer-norm",
        Layer.LayerNorm.class,
        (r, l, p, x) ->
            LayerNorm.layerNorm(
                    x,
                    new Shape(p.in().features()),
                    r.weight(p.first()),
                    r.weight(p.first() + 1),
                    1e-5f)
                .singletonOrThrow());
    add(all, "periodic", Layer.Periodic.class, (r, l, p, x) -> periodic(p, l, x, r.weights()));
    add(
        all,
        "positional-encoding",
        Layer.PositionalEncoding.class,
        (r, l, p, x) -> TorchSequences.positions(p, x));
    add(
        all,
        "attention",
        Layer.Attention.class,
        (r, a, p, x) -> TorchSequences.attention(p, a, x, r.weights()));
    add(all, "residual", Layer.Residual.class, TorchLayers::residual);
    add(all, "dropout", Layer.Dropout.class, TorchLayers::dropout);
    add(
        all,
        "embedding",
        Layer.Embedding.class,
        (r, e, p, x) -> TorchRoutes.embedding(p, e, x, r.weight(p.first())));
    add(all, "branches", Route.Branches.class, TorchRoutes::branches);
    add(
        all,
        "tap",
        Route.Tap.class,
        (r, l, p, x) -> {
          r.chain(p.chains().get(0), x);
          return x;
        });
    add(all, "upsample", Route.Upsample.class, (r, u, p, x) -> TorchRoutes.upsample(p, u, x));
    add(all, "repeat", Route.Repeat.class, (r, l, p, x) -> TorchRoutes.repeat(l, x));
    add(all, "select", Route.Select.class, (r, s, p, x) -> TorchRoutes.select(s, x));
    add(
        all,
        "limits",
        Layer.Limits.class,
        (r, l, p, x) -> TorchRoutes.limits(Monotony.floats(l.low()), Monotony.floats(l.high()), x));
    add(
        all,
        "monotone",
        Layer.Monotone.class,
        (r, m, p, x) ->
            TorchRoutes.monotone(p, m, x, r.weight(p.first()), r.weight(p.first() + 1)));
    return Map.copyOf(all);
  }

  private static <L extends Layer> void add(
      Map<String, Forward<Layer>> all, String kind, Class<L> type, Forward<L> forward) {
    all.put(kind, (run, layer, p, x) -> forward.forward(run, type.cast(layer), p, x));
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

  private static NDArray shaped(PlannedLayer planned, NDArray x) {
    return x.reshape(batch(planned.out(), Math.toIntExact(x.getShape().get(0))));
  }

  private static NDArray residual(
      TorchRun run, Layer.Residual layer, PlannedLayer planned, NDArray x) {
    int first = planned.first();
    NDArray around = planned.projected() ? linear(x, run.weight(first), run.weight(first + 1)) : x;
    return around.add(run.chain(planned.chains().get(0), x));
  }

  private static NDArray dropout(TorchRun run, Layer.Dropout d, PlannedLayer planned, NDArray x) {
    NDArray mask =
        d.rate() == 0 ? null : run.dropouts().mask(planned.index(), x.getShape(), d.rate());
    return mask == null ? x : x.mul(mask);
  }

  /**
   * x times a number. DJL's own product with a number frees the number's memory at once, while the
   * backward pass still needs it; here it lives as long as x.
   */
  static NDArray scaled(NDArray x, float factor) {
    return x.mul(x.getManager().create(factor));
  }

  /** Weights with their axes in another order, a view that goes when x goes. */
  static NDArray turned(NDArray x, NDArray weight, int... axes) {
    NDArray view = weight.transpose(axes);
    view.attach(x.getManager());
    return view;
  }

  static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
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
}
