package io.millwright.core.learn;

import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Route;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedChain;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Structured pruning: takes whole units out of layers whose output goes to one further layer
 * through nothing but layers that treat each feature by itself. A unit counts by the product of the
 * lengths of its incoming and its outgoing weights; behind a normalisation, which undoes the length
 * of what comes in, by its scale there. Every member loses as many, but not the same.
 */
final class Slimming {

  /** A layer that loses units, those that each see one of its outputs, and the one that reads. */
  private record Cut(PlannedLayer from, List<PlannedLayer> between, PlannedLayer to, int keep) {

    /** At how many places the reader sees a unit: all steps or pixels, where they are laid flat. */
    int places() {
      for (PlannedLayer layer : between) {
        if (layer.layer() instanceof Layer.Flatten) {
          return layer.out().features() / Math.max(1, layer.in().features());
        }
      }
      return 1;
    }
  }

  private final NetworkPlan plan;
  private final Network network;
  private final List<Cut> cuts = new ArrayList<>();

  /**
   * @param network the network, without its output layer
   * @param plan the same laid out
   * @param share how many of the units of each layer go
   */
  Slimming(Network network, NetworkPlan plan, double share) {
    this.network = network;
    this.plan = plan;
    find(plan.layers(), share);
  }

  /** Whether there is a layer that can lose units. */
  boolean possible() {
    return !cuts.isEmpty();
  }

  private void find(List<PlannedLayer> chain, double share) {
    for (int i = 0; i < chain.size(); i++) {
      PlannedLayer from = chain.get(i);
      if (from.layer() instanceof Layer.Residual || from.layer() instanceof Route.Branches) {
        from.chains().forEach(c -> find(c.layers(), share));
      }
      int units = units(from.layer());
      if (units < 2) {
        continue;
      }
      List<PlannedLayer> between = new ArrayList<>();
      int j = i + 1;
      boolean flat = false;
      while (j < chain.size() && eachByItself(chain.get(j).layer(), flat)) {
        flat |= chain.get(j).layer() instanceof Layer.Flatten;
        between.add(chain.get(j++));
      }
      if (j == chain.size() || !reads(chain.get(j).layer())) {
        continue;
      }
      int groups = 1;
      for (PlannedLayer layer : between) {
        groups = layer.layer() instanceof Layer.GroupNorm g ? Math.max(groups, g.groups()) : groups;
      }
      int keep = (int) Math.round((1 - share) * units / groups) * groups;
      keep = Math.max(groups, keep);
      if (keep < units) {
        cuts.add(new Cut(from, between, chain.get(j), keep));
      }
    }
  }

  /** How many units a layer has that can be taken out; 0 for one that must stay as it is. */
  private static int units(Layer layer) {
    if (layer instanceof Layer.Dense d) {
      return d.units();
    } else if (layer instanceof Layer.Lstm l) {
      return l.units();
    } else if (layer instanceof Layer.Gru g) {
      return g.units();
    } else if (layer instanceof Layer.Conv1d c) {
      return c.filters();
    }
    return layer instanceof Layer.Conv2d c ? c.filters() : 0;
  }

  /** Layers whose first array is {@code [out, in, ...]} over the features they are given. */
  private static boolean reads(Layer layer) {
    return units(layer) > 0;
  }

  private static boolean eachByItself(Layer layer, boolean flat) {
    return layer instanceof Layer.Dropout
        || layer instanceof Layer.Pool1d
        || layer instanceof Layer.Pool2d
        || layer instanceof Layer.GlobalPool
        || (!flat
            && (layer instanceof Layer.LayerNorm
                || layer instanceof Layer.GroupNorm
                || layer instanceof Layer.Flatten));
  }

  /** The narrower network, without its output layer. */
  Network network() {
    Map<String, Integer> keep = new HashMap<>();
    cuts.forEach(c -> keep.put(c.from.path(), c.keep));
    List<PlannedLayer> own = plan.layers().subList(0, network.layers().size());
    return new Network(own.stream().map(l -> narrow(l, keep)).toList());
  }

  private static Layer narrow(PlannedLayer planned, Map<String, Integer> keep) {
    if (planned.layer() instanceof Layer.Residual || planned.layer() instanceof Route.Branches) {
      List<List<Layer>> chains = new ArrayList<>();
      for (PlannedChain chain : planned.chains()) {
        chains.add(chain.layers().stream().map(l -> narrow(l, keep)).toList());
      }
      return planned.layer().withChains(chains);
    }
    Integer units = keep.get(planned.path());
    return units == null ? planned.layer() : withUnits(planned.layer(), units);
  }

  static Layer withUnits(Layer layer, int units) {
    if (layer instanceof Layer.Dense d) {
      return new Layer.Dense(units, d.activation(), d.initialisation());
    } else if (layer instanceof Layer.Lstm l) {
      return new Layer.Lstm(units, l.sequences(), l.cell(), l.initialisation());
    } else if (layer instanceof Layer.Gru g) {
      return new Layer.Gru(units, g.sequences(), g.cell(), g.initialisation());
    } else if (layer instanceof Layer.Conv1d c) {
      return new Layer.Conv1d(
          units,
          c.kernel(),
          c.stride(),
          c.dilation(),
          c.padding(),
          c.activation(),
          c.initialisation());
    } else if (layer instanceof Layer.Conv2d c) {
      return new Layer.Conv2d(
          units, c.kernel(), c.stride(), c.padding(), c.activation(), c.initialisation());
    }
    return layer;
  }

  /** The same layers with half of their units, for a student. */
  static Network halved(Network network) {
    return new Network(network.layers().stream().map(Slimming::halved).toList());
  }

  private static Layer halved(Layer layer) {
    if (layer instanceof Layer.GroupNorm g) {
      return new Layer.GroupNorm(Math.max(1, g.groups() / 2), g.activation());
    }
    Layer within =
        layer.withChains(
            layer.chains().stream().map(c -> c.stream().map(Slimming::halved).toList()).toList());
    return units(layer) == 0 ? within : withUnits(layer, Math.max(1, units(layer) / 2));
  }

  /** The weights of a member without the units that count least. */
  Weights slim(Weights weights) {
    List<Array> arrays = new ArrayList<>();
    for (int i = 0; i < weights.count(); i++) {
      WeightSpec spec = plan.weights().get(i);
      arrays.add(
          new Array(spec.shape().stream().mapToInt(n -> n).toArray(), weights.get(i).clone()));
    }
    for (Cut cut : cuts) {
      int[] kept = kept(cut, arrays);
      take(cut, kept, arrays);
    }
    return Weights.of(arrays.stream().map(a -> a.values).toList());
  }

  /** The units that stay, in their order. */
  private static int[] kept(Cut cut, List<Array> arrays) {
    int units = units(cut.from.layer());
    double[] in = new double[units];
    int gates = gates(cut.from.layer());
    int matrices = gates > 1 ? 2 : 1;
    for (int m = 0; m < matrices; m++) {
      Array array = arrays.get(cut.from.first() + m);
      for (int row = 0; row < gates * units; row++) {
        in[row % units] += array.square(0, row);
      }
    }
    int groups = 1;
    for (PlannedLayer layer : cut.between) {
      if (layer.layer() instanceof Layer.GroupNorm || layer.layer() instanceof Layer.LayerNorm) {
        float[] scale = arrays.get(layer.first()).values;
        for (int u = 0; u < units; u++) {
          in[u] = (double) scale[u] * scale[u];
        }
      }
      groups = layer.layer() instanceof Layer.GroupNorm g ? Math.max(groups, g.groups()) : groups;
    }
    Array reader = arrays.get(cut.to.first());
    double[] counts = new double[units];
    for (int p = 0; p < cut.places(); p++) {
      for (int u = 0; u < units; u++) {
        counts[u] += reader.square(1, p * units + u);
      }
    }
    for (int u = 0; u < units; u++) {
      counts[u] *= in[u];
    }
    // Channels that are normalised together stay together: each group loses as many.
    int each = units / groups;
    int stay = cut.keep / groups;
    List<Integer> kept = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      int first = g * each;
      IntStream.range(first, first + each)
          .boxed()
          .sorted((a, b) -> Double.compare(counts[b], counts[a]))
          .limit(stay)
          .forEach(kept::add);
    }
    return kept.stream().sorted().mapToInt(Integer::intValue).toArray();
  }

  private static int gates(Layer layer) {
    return layer instanceof Layer.Lstm ? 4 : layer instanceof Layer.Gru ? 3 : 1;
  }

  private static void take(Cut cut, int[] kept, List<Array> arrays) {
    int units = units(cut.from.layer());
    int gates = gates(cut.from.layer());
    int[] rows = repeated(kept, units, gates);
    int first = cut.from.first();
    arrays.get(first).take(0, rows);
    if (gates > 1) {
      arrays.get(first + 1).take(0, rows);
      arrays.get(first + 1).take(1, kept);
      arrays.get(first + 2).take(0, rows);
      if (cut.from.layer() instanceof Layer.Gru) {
        arrays.get(first + 3).take(0, rows);
      }
    } else {
      arrays.get(first + 1).take(0, rows);
    }
    for (PlannedLayer layer : cut.between) {
      if (layer.layer() instanceof Layer.GroupNorm || layer.layer() instanceof Layer.LayerNorm) {
        arrays.get(layer.first()).take(0, kept);
        arrays.get(layer.first() + 1).take(0, kept);
      }
    }
    arrays.get(cut.to.first()).take(1, repeated(kept, units, cut.places()));
  }

  /** The same places in each of some blocks that stand one after the other. */
  private static int[] repeated(int[] places, int length, int times) {
    int[] all = new int[places.length * times];
    for (int t = 0; t < times; t++) {
      for (int i = 0; i < places.length; i++) {
        all[t * places.length + i] = t * length + places[i];
      }
    }
    return all;
  }

  /** An array of weights that becomes smaller along its axes. */
  private static final class Array {
    private final int[] shape;
    private float[] values;

    Array(int[] shape, float[] values) {
      this.shape = shape;
      this.values = values;
    }

    private int inner(int axis) {
      return Arrays.stream(shape, axis + 1, shape.length).reduce(1, (a, b) -> a * b);
    }

    /** The sum of squares at one place of an axis. */
    double square(int axis, int place) {
      int inner = inner(axis);
      int step = inner * shape[axis];
      double sum = 0;
      for (int at = place * inner; at < values.length; at += step) {
        for (int k = 0; k < inner; k++) {
          sum += (double) values[at + k] * values[at + k];
        }
      }
      return sum;
    }

    void take(int axis, int[] places) {
      int inner = inner(axis);
      int outer = values.length / (inner * shape[axis]);
      float[] fewer = new float[outer * places.length * inner];
      for (int o = 0; o < outer; o++) {
        for (int p = 0; p < places.length; p++) {
          System.arraycopy(
              values,
              (o * shape[axis] + places[p]) * inner,
              fewer,
              (o * places.length + p) * inner,
              inner);
        }
      }
      shape[axis] = places.length;
      values = fewer;
    }
  }
}
