package io.millwright.runtime.plain;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Route;
import io.millwright.api.learn.Trees;
import io.millwright.runtime.network.LayerKinds;
import io.millwright.runtime.network.Monotony;
import io.millwright.runtime.network.PlannedChain;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The family of layers in plain Java: how each kind is laid out as kernels. */
final class JavaLayers {

  /** Lays one layer out. */
  private interface Maker<L> {
    /**
     * Adds what the layer needs.
     *
     * @param in the place of what it is given
     * @return the place of what it gives
     */
    int place(KernelPlan k, L layer, PlannedLayer planned, int in);
  }

  /** Makes a layer's only kernel. */
  private interface Single<L> {
    Kernel kernel(KernelPlan k, L layer, PlannedLayer planned, int in, int out);
  }

  private static final Map<String, Maker<Layer>> ALL = table();

  private JavaLayers() {}

  /** Lays a layer out behind a place; gives the place of its result. */
  static int place(KernelPlan k, PlannedLayer planned, int in) {
    Maker<Layer> maker = ALL.get(planned.layer().kindName());
    if (maker == null) {
      throw LayerKinds.unknown("plain Java", planned.layer());
    }
    return maker.place(k, planned.layer(), planned, in);
  }

  private static Map<String, Maker<Layer>> table() {
    Map<String, Maker<Layer>> all = new HashMap<>();
    single(all, "dense", Layer.Dense.class, JavaLayers::dense);
    single(all, "lstm", Layer.Lstm.class, JavaLayers::lstm);
    single(all, "gru", Layer.Gru.class, JavaLayers::gru);
    single(
        all,
        "conv1d",
        Layer.Conv1d.class,
        (k, c, p, in, out) -> {
          k.sums(c.filters());
          return SequenceKernels.Convolution.of(
              in, out, p, c, k.weight(p.first()), k.copy(p.first() + 1));
        });
    single(
        all,
        "pool1d",
        Layer.Pool1d.class,
        (k, pool, p, in, out) ->
            new SequenceKernels.Pool(
                in,
                out,
                p.in().steps(),
                p.in().features(),
                p.out().steps(),
                pool.size(),
                pool.kind()));
    single(
        all,
        "global-pool",
        Layer.GlobalPool.class,
        (k, pool, p, in, out) -> {
          int places = p.in().positions();
          return new SequenceKernels.Pool(
              in, out, places, p.in().features(), 1, places, pool.kind());
        });
    single(
        all,
        "conv2d",
        Layer.Conv2d.class,
        (k, c, p, in, out) -> {
          k.sums(c.filters());
          int padded = k.place(ImageKernels.Convolution.paddedSize(p, c));
          return ImageKernels.Convolution.of(
              in, padded, out, p, c, k.weight(p.first()), k.copy(p.first() + 1));
        });
    single(
        all,
        "pool2d",
        Layer.Pool2d.class,
        (k, pool, p, in, out) -> new ImageKernels.Pool(in, out, p.in(), p.out(), pool));
    single(
        all,
        "group-norm",
        Layer.GroupNorm.class,
        (k, g, p, in, out) ->
            new ImageKernels.GroupNorm(
                in, out, p.in(), g, k.copy(p.first()), k.copy(p.first() + 1)));
    single(
        all,
        "layer-norm",
        Layer.LayerNorm.class,
        (k, l, p, in, out) ->
            new PointwiseKernels.Normalisation(
                in,
                out,
                p.in().positions(),
                p.in().features(),
                k.copy(p.first()),
                k.copy(p.first() + 1)));
    single(
        all,
        "periodic",
        Layer.Periodic.class,
        (k, wave, p, in, out) ->
            new PointwiseKernels.Periodic(
                in,
                out,
                k.place(2 * wave.waves()),
                p.in().positions(),
                p.in().features(),
                wave,
                k.copy(p.first()),
                k.copy(p.first() + 1),
                k.copy(p.first() + 2)));
    single(
        all,
        "positional-encoding",
        Layer.PositionalEncoding.class,
        (k, l, p, in, out) -> PointwiseKernels.Positions.of(in, out, p.in()));
    single(all, "attention", Layer.Attention.class, JavaLayers::attention);
    single(
        all,
        "embedding",
        Layer.Embedding.class,
        (k, e, p, in, out) ->
            new RouteKernels.Embedding(
                in, out, p.in().size(), e.ids(), e.size(), k.copy(p.first())));
    single(
        all,
        "limits",
        Layer.Limits.class,
        (k, l, p, in, out) ->
            new RouteKernels.Limits(
                in, out, p.in().positions(), Monotony.floats(l.low()), Monotony.floats(l.high())));
    single(
        all,
        "select",
        Route.Select.class,
        (k, s, p, in, out) ->
            new RouteKernels.Select(
                in, out, p.in(), s.features().stream().mapToInt(Integer::intValue).toArray()));
    single(
        all,
        "trees",
        Trees.class,
        (k, t, p, in, out) -> new RouteKernels.Trees(in, out, p.in().features(), k.trees(t, p)));
    single(
        all,
        "upsample",
        Route.Upsample.class,
        (k, u, p, in, out) ->
            new RouteKernels.Places(in, out, p.in(), RouteKernels.nearest(p.in(), u.factor())));
    single(
        all,
        "repeat",
        Route.Repeat.class,
        (k, r, p, in, out) -> new RouteKernels.Places(in, out, p.in(), new int[r.steps()]));
    // Dropout does nothing to predictions, and values lie flat already.
    add(all, "dropout", Layer.Dropout.class, (k, l, p, in) -> in);
    add(all, "flatten", Layer.Flatten.class, (k, l, p, in) -> in);
    add(all, "reshape", Route.Reshape.class, (k, l, p, in) -> in);
    add(
        all,
        "tap",
        Route.Tap.class,
        (k, l, p, in) -> {
          k.chain(p.chains().get(0), in);
          return in;
        });
    add(all, "monotone", Layer.Monotone.class, JavaLayers::monotone);
    add(all, "residual", Layer.Residual.class, JavaLayers::residual);
    add(all, "branches", Route.Branches.class, JavaLayers::branches);
    return Map.copyOf(all);
  }

  private static <L extends Layer> void add(
      Map<String, Maker<Layer>> all, String kind, Class<L> type, Maker<L> maker) {
    all.put(kind, (k, layer, p, in) -> maker.place(k, type.cast(layer), p, in));
  }

  private static <L extends Layer> void single(
      Map<String, Maker<Layer>> all, String kind, Class<L> type, Single<L> single) {
    add(
        all,
        kind,
        type,
        (k, layer, p, in) -> {
          int out = k.place(p.out().size());
          k.add(single.kernel(k, layer, p, in, out));
          return out;
        });
  }

  private static Kernel dense(KernelPlan k, Layer.Dense d, PlannedLayer p, int in, int out) {
    return new PointwiseKernels.Dense(
        in,
        out,
        p.in().positions(),
        k.product(p.first(), d.units(), p.in().features()),
        k.copy(p.first() + 1),
        d.activation());
  }

  private static Kernel lstm(KernelPlan k, Layer.Lstm l, PlannedLayer p, int in, int out) {
    int n = l.units();
    int steps = p.in().steps();
    int w = p.first();
    return new RecurrentKernels.Lstm(
        new RecurrentKernels.Places(in, out, k.place(steps * 4 * n), k.place(n), k.place(2 * n)),
        steps,
        l.sequences(),
        k.product(w, 4 * n, p.in().features()),
        k.product(w + 1, 4 * n, n),
        k.copy(w + 2),
        l.cell());
  }

  private static Kernel gru(KernelPlan k, Layer.Gru g, PlannedLayer p, int in, int out) {
    int n = g.units();
    int steps = p.in().steps();
    int w = p.first();
    return new RecurrentKernels.Gru(
        new RecurrentKernels.Places(in, out, k.place(steps * 3 * n), k.place(n), k.place(3 * n)),
        steps,
        g.sequences(),
        k.product(w, 3 * n, p.in().features()),
        k.product(w + 1, 3 * n, n),
        k.copy(w + 2),
        k.copy(w + 3),
        g.cell());
  }

  private static Kernel attention(
      KernelPlan k, Layer.Attention a, PlannedLayer p, int in, int out) {
    int n = p.in().steps();
    int f = p.in().features();
    int w = p.first();
    return new AttentionKernel(
        new AttentionKernel.Places(in, out, k.place(n * 3 * f), k.place(n * f), k.place(n)),
        n,
        f,
        a,
        k.product(w, 3 * f, f),
        k.copy(w + 1),
        k.product(w + 2, f, f),
        k.copy(w + 3));
  }

  private static int monotone(KernelPlan k, Layer.Monotone m, PlannedLayer p, int in) {
    int out = k.place(p.out().size());
    float[] matrix = Monotony.matrix(m, k.weight(p.first()));
    k.add(
        new PointwiseKernels.Dense(
            in,
            out,
            p.in().positions(),
            k.product(matrix, m.units(), p.in().features()),
            k.copy(p.first() + 1),
            Activation.LINEAR));
    if (m.bent()) {
      float[] low = Monotony.low(m.units());
      k.add(new RouteKernels.Limits(out, out, p.in().positions(), low, Monotony.high(m.units())));
    }
    return out;
  }

  private static int residual(KernelPlan k, Layer.Residual r, PlannedLayer p, int in) {
    int inner = k.chain(p.chains().get(0), in);
    int out = k.place(p.out().size());
    int around = in;
    if (p.projected()) {
      around = out;
      k.add(
          new PointwiseKernels.Dense(
              in,
              out,
              p.in().positions(),
              k.product(p.first(), p.out().features(), p.in().features()),
              k.copy(p.first() + 1),
              Activation.LINEAR));
    }
    k.add(new PointwiseKernels.Sum(around, inner, out, p.out().size()));
    return out;
  }

  private static int branches(KernelPlan k, Route.Branches b, PlannedLayer p, int in) {
    List<Integer> places = new ArrayList<>();
    List<Integer> features = new ArrayList<>();
    for (PlannedChain chain : p.chains()) {
      places.add(k.chain(chain, in));
      features.add(chain.out().features());
    }
    Shape shape = p.out();
    int out = k.place(shape.size());
    k.add(
        b.join() == Join.CONCATENATE
            ? new RouteKernels.Concatenation(places, features, out, shape)
            : new RouteKernels.Fold(places, out, shape.size(), b.join() == Join.ADD));
    return out;
  }
}
