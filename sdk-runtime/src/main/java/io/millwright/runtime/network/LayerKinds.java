package io.millwright.runtime.network;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Branch;
import io.millwright.api.learn.Direction;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Route;
import io.millwright.api.learn.Trees;
import io.millwright.runtime.network.LayerKind.Laid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The family of layers: every kind that networks may have, with its shapes, weights and cost. Each
 * engine has a table of the same kinds that says how they are computed. A new kind is one entry
 * here and one in each of those.
 */
public final class LayerKinds {

  private static final Map<String, LayerKind<?>> ALL = table();

  private LayerKinds() {}

  private static Map<String, LayerKind<?>> table() {
    Map<String, LayerKind<?>> all = new LinkedHashMap<>();
    add(
        all,
        LayerKind.of("dense", Layer.Dense.class, LayerKinds::dense)
            .work((l, p) -> at(p.out(), p.in().features(), l.units())));
    add(
        all,
        LayerKind.of("lstm", Layer.Lstm.class, LayerKinds::lstm)
            .work((l, p) -> recurrent(p, 4, l.units()))
            .extra((l, p) -> Cost.product(p.in().steps() + 1L, 4, l.units())));
    add(
        all,
        LayerKind.of("gru", Layer.Gru.class, LayerKinds::gru)
            .work((l, p) -> recurrent(p, 3, l.units()))
            .extra((l, p) -> Cost.product(p.in().steps() + 1L, 4, l.units())));
    add(
        all,
        LayerKind.of("conv1d", Layer.Conv1d.class, LayerKinds::convolution)
            .work((l, p) -> at(p.out(), p.in().features(), l.kernel(), l.filters()))
            .extra((l, p) -> at(p.out(), p.in().features(), l.kernel())));
    add(all, LayerKind.of("pool1d", Layer.Pool1d.class, LayerKinds::pool).inOrder());
    add(
        all,
        LayerKind.of("conv2d", Layer.Conv2d.class, LayerKinds::convolution)
            .work((l, p) -> at(p.out(), p.in().features(), l.kernel(), l.kernel(), l.filters()))
            .extra(
                (l, p) ->
                    Cost.product(
                        (long) p.in().height() + l.kernel(),
                        (long) p.in().steps() + l.kernel(),
                        p.in().features())));
    add(all, LayerKind.of("pool2d", Layer.Pool2d.class, LayerKinds::pool).inOrder());
    add(all, LayerKind.of("global-pool", Layer.GlobalPool.class, LayerKinds::pool).inOrder());
    add(
        all,
        LayerKind.of("flatten", Layer.Flatten.class, (l, s) -> Laid.of(new Shape(0, s.in().size())))
            .inOrder());
    add(all, LayerKind.of("dropout", Layer.Dropout.class, (l, s) -> Laid.of(s.in())).inOrder());
    add(
        all,
        LayerKind.of(
            "layer-norm",
            Layer.LayerNorm.class,
            (l, s) -> {
              s.norm(s.in().features());
              return Laid.of(s.in());
            }));
    add(all, LayerKind.of("group-norm", Layer.GroupNorm.class, LayerKinds::groups));
    add(
        all,
        LayerKind.of("periodic", Layer.Periodic.class, LayerKinds::periodic)
            .work((l, p) -> at(p.out(), 2L * l.waves()))
            .extra((l, p) -> at(p.in(), p.in().features(), 2L * l.waves())));
    add(
        all,
        LayerKind.of(
            "positional-encoding",
            Layer.PositionalEncoding.class,
            (l, s) -> {
              s.sequence();
              return Laid.of(s.in());
            }));
    add(
        all,
        LayerKind.of("attention", Layer.Attention.class, LayerKinds::attention)
            .work(
                (l, p) -> {
                  long n = p.in().steps();
                  long f = p.in().features();
                  return Cost.sum(Cost.product(4, n, f, f), Cost.product(2, n, n, f));
                })
            .extra(
                (l, p) -> {
                  long n = p.in().steps();
                  return Cost.sum(
                      Cost.product(4, n, p.in().features()), Cost.product(l.heads(), n, n));
                }));
    add(
        all,
        LayerKind.of("residual", Layer.Residual.class, LayerKinds::residual)
            .inOrder()
            .work(
                (l, p) -> p.projected() ? at(p.out(), p.in().features(), p.out().features()) : 0));
    add(all, LayerKind.of("embedding", Layer.Embedding.class, LayerKinds::embedding));
    add(all, LayerKind.of("branches", Route.Branches.class, LayerKinds::branches).inOrder());
    add(all, LayerKind.of("tap", Route.Tap.class, (l, s) -> s.planner().tap(l, s)).inOrder());
    add(all, LayerKind.of("upsample", Route.Upsample.class, LayerKinds::upsample).inOrder());
    add(all, LayerKind.of("repeat", Route.Repeat.class, LayerKinds::repeat).inOrder());
    add(all, LayerKind.of("reshape", Route.Reshape.class, LayerKinds::reshape).inOrder());
    add(all, LayerKind.of("select", Route.Select.class, LayerKinds::select).inOrder());
    add(all, LayerKind.of("limits", Layer.Limits.class, LayerKinds::limits).inOrder());
    add(
        all,
        LayerKind.of("monotone", Layer.Monotone.class, LayerKinds::monotone)
            .inOrder()
            .work((l, p) -> at(p.out(), p.in().features(), l.units())));
    // A hostile tree may be one long way: every node counts.
    add(all, LayerKind.of("trees", Trees.class, LayerKinds::trees).work((l, p) -> l.nodes()));
    return Map.copyOf(all);
  }

  private static void add(Map<String, LayerKind<?>> all, LayerKind<?> kind) {
    all.put(kind.name(), kind);
  }

  /** The names of all kinds. */
  public static Set<String> names() {
    return new TreeSet<>(ALL.keySet());
  }

  /** What is known of a layer's kind. */
  static LayerKind<?> of(Layer layer) {
    LayerKind<?> kind = ALL.get(layer.kindName());
    if (kind == null || kind.type() != layer.getClass()) {
      throw unknown("a network", layer);
    }
    return kind;
  }

  /**
   * That something has no entry for a layer.
   *
   * @param who an engine, or what else has a table of layers
   */
  public static MillwrightException unknown(String who, Layer layer) {
    return new MillwrightException(
        ErrorCode.UNSUPPORTED,
        who
            + " knows no layer of kind \""
            + layer.kindName()
            + "\" ("
            + layer
            + ")\nMaybe take one of "
            + names());
  }

  static Cost cost(List<PlannedLayer> layers) {
    Cost cost = Cost.NONE;
    for (PlannedLayer layer : layers) {
      cost = cost.plus(of(layer.layer()).cost(layer)).plus(cost(layer.inner()));
    }
    return cost;
  }

  /** A number for each place of a shape. */
  private static long at(Shape shape, long... factors) {
    return Cost.product(
        Math.max(1, shape.height()), Math.max(1, shape.steps()), Cost.product(factors));
  }

  private static long recurrent(PlannedLayer p, long gates, long units) {
    return Cost.product(p.in().steps(), gates * units, p.in().features() + units);
  }

  private static Laid dense(Layer.Dense d, Spot spot) {
    int f = spot.in().features();
    spot.matrix(
        "weight",
        List.of(d.units(), f),
        Spot.resolve(d.initialisation(), d.activation()),
        f,
        d.units());
    spot.bias("bias", d.units());
    return Laid.of(new Shape(spot.in().height(), spot.in().steps(), d.units()));
  }

  private static void gates(Spot spot, Initialisation initialisation, int gates, int units) {
    spot.sequence();
    int f = spot.in().features();
    Initialisation start =
        initialisation == Initialisation.AUTOMATIC ? Initialisation.XAVIER : initialisation;
    spot.matrix("input_weight", List.of(gates * units, f), start, f, units);
    spot.matrix("recurrent_weight", List.of(gates * units, units), start, units, units);
  }

  private static Laid lstm(Layer.Lstm l, Spot spot) {
    gates(spot, l.initialisation(), 4, l.units());
    spot.array("bias", WeightSpec.Role.LSTM_BIAS, 4 * l.units());
    return Laid.of(new Shape(l.sequences() ? spot.in().steps() : 0, l.units()));
  }

  private static Laid gru(Layer.Gru g, Spot spot) {
    gates(spot, g.initialisation(), 3, g.units());
    spot.bias("input_bias", 3 * g.units());
    spot.bias("recurrent_bias", 3 * g.units());
    return Laid.of(new Shape(g.sequences() ? spot.in().steps() : 0, g.units()));
  }

  private static Laid convolution(Layer.Conv1d c, Spot spot) {
    spot.sequence();
    Shape in = spot.in();
    spot.matrix(
        "weight",
        List.of(c.filters(), in.features(), c.kernel()),
        Spot.resolve(c.initialisation(), c.activation()),
        in.features() * c.kernel(),
        c.filters() * c.kernel());
    spot.bias("bias", c.filters());
    int reach = (c.kernel() - 1) * c.dilation();
    int padded = c.padding() == Layer.Padding.VALID ? in.steps() : in.steps() + reach;
    int steps = (padded - reach - 1) / c.stride() + 1;
    if (padded <= reach || steps < 1) {
      throw spot.wrong("its kernel reaches over " + (reach + 1) + " steps");
    }
    return Laid.of(new Shape(steps, c.filters()));
  }

  private static Laid pool(Layer.Pool1d p, Spot spot) {
    spot.sequence();
    if (spot.in().steps() < p.size()) {
      throw spot.wrong("one run needs " + p.size() + " steps");
    }
    return Laid.of(new Shape(spot.in().steps() / p.size(), spot.in().features()));
  }

  private static Laid convolution(Layer.Conv2d c, Spot spot) {
    spot.image();
    Shape in = spot.in();
    int seen = c.kernel() * c.kernel();
    spot.matrix(
        "weight",
        List.of(c.filters(), in.features(), c.kernel(), c.kernel()),
        Spot.resolve(c.initialisation(), c.activation()),
        in.features() * seen,
        c.filters() * seen);
    spot.bias("bias", c.filters());
    int edge = c.padding() == Layer.Padding.SAME ? c.kernel() - 1 : 0;
    if (Math.min(in.height(), in.steps()) + edge < c.kernel()) {
      throw spot.wrong("its kernel is wider");
    }
    return Laid.of(
        new Shape(
            (in.height() + edge - c.kernel()) / c.stride() + 1,
            (in.steps() + edge - c.kernel()) / c.stride() + 1,
            c.filters()));
  }

  private static Laid pool(Layer.Pool2d p, Spot spot) {
    spot.image();
    Shape in = spot.in();
    if (Math.min(in.height(), in.steps()) < p.size()) {
      throw spot.wrong("one square needs " + p.size() + " pixels");
    }
    return Laid.of(new Shape(in.height() / p.size(), in.steps() / p.size(), in.features()));
  }

  private static Laid pool(Layer.GlobalPool p, Spot spot) {
    if (!spot.in().isImage() || p.kind() == Layer.Pooling.LAST) {
      spot.sequence();
    }
    return Laid.of(new Shape(0, spot.in().features()));
  }

  private static Laid groups(Layer.GroupNorm g, Spot spot) {
    spot.image();
    int f = spot.in().features();
    if (f % g.groups() != 0) {
      throw spot.wrong(g.groups() + " groups do not divide " + f + " channels");
    }
    spot.norm(f);
    return Laid.of(spot.in());
  }

  private static Laid periodic(Layer.Periodic p, Spot spot) {
    int f = spot.in().features();
    if (Math.max(2L * p.waves(), p.units()) * f > Integer.MAX_VALUE) {
      throw spot.wrong("its waves or outputs are more than can be counted");
    }
    int waves = 2 * p.waves();
    spot.matrix("frequency", List.of(f, p.waves()), Initialisation.LECUN, 1, 1);
    spot.matrix(
        "weight",
        List.of(f, p.units(), waves),
        Spot.resolve(Initialisation.AUTOMATIC, p.activation()),
        waves,
        p.units());
    spot.bias("bias", f, p.units());
    return Laid.of(new Shape(spot.in().height(), spot.in().steps(), f * p.units()));
  }

  private static Laid attention(Layer.Attention a, Spot spot) {
    spot.sequence();
    int f = spot.in().features();
    if (f % a.heads() != 0) {
      throw spot.wrong(a.heads() + " heads do not divide " + f + " features");
    }
    spot.matrix("input_weight", List.of(3 * f, f), Initialisation.XAVIER, f, f);
    spot.bias("input_bias", 3 * f);
    spot.matrix("output_weight", List.of(f, f), Initialisation.XAVIER, f, f);
    spot.bias("output_bias", f);
    return Laid.of(spot.in());
  }

  private static Laid residual(Layer.Residual r, Spot spot) {
    Shape in = spot.in();
    List<WeightSpec> weights = spot.planner().weights;
    int first = weights.size();
    Planner.Laid laid =
        spot.planner().chain(-1, r.inner(), in, spot.path() + ".inner.", spot.ordered());
    Shape out = laid.chain().out();
    if (out.steps() != in.steps() || out.height() != in.height()) {
      throw spot.wrong(
          "its inner layers give " + out + ": they must keep the number of steps or pixels");
    }
    boolean projected = out.features() != in.features();
    if (laid.ordered() && (projected || !spot.ordered())) {
      throw spot.wrong("what is added to its monotone layers is not monotone");
    }
    List<PlannedLayer> layers = laid.chain().layers();
    if (projected) {
      // The projection stands before the inner weights.
      List<WeightSpec> own = new ArrayList<>(weights.subList(first, weights.size()));
      weights.subList(first, weights.size()).clear();
      spot.matrix(
          "projection.weight",
          List.of(out.features(), in.features()),
          Initialisation.XAVIER,
          in.features(),
          out.features());
      spot.bias("projection.bias", out.features());
      weights.addAll(own);
      layers = layers.stream().map(l -> l.movedBy(2)).toList();
    }
    return new Laid(out, List.of(new PlannedChain(-1, in, layers)), projected);
  }

  private static Laid embedding(Layer.Embedding e, Spot spot) {
    spot.matrix("weight", List.of(e.ids(), e.size()), Initialisation.LECUN, e.size(), 1);
    return Laid.of(
        new Shape(
            spot.in().height(),
            spot.in().steps(),
            Math.multiplyExact(spot.in().features(), e.size())));
  }

  private static Laid branches(Route.Branches b, Spot spot) {
    List<PlannedChain> chains = new ArrayList<>();
    List<Boolean> ordered = new ArrayList<>();
    for (int i = 0; i < b.branches().size(); i++) {
      Branch branch = b.branches().get(i);
      int input = branch.input().map(name -> spot.planner().input(name, spot)).orElse(-1);
      Planner.Laid laid =
          spot.planner()
              .chain(
                  input,
                  branch.layers(),
                  input < 0 ? spot.in() : spot.planner().shape(input),
                  spot.path() + "." + i + ".",
                  input < 0 && spot.ordered());
      chains.add(laid.chain());
      ordered.add(laid.ordered());
    }
    Shape first = chains.get(0).out();
    int features = 0;
    for (PlannedChain chain : chains) {
      Shape out = chain.out();
      boolean fits =
          out.steps() == first.steps()
              && out.height() == first.height()
              && (b.join() == Join.CONCATENATE || out.features() == first.features());
      if (!fits) {
        throw spot.wrong(
            "its branches give "
                + chains.stream().map(PlannedChain::out).toList()
                + ", which cannot be joined by "
                + b.join());
      }
      features = Math.addExact(features, out.features());
    }
    if (ordered.contains(true)) {
      Order.check(b, ordered, spot);
      spot.orderBegins();
    }
    return new Laid(
        new Shape(
            first.height(),
            first.steps(),
            b.join() == Join.CONCATENATE ? features : first.features()),
        chains,
        false);
  }

  private static Laid upsample(Route.Upsample u, Spot spot) {
    Shape in = spot.in();
    if (!in.isImage()) {
      spot.sequence();
    }
    return Laid.of(
        new Shape(
            Math.multiplyExact(in.height(), u.factor()),
            Math.multiplyExact(in.steps(), u.factor()),
            in.features()));
  }

  private static Laid repeat(Route.Repeat r, Spot spot) {
    if (spot.in().isImage() || spot.in().isSequence()) {
      throw spot.wrong("it repeats a vector");
    }
    return Laid.of(new Shape(r.steps(), spot.in().features()));
  }

  private static Laid reshape(Route.Reshape r, Spot spot) {
    Shape out = new Shape(r.height(), r.steps(), r.features());
    if (Cost.size(out) != Cost.size(spot.in())) {
      throw spot.wrong("it gives " + out + ", which has another number of values");
    }
    return Laid.of(out);
  }

  private static Laid select(Route.Select s, Spot spot) {
    if (s.features().stream().anyMatch(f -> f >= spot.in().features())) {
      throw spot.wrong("it selects features that are not there");
    }
    return Laid.of(new Shape(spot.in().height(), spot.in().steps(), s.features().size()));
  }

  private static Laid limits(Layer.Limits l, Spot spot) {
    if (l.low().size() != spot.in().features()) {
      throw spot.wrong("it has limits for " + l.low().size() + " features");
    }
    return Laid.of(spot.in());
  }

  private static Laid trees(Trees t, Spot spot) {
    if (spot.in().isSequence() || spot.in().isImage()) {
      throw spot.wrong("trees take a vector");
    }
    if (spot.ordered()) {
      throw spot.wrong("trees do not keep the order of a monotone layer before them");
    }
    spot.bias("feature", t.nodes());
    spot.bias("right", t.nodes());
    spot.bias("threshold", t.nodes());
    spot.bias("value", Math.multiplyExact(t.nodes(), t.width()));
    return Laid.of(new Shape(0, t.units()));
  }

  private static Laid monotone(Layer.Monotone m, Spot spot) {
    int f = spot.in().features();
    if (!m.directions().isEmpty() && m.directions().size() != f) {
      throw spot.wrong("it has directions for " + m.directions().size() + " features");
    }
    if (spot.ordered() && m.directions().stream().anyMatch(d -> d != Direction.UP)) {
      throw spot.wrong("behind a monotone layer all directions must be up");
    }
    // Weights that count by their size do not cancel: their sum must stay about 1.
    spot.matrix(
        "weight",
        List.of(m.units(), f),
        Initialisation.LECUN,
        Math.max(f, (int) Math.min(Integer.MAX_VALUE, (long) f * f / 2)),
        m.units());
    spot.bias("bias", m.units());
    spot.orderBegins();
    return Laid.of(new Shape(spot.in().height(), spot.in().steps(), m.units()));
  }
}
