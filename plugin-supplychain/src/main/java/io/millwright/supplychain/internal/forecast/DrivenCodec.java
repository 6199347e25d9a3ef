package io.millwright.supplychain.internal.forecast;

import io.millwright.api.spi.ComposedModel;
import io.millwright.supplychain.CovariateEffect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/** What was learnt of covariates, as texts and numbers beside those of {@link Codec}. */
final class DrivenCodec {

  /** What the names of all texts and numbers of this room begin with. */
  static final String ROOM = "covariates/";

  private static final String NAMES = ROOM + "names";
  private static final String TOLD = ROOM + "told";
  private static final String UNITS = ROOM + "units";
  private static final String PAST = ROOM + "past";
  private static final String ATTRIBUTES = ROOM + "attributes";
  private static final String LIKES = ROOM + "likes";
  private static final int MOST = 100_000;

  private DrivenCodec() {}

  static void write(DrivenForecaster f, Codec codec) {
    SortedMap<String, String> texts = codec.texts;
    SortedMap<String, List<Double>> numbers = codec.numbers;
    CovariateColumns columns = f.columns();
    texts.put(NAMES, joined(columns.names()));
    texts.put(TOLD, joined(f.told().stream().map(CovariateEffect::name).toList()));
    texts.put(UNITS, joined(f.told().stream().map(CovariateEffect::unit).toList()));
    texts.put(PAST, joined(f.past().names()));
    texts.put(ATTRIBUTES, joined(f.likeness().names()));
    List<String> likes = new ArrayList<>();
    f.likeness().attributes().forEach(likes::addAll);
    texts.put(LIKES, joined(likes));
    List<Double> kinds = new ArrayList<>();
    for (int k = 0; k < columns.names().size(); k++) {
      kinds.add(columns.logarithmic()[k] ? 1.0 : 0.0);
      kinds.add(columns.curved()[k] ? 1.0 : 0.0);
      kinds.add(columns.scales()[k]);
      kinds.add(f.kept()[k] ? 1.0 : 0.0);
    }
    numbers.put(ROOM + "kinds", kinds);
    numbers.put(ROOM + "effects", boxed(f.effects()));
    numbers.put(ROOM + "apart", boxed(f.apart()));
    List<Double> told = new ArrayList<>();
    for (CovariateEffect e : f.told()) {
      told.addAll(List.of(e.kept() ? 1.0 : 0.0, e.gain(), e.factor()));
    }
    numbers.put(TOLD, told);
    numbers.put(ROOM + "slopes", flat(f.past().slopes()));
    Likeness l = f.likeness();
    int ahead = l.isAny() ? l.expected()[0].length : 0;
    numbers.put(
        ROOM + "likeness",
        List.of(
            (double) f.horizon(),
            (double) l.neighbours(),
            (double) l.start(),
            (double) l.expected().length,
            (double) ahead,
            l.gain()));
    numbers.put(ROOM + "expected", flat(l.expected()));
    numbers.put(ROOM + "periods", boxed(l.periods()));
    numbers.put(ROOM + "totals", flat(l.totals()));
  }

  /** Names may hold anything but a line's end, which is written as two letters. */
  private static String joined(List<String> names) {
    return String.join(
        "\n", names.stream().map(n -> n.replace("\\", "\\\\").replace("\n", "\\n")).toList());
  }

  private static List<String> split(ComposedModel model, String at, int count) {
    String text = model.texts().getOrDefault(at, "");
    List<String> names =
        count == 0
            ? List.of()
            : Arrays.stream(text.split("\n", -1))
                .map(n -> n.replaceAll("(?<!\\\\)\\\\n", "\n").replace("\\\\", "\\"))
                .toList();
    Codec.check(names.size() == count, at, "has " + names.size() + " names, not " + count);
    return names;
  }

  private static int count(ComposedModel model, String at) {
    String text = model.texts().getOrDefault(at, "");
    return text.isEmpty() ? 0 : text.split("\n", -1).length;
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static List<Double> flat(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).boxed().toList();
  }

  private static double[] finite(ComposedModel model, String at, int size) {
    double[] values =
        Codec.numbers(model, at, size).stream().mapToDouble(Double::doubleValue).toArray();
    Codec.check(Arrays.stream(values).allMatch(Double::isFinite), at, "has values that are none");
    return values;
  }

  private static double[][] rows(double[] flat, int width) {
    double[][] rows = new double[width == 0 ? 0 : flat.length / width][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return rows;
  }

  static DrivenForecaster read(ComposedModel model) {
    int n = count(model, NAMES);
    List<String> names = split(model, NAMES, n);
    double[] kinds = finite(model, ROOM + "kinds", 4 * n);
    boolean[] logarithmic = new boolean[n];
    boolean[] curved = new boolean[n];
    double[] scales = new double[n];
    boolean[] kept = new boolean[n];
    for (int k = 0; k < n; k++) {
      logarithmic[k] = kinds[4 * k] == 1;
      curved[k] = kinds[4 * k + 1] == 1;
      scales[k] = kinds[4 * k + 2];
      kept[k] = kinds[4 * k + 3] == 1;
      Codec.check(scales[k] > 0, ROOM + "kinds", "has the scale " + scales[k]);
    }
    CovariateColumns columns = new CovariateColumns(names, logarithmic, curved, scales);
    int features = columns.features(kept).length;
    double[] effects = finite(model, ROOM + "effects", features);
    List<Double> own = model.numbers().getOrDefault(ROOM + "apart", List.of());
    double[] apart = finite(model, ROOM + "apart", own.isEmpty() ? 0 : features);
    int all = count(model, TOLD);
    double[] told = finite(model, TOLD, 3 * all);
    List<String> who = split(model, TOLD, all);
    List<String> units = split(model, UNITS, all);
    List<CovariateEffect> effectsTold = new ArrayList<>();
    for (int k = 0; k < all; k++) {
      effectsTold.add(
          new CovariateEffect(
              who.get(k), told[3 * k] == 1, told[3 * k + 1], told[3 * k + 2], units.get(k)));
    }
    int past = count(model, PAST);
    double[] slopes =
        finite(
            model,
            ROOM + "slopes",
            past == 0 ? 0 : PastEffects.stretches() * PastEffects.LAGS * past);
    double[] head = finite(model, ROOM + "likeness", 6);
    for (int i = 0; i < 5; i++) {
      boolean whole =
          head[i] == Math.rint(head[i]) && (i == 2 || (head[i] >= 0 && head[i] <= MOST));
      Codec.check(whole, ROOM + "likeness", "has the number " + head[i]);
    }
    return new DrivenForecaster(
        Codec.read(model),
        columns,
        kept,
        effects,
        apart,
        new PastEffects(
            split(model, PAST, past),
            past == 0 ? new double[0][] : rows(slopes, PastEffects.LAGS * past)),
        likeness(model, head),
        effectsTold,
        (int) head[0]);
  }

  private static Likeness likeness(ComposedModel model, double[] head) {
    int articles = (int) head[3];
    int ahead = (int) head[4];
    int size = Bands.PROBABILITIES.length;
    if (articles == 0) {
      return Likeness.none();
    }
    Codec.check(ahead >= 1 && head[1] >= 1, ROOM + "likeness", "has articles and no periods");
    int columns = count(model, ATTRIBUTES);
    List<String> flat = split(model, LIKES, articles * columns);
    List<List<String>> attributes = new ArrayList<>();
    for (int i = 0; i < articles; i++) {
      attributes.add(flat.subList(i * columns, (i + 1) * columns));
    }
    double[] expected = finite(model, ROOM + "expected", articles * ahead);
    Codec.check(
        Arrays.stream(expected).allMatch(v -> v > 0), ROOM + "expected", "has no positive values");
    double[][] totals = rows(finite(model, ROOM + "totals", ahead * size), size);
    double[] periods = finite(model, ROOM + "periods", size);
    for (double[] row : totals) {
      Codec.check(isRising(row), ROOM + "totals", "has bands that fall");
    }
    Codec.check(isRising(periods), ROOM + "periods", "has bands that fall");
    return new Likeness(
        split(model, ATTRIBUTES, columns),
        (int) head[1],
        attributes,
        (long) head[2],
        rows(expected, ahead),
        periods,
        totals,
        head[5]);
  }

  private static boolean isRising(double[] values) {
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[i - 1]) {
        return false;
      }
    }
    return true;
  }
}
