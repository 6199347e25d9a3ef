package io.millwright.runtime.explain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the least change of one row. Begins with rows of the background that answer as wished,
 * takes their values where columns may move, gives back every value that is not needed, dearest
 * first, and moves the others back towards the input as far as the wish holds (bisection).
 */
final class CounterfactualSearch<V> {

  private static final int STARTS = 24;
  private static final int HALVINGS = 14;
  private static final int RANDOM = 2000;
  private static final int MOST_ROWS = 2000;

  private final AskedModel<Table, V> model;
  private final Table background;
  private final List<String> columns;
  private final long key;
  private final double[] spread;
  private final double[] low;
  private final double[] high;
  private final boolean[] whole;
  private final @Nullable Object[][] known;
  private final double usualDistance;

  CounterfactualSearch(
      AskedModel<Table, V> model, Table background, List<String> columns, long key) {
    this.model = model;
    this.background = background;
    this.columns = columns;
    this.key = key;
    int n = columns.size();
    spread = new double[n];
    low = new double[n];
    high = new double[n];
    whole = new boolean[n];
    for (int c = 0; c < n; c++) {
      if (!column(c).type().isNumeric()) {
        spread[c] = 1;
        continue;
      }
      double[] sorted =
          Arrays.stream(background.numbers(columns.get(c)))
              .filter(v -> !Double.isNaN(v))
              .sorted()
              .toArray();
      if (sorted.length == 0) {
        spread[c] = 1;
        continue;
      }
      low[c] = sorted[0];
      high[c] = sorted[sorted.length - 1];
      double middle = sorted[sorted.length / 2];
      double[] far = Arrays.stream(sorted).map(v -> Math.abs(v - middle)).sorted().toArray();
      double mad = 1.4826 * far[far.length / 2];
      spread[c] = mad > 0 ? mad : high[c] > low[c] ? (high[c] - low[c]) / 4 : 1;
      whole[c] = Arrays.stream(sorted).allMatch(v -> v == Math.rint(v));
    }
    int rows = Math.min(MOST_ROWS, background.rows());
    known = new @Nullable Object[rows][];
    for (int i = 0; i < rows; i++) {
      known[i] = values(background, (int) ((long) i * background.rows() / rows));
    }
    usualDistance = usual();
  }

  private Column column(int c) {
    return background.schema().column(columns.get(c));
  }

  /** The distance to the next row that 95 % of the background's rows keep. */
  private double usual() {
    int n = Math.min(400, known.length);
    double[] next = new double[n];
    for (int i = 0; i < n; i++) {
      int row = (int) ((long) i * known.length / n);
      next[i] = nearest(known[row], row);
    }
    Arrays.sort(next);
    return n == 0 ? 0 : next[(int) Math.min(n - 1, Math.ceil(0.95 * n))];
  }

  private @Nullable Object[] values(Table table, int row) {
    @Nullable Object[] values = new Object[columns.size()];
    for (int c = 0; c < values.length; c++) {
      int at = table.schema().indexOf(columns.get(c));
      values[c] =
          column(c).type().isNumeric() ? (Object) table.number(row, at) : table.label(row, at);
    }
    return values;
  }

  private double nearest(@Nullable Object[] values, int except) {
    double best = Double.POSITIVE_INFINITY;
    for (int r = 0; r < known.length; r++) {
      if (r != except) {
        double d = 0;
        for (int c = 0; c < values.length && d < best; c++) {
          double one = distance(c, values[c], known[r][c]);
          d += one * one;
        }
        best = Math.min(best, d);
      }
    }
    return Math.sqrt(best);
  }

  private double distance(int c, @Nullable Object a, @Nullable Object b) {
    if (a instanceof Double x && b instanceof Double y) {
      return Double.isNaN(x) || Double.isNaN(y)
          ? (Double.isNaN(x) && Double.isNaN(y) ? 0 : 1)
          : Math.abs(x - y) / spread[c];
    }
    return Objects.equals(a, b) ? 0 : 1;
  }

  Optional<Counterfactual> of(Table input, Wish wish) {
    if (input.rows() != 1) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "an input of "
              + input.rows()
              + " rows\nMaybe ask for a counterfactual of one row: histories have too many ways");
    }
    List<String> unknown =
        Stream.of(wish.frozen(), wish.ranges().keySet(), wish.costs().keySet())
            .flatMap(Set::stream)
            .filter(name -> !columns.contains(name))
            .distinct()
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "the wish speaks of " + unknown + "\nMaybe one of the inputs " + columns);
    }
    wish.ranges()
        .forEach(
            (name, range) -> {
              if (!column(columns.indexOf(name)).type().isNumeric()) {
                throw new MillwrightException(
                    ErrorCode.WRONG_TYPE,
                    "the wish has "
                        + name
                        + " between "
                        + range.low()
                        + " and "
                        + range.high()
                        + ", but it holds no numbers\nMaybe freeze it");
              }
            });
    @Nullable Object[] own = values(input, 0);
    double before = model.of(input);
    if (wish.metBy(before)) {
      return Optional.of(new Counterfactual(before, before, List.of(), 0, true));
    }
    List<@Nullable Object[]> starts = starts(input, own, wish);
    List<Counterfactual> found = new ArrayList<>();
    for (@Nullable Object[] start : starts) {
      found.add(shrunk(input, own, start, wish, before));
    }
    return found.stream()
        .min(
            Comparator.comparing((Counterfactual c) -> !c.plausible())
                .thenComparingDouble(c -> c.cost() + 0.5 * c.changes().size()));
  }

  private boolean free(int c, Wish wish) {
    return !wish.frozen().contains(columns.get(c));
  }

  /** A value that the column may take, as near as can be to the wanted one. */
  private Object allowed(int c, Object wanted, Wish wish) {
    if (!(wanted instanceof Double v)) {
      return wanted;
    }
    Wish.Range range = wish.ranges().getOrDefault(columns.get(c), new Wish.Range(low[c], high[c]));
    double held = Math.min(Math.max(v, range.low()), range.high());
    if (whole[c]) {
      double round = Math.rint(held);
      double inside = Math.min(Math.max(round, Math.ceil(range.low())), Math.floor(range.high()));
      held = inside >= range.low() && inside <= range.high() ? inside : held;
    }
    return held;
  }

  private List<@Nullable Object[]> starts(Table input, @Nullable Object[] own, Wish wish) {
    List<@Nullable Object[]> candidates = new ArrayList<>();
    int n = known.length;
    for (@Nullable Object[] row : known) {
      candidates.add(moved(own, row, wish));
    }
    List<@Nullable Object[]> good = good(input, own, candidates, wish);
    if (good.isEmpty()) {
      KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 74);
      candidates.clear();
      for (int i = 0; i < RANDOM && n > 0; i++) {
        @Nullable Object[] drawn = new Object[own.length];
        for (int c = 0; c < drawn.length; c++) {
          Wish.Range range =
              wish.ranges().getOrDefault(columns.get(c), new Wish.Range(low[c], high[c]));
          drawn[c] =
              column(c).type().isNumeric()
                  ? (Object) (range.low() + random.nextDouble() * (range.high() - range.low()))
                  : known[random.nextInt(n)][c];
        }
        candidates.add(moved(own, drawn, wish));
      }
      good = good(input, own, candidates, wish);
    }
    return good;
  }

  private @Nullable Object[] moved(@Nullable Object[] own, @Nullable Object[] to, Wish wish) {
    @Nullable Object[] moved = own.clone();
    for (int c = 0; c < moved.length; c++) {
      Object wanted = to[c];
      if (free(c, wish) && wanted != null && !(wanted instanceof Double v && Double.isNaN(v))) {
        moved[c] = allowed(c, wanted, wish);
      }
    }
    return moved;
  }

  private List<@Nullable Object[]> good(
      Table input, @Nullable Object[] own, List<@Nullable Object[]> candidates, Wish wish) {
    double[] y = asked(input, candidates);
    return IntStream.range(0, y.length)
        .filter(i -> wish.metBy(y[i]))
        .mapToObj(candidates::get)
        .sorted(Comparator.comparingDouble(v -> cost(own, v, wish)))
        .limit(STARTS)
        .toList();
  }

  private double cost(int c, @Nullable Object from, @Nullable Object to, Wish wish) {
    return wish.costs().getOrDefault(columns.get(c), 1.0) * distance(c, from, to);
  }

  private double cost(@Nullable Object[] own, @Nullable Object[] values, Wish wish) {
    double sum = 0;
    for (int c = 0; c < own.length; c++) {
      sum += cost(c, own[c], values[c], wish);
    }
    return sum;
  }

  private double[] asked(Table input, List<@Nullable Object[]> candidates) {
    return model.of(candidates.stream().map(v -> table(input, v)).toList());
  }

  private Table table(Table input, @Nullable Object[] values) {
    Schema schema = input.schema();
    TableBuilder builder = Table.builder(schema, 1);
    List<@Nullable Object> all = new ArrayList<>(input.row(0).values());
    for (int c = 0; c < values.length; c++) {
      all.set(schema.indexOf(columns.get(c)), values[c]);
    }
    return builder.add(all).build();
  }

  private Counterfactual shrunk(
      Table input, @Nullable Object[] own, @Nullable Object[] start, Wish wish, double before) {
    @Nullable Object[] now = start.clone();
    for (boolean moving = true; moving; ) {
      moving = false;
      List<Integer> order = new ArrayList<>(dearest(own, now, wish));
      List<@Nullable Object[]> tries = new ArrayList<>();
      for (int c : order) {
        @Nullable Object[] without = now.clone();
        without[c] = own[c];
        tries.add(without);
      }
      double[] y = tries.isEmpty() ? new double[0] : asked(input, tries);
      for (int i = 0; i < y.length; i++) {
        if (wish.metBy(y[i])) {
          now = tries.get(i);
          moving = true;
          break;
        }
      }
    }
    for (int c : dearest(own, now, wish)) {
      if (own[c] instanceof Double from && now[c] instanceof Double to && !Double.isNaN(from)) {
        now[c] = nearer(input, now, c, from, to, wish);
      }
    }
    double after = asked(input, List.<@Nullable Object[]>of(now))[0];
    List<Counterfactual.Change> changes = new ArrayList<>();
    for (int c : dearest(own, now, wish)) {
      String unit = column(c).unit().symbol();
      Object from = own[c];
      Object to = now[c];
      changes.add(
          new Counterfactual.Change(
              columns.get(c),
              text(from, unit),
              text(to, unit),
              from instanceof Double a && to instanceof Double b ? b - a : Double.NaN,
              cost(c, from, to, wish)));
    }
    boolean plausible = nearest(now, -1) <= Math.max(usualDistance, nearest(own, -1));
    return new Counterfactual(before, after, changes, cost(own, now, wish), plausible);
  }

  private static String text(@Nullable Object value, String unit) {
    return value == null
        ? "missing"
        : value instanceof Double v ? ColumnView.text(v, unit) : value.toString();
  }

  private List<Integer> dearest(@Nullable Object[] own, @Nullable Object[] now, Wish wish) {
    return IntStream.range(0, own.length)
        .filter(c -> !Objects.equals(own[c], now[c]))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer c) -> -cost(c, own[c], now[c], wish)))
        .toList();
  }

  /** As near to where it was as the wish allows. */
  private double nearer(
      Table input, @Nullable Object[] now, int c, double from, double to, Wish wish) {
    double good = to;
    double bad = from;
    for (int i = 0; i < HALVINGS; i++) {
      Object middle = allowed(c, (good + bad) / 2, wish);
      if (middle.equals(good) || middle.equals(bad)) {
        break;
      }
      @Nullable Object[] tried = now.clone();
      tried[c] = middle;
      if (wish.metBy(asked(input, List.<@Nullable Object[]>of(tried))[0])) {
        good = (Double) middle;
      } else {
        bad = (Double) middle;
      }
    }
    return good;
  }
}
