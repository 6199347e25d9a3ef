package io.millwright.supplychain.internal.forecast;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.CountRate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was learnt, as named texts and numbers for a bundle, and back with every value checked. */
final class Codec {

  private static final String SMOOTH = "smooth/";
  private static final String COUNTS = "counts/";
  private static final String MODEL = "model/";
  private static final String LAGS = "/lags";
  private static final String PRODUCTS = "/products";
  private static final int LONGEST_HORIZON = 1000;
  private static final int LONGEST_LOOKBACK = 100_000;

  final SortedMap<String, String> texts = new TreeMap<>();
  final SortedMap<String, List<Double>> numbers = new TreeMap<>();
  final SortedMap<String, FittedNetwork> networks = new TreeMap<>();

  private Codec() {}

  static Codec write(Forecaster forecaster) {
    Codec codec = new Codec();
    forecaster.smooth().forEach((key, group) -> codec.write(SMOOTH + key, group));
    forecaster.counts().forEach((key, group) -> codec.write(COUNTS + key, group));
    return codec;
  }

  private void write(String at, SmoothGroup group) {
    texts.put(at, names(group.methods()));
    numbers.put(
        at + "/head",
        List.of(
            (double) group.horizon(),
            group.share(),
            group.ratio(),
            (double) group.bands().scores()));
    List<Double> gate = new ArrayList<>();
    Arrays.stream(group.gate().biases()).forEach(gate::add);
    gate.add(group.gate().sharpness());
    Arrays.stream(group.gate().slopes()).forEach(gate::add);
    numbers.put(at + "/gate", gate);
    numbers.put(at + "/periods", flat(group.bands().periods()));
    numbers.put(at + "/totals", flat(group.bands().totals()));
    List<Double> views = new ArrayList<>();
    if (group.voice() instanceof Pretrained pretrained) {
      texts.put(MODEL + at, pretrained.model().id());
    }
    if (group.voice() instanceof Autoregression all) {
      numbers.put(at + LAGS, Arrays.stream(all.shared()).boxed().toList());
      numbers.put(at + PRODUCTS, Arrays.stream(all.products()).boxed().toList());
    }
    List<Deep.Part> parts = group.voice() instanceof Deep deep ? deep.parts() : List.of();
    for (int i = 0; i < parts.size(); i++) {
      Deep.Part part = parts.get(i);
      views.add((double) part.lookback());
      views.add(part.adjusted() ? 1.0 : 0.0);
      networks.put(network(at, i), part.network());
    }
    numbers.put(at + "/views", views);
  }

  private static String names(List<ForecastMethod> methods) {
    return String.join(" ", methods.stream().map(ForecastMethod::name).toList());
  }

  private static List<ForecastMethod> methods(String at, String names) {
    List<ForecastMethod> methods = new ArrayList<>();
    for (String name : names.split(" ", -1)) {
      methods.add(
          Arrays.stream(ForecastMethod.values())
              .filter(m -> m.name().equals(name))
              .findFirst()
              .orElseThrow(() -> bad(at, "names the method \"" + name + "\"")));
    }
    return methods;
  }

  private static String network(String at, int index) {
    return String.format(Locale.ROOT, "%s/network-%02d", at, index + 1);
  }

  private void write(String at, CountGroup group) {
    texts.put(at, names(group.methods()));
    numbers.put(
        at + "/head",
        List.of((double) group.horizon(), group.rate().rate(), group.period(), group.own()));
    numbers.put(at + "/slopes", Arrays.stream(group.rate().slopes()).boxed().toList());
    numbers.put(at + "/totals", Arrays.stream(group.totals()).boxed().toList());
  }

  private static List<Double> flat(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).boxed().toList();
  }

  /**
   * Reads.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE}, naming what does not fit
   */
  static Forecaster read(ComposedModel model) {
    SortedMap<String, SmoothGroup> smooth = new TreeMap<>();
    SortedMap<String, CountGroup> counts = new TreeMap<>();
    model
        .texts()
        .forEach(
            (at, text) -> {
              if (at.startsWith(SMOOTH)) {
                smooth.put(at.substring(SMOOTH.length()), smooth(model, at, text));
              } else if (at.startsWith(COUNTS)) {
                counts.put(at.substring(COUNTS.length()), counts(model, at, text));
              } else if (!at.startsWith(DrivenCodec.ROOM) && !at.startsWith(MODEL)
                  || at.startsWith(MODEL)
                      && !model.texts().containsKey(at.substring(MODEL.length()))) {
                throw bad(at, "is none that a forecaster has");
              }
            });
    if (smooth.isEmpty() && counts.isEmpty()) {
      throw bad("texts", "name nothing that was learnt");
    }
    return new Forecaster(smooth, counts);
  }

  private static SmoothGroup smooth(ComposedModel model, String at, String text) {
    List<Double> head = numbers(model, at + "/head", 4);
    int horizon = horizon(at, head.get(0));
    double share = head.get(1);
    double ratio = head.get(2);
    check(share >= 0 && share <= 1, at + "/head", "has the share " + share);
    check(ratio > 0 && Double.isFinite(ratio), at + "/head", "has the ratio " + ratio);
    List<ForecastMethod> methods = methods(at, text);
    int size = Bands.PROBABILITIES.length;
    double[][] periods = rows(numbers(model, at + "/periods", horizon * size), at, size);
    double[][] totals = rows(numbers(model, at + "/totals", horizon * size), at, size);
    List<Double> views = model.numbers().getOrDefault(at + "/views", List.of());
    check(views.size() % 2 == 0 && views.size() <= 200, at + "/views", "has an odd size");
    List<Deep.Part> parts = new ArrayList<>();
    for (int i = 0; i < views.size() / 2; i++) {
      FittedNetwork network = model.networks().get(network(at, i));
      double lookback = views.get(2 * i);
      boolean fits =
          network != null
              && lookback >= 1
              && lookback <= LONGEST_LOOKBACK
              && network.inputs() == DeepWindows.inputs((int) lookback)
              && network.outputs() == Deep.outputs(horizon);
      if (network == null || !fits) {
        throw bad(network(at, i), "is missing, or does not fit its window");
      }
      parts.add(new Deep.Part((int) lookback, views.get(2 * i + 1) == 1, network));
    }
    String pretrained = model.texts().get(MODEL + at);
    return new SmoothGroup(
        horizon,
        methods,
        gate(model, at, methods.size()),
        pretrained != null
            ? Pretrained.find(pretrained)
            : autoregression(model, at).map(Voice.class::cast).orElseGet(() -> new Deep(parts)),
        share,
        ratio,
        new Bands(periods, totals, (int) (double) head.get(3)));
  }

  private static Optional<Autoregression> autoregression(ComposedModel model, String at) {
    List<Double> shared = model.numbers().getOrDefault(at + LAGS, List.of());
    if (shared.isEmpty()) {
      return Optional.empty();
    }
    int n = shared.size();
    check(n - 1 <= Autoregression.MOST_LAGS, at + LAGS, "has " + n + " values");
    List<Double> products = numbers(model, at + PRODUCTS, n * (n + 1) / 2);
    check(shared.stream().allMatch(Double::isFinite), at + LAGS, "has a value that is not finite");
    check(
        products.stream().allMatch(Double::isFinite),
        at + PRODUCTS,
        "has a value that is not finite");
    return Optional.of(
        new Autoregression(
            n - 1,
            shared.stream().mapToDouble(v -> v).toArray(),
            products.stream().mapToDouble(v -> v).toArray()));
  }

  private static Gate gate(ComposedModel model, String at, int methods) {
    List<Double> all = numbers(model, at + "/gate", methods * (1 + Seen.TRAITS) + 1);
    for (double v : all) {
      check(Math.abs(v) <= 1000, at + "/gate", "has the value " + v);
    }
    double[] values = all.stream().mapToDouble(v -> v).toArray();
    return new Gate(
        Arrays.copyOf(values, methods),
        values[methods],
        Arrays.copyOfRange(values, methods + 1, values.length));
  }

  private static CountGroup counts(ComposedModel model, String at, String text) {
    List<Double> head = numbers(model, at + "/head", 4);
    int horizon = horizon(at, head.get(0));
    List<Double> slopes = numbers(model, at + "/slopes", CountRate.size());
    List<Double> totals = numbers(model, at + "/totals", horizon);
    boolean positive = head.get(1) > 0 && head.get(2) > 0;
    check(head.get(3) >= 0 && head.get(3) <= 1, at + "/head", "has the share " + head.get(3));
    for (double shape : totals) {
      positive &= shape > 0 && Double.isFinite(shape);
    }
    for (double slope : slopes) {
      positive &= Double.isFinite(slope);
    }
    check(positive, at, "has a rate or a shape that is not positive");
    return new CountGroup(
        horizon,
        new CountRate(head.get(1), slopes.stream().mapToDouble(d -> d).toArray()),
        head.get(3),
        text.isEmpty() ? List.of() : methods(at, text),
        head.get(2),
        totals.stream().mapToDouble(d -> d).toArray());
  }

  private static int horizon(String at, double value) {
    check(
        value >= 1 && value <= LONGEST_HORIZON && value == Math.rint(value),
        at + "/head",
        "has the horizon " + value);
    return (int) value;
  }

  static List<Double> numbers(ComposedModel model, String name, int size) {
    List<Double> values = model.numbers().getOrDefault(name, List.of());
    check(values.size() == size, name, "has " + values.size() + " values, not " + size);
    return values;
  }

  private static double[][] rows(List<Double> flat, String at, int size) {
    double[][] rows = new double[flat.size() / size][size];
    for (int i = 0; i < flat.size(); i++) {
      double v = flat.get(i);
      boolean sound = Double.isFinite(v) && (i % size == 0 || v >= flat.get(i - 1));
      check(sound, at, "has bands that are not finite or fall");
      rows[i / size][i % size] = v;
    }
    return rows;
  }

  static void check(boolean sound, String name, String what) {
    if (!sound) {
      throw bad(name, what);
    }
  }

  private static MillwrightException bad(String name, String what) {
    return new MillwrightException(
        ErrorCode.BAD_BUNDLE,
        "the forecaster's entry \""
            + name
            + "\" "
            + what
            + "\nMaybe the bundle was written by something else than the trainer: train again");
  }
}
