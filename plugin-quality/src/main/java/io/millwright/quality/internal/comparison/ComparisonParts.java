package io.millwright.quality.internal.comparison;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.ComposedModel;
import io.millwright.quality.Box;
import io.millwright.quality.Detection;
import io.millwright.quality.Detections;
import io.millwright.quality.ImagePair;
import io.millwright.quality.internal.detection.Confidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a comparison knows, between its own form and that of a bundle.
 *
 * @param reach how far parts may be moved, in pixels
 * @param radius how far an edge may lie from its place, in pixels
 * @param threshold the difference from which on a pixel counts, as a part of the contrast
 * @param margin how far boxes reach beyond regions: left, top, right, bottom, in pixels
 * @param kinds the classes of regions, or empty when nothing was labelled
 * @param confidence how scores become probabilities
 */
record ComparisonParts(
    int reach,
    int radius,
    double threshold,
    List<Double> margin,
    Optional<Kinds> kinds,
    Confidence confidence) {

  /** The class of a region when nothing was labelled. */
  static final String DEFECT = "defect";

  private static final String KIND = "difference from a template 2";
  private static final String SEPARATOR = "\n";
  private static final int LEAST_PIXELS = 5;
  private static final int MOST_REACH = 64;
  private static final int MOST_RADIUS = 8;
  private static final int GRID = 32;
  private static final double LEAST_SCORE = 0.02;

  /** The strength of a region, in pixels of full contrast, that is as likely real as not. */
  private static final double HALF_STRENGTH = 12;

  List<Difference.Region> regions(Difference difference) {
    return difference.regions(threshold, LEAST_PIXELS);
  }

  static Box box(Difference.Region region, List<Double> margin, int width, int height) {
    Box own = region.box();
    double left = Math.max(0, own.left() - margin.get(0));
    double top = Math.max(0, own.top() - margin.get(1));
    double right = Math.min(width, own.right() + margin.get(2));
    double bottom = Math.min(height, own.bottom() + margin.get(3));
    return right - left >= 1 && bottom - top >= 1 ? new Box(left, top, right, bottom) : own;
  }

  Detections detections(ImagePair pair) {
    Difference difference = Difference.of(pair, reach, radius);
    int width = pair.test().width();
    int height = pair.test().height();
    List<Detection> found = new ArrayList<>();
    for (Difference.Region region : regions(difference)) {
      double[] traits = kinds.isEmpty() ? new double[0] : Traits.of(difference, region);
      found.addAll(detections(region, traits, width, height));
    }
    found.sort(Comparator.comparingDouble(d -> -d.confidence()));
    return new Detections(
        found,
        Math.min(GRID, height),
        Math.min(GRID, width),
        cells(difference, Math.min(GRID, width), Math.min(GRID, height)));
  }

  /** What a region may be. */
  List<Detection> detections(Difference.Region region, double[] traits, int width, int height) {
    if (kinds.isEmpty()) {
      double confidence = region.strength() / (region.strength() + HALF_STRENGTH);
      return List.of(new Detection(DEFECT, box(region, margin, width, height), confidence));
    }
    Box box = box(region, kinds.get().margins(traits), width, height);
    double[] scores = kinds.get().scores(traits);
    List<Detection> found = new ArrayList<>();
    for (int k = 0; k < scores.length; k++) {
      String label = kinds.get().labels().get(k);
      if (!label.isEmpty() && scores[k] >= LEAST_SCORE) {
        found.add(new Detection(label, box, confidence.of(scores[k])));
      }
    }
    return found;
  }

  private static List<Double> cells(Difference difference, int columns, int rows) {
    double[] most = new double[columns * rows];
    int width = difference.test().width();
    int height = difference.test().height();
    for (int p = 0; p < difference.beyond().length; p++) {
      int row = (int) ((long) (p / width) * rows / height);
      int column = (int) ((long) (p % width) * columns / width);
      int cell = row * columns + column;
      most[cell] = Math.max(most[cell], Math.min(1, Math.abs(difference.beyond()[p])));
    }
    List<Double> cells = new ArrayList<>();
    for (double m : most) {
      cells.add(m);
    }
    return cells;
  }

  SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("kind", KIND);
    kinds.ifPresent(k -> texts.put("classes", String.join(SEPARATOR, k.labels())));
    return texts;
  }

  SortedMap<String, List<Double>> numbers() {
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    numbers.put("settings", List.of((double) reach, (double) radius, threshold));
    numbers.put("margin", margin);
    numbers.put("confidence", List.of(confidence.slope(), confidence.level()));
    kinds.ifPresent(
        k -> {
          numbers.put("middle", list(k.middle()));
          numbers.put("scale", list(k.scale()));
          numbers.put("level", list(k.level()));
          numbers.put("known", list(k.known()));
          numbers.put("weights", list(k.weights()));
        });
    return numbers;
  }

  private static List<Double> list(double[]... rows) {
    List<Double> all = new ArrayList<>();
    for (double[] row : rows) {
      for (double v : row) {
        all.add(v);
      }
    }
    return all;
  }

  /** Reads a model, as that of a stranger. */
  static ComparisonParts of(ComposedModel model) {
    try {
      return read(model);
    } catch (IllegalArgumentException e) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          "the parameters of a comparison are wrong: "
              + e.getMessage()
              + "\nMaybe the file was altered: get it again",
          e);
    }
  }

  private static ComparisonParts read(ComposedModel model) {
    if (!KIND.equals(model.texts().get("kind"))) {
      throw new IllegalArgumentException("the kind is " + model.texts().get("kind"));
    }
    double[] settings = numbers(model, "settings", 3);
    double[] margin = numbers(model, "margin", 4);
    double[] confidence = numbers(model, "confidence", 2);
    if (!(settings[0] >= 0 && settings[0] <= MOST_REACH)
        || !(settings[1] >= 0 && settings[1] <= MOST_RADIUS)
        || !(settings[2] > 0)
        || !(confidence[0] > 0)) {
      throw new IllegalArgumentException(
          "settings of " + model.numbers().get("settings") + ", a slope of " + confidence[0]);
    }
    Optional<Kinds> kinds = Optional.empty();
    String classes = model.texts().get("classes");
    if (classes != null) {
      List<String> labels = List.of(classes.split(SEPARATOR, -1));
      int outputs = labels.size() + Kinds.SIDES;
      double[] level = numbers(model, "level", outputs);
      double[] known = numbers(model, "known", -1);
      int count = known.length / Traits.COUNT;
      if (count < 1 || count > Kinds.MOST || count * Traits.COUNT != known.length) {
        throw new IllegalArgumentException(known.length + " traits");
      }
      double[] scale = numbers(model, "scale", Traits.COUNT);
      for (double s : scale) {
        if (!(s > 0)) {
          throw new IllegalArgumentException("a scale of " + s);
        }
      }
      kinds =
          Optional.of(
              new Kinds(
                  labels,
                  numbers(model, "middle", Traits.COUNT),
                  scale,
                  rows(known, Traits.COUNT),
                  rows(numbers(model, "weights", count * outputs), outputs),
                  level));
    }
    return new ComparisonParts(
        (int) settings[0],
        (int) settings[1],
        settings[2],
        list(margin),
        kinds,
        new Confidence(confidence[0], confidence[1]));
  }

  private static double[][] rows(double[] flat, int width) {
    double[][] rows = new double[flat.length / width][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = java.util.Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return rows;
  }

  private static double[] numbers(ComposedModel model, String name, int count) {
    List<Double> all = model.numbers().getOrDefault(name, List.of());
    if (count >= 0 && all.size() != count) {
      throw new IllegalArgumentException(all.size() + " numbers of " + name + ", not " + count);
    }
    for (double v : all) {
      if (!Double.isFinite(v)) {
        throw new IllegalArgumentException(name + " holds " + v);
      }
    }
    return all.stream().mapToDouble(v -> v).toArray();
  }
}
