package io.millwright.quality.internal.backbone;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.foreign.Backbone;
import io.millwright.api.spi.ComposedModel;
import io.millwright.quality.InspectionCosts;
import io.millwright.runtime.features.BackboneStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that inspection on a backbone knows, between its own form and that of a bundle.
 *
 * @param backbone the network; its file is found by its digest
 * @param labels the classes
 * @param head the linear heads
 * @param calibrated what turns scores into probabilities
 * @param strange the largest distance of a training image from the others
 * @param costs what decisions cost, or empty
 */
record BackboneModel(
    Backbone backbone,
    List<String> labels,
    LinearHead head,
    Calibrated calibrated,
    double strange,
    Optional<InspectionCosts> costs) {

  private static final int MOST_LABELS = 10_000;
  private static final String SEPARATOR = "\n";

  BackboneModel {
    labels = List.copyOf(labels);
  }

  SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("kind", "backbone-linear 1");
    texts.put("backbone", backbone.digest().orElseThrow());
    texts.put("layers", String.join(SEPARATOR, backbone.layers()));
    texts.put("labels", String.join(SEPARATOR, labels));
    costs.ifPresent(c -> texts.put("good", c.good()));
    return texts;
  }

  SortedMap<String, List<Double>> numbers() {
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    numbers.put("size", List.of((double) backbone.width(), (double) backbone.height()));
    numbers.put("mean", backbone.mean());
    numbers.put("deviation", backbone.deviation());
    numbers.put("ends", head.ends().stream().map(Integer::doubleValue).toList());
    numbers.put("middle", boxed(head.middle()));
    numbers.put("scale", boxed(head.scale()));
    for (int h = 0; h < head.weights().size(); h++) {
      List<Double> all = new ArrayList<>();
      for (double[] own : head.weights().get(h)) {
        all.addAll(boxed(own));
      }
      numbers.put("head " + h, all);
    }
    numbers.put("inverse", List.of(calibrated.inverse()));
    numbers.put("held", boxed(calibrated.held()));
    numbers.put("strange", List.of(strange));
    costs.ifPresent(
        c -> {
          List<Double> all = new ArrayList<>(List.of(c.escape(), c.falseReject()));
          c.review().ifPresent(all::add);
          numbers.put("costs", all);
        });
    return numbers;
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  static boolean knows(ComposedModel model) {
    return model.texts().getOrDefault("kind", "").startsWith("backbone-linear ");
  }

  /** Reads a model, as that of a stranger. */
  static BackboneModel of(ComposedModel model) {
    try {
      return read(model);
    } catch (RuntimeException e) {
      if (e instanceof MillwrightException own && own.code().equals(ErrorCode.NOT_IN_STORE)) {
        throw own;
      }
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          "the parameters of inspection on a backbone are wrong: "
              + e.getMessage()
              + "\nMaybe the file was altered: get it again",
          e);
    }
  }

  private static BackboneModel read(ComposedModel model) {
    SortedMap<String, String> texts = model.texts();
    if (!"backbone-linear 1".equals(texts.get("kind"))) {
      throw new IllegalArgumentException("the kind is " + texts.get("kind"));
    }
    List<String> labels = List.of(text(texts, "labels").split(SEPARATOR));
    List<String> layers = List.of(text(texts, "layers").split(SEPARATOR));
    List<Integer> ends = numbers(model, "ends", -1).stream().map(BackboneModel::whole).toList();
    if (labels.size() < 2
        || labels.size() > MOST_LABELS
        || labels.stream().distinct().count() < labels.size()
        || ends.isEmpty()
        || ends.get(0) < 1) {
      throw new IllegalArgumentException("labels " + labels + ", ends " + ends);
    }
    int width = ends.get(ends.size() - 1);
    List<double[][]> weights = new ArrayList<>();
    for (int h = 0; h < ends.size(); h++) {
      int end = ends.get(h);
      if (end > width || (h > 0 && end <= ends.get(h - 1))) {
        throw new IllegalArgumentException("ends " + ends);
      }
      double[] all = array(numbers(model, "head " + h, Math.multiplyExact(labels.size(), end + 1)));
      double[][] own = new double[labels.size()][];
      for (int k = 0; k < own.length; k++) {
        own[k] = Arrays.copyOfRange(all, k * (end + 1), (k + 1) * (end + 1));
      }
      weights.add(own);
    }
    double[] scale = array(numbers(model, "scale", width));
    double[] held = array(numbers(model, "held", -1));
    double[] sorted = held.clone();
    Arrays.sort(sorted);
    double inverse = numbers(model, "inverse", 1).get(0);
    if (Arrays.stream(scale).anyMatch(s -> !(s > 0))
        || !Arrays.equals(held, sorted)
        || !(inverse > 0)) {
      throw new IllegalArgumentException("scales, calibration or temperature");
    }
    List<Double> size = numbers(model, "size", 2);
    String digest = text(texts, "backbone");
    Path file = BackboneStore.standard().find(digest);
    return new BackboneModel(
        new Backbone(
            file,
            Optional.of(digest),
            layers,
            whole(size.get(0)),
            whole(size.get(1)),
            numbers(model, "mean", 3),
            numbers(model, "deviation", 3)),
        labels,
        new LinearHead(ends, array(numbers(model, "middle", width)), scale, weights),
        new Calibrated(inverse, held),
        numbers(model, "strange", 1).get(0),
        costs(model, labels));
  }

  private static Optional<InspectionCosts> costs(ComposedModel model, List<String> labels) {
    String good = model.texts().get("good");
    if (good == null) {
      return Optional.empty();
    }
    List<Double> all = numbers(model, "costs", -1);
    if (!labels.contains(good) || all.size() < 2 || all.size() > 3) {
      throw new IllegalArgumentException("costs " + all + " with the good class " + good);
    }
    return Optional.of(
        new InspectionCosts(
            good,
            all.get(0),
            all.get(1),
            all.size() == 3 ? OptionalDouble.of(all.get(2)) : OptionalDouble.empty()));
  }

  private static String text(SortedMap<String, String> texts, String name) {
    String text = texts.get(name);
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("no text \"" + name + "\"");
    }
    return text;
  }

  private static List<Double> numbers(ComposedModel model, String name, int count) {
    List<Double> all = model.numbers().get(name);
    if (all == null
        || (count >= 0 && all.size() != count)
        || all.stream().anyMatch(v -> !Double.isFinite(v))) {
      throw new IllegalArgumentException(
          "\"" + name + "\" has not " + (count < 0 ? "" : count + " ") + "finite numbers");
    }
    return all;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static int whole(double value) {
    if (value != Math.rint(value) || value < 0 || value > 1 << 24) {
      throw new IllegalArgumentException(value + " is no size");
    }
    return (int) value;
  }
}
