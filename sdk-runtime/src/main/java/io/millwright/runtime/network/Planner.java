package io.millwright.runtime.network;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Branch;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lays one network out. Used once. */
final class Planner {

  final List<WeightSpec> weights = new ArrayList<>();

  private final List<InputSpec> inputs;
  private final List<OutputSpec> outputs;
  private final Shape[] given;
  private final boolean[] used;
  private int count;

  Planner(List<InputSpec> inputs, List<OutputSpec> outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.given = new Shape[outputs.size()];
    this.used = new boolean[inputs.size()];
  }

  /** A chain, and whether what it gives follows from a monotone layer. */
  record Laid(PlannedChain chain, boolean ordered) {}

  private record One(PlannedLayer layer, boolean ordered) {}

  /** The whole network, its output layers included. */
  List<PlannedLayer> whole(Network network) {
    Set<String> tapped = new HashSet<>();
    taps(network.layers(), tapped);
    Shape first = inputs.get(0).shape();
    used[0] =
        network.layers().isEmpty()
            || !(network.layers().get(0) instanceof Route.Branches b)
            || b.branches().stream().anyMatch(branch -> branch.input().isEmpty());
    Laid laid = chain(-1, network.layers(), first, "", false);
    List<Integer> atEnd = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      if (!tapped.contains(outputs.get(i).name())) {
        atEnd.add(i);
      }
    }
    List<PlannedLayer> layers = new ArrayList<>(laid.chain.layers());
    if (atEnd.isEmpty()
        && !(network.layers().get(network.layers().size() - 1) instanceof Route.Tap)) {
      throw wrong(
          "the last layers of the network lead to no output: all of "
              + outputs.stream().map(OutputSpec::name).toList()
              + " are taken before\nMaybe end the network at its last tap");
    }
    for (int k = 0; k < atEnd.size() - 1; k++) {
      Shape end = laid.chain.out();
      OutputSpec output = outputs.get(atEnd.get(k));
      int index = count++;
      List<PlannedLayer> head = head(atEnd.get(k), end, laid.ordered, output.name());
      layers.add(
          new PlannedLayer(
              new Route.Tap(output.name()),
              output.name(),
              index,
              end,
              end,
              head.isEmpty() ? weights.size() : head.get(0).first(),
              List.of(new PlannedChain(-1, end, head)),
              false,
              head.isEmpty() ? atEnd.get(k) : -1));
    }
    if (!atEnd.isEmpty()) {
      int last = atEnd.get(atEnd.size() - 1);
      List<PlannedLayer> head =
          head(last, laid.chain.out(), laid.ordered, outputs.get(last).name());
      if (head.isEmpty()) {
        // An output as it is marks a layer of its own, since the one before may be another's.
        head = List.of(marker(last, laid.chain.out()));
      }
      layers.addAll(head);
    }
    for (int i = 0; i < used.length; i++) {
      if (!used[i]) {
        throw wrong(
            "nothing in the network begins with the input \""
                + inputs.get(i).name()
                + "\"\nMaybe begin a branch with it, or leave it out");
      }
    }
    return layers;
  }

  private PlannedLayer marker(int output, Shape shape) {
    return new PlannedLayer(
        new Route.Tap(outputs.get(output).name()),
        outputs.get(output).name(),
        count++,
        shape,
        shape,
        weights.size(),
        List.of(new PlannedChain(-1, shape, List.of())),
        false,
        output);
  }

  private void taps(List<Layer> layers, Set<String> names) {
    for (Layer layer : layers) {
      if (layer instanceof Route.Tap tap && !names.add(tap.name())) {
        throw wrong("two taps are called \"" + tap.name() + "\"\nMaybe rename one");
      }
      layer.chains().forEach(chain -> taps(chain, names));
    }
  }

  /** The output layers behind a value; empty for an output as it is. */
  private List<PlannedLayer> head(int output, Shape value, boolean ordered, String path) {
    OutputSpec spec = outputs.get(output);
    if (spec.form() == OutputSpec.Form.AS_IS) {
      given[output] = value;
      return List.of();
    }
    List<PlannedLayer> head = new ArrayList<>();
    Shape in = value;
    if (spec.form() == OutputSpec.Form.VECTOR && (in.isSequence() || in.isImage())) {
      // Something with places has no single answer: the output layer sees all of it laid out flat.
      head.add(one(new Layer.Flatten(), in, path, ordered).layer);
      in = head.get(0).out();
    }
    Layer last =
        ordered
            ? new Layer.Monotone(spec.units(), List.of(), false)
            : new Layer.Dense(spec.units(), Activation.LINEAR, spec.start());
    head.add(one(last, in, path, ordered).layer);
    spec.base().ifPresent(base -> head.add(one(added(base, spec.units()), head, path + ".base")));
    PlannedLayer planned = head.remove(head.size() - 1);
    head.add(planned.with(planned.first(), planned.chains(), output));
    given[output] = planned.out();
    return head;
  }

  private PlannedLayer one(Layer layer, List<PlannedLayer> behind, String path) {
    return one(layer, behind.get(behind.size() - 1).out(), path, false).layer;
  }

  /** Adds an input of one number to each of some numbers. */
  private static Layer added(String input, int units) {
    List<Layer> repeat =
        units == 1 ? List.of() : List.of(new Route.Repeat(units), new Layer.Flatten());
    return new Route.Branches(
        List.of(Branch.of(), new Branch(Optional.of(input), repeat)), Join.ADD);
  }

  /**
   * Lays a chain out.
   *
   * @param input the input with which it begins, or -1
   * @param path what stands before the numbers of its layers, a point at its end
   * @param ordered whether it begins with what follows from a monotone layer
   */
  Laid chain(int input, List<Layer> layers, Shape in, String path, boolean ordered) {
    List<PlannedLayer> planned = new ArrayList<>();
    Shape shape = in;
    boolean order = ordered;
    for (int i = 0; i < layers.size(); i++) {
      One next = one(layers.get(i), shape, path + i, order);
      planned.add(next.layer);
      shape = next.layer.out();
      order = next.ordered;
    }
    return new Laid(new PlannedChain(input, in, planned), order);
  }

  private One one(Layer layer, Shape in, String path, boolean ordered) {
    int index = count++;
    int first = weights.size();
    LayerKind<?> kind = LayerKinds.of(layer);
    Spot spot = new Spot(this, layer, in, path, ordered);
    if (ordered && !kind.keepsOrder()) {
      throw spot.wrong(
          "a monotone layer stands before it, whose order it does not keep\nMaybe let only monotone"
              + " layers, clipping, dropout and pooling follow");
    }
    LayerKind.Laid laid = kind.plan(spot);
    int outlet = -1;
    if (layer instanceof Route.Tap tap && laid.chains().get(0).layers().isEmpty()) {
      outlet = output(tap.name());
    }
    return new One(
        new PlannedLayer(
            layer, path, index, in, laid.out(), first, laid.chains(), laid.projected(), outlet),
        spot.orderedAfter());
  }

  /** A tap's own layers and, where an output is taken there, the output's. */
  LayerKind.Laid tap(Route.Tap tap, Spot spot) {
    int output = output(tap.name());
    if (output < 0 && !tap.layers().isEmpty()) {
      throw spot.wrong(
          "no output is called \""
              + tap.name()
              + "\", so its layers lead nowhere\nMaybe leave them out");
    }
    Laid side = chain(-1, tap.layers(), spot.in(), spot.path() + ".inner.", spot.ordered());
    List<PlannedLayer> layers = new ArrayList<>(side.chain.layers());
    if (output >= 0) {
      List<PlannedLayer> head = head(output, side.chain.out(), side.ordered, tap.name());
      if (head.isEmpty() && !layers.isEmpty()) {
        head = List.of(marker(output, side.chain.out()));
      }
      layers.addAll(head);
    }
    return new LayerKind.Laid(spot.in(), List.of(new PlannedChain(-1, spot.in(), layers)), false);
  }

  private int output(String name) {
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The number of an input, which is used from now on. */
  int input(String name, Spot spot) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).name().equals(name)) {
        used[i] = true;
        return i;
      }
    }
    throw spot.wrong(
        "a branch begins with the input \""
            + name
            + "\", and there are "
            + inputs.stream().map(InputSpec::name).collect(Collectors.joining(", "))
            + "\nMaybe name one of these");
  }

  Shape shape(int input) {
    return inputs.get(input).shape();
  }

  List<Slice> inputSlices() {
    List<Slice> slices = new ArrayList<>();
    int at = 0;
    for (InputSpec input : inputs) {
      slices.add(new Slice(input.name(), input.shape(), at));
      at = slices.get(slices.size() - 1).end();
    }
    return slices;
  }

  List<Slice> outputSlices() {
    List<Slice> slices = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < given.length; i++) {
      slices.add(new Slice(outputs.get(i).name(), given[i], at));
      at = slices.get(i).end();
    }
    return slices;
  }

  static MillwrightException wrong(String what) {
    return new MillwrightException(ErrorCode.WRONG_SHAPE, what);
  }
}
