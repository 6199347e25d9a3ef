package io.millwright.engine.tensorflow;

import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Route;
import io.millwright.runtime.network.LayerKinds;
import io.millwright.runtime.network.Monotony;
import io.millwright.runtime.network.PlannedLayer;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The family of layers on TensorFlow: which operations each kind adds to a graph. */
final class FlowLayers {

  /** Adds one layer. */
  private interface Forward<L> {
    Operand<TFloat32> forward(FlowRun run, L layer, PlannedLayer planned, Operand<TFloat32> x);
  }

  private static final Map<String, Forward<Layer>> ALL = table();

  private FlowLayers() {}

  /** Adds a layer to a graph. */
  static Operand<TFloat32> forward(FlowRun run, PlannedLayer planned, Operand<TFloat32> x) {
    Forward<Layer> forward = ALL.get(planned.layer().kindName());
    if (forward == null) {
      throw LayerKinds.unknown(TensorFlowEngine.NAME, planned.layer());
    }
    return forward.forward(run, planned.layer(), planned, x);
  }

  private static Map<String, Forward<Layer>> table() {
    Map<String, Forward<Layer>> all = new HashMap<>();
    add(
        all,
        "dense",
        Layer.Dense.class,
        (f, d, p, x) ->
            f.activate(d.activation(), f.linear(p.in(), x, p.first(), p.first() + 1, d.units())));
    add(all, "lstm", Layer.Lstm.class, (f, l, p, x) -> f.lstm(p, l, x));
    add(all, "gru", Layer.Gru.class, (f, g, p, x) -> f.gru(p, g, x));
    add(all, "conv1d", Layer.Conv1d.class, (f, c, p, x) -> f.convolution(p, c, x));
    add(all, "pool1d", Layer.Pool1d.class, (f, l, p, x) -> f.pool(p, l, x));
    add(
        all,
        "conv2d",
        Layer.Conv2d.class,
        (f, c, p, x) ->
            f.activate(
                c.activation(),
                FlowImages.convolution(f.tf, c, x, f.weight(p.first()), f.weight(p.first() + 1))));
    add(all, "pool2d", Layer.Pool2d.class, (f, l, p, x) -> FlowImages.pool(f.tf, l, x));
    add(
        all,
        "group-norm",
        Layer.GroupNorm.class,
        (f, g, p, x) ->
            f.activate(
                g.activation(),
                FlowImages.normalise(f.tf, p, g, x, f.weight(p.first()), f.weight(p.first() + 1))));
    add(all, "global-pool", Layer.GlobalPool.class, (f, l, p, x) -> f.global(p, l, x));
    add(all, "flatten", Layer.Flatten.class, (f, l, p, x) -> f.shaped(p, x));
    add(all, "reshape", Route.Reshape.class, (f, l, p, x) -> f.shaped(p, x));
    add(
        all,
        "layer-norm",
        Layer.LayerNorm.class,
        (f, l, p, x) -> f.normalise(x, f.weight(p.first()), f.weight(p.first() + 1)));
    add(all, "periodic", Layer.Periodic.class, (f, l, p, x) -> f.periodic(p, l, x));
    add(
        all,
        "positional-encoding",
        Layer.PositionalEncoding.class,
        (f, l, p, x) -> f.positions(p, x));
    add(all, "attention", Layer.Attention.class, (f, a, p, x) -> f.attention(p, a, x));
    add(all, "residual", Layer.Residual.class, FlowLayers::residual);
    add(all, "dropout", Layer.Dropout.class, FlowLayers::dropout);
    add(all, "embedding", Layer.Embedding.class, FlowRoutes::embedding);
    add(all, "branches", Route.Branches.class, FlowRoutes::branches);
    add(
        all,
        "tap",
        Route.Tap.class,
        (f, l, p, x) -> {
          f.chain(p.chains().get(0), x);
          return x;
        });
    add(all, "upsample", Route.Upsample.class, FlowRoutes::upsample);
    add(all, "repeat", Route.Repeat.class, FlowRoutes::repeat);
    add(all, "select", Route.Select.class, FlowRoutes::select);
    add(
        all,
        "limits",
        Layer.Limits.class,
        (f, l, p, x) ->
            FlowRoutes.limits(f.tf, Monotony.floats(l.low()), Monotony.floats(l.high()), x));
    add(all, "monotone", Layer.Monotone.class, FlowRoutes::monotone);
    return Map.copyOf(all);
  }

  private static <L extends Layer> void add(
      Map<String, Forward<Layer>> all, String kind, Class<L> type, Forward<L> forward) {
    all.put(kind, (run, layer, p, x) -> forward.forward(run, type.cast(layer), p, x));
  }

  private static Operand<TFloat32> residual(
      FlowRun run, Layer.Residual layer, PlannedLayer planned, Operand<TFloat32> x) {
    int first = planned.first();
    Operand<TFloat32> around =
        planned.projected()
            ? run.linear(planned.in(), x, first, first + 1, planned.out().features())
            : x;
    return run.tf.math.add(around, run.chain(planned.chains().get(0), x));
  }

  private static Operand<TFloat32> dropout(
      FlowRun run, Layer.Dropout d, PlannedLayer planned, Operand<TFloat32> x) {
    Operand<TFloat32> mask = d.rate() == 0 ? null : run.dropouts().mask(planned, d.rate());
    return mask == null ? x : run.tf.math.mul(x, mask);
  }
}
