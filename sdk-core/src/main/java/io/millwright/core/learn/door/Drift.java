package io.millwright.core.learn.door;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Split;
import io.millwright.runtime.prepare.LinearFit;
import io.millwright.runtime.watch.DriftStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the newest rows, which judge where a time was named, differ from the older ones (data drift
 * and concept drift): columns whose values moved, by the distance of Kolmogorov and Smirnov or the
 * total variation of labels; and a linear model of the older rows that errs more on the newest.
 *
 * <p>Rows of neighbouring times resemble each other, so that usual levels of significance alarm at
 * anything. The newest rows are said to differ where they differ more from the older ones than any
 * part of the older ones differs from the rest.
 */
final class Drift<L> {

  private static final int FEWEST = 50;

  /** The older rows are cut into so many parts, which tell how much parts differ anyway. */
  private static final int PARTS = 4;

  /** A smaller distance between two distributions is not worth a word. */
  private static final double LEAST = 0.2;

  /** So much more than any older part differs. */
  private static final double MORE = 1.2;

  /** So many of the newest values beyond all older ones are worth a word. */
  private static final double BEYOND = 0.05;

  private static final int MOST_NAMED = 5;
  private static final int MOST_ROWS = 5000;

  private final Layout<L> layout;
  private final boolean classes;
  private final List<String> remarks = new ArrayList<>();

  /** The rows that are learnt from, and those that judge, both in the order of time. */
  private final List<Integer> older = new ArrayList<>();

  private final List<Integer> newest = new ArrayList<>();

  /** The deviation of the target, in which errors are measured. */
  private double scale = 1;

  Drift(Layout<L> layout, boolean classes) {
    this.layout = layout;
    this.classes = classes;
  }

  /** What is said; nothing where rows are not judged by newer ones. */
  List<String> remarks() {
    Split split = layout.said().split().orElseGet(layout::split);
    if (split.by() != Split.By.TIME || split.folds() > 1) {
      return List.of();
    }
    divide(split.judged());
    if (newest.isEmpty() || older.isEmpty()) {
      return List.of();
    }
    remarks.add(
        layout.said().network().isPresent()
            ? "the newest "
                + newest.size()
                + " rows judge, and a network asked for by name does not learn from them: leave it"
                + " out for a model that learns anew from all rows once it is judged"
            : "the newest "
                + newest.size()
                + " rows judge what was learnt from the older ones; then the chosen model is learnt"
                + " anew from all");
    if (newest.size() >= FEWEST && older.size() >= PARTS * FEWEST) {
      columns();
      target();
      relation();
    }
    return remarks;
  }

  private void divide(double judged) {
    for (List<Integer> rows : sequences()) {
      List<Integer> known = rows.stream().filter(r -> layout.labels().get(r) != null).toList();
      int out = (int) Math.round(judged * known.size());
      older.addAll(known.subList(0, known.size() - out));
      newest.addAll(known.subList(known.size() - out, known.size()));
    }
    older.sort(Comparator.naturalOrder());
    newest.sort(Comparator.naturalOrder());
  }

  /** With windows every sequence is judged by its own last rows, else all rows are one. */
  private Iterable<List<Integer>> sequences() {
    if (layout.said().window().isPresent()) {
      return layout.rowsOfGroups().values();
    }
    List<Integer> all = new ArrayList<>();
    for (int r = 0; r < layout.whole().rows(); r++) {
      all.add(r);
    }
    return List.of(all);
  }

  private void columns() {
    Table inputs = layout.inputs();
    List<String> moved = new ArrayList<>();
    for (int c = 0; c < inputs.schema().size(); c++) {
      Column column = inputs.schema().columns().get(c);
      int at = c;
      if (column.type().isNumeric()) {
        IntFunction<Double> value = r -> inputs.number(r, at);
        numbers(value).ifPresent(how -> moved.add(column.name() + " " + how));
      } else if (column.type() == ColumnType.CATEGORY) {
        IntFunction<@Nullable String> value = r -> inputs.label(r, at);
        labels(value).ifPresent(how -> moved.add(column.name() + " " + how));
      }
    }
    if (!moved.isEmpty()) {
      remarks.add(
          "inputs of the newest rows differ from the older ones: "
              + String.join("; ", moved.subList(0, Math.min(MOST_NAMED, moved.size())))
              + (moved.size() > MOST_NAMED
                  ? "; and " + (moved.size() - MOST_NAMED) + " more columns"
                  : ""));
    }
  }

  private void target() {
    (classes
            ? labels(r -> String.valueOf(layout.labels().get(r)))
            : numbers(r -> layout.labels().get(r) instanceof Double d ? d : Double.NaN))
        .ifPresent(how -> remarks.add("the target of the newest rows differs: " + how));
  }

  private Optional<String> numbers(IntFunction<Double> value) {
    double[] before = values(older, value);
    double[] now = values(newest, value);
    if (before.length < FEWEST || now.length < FEWEST) {
      return Optional.empty();
    }
    double low = Arrays.stream(before).min().orElse(0);
    double high = Arrays.stream(before).max().orElse(0);
    long beyond = Arrays.stream(now).filter(v -> v < low || v > high).count();
    if (beyond > BEYOND * now.length) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "(%.0f %% of them outside %s to %s, where all older ones lie)",
              100.0 * beyond / now.length,
              Strangers.text(low),
              Strangers.text(high)));
    }
    double most = 0;
    for (int p = 0; p < PARTS; p++) {
      most = Math.max(most, distance(values(part(p, true), value), values(part(p, false), value)));
    }
    double d = distance(now, before);
    // The level of 0.001 for independent rows: a bound from below, since rows hang together.
    double chance = 1.95 * Math.sqrt(1.0 / now.length + 1.0 / before.length);
    return d > LEAST && d > MORE * most && d > chance
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "(median %s, before %s)",
                Strangers.text(median(now)),
                Strangers.text(median(before))))
        : Optional.empty();
  }

  private Optional<String> labels(IntFunction<@Nullable String> value) {
    Map<String, Double> before = shares(older, value);
    Map<String, Double> now = shares(newest, value);
    Map<String, Double> unseen =
        now.entrySet().stream()
            .filter(e -> !before.containsKey(e.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    double share = unseen.values().stream().mapToDouble(Double::doubleValue).sum();
    if (share > BEYOND) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "(%.0f %% have labels that no older row has: %s)",
              100 * share,
              unseen.keySet().stream().sorted().limit(3).collect(Collectors.joining(", "))
                  + (unseen.size() > 3 ? " and " + (unseen.size() - 3) + " more" : "")));
    }
    double most = 0;
    for (int p = 0; p < PARTS; p++) {
      most = Math.max(most, apart(shares(part(p, true), value), shares(part(p, false), value)));
    }
    double d = apart(now, before);
    if (d <= LEAST || d <= MORE * most) {
      return Optional.empty();
    }
    Map.Entry<String, Double> changed =
        now.entrySet().stream()
            .max(
                Comparator.comparingDouble(
                    e -> Math.abs(e.getValue() - before.getOrDefault(e.getKey(), 0.0))))
            .orElseThrow();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "(\"%s\" in %.0f %%, before %.0f %%)",
            changed.getKey(),
            100 * changed.getValue(),
            100 * before.getOrDefault(changed.getKey(), 0.0)));
  }

  /** The rows of one part of the older ones, or of all others. */
  private List<Integer> part(int part, boolean own) {
    int from = (int) ((long) part * older.size() / PARTS);
    int to = (int) ((long) (part + 1) * older.size() / PARTS);
    if (own) {
      return older.subList(from, to);
    }
    List<Integer> others = new ArrayList<>(older.subList(0, from));
    others.addAll(older.subList(to, older.size()));
    return others;
  }

  private static double[] values(List<Integer> rows, IntFunction<Double> value) {
    return rows.stream().mapToDouble(value::apply).filter(Double::isFinite).sorted().toArray();
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static double distance(double[] one, double[] other) {
    return DriftStatistics.kolmogorovSmirnov(one, other).statistic();
  }

  private static Map<String, Double> shares(
      List<Integer> rows, IntFunction<@Nullable String> value) {
    Map<String, Double> shares = new TreeMap<>();
    for (int r : rows) {
      String label = value.apply(r);
      if (label != null) {
        shares.merge(label, 1.0, Double::sum);
      }
    }
    double all = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    shares.replaceAll((label, count) -> count / all);
    return shares;
  }

  /** Half of the sum of all differences between two distributions of labels (total variation). */
  private static double apart(Map<String, Double> one, Map<String, Double> other) {
    Map<String, Double> all = new HashMap<>(one);
    other.forEach((label, share) -> all.merge(label, -share, Double::sum));
    return all.values().stream().mapToDouble(Math::abs).sum() / 2;
  }

  /** Whether a linear model of older rows errs more on the newest than on other older ones. */
  private void relation() {
    List<Integer> rows = new ArrayList<>(thinned(older, MOST_ROWS));
    int count = rows.size();
    rows.addAll(thinned(newest, MOST_ROWS / PARTS));
    double[][] points = MoreData.points(layout.inputs(), rows);
    float[] truth = truth(rows);
    if (points[0].length == 0 || points[0].length * 2 * PARTS > count) {
      return;
    }
    double most = 0;
    double now = 0;
    double doubt = 0;
    for (int p = 0; p < PARTS; p++) {
      int from = count * p / PARTS;
      int to = count * (p + 1) / PARTS;
      double[] weights = fitted(points, truth, count, from, to);
      most = Math.max(most, error(points, truth, weights, from, to)[0]);
      double[] of = error(points, truth, weights, count, rows.size());
      now += of[0] / PARTS;
      doubt = Math.max(doubt, of[1]);
    }
    if (most > 0 && now > MORE * MORE * most && now - most > 3 * doubt) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "a linear model of the older rows errs by %s on the newest, by %s at the most on"
                  + " other older ones (root mean square%s): what the inputs say of the target has"
                  + " changed, or the newest lie where nothing was learnt",
              Strangers.text(Math.sqrt(now) * scale),
              Strangers.text(Math.sqrt(most) * scale),
              classes ? ", of the share of the commonest class" : ""));
    }
  }

  private static List<Integer> thinned(List<Integer> rows, int most) {
    if (rows.size() <= most) {
      return rows;
    }
    List<Integer> some = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      some.add(rows.get((int) ((long) i * rows.size() / most)));
    }
    return some;
  }

  /** The target in its standard deviations, or whether it is the commonest class. */
  private float[] truth(List<Integer> rows) {
    double[] values = GroupHints.numbers(rows.stream().map(layout.labels()::get).toList());
    double squares = Arrays.stream(values).map(v -> v * v).sum();
    scale = squares > 0 ? Math.sqrt(squares / values.length) : 1;
    float[] truth = new float[values.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (float) (values[i] / scale);
    }
    return truth;
  }

  /** A linear model of the first rows but for a part of them. */
  private static double[] fitted(double[][] points, float[] truth, int count, int from, int to) {
    int width = points[0].length;
    float[] inputs = new float[(count - (to - from)) * width];
    float[] targets = new float[count - (to - from)];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (i < from || i >= to) {
        for (int c = 0; c < width; c++) {
          inputs[n * width + c] = (float) points[i][c];
        }
        targets[n++] = truth[i];
      }
    }
    LinearFit fit = new LinearFit(inputs, targets, width, 1, false, () -> false);
    return fit.fit(1, fit.constant());
  }

  /** The mean square error of some rows, and its standard error. */
  private static double[] error(
      double[][] points, float[] truth, double[] weights, int from, int to) {
    int width = points[0].length;
    float[] row = new float[width];
    double[] said = new double[1];
    double[] errors = new double[to - from];
    for (int i = from; i < to; i++) {
      for (int c = 0; c < width; c++) {
        row[c] = (float) points[i][c];
      }
      LinearFit.outputs(weights, row, 0, width, said);
      errors[i - from] = (said[0] - truth[i]) * (said[0] - truth[i]);
    }
    double mean = Arrays.stream(errors).average().orElse(0);
    double spread = Arrays.stream(errors).map(e -> (e - mean) * (e - mean)).sum();
    return new double[] {mean, Math.sqrt(spread) / Math.max(1, errors.length)};
  }
}
