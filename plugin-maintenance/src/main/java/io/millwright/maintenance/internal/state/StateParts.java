package io.millwright.maintenance.internal.state;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.maintenance.ComponentState;
import io.millwright.maintenance.ComponentStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All that answers.
 *
 * @param columns the columns of a sequence
 * @param layouts how sequences are laid out
 * @param parts one for each component
 * @param network the network, or null
 * @param reach the greatest distance from the middle of a sequence of training, in deviations
 * @param moves by column, whether it hardly ever stood still for a whole sequence
 */
record StateParts(
    List<String> columns,
    List<Layout> layouts,
    List<Part> parts,
    @Nullable FittedNetwork network,
    double reach,
    boolean[] moves) {

  static final String NETWORK = "network";
  private static final double LEAST = 1e-3;
  private static final double FAR = 2;

  /** Fewer equal readings may be chance. */
  static final int STILL = 8;

  /**
   * One resolution.
   *
   * @param segments how it divides
   * @param mean of each number
   * @param scale of each number, infinite where it never changed
   */
  record Layout(Segments segments, double[] mean, double[] scale) {

    double[] of(double[][] columns) {
      return Scatter.standard(segments.of(columns), mean, scale);
    }
  }

  /**
   * One component.
   *
   * @param name its name
   * @param classes its states
   * @param layout what it looks at
   * @param weights its discriminant; empty where the network answers
   * @param offset the first output of the network
   * @param temperature what scores are divided by
   * @param threshold how little a true state was believed in at 90 %
   * @param choice why
   * @param silent by column, what answers when its sensor is silent, and at the end when several
   *     are; empty where nothing was learnt for that
   */
  record Part(
      String name,
      List<String> classes,
      int layout,
      double[][] weights,
      int offset,
      double temperature,
      double threshold,
      String choice,
      List<Silent> silent) {}

  /**
   * A discriminant that does without a sensor.
   *
   * @param weights 0 for the numbers of the sensor
   * @param temperature of its own
   * @param threshold of its own
   */
  record Silent(double[][] weights, double temperature, double threshold) {}

  /** Columns of numbers, in the order of the model. */
  static double[][] columns(Table table, List<String> names) {
    return names.stream().map(table::numbers).toArray(double[][]::new);
  }

  /** The distance of a sequence from the middle of training, in deviations. */
  static double distance(double[] standard) {
    return Math.sqrt(Arrays.stream(standard).map(v -> v * v).average().orElse(0));
  }

  static double[] probabilities(double[] scores, double temperature) {
    double most = Arrays.stream(scores).max().orElse(0);
    double[] p = Arrays.stream(scores).map(s -> Math.exp((s - most) / temperature)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(v -> v / sum).toArray();
  }

  /** Scores of some outputs of the network. */
  static double[] scores(float[] outputs, int from, int classes) {
    return IntStream.range(from, from + classes)
        .mapToDouble(i -> Math.log(Math.max(LEAST, outputs[i])))
        .toArray();
  }

  /** The sensors of which most readings are missing, or that stand still as they never did. */
  int[] silent(double[][] values) {
    return IntStream.range(0, values.length)
        .filter(
            j -> {
              double[] known = Arrays.stream(values[j]).filter(Double::isFinite).toArray();
              return 2 * known.length < values[j].length
                  || (moves[j] && known.length >= STILL && still(known));
            })
        .toArray();
  }

  static boolean still(double[] values) {
    return Arrays.stream(values).allMatch(v -> v == values[0]);
  }

  /** Empty when the sequence lies far beyond all of training. */
  Optional<ComponentStates> of(double[][] read, int[] silent) {
    double[][] values = read.clone();
    for (int j : silent) {
      values[j] = new double[read[j].length];
      Arrays.fill(values[j], Double.NaN);
    }
    double[][] standard = layouts.stream().map(l -> l.of(values)).toArray(double[][]::new);
    // One sensor may stick anywhere; several that do are no sensors' fault.
    double[] whole = silent.length > 1 ? layouts.get(0).of(read) : standard[0];
    if (distance(whole) > FAR * reach) {
      return Optional.empty();
    }
    Map<String, ComponentState> answer = new LinkedHashMap<>();
    for (Part part : parts) {
      double[] z = standard[part.layout()];
      if (silent.length > 0 && !part.silent().isEmpty()) {
        Silent other = part.silent().get(silent.length > 1 ? columns.size() : silent[0]);
        double[] scores = Scatter.scores(other.weights(), z);
        answer.put(
            part.name(),
            state(part, probabilities(scores, other.temperature()), other.threshold()));
        continue;
      }
      double[] scores =
          network != null && part.weights().length == 0
              ? scores(network.outputs(floats(z), 1), part.offset(), part.classes().size())
              : Scatter.scores(part.weights(), z);
      answer.put(
          part.name(), state(part, probabilities(scores, part.temperature()), part.threshold()));
    }
    return Optional.of(new ComponentStates(answer));
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static ComponentState state(Part part, double[] p, double threshold) {
    List<Integer> order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -p[c]))
            .toList();
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (int c = 0; c < p.length; c++) {
      probabilities.put(part.classes().get(c), p[c]);
    }
    List<String> possible = new ArrayList<>();
    for (int c : order) {
      if (possible.isEmpty() || 1 - p[c] <= threshold) {
        possible.add(part.classes().get(c));
      }
    }
    return new ComponentState(part.classes().get(order.get(0)), probabilities, possible);
  }

  void write(SortedMap<String, String> texts, SortedMap<String, List<Double>> numbers) {
    texts.put("columns", String.join("\n", columns));
    numbers.put("reach", List.of(reach));
    numbers.put(
        "moves", IntStream.range(0, moves.length).mapToObj(j -> moves[j] ? 1.0 : 0.0).toList());
    numbers.put("counts", List.of((double) layouts.size(), (double) parts.size()));
    for (int l = 0; l < layouts.size(); l++) {
      Layout layout = layouts.get(l);
      String at = place("layout", l);
      Segments s = layout.segments();
      numbers.put(at + "segments", List.of((double) s.count(), s.spread() ? 1.0 : 0.0));
      numbers.put(at + "mean", list(layout.mean()));
      numbers.put(at + "scale", list(layout.scale()));
    }
    for (int k = 0; k < parts.size(); k++) {
      Part part = parts.get(k);
      String at = place("part", k);
      texts.put(at + "name", part.name());
      texts.put(at + "classes", String.join("\n", part.classes()));
      texts.put(at + "choice", part.choice());
      numbers.put(
          at + "how",
          List.of(
              (double) part.layout(),
              (double) part.offset(),
              part.temperature(),
              part.threshold()));
      numbers.put(
          at + "weights",
          Arrays.stream(part.weights()).flatMapToDouble(Arrays::stream).boxed().toList());
      for (int j = 0; j < part.silent().size(); j++) {
        Silent silent = part.silent().get(j);
        String without = at + place("silent", j);
        numbers.put(without + "how", List.of(silent.temperature(), silent.threshold()));
        numbers.put(
            without + "weights",
            Arrays.stream(silent.weights()).flatMapToDouble(Arrays::stream).boxed().toList());
      }
    }
  }

  private static String place(String what, int number) {
    return String.format(Locale.ROOT, "%s/%04d/", what, number);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  static StateParts read(ComposedModel model) {
    List<String> columns = List.of(text(model, "columns").split("\n", -1));
    double[] counts = numbers(model, "counts", 2);
    FittedNetwork network = model.networks().get(NETWORK);
    List<Layout> layouts = new ArrayList<>();
    for (int l = 0; l < counts[0]; l++) {
      String at = place("layout", l);
      double[] how = numbers(model, at + "segments", 2);
      if (!(how[0] >= 1 && how[0] <= 10_000)) {
        throw bad("a layout has " + how[0] + " segments");
      }
      Segments segments = new Segments((int) how[0], how[1] != 0);
      int size = segments.size(columns.size());
      layouts.add(
          new Layout(
              segments, numbers(model, at + "mean", size), numbers(model, at + "scale", size)));
    }
    if (layouts.isEmpty()) {
      throw bad("it has no layout");
    }
    List<Part> parts = new ArrayList<>();
    for (int k = 0; k < counts[1]; k++) {
      parts.add(part(model, place("part", k), layouts, network, columns.size()));
    }
    if (parts.isEmpty()) {
      throw bad("it has no component");
    }
    // Older models know nothing of sensors that stand still.
    boolean[] moves = new boolean[columns.size()];
    if (model.numbers().containsKey("moves")) {
      double[] said = numbers(model, "moves", moves.length);
      for (int j = 0; j < moves.length; j++) {
        moves[j] = said[j] != 0;
      }
    }
    return new StateParts(columns, layouts, parts, network, numbers(model, "reach", 1)[0], moves);
  }

  private static Part part(
      ComposedModel model,
      String at,
      List<Layout> layouts,
      @Nullable FittedNetwork network,
      int columns) {
    List<String> classes = List.of(text(model, at + "classes").split("\n", -1));
    double[] how = numbers(model, at + "how", 4);
    int layout = (int) how[0];
    if (layout < 0 || layout >= layouts.size() || !(how[2] > 0)) {
      throw bad("a component looks at layout " + how[0] + " at temperature " + how[2]);
    }
    int d = layouts.get(layout).mean().length;
    double[] flat = numbers(model, at + "weights", -1);
    int offset = (int) how[1];
    if (flat.length == 0) {
      if (network == null
          || network.inputs() != d
          || offset < 0
          || offset + classes.size() > network.outputs()) {
        throw bad("a component has neither a discriminant nor a network that fits");
      }
    } else if (flat.length != classes.size() * (d + 1)) {
      throw bad("a discriminant has " + flat.length + " weights");
    }
    List<Silent> silent = new ArrayList<>();
    if (model.numbers().containsKey(at + place("silent", 0) + "how")) {
      for (int j = 0; j <= columns; j++) {
        String without = at + place("silent", j);
        double[] own = numbers(model, without + "how", 2);
        if (!(own[0] > 0)) {
          throw bad("a component without a sensor has temperature " + own[0]);
        }
        double[] all = numbers(model, without + "weights", classes.size() * (d + 1));
        silent.add(new Silent(vectors(all, d + 1), own[0], own[1]));
      }
    }
    return new Part(
        text(model, at + "name"),
        classes,
        layout,
        vectors(flat, d + 1),
        offset,
        how[2],
        how[3],
        text(model, at + "choice"),
        silent);
  }

  private static double[][] vectors(double[] flat, int size) {
    return IntStream.range(0, flat.length / size)
        .mapToObj(c -> Arrays.copyOfRange(flat, c * size, (c + 1) * size))
        .toArray(double[][]::new);
  }

  private static String text(ComposedModel model, String name) {
    String text = model.texts().get(name);
    if (text == null) {
      throw bad("\"" + name + "\" is missing");
    }
    return text;
  }

  private static double[] numbers(ComposedModel model, String name, int length) {
    List<Double> values = model.numbers().get(name);
    if (values == null
        || (length >= 0 && values.size() != length)
        || values.stream().anyMatch(v -> v.isNaN())) {
      throw bad("\"" + name + "\" is missing, has another length than " + length + " or NaN");
    }
    return values.stream().mapToDouble(v -> v).toArray();
  }

  private static MillwrightException bad(String why) {
    return new MillwrightException(
        ErrorCode.BAD_BUNDLE, "this is no model of states: " + why + "\nMaybe train it again");
  }
}
