package io.millwright.runtime.network;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import java.util.List;

/** Where a layer is being laid out, and what its kind may do there. Used once. */
final class Spot {

  private final Planner planner;
  private final Layer layer;
  private final Shape in;
  private final String path;
  private final boolean ordered;
  private boolean orderedAfter;

  /**
   * @param ordered whether what is given follows from a monotone layer, so that its order must be
   *     kept
   */
  Spot(Planner planner, Layer layer, Shape in, String path, boolean ordered) {
    this.planner = planner;
    this.layer = layer;
    this.in = in;
    this.path = path;
    this.ordered = ordered;
    this.orderedAfter = ordered;
  }

  Layer layer() {
    return layer;
  }

  Shape in() {
    return in;
  }

  String path() {
    return path;
  }

  boolean ordered() {
    return ordered;
  }

  boolean orderedAfter() {
    return orderedAfter;
  }

  /** Says that what comes of the layer follows from a monotone layer. */
  void orderBegins() {
    orderedAfter = true;
  }

  Planner planner() {
    return planner;
  }

  void matrix(String name, List<Integer> shape, Initialisation start, int fanIn, int fanOut) {
    planner.weights.add(
        new WeightSpec(path + "." + name, shape, WeightSpec.Role.MATRIX, start, fanIn, fanOut));
  }

  void bias(String name, Integer... shape) {
    array(name, WeightSpec.Role.BIAS, shape);
  }

  void array(String name, WeightSpec.Role role, Integer... shape) {
    planner.weights.add(
        new WeightSpec(path + "." + name, List.of(shape), role, Initialisation.ZERO, 1, 1));
  }

  void norm(int features) {
    array("scale", WeightSpec.Role.SCALE, features);
    bias("shift", features);
  }

  void sequence() {
    if (!in.isSequence()) {
      throw wrong(
          "it needs a sequence\n"
              + "Maybe end the preparation with Step.Window, or let the recurrent layer before it"
              + " give sequences");
    }
  }

  void image() {
    if (!in.isImage()) {
      throw wrong(
          "it needs an image\nMaybe begin the preparation with Step.Picture, and flatten or pool"
              + " after the layers over pixels");
    }
  }

  /** What stands in the place of an automatic start. */
  static Initialisation resolve(Initialisation start, Activation activation) {
    if (start != Initialisation.AUTOMATIC) {
      return start;
    }
    return switch (activation) {
      case RELU, LEAKY_RELU, ELU, SILU, GELU, SOFTPLUS -> Initialisation.HE;
      case LINEAR, SIGMOID, TANH -> Initialisation.XAVIER;
    };
  }

  MillwrightException wrong(String why) {
    return new MillwrightException(
        ErrorCode.WRONG_SHAPE,
        "layer "
            + path
            + " ("
            + layer
            + ") is given "
            + in
            + ", but "
            + why
            + (why.contains("\nMaybe ") ? "" : "\nMaybe change it, or what stands before it"));
  }
}
