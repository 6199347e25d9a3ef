package io.millwright.runtime.network;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Route;
import io.millwright.api.learn.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A network laid out for its inputs and outputs: every layer with its shapes and weights, the
 * output layers (dense, linear) included. What an engine computes is defined here and in the
 * Javadoc of {@link Layer}; the arrays of weights are, by layer, in this order:
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
 *   <li>Embedding: weight [ids, size].
 *   <li>Monotone: weight [out, in], bias [out]; what multiplies is the weight itself for a free
 *       feature, otherwise its size with the direction's sign.
 *   <li>Residual: projection weight [out, in] and bias [out] when the number of features changes,
 *       then the weights of the inner layers.
 *   <li>Branches and taps: the weights of their layers, chain after chain.
 * </ul>
 *
 * <p>All inputs of a sample lie in one flat array, one {@link Slice} after the other, and so do all
 * outputs. The main chain begins with the first input.
 */
public final class NetworkPlan {

  private final List<Slice> inputs;
  private final List<Slice> outputs;
  private final List<PlannedLayer> layers;
  private final List<WeightSpec> weights;

  private NetworkPlan(
      List<Slice> inputs,
      List<Slice> outputs,
      List<PlannedLayer> layers,
      List<WeightSpec> weights) {
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.layers = List.copyOf(layers);
    this.weights = List.copyOf(weights);
  }

  /**
   * Lays a network of one input and one output out.
   *
   * @param network the network
   * @param input what it will be given
   * @param outputs how many numbers it must give
   * @param head how the weights of the output layer start
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE}, naming the layer that does not
   *     fit
   */
  public static NetworkPlan of(Network network, Shape input, int outputs, Initialisation head) {
    return of(
        network,
        List.of(InputSpec.of(input)),
        List.of(new OutputSpec(OutputSpec.ONLY, OutputSpec.Form.VECTOR, outputs, head)));
  }

  /**
   * Lays a network out.
   *
   * @param network the network
   * @param inputs what it will be given, at least one; every one must be used
   * @param outputs what it must give, at least one
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE}, naming the layer, input or
   *     output that does not fit; with {@link ErrorCode#UNSUPPORTED}, naming a layer that is not
   *     known
   */
  public static NetworkPlan of(Network network, List<InputSpec> inputs, List<OutputSpec> outputs) {
    different("inputs", inputs.stream().map(InputSpec::name).toList());
    different("outputs", outputs.stream().map(OutputSpec::name).toList());
    Planner planner = new Planner(inputs, outputs);
    List<PlannedLayer> layers = planner.whole(network);
    return new NetworkPlan(planner.inputSlices(), planner.outputSlices(), layers, planner.weights);
  }

  private static void different(String what, List<String> names) {
    if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
      throw Planner.wrong(
          "the " + what + " are called " + names + "\nMaybe name at least one, and none twice");
    }
  }

  /**
   * The same network, its weights as they are, that gives values from its middle: features of a
   * trained network.
   *
   * @param places names of taps, or where layers stand ({@link PlannedLayer#path}, such as {@code
   *     3} or {@code 2.inner.0}); the outputs of the new plan in this order, with these names
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when there is no such place
   */
  public NetworkPlan tapped(List<String> places) {
    different("places", places);
    Shape[] shapes = new Shape[places.size()];
    List<PlannedLayer> marked = new ArrayList<>();
    int end = 0;
    for (PlannedLayer layer : layers) {
      marked.add(mark(layer, places, shapes));
      if (marked.get(marked.size() - 1).any(l -> l.outlet() >= 0)) {
        end = marked.size();
      }
    }
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      if (shapes[i] == null) {
        List<String> known = new ArrayList<>();
        layers.forEach(l -> names(l, known));
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "the network has no place \"" + places.get(i) + "\"\nMaybe take one of " + known);
      }
      slices.add(new Slice(places.get(i), shapes[i], i == 0 ? 0 : slices.get(i - 1).end()));
    }
    return new NetworkPlan(inputs, slices, marked.subList(0, end), weights);
  }

  private static void names(PlannedLayer layer, List<String> known) {
    known.add(name(layer));
    layer.inner().forEach(l -> names(l, known));
  }

  private static String name(PlannedLayer layer) {
    return layer.layer() instanceof Route.Tap tap ? tap.name() : layer.path();
  }

  private static PlannedLayer mark(PlannedLayer layer, List<String> places, Shape[] shapes) {
    int output = places.indexOf(name(layer));
    if (output >= 0 && shapes[output] == null) {
      shapes[output] = layer.out();
    } else {
      output = -1;
    }
    List<PlannedChain> chains =
        layer.chains().stream()
            .map(
                c ->
                    new PlannedChain(
                        c.input(),
                        c.in(),
                        c.layers().stream().map(l -> mark(l, places, shapes)).toList()))
            .toList();
    return layer.with(layer.first(), chains, output);
  }

  /**
   * A network in two: what the front gives is what the back is given.
   *
   * @param front the first layers
   * @param back the others, the output layers included
   */
  public record Halves(NetworkPlan front, NetworkPlan back) {}

  /**
   * Divides the network behind its first layers; earlier where the last of these gives steps or
   * pixels, which every engine lays out in its own way, where an output was taken before, or an
   * input is used after.
   *
   * @param first how many layers the front has at most; the last layer is never among them
   * @return both halves; empty when there is no such place
   */
  public Optional<Halves> split(int first) {
    int at = Math.min(first, layers.size());
    while (at > 0 && (at == layers.size() || !divides(at))) {
      at--;
    }
    if (at < 1) {
      return Optional.empty();
    }
    Shape between = layers.get(at - 1).out();
    int arrays = arrays(at);
    NetworkPlan front =
        new NetworkPlan(
            inputs,
            List.of(new Slice(OutputSpec.ONLY, between, 0)),
            marked(layers.subList(0, at)),
            weights.subList(0, arrays));
    List<PlannedLayer> rest =
        layers.subList(at, layers.size()).stream().map(l -> l.movedBy(-arrays)).toList();
    return Optional.of(
        new Halves(
            front,
            new NetworkPlan(
                List.of(new Slice(InputSpec.ONLY, between, 0)),
                outputs,
                rest,
                weights.subList(arrays, weights.size()))));
  }

  private static List<PlannedLayer> marked(List<PlannedLayer> layers) {
    List<PlannedLayer> marked = new ArrayList<>(layers);
    PlannedLayer last = marked.remove(marked.size() - 1);
    marked.add(last.with(last.first(), last.chains(), 0));
    return marked;
  }

  private boolean divides(int at) {
    Shape shape = layers.get(at - 1).out();
    return !shape.isSequence()
        && !shape.isImage()
        && layers.subList(0, at).stream().noneMatch(l -> l.any(i -> i.outlet() >= 0))
        && layers.subList(at, layers.size()).stream()
            .noneMatch(l -> l.any(i -> i.chains().stream().anyMatch(c -> c.input() >= 0)));
  }

  /** How many arrays of weights the first layers of the main chain have. */
  public int arrays(int first) {
    return first < layers.size() ? layers.get(first).first() : weights.size();
  }

  /** What the network is given: its only input, or all of them as one flat vector. */
  public Shape input() {
    Slice last = inputs.get(inputs.size() - 1);
    return inputs.size() == 1 ? last.shape() : new Shape(0, last.end());
  }

  /** The inputs, in the order in which they lie in the flat array of a sample. */
  public List<Slice> inputs() {
    return inputs;
  }

  /** How many numbers it gives for each sample, all outputs together. */
  public int outputs() {
    return outputs.get(outputs.size() - 1).end();
  }

  /** The outputs, in the order in which they lie in the flat array of a sample. */
  public List<Slice> slices() {
    return outputs;
  }

  /** The layers of the main chain in the order of computation, output layers included. */
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

  /** Whether trees are among its layers, which no engine computes. */
  public boolean hasTrees() {
    return layers.stream().anyMatch(l -> l.any(i -> i.layer() instanceof Trees));
  }

  /** About how many multiplications one input takes. */
  public long work() {
    return cost().work();
  }

  /** What one input costs, estimated without computing anything. */
  public Cost cost() {
    return LayerKinds.cost(layers).plus(new Cost(0, Cost.size(input())));
  }
}
