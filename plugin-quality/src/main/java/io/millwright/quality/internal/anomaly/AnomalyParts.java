package io.millwright.quality.internal.anomaly;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Image;
import io.millwright.api.foreign.Backbone;
import io.millwright.api.spi.ComposedModel;
import io.millwright.quality.Anomaly;
import io.millwright.runtime.features.BackboneStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a model of good parts knows, between its own form and that of a bundle.
 *
 * @param backbone the network, or empty for the own filter bank
 * @param space where cells are compared
 * @param members what scores an image
 * @param blend the score from all of them
 * @param threshold from which score on an alarm is raised
 * @param seen how the good images were taken; empty in files from before it was kept
 */
record AnomalyParts(
    Optional<Backbone> backbone,
    Space space,
    Members members,
    Blend blend,
    double threshold,
    Optional<Seen> seen) {

  private static final String MEMORY = "memory of cells and wholes 1";
  private static final String NORMALS = "normals of cells and wholes 1";
  private static final String TEXTURE = "normals of cells, wholes and texture 1";
  private static final String SEPARATOR = "\n";

  private static final int MOST_WIDTH = 1 << 16;

  Cells open() {
    return backbone
        .<Cells>map(b -> BackboneCells.open(b, Optional.empty()))
        .orElseGet(
            () -> members.known() instanceof Normals ? new DirectedCells() : new FilterCells());
  }

  SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put(
        "kind",
        members.texture().isPresent()
            ? TEXTURE
            : members.known() instanceof Normals ? NORMALS : MEMORY);
    backbone.ifPresent(
        b -> {
          texts.put("backbone", b.digest().orElseThrow());
          texts.put("layers", String.join(SEPARATOR, b.layers()));
        });
    return texts;
  }

  SortedMap<String, List<Double>> numbers() {
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    backbone.ifPresent(
        b -> {
          numbers.put("size", List.of((double) b.width(), (double) b.height()));
          numbers.put("mean", b.mean());
          numbers.put("deviation", b.deviation());
        });
    numbers.put("threshold", List.of(threshold));
    seen.ifPresent(s -> numbers.put("seen", list(s.numbers())));
    numbers.put("scale", list(space.scale()));
    numbers.put("axes", list(space.axes()));
    List<Whole> wholes = members.wholes();
    numbers.put("grid", wholes.stream().map(w -> (double) w.grid()).toList());
    numbers.put("components", wholes.stream().map(w -> (double) w.axes().length).toList());
    numbers.put("whole middle", list(wholes.stream().map(Whole::middle).toArray(double[][]::new)));
    numbers.put("whole scale", list(wholes.stream().map(Whole::scale).toArray(double[][]::new)));
    numbers.put(
        "whole axes",
        list(wholes.stream().flatMap(w -> Arrays.stream(w.axes())).toArray(double[][]::new)));
    numbers.put("beyond median", List.of(blend.beyondMedian() ? 1.0 : 0.0));
    if (members.texture().isPresent()) {
      Normals texture = members.texture().get();
      numbers.put("texture", list(texture.middle()));
      numbers.put("texture whitener", list(texture.whitener()));
      numbers.put("weights", list(blend.weights()));
      numbers.put("levels", list(levels()));
    } else {
      numbers.put("blend", shareAndLevels());
    }
    Known known = members.known();
    if (known instanceof Normals normals) {
      numbers.put("places", list(normals.middle()));
      numbers.put("whiteners", list(normals.whitener()));
    } else if (known instanceof Memory memory) {
      numbers.put("remembered", List.of((double) memory.cells()[0].length));
      List<Double> all = new ArrayList<>();
      for (float[][] place : memory.cells()) {
        all.addAll(list(place));
      }
      numbers.put("cells", all);
    }
    return numbers;
  }

  private double[][] levels() {
    return Arrays.stream(blend.levels())
        .map(level -> new double[] {level.mean(), level.deviation()})
        .toArray(double[][]::new);
  }

  /** The share of cells, and the levels of cells and whole, as files of one whole have it. */
  private List<Double> shareAndLevels() {
    List<Double> all = new ArrayList<>(List.of(blend.weights()[0]));
    all.addAll(list(levels()));
    return all;
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

  private static List<Double> list(float[]... rows) {
    List<Double> all = new ArrayList<>();
    for (float[] row : rows) {
      for (float v : row) {
        all.add((double) v);
      }
    }
    return all;
  }

  /** What is said of an image. */
  Anomaly judge(Image image, Cells cells) {
    float[][] projected = space.project(cells.of(image));
    double[] distances = members.known().distances(projected);
    List<float[]> features =
        members.wholes().stream().map(whole -> Whole.of(image, whole.grid())).toList();
    return new Anomaly(
        blend.score(members.scores(projected, distances, features, blend.beyondMedian())),
        threshold,
        Cells.GRID,
        Cells.GRID,
        Arrays.stream(Known.beyondMedian(distances)).boxed().toList());
  }

  /** Reads a model, as that of a stranger. */
  static AnomalyParts of(ComposedModel model) {
    try {
      return read(model);
    } catch (RuntimeException e) {
      if (e instanceof MillwrightException own && own.code().equals(ErrorCode.NOT_IN_STORE)) {
        throw own;
      }
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          "the parameters of a model of good parts are wrong: "
              + e.getMessage()
              + "\nMaybe the file was altered: get it again",
          e);
    }
  }

  private static AnomalyParts read(ComposedModel model) {
    String kind = model.texts().get("kind");
    boolean textured = TEXTURE.equals(kind);
    if (!MEMORY.equals(kind) && !NORMALS.equals(kind) && !textured) {
      throw new IllegalArgumentException("the kind is " + kind);
    }
    double[] scale = numbers(model, "scale", -1);
    if (scale.length < 1 || scale.length > MOST_WIDTH) {
      throw new IllegalArgumentException(scale.length + " features");
    }
    for (double s : scale) {
      if (!(s > 0)) {
        throw new IllegalArgumentException("a scale of " + s);
      }
    }
    double[] flat = numbers(model, "axes", -1);
    int kept = flat.length / scale.length;
    if (kept < 1 || kept * scale.length != flat.length) {
      throw new IllegalArgumentException(flat.length + " numbers of axes");
    }
    double[][] axes = rows(flat, scale.length);
    boolean beyondMedian =
        !model.numbers().containsKey("beyond median") || numbers(model, "beyond median", 1)[0] != 0;
    Members members =
        new Members(
            MEMORY.equals(kind) ? memory(model, kept) : normals(model, scale.length, kept),
            textured ? wholes(model) : List.of(whole(model)),
            textured ? Optional.of(texture(model, kept)) : Optional.empty());
    return new AnomalyParts(
        backbone(model),
        new Space(scale, axes),
        members,
        textured
            ? blend(
                numbers(model, "weights", members.count()),
                numbers(model, "levels", 2 * members.count()),
                beyondMedian)
            : blend(numbers(model, "blend", 5), beyondMedian),
        numbers(model, "threshold", 1)[0],
        model.numbers().containsKey("seen")
            ? Optional.of(Seen.of(numbers(model, "seen", 6)))
            : Optional.empty());
  }

  private static Memory memory(ComposedModel model, int kept) {
    int remembered = whole(numbers(model, "remembered", 1)[0]);
    int places = Cells.GRID * Cells.GRID;
    if (remembered < 1) {
      throw new IllegalArgumentException("nothing is remembered");
    }
    double[] cells =
        numbers(model, "cells", Math.multiplyExact(Math.multiplyExact(places, remembered), kept));
    float[][][] all = new float[places][remembered][kept];
    int at = 0;
    for (float[][] place : all) {
      for (float[] cell : place) {
        for (int k = 0; k < kept; k++) {
          cell[k] = (float) cells[at++];
        }
      }
    }
    return new Memory(all);
  }

  private static Normals normals(ComposedModel model, int features, int kept) {
    if (features != DirectedCells.WIDTH) {
      throw new IllegalArgumentException(features + " features");
    }
    int places = Cells.GRID * Cells.GRID;
    int triangle = Normals.triangle(kept);
    return new Normals(
        floats(numbers(model, "places", places * kept), kept),
        floats(numbers(model, "whiteners", Math.multiplyExact(places, triangle)), triangle));
  }

  private static float[][] floats(double[] flat, int width) {
    float[][] rows = new float[flat.length / width][width];
    for (int i = 0; i < flat.length; i++) {
      rows[i / width][i % width] = (float) flat[i];
    }
    return rows;
  }

  private static double[][] rows(double[] flat, int width) {
    double[][] rows = new double[flat.length / width][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = Arrays.copyOfRange(flat, k * width, (k + 1) * width);
    }
    return rows;
  }

  private static Normals texture(ComposedModel model, int kept) {
    int width = 2 * kept;
    int triangle = Normals.triangle(width);
    return new Normals(
        floats(numbers(model, "texture", width), width),
        floats(numbers(model, "texture whitener", triangle), triangle));
  }

  /** One whole; its file does not say how many components there are. */
  private static Whole whole(ComposedModel model) {
    int grid = grid(numbers(model, "grid", 1)[0]);
    int width = Whole.features(grid);
    double[] scale = numbers(model, "whole scale", width);
    double[] flat = numbers(model, "whole axes", -1);
    if (flat.length % width != 0 || Arrays.stream(scale).anyMatch(s -> !(s > 0))) {
      throw new IllegalArgumentException(
          flat.length + " numbers of axes of " + width + ", or a scale that is not above 0");
    }
    return new Whole(grid, numbers(model, "whole middle", width), scale, rows(flat, width));
  }

  private static int grid(double value) {
    int grid = whole(value);
    if (grid < 1 || grid > FilterCells.SIDE) {
      throw new IllegalArgumentException(grid + " blocks a side");
    }
    return grid;
  }

  private static List<Whole> wholes(ComposedModel model) {
    double[] grids = numbers(model, "grid", -1);
    double[] components = numbers(model, "components", grids.length);
    double[] middle = numbers(model, "whole middle", -1);
    double[] scale = numbers(model, "whole scale", middle.length);
    double[] axes = numbers(model, "whole axes", -1);
    if (grids.length < 1 || Arrays.stream(scale).anyMatch(s -> !(s > 0))) {
      throw new IllegalArgumentException("no blocks, or a scale that is not above 0");
    }
    List<Whole> all = new ArrayList<>();
    int at = 0;
    int from = 0;
    for (int w = 0; w < grids.length; w++) {
      int grid = grid(grids[w]);
      int width = Whole.features(grid);
      int end = Math.addExact(from, Math.multiplyExact(width, whole(components[w])));
      if (at + width > middle.length || end > axes.length) {
        throw new IllegalArgumentException(
            middle.length + " features and " + axes.length + " numbers of axes are too few");
      }
      all.add(
          new Whole(
              grid,
              Arrays.copyOfRange(middle, at, at + width),
              Arrays.copyOfRange(scale, at, at + width),
              rows(Arrays.copyOfRange(axes, from, end), width)));
      at += width;
      from = end;
    }
    if (at != middle.length || from != axes.length) {
      throw new IllegalArgumentException(
          middle.length + " features and " + axes.length + " numbers of axes are too many");
    }
    return List.copyOf(all);
  }

  private static Blend blend(double[] weights, double[] levels, boolean beyondMedian) {
    Blend.Level[] all = new Blend.Level[weights.length];
    for (int m = 0; m < all.length; m++) {
      if (!(weights[m] >= 0 && weights[m] <= 1) || !(levels[2 * m + 1] > 0)) {
        throw new IllegalArgumentException(
            "a weight of " + weights[m] + " and a deviation of " + levels[2 * m + 1]);
      }
      all[m] = new Blend.Level(levels[2 * m], levels[2 * m + 1]);
    }
    return new Blend(beyondMedian, weights, all);
  }

  private static Blend blend(double[] values, boolean beyondMedian) {
    double share = values[0];
    return blend(new double[] {share, 1 - share}, Arrays.copyOfRange(values, 1, 5), beyondMedian);
  }

  private static Optional<Backbone> backbone(ComposedModel model) {
    String digest = model.texts().get("backbone");
    if (digest == null) {
      return Optional.empty();
    }
    double[] size = numbers(model, "size", 2);
    return Optional.of(
        new Backbone(
            BackboneStore.standard().find(digest),
            Optional.of(digest),
            List.of(model.texts().getOrDefault("layers", "").split(SEPARATOR)),
            whole(size[0]),
            whole(size[1]),
            boxed(numbers(model, "mean", 3)),
            boxed(numbers(model, "deviation", 3))));
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double[] numbers(ComposedModel model, String name, int count) {
    List<Double> all = model.numbers().get(name);
    if (all == null
        || (count >= 0 && all.size() != count)
        || all.stream().anyMatch(v -> !Double.isFinite(v))) {
      throw new IllegalArgumentException(
          "\"" + name + "\" has not " + (count < 0 ? "" : count + " ") + "finite numbers");
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static int whole(double value) {
    if (value != Math.rint(value) || value < 0 || value > 1 << 24) {
      throw new IllegalArgumentException(value + " is no size");
    }
    return (int) value;
  }
}
