package io.millwright.runtime.network;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network laid out for an input and a number of outputs: every layer with its shapes and weights,
 * the output layer (dense, linear) included as the last. What an engine computes is defined here
 * and in the Javadoc of {@link Layer}; the arrays of weights are, by layer, in this order:
 *
 * <ul>
 *   <li>Dense: weight [out, in], bias [out].
 *   <li>LSTM: input weight [4 units, in], recurrent weight [4 units, units], bias [4 units]; rows
 *       in the order input gate, forget gate, candidate, output gate.
 *   <li>GRU: input weight [3 units, in], recurrent weight [3 units, units], input bias [3 units],
 *       recurrent bias [3 units]; rows in the order reset, update, candidate; h = (1 - z) n + z h',
 *       n = cell(Wx + b + r (Uh' + c)).
 *   <li>Convolution: weight [filters, in, kernel], bias [filters].
 *   <li>Convolution over images: weight [filters, in, kernel, kernel] (rows of the kernel, then
 *       columns), bias [filters].
 *   <li>Layer normalisation: scale [features], shift [features].
 *   <li>Group normalisation: scale [channels], shift [channels].
 *   <li>Periodic: frequency [features, waves] in units of the spread, weight [features, units, 2
 *       waves] (sines, then cosines), bias [features, units].
 *   <li>Attention: input weight [3 features, features], input bias [3 features], in the order
 *       query, key, value; output weight [features, features], output bias [features].
 *   <li>Residual: projection weight [out, in] and bias [out] when the number of features changes,
 *       then the weights of the inner layers.
 * </ul>
 */
public final class NetworkPlan {

  private final Shape input;
  private final int outputs;
  private final List<PlannedLayer> layers;
  private final List<WeightSpec> weights;

  private NetworkPlan(
      Shape input, int outputs, List<PlannedLayer> layers, List<WeightSpec> weights) {
    this.input = input;
    this.outputs = outputs;
    this.layers = List.copyOf(layers);
    this.weights = List.copyOf(weights);
  }

  /**
   * Lays a network out.
   *
   * @param network the network
   * @param input what it will be given
   * @param outputs how many numbers it must give
   * @param head how the weights of the output layer start
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE}, naming the layer that does not
   *     fit
   */
  public static NetworkPlan of(Network network, Shape input, int outputs, Initialisation head) {
    Planner planner = new Planner();
    List<PlannedLayer> planned = planner.plan(network.layers(), input, "");
    Shape last = planned.isEmpty() ? input : planned.get(planned.size() - 1).out();
    if (last.isSequence() || last.isImage()) {
      // Something with places has no single answer: the head sees all of it laid out flat.
      Layer flat = new Layer.Flatten();
      planned = new ArrayList<>(planned);
      planned.add(
          new PlannedLayer(
              flat,
              planner.count++,
              last,
              new Shape(0, last.size()),
              planner.weights.size(),
              List.of(),
              false));
      last = new Shape(0, last.size());
    } else {
      planned = new ArrayList<>(planned);
    }
    planned.add(planner.layer(new Layer.Dense(outputs, Activation.LINEAR, head), last, "output."));
    return new NetworkPlan(input, outputs, planned, planner.weights);
  }

  /**
   * A network in two: what the front gives is what the back is given.
   *
   * @param front the first layers
   * @param back the others, the output layer included
   */
  public record Halves(NetworkPlan front, NetworkPlan back) {}

  /**
   * Divides the network behind its first layers; earlier where the last of these gives steps or
   * pixels, which every engine lays out in its own way.
   *
   * @param first how many layers the front has at most; the output layer is never among them
   * @return both halves; empty when there is no such place
   */
  public Optional<Halves> split(int first) {
    int at = Math.min(first, layers.size());
    while (at > 0 && (at == layers.size() || !isFlat(layers.get(at - 1).out()))) {
      at--;
    }
    if (at < 1) {
      return Optional.empty();
    }
    Shape between = layers.get(at - 1).out();
    int arrays = layers.get(at).first();
    NetworkPlan front =
        new NetworkPlan(input, between.size(), layers.subList(0, at), weights.subList(0, arrays));
    List<PlannedLayer> rest =
        layers.subList(at, layers.size()).stream().map(l -> l.movedBy(-arrays)).toList();
    return Optional.of(
        new Halves(
            front,
            new NetworkPlan(between, outputs, rest, weights.subList(arrays, weights.size()))));
  }

  private static boolean isFlat(Shape shape) {
    return !shape.isSequence() && !shape.isImage();
  }

  /** What the network is given. */
  public Shape input() {
    return input;
  }

  /** How many numbers it gives for each input. */
  public int outputs() {
    return outputs;
  }

  /** The layers in the order of computation, the output layer last. */
  public List<PlannedLayer> layers() {
    return layers;
  }

  /** All arrays of weights, in the order of the layers. */
  public List<WeightSpec> weights() {
    return weights;
  }

  /** The number of single weights. */
  public long size() {
    return weights.stream().mapToLong(WeightSpec::size).sum();
  }

  /** What the frequencies of a periodic layer are multiplied by to give radians. */
  public static float turn(Layer.Periodic layer) {
    return (float) (2 * Math.PI * layer.spread());
  }

  /** About how many multiplications one input takes. */
  public long work() {
    if (!input.isImage()) {
      return size() * Math.max(1, input.steps());
    }
    return work(layers);
  }

  private static long work(List<PlannedLayer> layers) {
    long work = 0;
    for (PlannedLayer p : layers) {
      long each =
          p.layer() instanceof Layer.Conv2d c
              ? (long) c.kernel() * c.kernel() * p.in().features() * c.filters()
              : p.layer() instanceof Layer.Dense d ? (long) d.units() * p.in().features() : 0;
      work += each * p.out().positions() + work(p.inner());
    }
    return work;
  }

  private static final class Planner {
    private final List<WeightSpec> weights = new ArrayList<>();
    private int count;

    List<PlannedLayer> plan(List<Layer> layers, Shape input, String path) {
      List<PlannedLayer> planned = new ArrayList<>();
      Shape shape = input;
      for (int i = 0; i < layers.size(); i++) {
        PlannedLayer next = layer(layers.get(i), shape, path + i + ".");
        planned.add(next);
        shape = next.out();
      }
      return planned;
    }

    PlannedLayer layer(Layer layer, Shape in, String path) {
      int index = count++;
      int first = weights.size();
      if (layer instanceof Layer.Residual r) {
        return residual(r, in, path, index, first);
      }
      return new PlannedLayer(layer, index, in, simple(layer, in, path), first, List.of(), false);
    }

    private PlannedLayer residual(Layer.Residual r, Shape in, String path, int index, int first) {
      // The projection stands first, but whether it is needed is known only after the inner layers
      // are laid out.
      int width = new Planner().plan(r.inner(), in, "").get(r.inner().size() - 1).out().features();
      boolean projected = width != in.features();
      if (projected) {
        matrix(
            path + "projection.weight",
            List.of(width, in.features()),
            Initialisation.XAVIER,
            in.features(),
            width);
        bias(path + "projection.bias", width);
      }
      List<PlannedLayer> inner = plan(r.inner(), in, path + "inner.");
      Shape out = inner.get(inner.size() - 1).out();
      if (out.steps() != in.steps() || out.height() != in.height()) {
        throw wrong(
            path,
            r,
            in,
            "its inner layers give " + out + ": they must keep the number of steps or pixels");
      }
      return new PlannedLayer(r, index, in, out, first, inner, projected);
    }

    private Shape simple(Layer layer, Shape in, String path) {
      int f = in.features();
      if (layer instanceof Layer.Dense d) {
        matrix(
            path + "weight",
            List.of(d.units(), f),
            resolve(d.initialisation(), d.activation()),
            f,
            d.units());
        bias(path + "bias", d.units());
        return new Shape(in.height(), in.steps(), d.units());
      } else if (layer instanceof Layer.Lstm l) {
        sequence(path, layer, in);
        Initialisation start =
            l.initialisation() == Initialisation.AUTOMATIC
                ? Initialisation.XAVIER
                : l.initialisation();
        matrix(path + "input_weight", List.of(4 * l.units(), f), start, f, l.units());
        matrix(
            path + "recurrent_weight",
            List.of(4 * l.units(), l.units()),
            start,
            l.units(),
            l.units());
        weights.add(
            new WeightSpec(
                path + "bias",
                List.of(4 * l.units()),
                WeightSpec.Role.LSTM_BIAS,
                Initialisation.ZERO,
                1,
                1));
        return new Shape(l.sequences() ? in.steps() : 0, l.units());
      } else if (layer instanceof Layer.Gru g) {
        sequence(path, layer, in);
        Initialisation start =
            g.initialisation() == Initialisation.AUTOMATIC
                ? Initialisation.XAVIER
                : g.initialisation();
        matrix(path + "input_weight", List.of(3 * g.units(), f), start, f, g.units());
        matrix(
            path + "recurrent_weight",
            List.of(3 * g.units(), g.units()),
            start,
            g.units(),
            g.units());
        bias(path + "input_bias", 3 * g.units());
        bias(path + "recurrent_bias", 3 * g.units());
        return new Shape(g.sequences() ? in.steps() : 0, g.units());
      } else if (layer instanceof Layer.Conv1d c) {
        sequence(path, layer, in);
        matrix(
            path + "weight",
            List.of(c.filters(), f, c.kernel()),
            resolve(c.initialisation(), c.activation()),
            f * c.kernel(),
            c.filters() * c.kernel());
        bias(path + "bias", c.filters());
        int reach = (c.kernel() - 1) * c.dilation();
        int padded = c.padding() == Layer.Padding.VALID ? in.steps() : in.steps() + reach;
        int steps = (padded - reach - 1) / c.stride() + 1;
        if (padded <= reach || steps < 1) {
          throw wrong(path, layer, in, "its kernel reaches over " + (reach + 1) + " steps");
        }
        return new Shape(steps, c.filters());
      } else if (layer instanceof Layer.Pool1d p) {
        sequence(path, layer, in);
        if (in.steps() < p.size()) {
          throw wrong(path, layer, in, "one run needs " + p.size() + " steps");
        }
        return new Shape(in.steps() / p.size(), f);
      } else if (layer instanceof Layer.Conv2d c) {
        image(path, layer, in);
        int seen = c.kernel() * c.kernel();
        matrix(
            path + "weight",
            List.of(c.filters(), f, c.kernel(), c.kernel()),
            resolve(c.initialisation(), c.activation()),
            f * seen,
            c.filters() * seen);
        bias(path + "bias", c.filters());
        int edge = c.padding() == Layer.Padding.SAME ? c.kernel() - 1 : 0;
        if (Math.min(in.height(), in.steps()) + edge < c.kernel()) {
          throw wrong(path, layer, in, "its kernel is wider");
        }
        return new Shape(
            (in.height() + edge - c.kernel()) / c.stride() + 1,
            (in.steps() + edge - c.kernel()) / c.stride() + 1,
            c.filters());
      } else if (layer instanceof Layer.Pool2d p) {
        image(path, layer, in);
        if (Math.min(in.height(), in.steps()) < p.size()) {
          throw wrong(path, layer, in, "one square needs " + p.size() + " pixels");
        }
        return new Shape(in.height() / p.size(), in.steps() / p.size(), f);
      } else if (layer instanceof Layer.GroupNorm g) {
        image(path, layer, in);
        if (f % g.groups() != 0) {
          throw wrong(path, layer, in, g.groups() + " groups do not divide " + f + " channels");
        }
        norm(path, f);
        return in;
      } else if (layer instanceof Layer.GlobalPool p) {
        if (!in.isImage() || p.kind() == Layer.Pooling.LAST) {
          sequence(path, layer, in);
        }
        return new Shape(0, f);
      } else if (layer instanceof Layer.Flatten) {
        return new Shape(0, in.size());
      } else if (layer instanceof Layer.LayerNorm) {
        norm(path, f);
        return in;
      } else if (layer instanceof Layer.Periodic p) {
        if (Math.max(2L * p.waves(), p.units()) * f > Integer.MAX_VALUE) {
          throw wrong(path, layer, in, "its waves or outputs are more than can be counted");
        }
        int waves = 2 * p.waves();
        matrix(path + "frequency", List.of(f, p.waves()), Initialisation.LECUN, 1, 1);
        matrix(
            path + "weight",
            List.of(f, p.units(), waves),
            resolve(Initialisation.AUTOMATIC, p.activation()),
            waves,
            p.units());
        bias(path + "bias", f, p.units());
        return new Shape(in.height(), in.steps(), f * p.units());
      } else if (layer instanceof Layer.PositionalEncoding) {
        sequence(path, layer, in);
        return in;
      } else if (layer instanceof Layer.Attention a) {
        sequence(path, layer, in);
        if (f % a.heads() != 0) {
          throw wrong(path, layer, in, a.heads() + " heads do not divide " + f + " features");
        }
        matrix(path + "input_weight", List.of(3 * f, f), Initialisation.XAVIER, f, f);
        bias(path + "input_bias", 3 * f);
        matrix(path + "output_weight", List.of(f, f), Initialisation.XAVIER, f, f);
        bias(path + "output_bias", f);
        return in;
      }
      return in; // dropout
    }

    private void matrix(
        String name, List<Integer> shape, Initialisation start, int fanIn, int fanOut) {
      weights.add(new WeightSpec(name, shape, WeightSpec.Role.MATRIX, start, fanIn, fanOut));
    }

    private void norm(String path, int features) {
      weights.add(
          new WeightSpec(
              path + "scale", List.of(features), WeightSpec.Role.SCALE, Initialisation.ZERO, 1, 1));
      bias(path + "shift", features);
    }

    private void bias(String name, Integer... shape) {
      weights.add(
          new WeightSpec(name, List.of(shape), WeightSpec.Role.BIAS, Initialisation.ZERO, 1, 1));
    }

    private static Initialisation resolve(Initialisation start, Activation activation) {
      if (start != Initialisation.AUTOMATIC) {
        return start;
      }
      return switch (activation) {
        case RELU, LEAKY_RELU, ELU, SILU, GELU, SOFTPLUS -> Initialisation.HE;
        case LINEAR, SIGMOID, TANH -> Initialisation.XAVIER;
      };
    }

    private static void sequence(String path, Layer layer, Shape in) {
      if (!in.isSequence()) {
        throw wrong(
            path,
            layer,
            in,
            "it needs a sequence\n"
                + "Maybe end the preparation with Step.Window, or let the recurrent layer before it"
                + " give sequences");
      }
    }

    private static void image(String path, Layer layer, Shape in) {
      if (!in.isImage()) {
        throw wrong(
            path,
            layer,
            in,
            "it needs an image\nMaybe begin the preparation with Step.Picture, and flatten or pool"
                + " after the layers over pixels");
      }
    }

    private static MillwrightException wrong(String path, Layer layer, Shape in, String why) {
      return new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "layer "
              + path.substring(0, Math.max(0, path.length() - 1))
              + " ("
              + layer
              + ") is given "
              + in
              + ", but "
              + why);
    }
  }
}
