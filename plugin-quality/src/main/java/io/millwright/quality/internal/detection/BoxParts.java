package io.millwright.quality.internal.detection;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.FittedNetwork;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a detector knows, between its own form and that of a bundle.
 *
 * @param grid what the network sees
 * @param colour whether it sees colour
 * @param anySide whether it looks from several sides
 * @param classes the classes in the order of outputs
 * @param confidence how scores become probabilities
 * @param network the network
 */
record BoxParts(
    Grid grid,
    boolean colour,
    boolean anySide,
    List<String> classes,
    Confidence confidence,
    FittedNetwork network) {

  private static final String KIND = "boxes at cells 1";
  private static final String SEPARATOR = "\n";
  private static final String NETWORK = "boxes";
  private static final int MOST_SIDE = 1024;

  BoxParts {
    classes = List.copyOf(classes);
  }

  SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("kind", KIND);
    texts.put("classes", String.join(SEPARATOR, classes));
    return texts;
  }

  SortedMap<String, List<Double>> numbers() {
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    numbers.put("size", List.of((double) grid.width(), (double) grid.height()));
    numbers.put("colour", List.of(colour ? 1.0 : 0.0));
    numbers.put("any side", List.of(anySide ? 1.0 : 0.0));
    numbers.put("confidence", List.of(confidence.slope(), confidence.level()));
    return numbers;
  }

  SortedMap<String, FittedNetwork> networks() {
    return new TreeMap<>(java.util.Map.of(NETWORK, network));
  }

  /** Reads a model, as that of a stranger. */
  static BoxParts of(ComposedModel model) {
    String kind = model.texts().get("kind");
    String classes = model.texts().get("classes");
    FittedNetwork network = model.networks().get(NETWORK);
    List<Double> size = model.numbers().getOrDefault("size", List.of());
    List<Double> colour = model.numbers().getOrDefault("colour", List.of());
    List<Double> anySide = model.numbers().getOrDefault("any side", List.of());
    List<Double> confidence = model.numbers().getOrDefault("confidence", List.of());
    if (!KIND.equals(kind)
        || classes == null
        || network == null
        || size.size() != 2
        || colour.size() != 1
        || anySide.size() != 1
        || confidence.size() != 2
        || !confidence.stream().allMatch(Double::isFinite)
        || !(confidence.get(0) > 0)
        || !size.stream().allMatch(s -> s >= 32 && s <= MOST_SIDE && s % 32 == 0)) {
      throw wrong("of the kind \"" + kind + "\", of size " + size + ", confidence " + confidence);
    }
    BoxParts parts =
        new BoxParts(
            new Grid(size.get(0).intValue(), size.get(1).intValue()),
            colour.get(0) == 1,
            anySide.get(0) == 1,
            List.of(classes.split(SEPARATOR, -1)),
            new Confidence(confidence.get(0), confidence.get(1)),
            network);
    int inputs = parts.grid.width() * parts.grid.height() * Plate.planes(parts.colour);
    int outputs = parts.grid.cells() * (parts.classes.size() + 5);
    if (network.inputs() != inputs || network.outputs() != outputs) {
      throw wrong(
          "with a network from "
              + network.inputs()
              + " to "
              + network.outputs()
              + " numbers, not from "
              + inputs
              + " to "
              + outputs);
    }
    return parts;
  }

  private static MillwrightException wrong(String what) {
    return new MillwrightException(
        ErrorCode.BAD_BUNDLE,
        "the parameters of a detector are wrong: "
            + what
            + "\nMaybe the file was altered: get it again");
  }
}
