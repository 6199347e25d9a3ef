package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns fitted steps into arithmetic, one after the other, keeping track of the columns. Since
 * fitted steps may come out of a file that somebody altered, everything they name is looked up with
 * an error.
 */
final class PlanBuilder {

  /** No preparation needs more; a file that asks for more is not to be followed. */
  private static final int MOST_FEATURES = 1 << 20;

  /**
   * The type of columns that are set aside for another input: no step reads texts, so that all
   * leave them alone.
   */
  static final ColumnType ASIDE = ColumnType.TEXT;

  private final Map<String, List<String>> aside = new LinkedHashMap<>();
  private final List<Op> ops = new ArrayList<>();
  private final Map<String, List<String>> labels = new HashMap<>();
  private final Map<String, GramBag> bags = new HashMap<>();
  private final Set<String> counted = new HashSet<>();
  private List<Column> columns;
  private int widest;
  private int window;
  private io.millwright.api.learn.@Nullable Views views;
  private @Nullable PictureOp picture;

  PlanBuilder(List<Column> inputs) {
    columns = List.copyOf(inputs);
    widest = columns.size();
  }

  List<Column> columns() {
    return columns;
  }

  List<Op> ops() {
    return ops;
  }

  int widest() {
    return widest;
  }

  int window() {
    return window;
  }

  io.millwright.api.learn.@Nullable Views views() {
    return views;
  }

  @Nullable PictureOp picture() {
    return picture;
  }

  /** The columns of each input beside the main one, which are the last features. */
  Map<String, List<String>> aside() {
    return aside;
  }

  /** What counts the runs of a column of text; null for any other. */
  @Nullable GramBag bag(String column) {
    return bags.get(column);
  }

  List<String> labels(String column) {
    return labels.getOrDefault(column, List.of());
  }

  /** Adds a step; gives the operation, or null for one that does nothing to rows. */
  @Nullable Op add(FittedStep step) {
    if (step instanceof FittedStep.Picture p) {
      picture = picture(p);
      return null;
    }
    if (picture != null || columns.stream().anyMatch(c -> c.type() == ColumnType.IMAGE)) {
      if (picture != null && views == null && step instanceof FittedStep.Views v) {
        views = v.views();
      } else if (picture == null || !(step instanceof FittedStep.VaryPicture)) {
        throw broken("images and the step " + step.getClass().getSimpleName());
      }
      return null;
    }
    if (step instanceof FittedStep.VaryPicture || step instanceof FittedStep.Views) {
      throw broken("there are no images for the step " + step.getClass().getSimpleName());
    }
    Op op = null;
    List<Column> after = columns;
    if (window > 0 && !(step instanceof FittedStep.Augment)) {
      throw broken("a step follows the window: " + step.getClass().getSimpleName());
    }
    if (step instanceof FittedStep.Seen seen) {
      op = seen(seen);
    } else if (step instanceof FittedStep.Clean clean) {
      op = clean(clean);
    } else if (step instanceof FittedStep.Encode encode) {
      after = new ArrayList<>();
      op = encode(encode, after);
    } else if (step instanceof FittedStep.Text text) {
      after = new ArrayList<>();
      texts(text, after);
    } else if (step instanceof FittedStep.Calendar calendar) {
      after = new ArrayList<>();
      op = calendar(calendar, after);
    } else if (step instanceof FittedStep.MissingIndicators missing) {
      after = new ArrayList<>(columns);
      op = missing(missing, after);
    } else if (step instanceof FittedStep.Input input) {
      after = new ArrayList<>(columns);
      op = input(input, after);
    } else if (step instanceof FittedStep.Scale scale) {
      op = scale(scale);
    } else if (step instanceof FittedStep.Conditions conditions) {
      after = new ArrayList<>();
      op = conditions(conditions, after);
    } else if (step instanceof FittedStep.Keep keep) {
      int[] kept = keep.columns().stream().mapToInt(this::index).toArray();
      after = keep.columns().stream().map(name -> columns.get(index(name))).toList();
      op = new KeepOp(kept);
    } else if (step instanceof FittedStep.Trends trends) {
      after = TrendsOp.after(trends.trends(), columns);
      op = trends(trends.trends());
    } else if (step instanceof FittedStep.Interactions interactions) {
      after = new ArrayList<>(columns);
      op = interactions(interactions, after);
    } else if (step instanceof FittedStep.Window w) {
      window = w.length();
      if (window < 1 || (long) window * columns.size() > MOST_FEATURES * 16L) {
        throw broken("a window of " + window + " rows");
      }
    }
    if (after.size() > MOST_FEATURES || (op != null && op.state > 64 * MOST_FEATURES)) {
      throw broken(after.size() + " columns");
    }
    Set<String> names = new HashSet<>();
    for (Column column : after) {
      if (!names.add(column.name())) {
        throw broken("two columns would be named \"" + column.name() + "\"");
      }
    }
    columns = List.copyOf(after);
    widest = Math.max(widest, columns.size());
    if (op != null) {
      ops.add(op);
    }
    return op;
  }

  private PictureOp picture(FittedStep.Picture p) {
    boolean sound =
        picture == null
            && columns.size() == 1
            && columns.get(0).type() == ColumnType.IMAGE
            && columns.get(0).name().equals(p.column())
            && p.width() > 0
            && p.height() > 0
            && p.seenWidth() > 0
            && p.seenHeight() > 0
            && (long) p.width() * p.height() * 6 <= MOST_FEATURES * 16L;
    if (!sound) {
      throw broken("an image step " + p + " on the columns " + columns);
    }
    return new PictureOp(p);
  }

  /** Drops the age and refuses labels: what is left are the features. */
  void finish() {
    if (picture != null) {
      widest = picture.size();
      return;
    }
    Set<String> others = new LinkedHashSet<>();
    aside.values().forEach(others::addAll);
    List<String> left = new ArrayList<>();
    for (Column column : columns) {
      if (column.type() != ColumnType.AGE && !others.contains(column.name())) {
        left.add(column.name());
      }
    }
    left.addAll(others);
    int atWindow = window;
    window = 0;
    if (!left.equals(columns.stream().map(Column::name).toList())) {
      add(new FittedStep.Keep(left));
    }
    columns =
        columns.stream().map(c -> others.contains(c.name()) ? Column.number(c.name()) : c).toList();
    window = atWindow;
    for (Column column : columns) {
      if (!column.type().isNumeric()) {
        throw broken(
            "column \"" + column.name() + "\" still holds " + column.type() + " at the end");
      }
    }
    if (columns.isEmpty()) {
      throw broken("no feature is left");
    }
  }

  private int index(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw broken("a step speaks of the column \"" + name + "\", which is not there");
  }

  private int index(String name, boolean numeric) {
    int i = index(name);
    if ((columns.get(i).type() == ColumnType.CATEGORY) == numeric) {
      throw broken("column \"" + name + "\" holds " + columns.get(i).type());
    }
    return i;
  }

  private static MillwrightException broken(String what) {
    return new MillwrightException(
        ErrorCode.BAD_BUNDLE,
        "the fitted preparation does not hold together: "
            + what
            + "\nMaybe the file was altered; get it again or train anew");
  }

  private Op seen(FittedStep.Seen seen) {
    int n = seen.numbers().size();
    int[] at = new int[n];
    String[] names = new String[n];
    double[] low = new double[n];
    double[] high = new double[n];
    for (int i = 0; i < n; i++) {
      FittedStep.SeenNumber number = seen.numbers().get(i);
      at[i] = index(number.column(), true);
      names[i] = number.column();
      low[i] = number.low();
      high[i] = number.high();
    }
    for (FittedStep.SeenLabels column : seen.labels()) {
      index(column.column(), false);
      labels.put(column.column(), column.labels());
    }
    // A clock goes on where every reading is missing.
    boolean timesAlone =
        columns.stream().allMatch(c -> c.type() == ColumnType.AGE || c.type() == ColumnType.TIME);
    List<Integer> inputs = new ArrayList<>();
    List<Integer> runs = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ColumnType type = columns.get(i).type();
      if (counted.contains(columns.get(i).name())) {
        runs.add(i);
      } else if (type != ColumnType.AGE && (timesAlone || type != ColumnType.TIME)) {
        inputs.add(i);
      }
    }
    return new SeenOp(at, names, low, high, ints(inputs), ints(runs));
  }

  private Op clean(FittedStep.Clean clean) {
    FittedStep.CleanNumber[] numbers = clean.numbers().toArray(new FittedStep.CleanNumber[0]);
    int[] numberAt = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      numberAt[i] = index(numbers[i].column(), true);
    }
    int n = clean.labels().size();
    String[] names = new String[n];
    double[] typical = new double[n];
    int[] labelAt = new int[n];
    List<List<String>> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      names[i] = clean.labels().get(i).column();
      labelAt[i] = index(names[i], false);
      known.add(labels(names[i]));
      typical[i] = known.get(i).indexOf(clean.labels().get(i).typical());
    }
    return new CleanOp(clean.last(), numbers, numberAt, names, typical, labelAt, known);
  }

  private Op encode(FittedStep.Encode encode, List<Column> after) {
    encode.columns().forEach(name -> index(name, false));
    int[] sizes = new int[columns.size()];
    String[] names = new String[columns.size()];
    for (int i = 0; i < sizes.length; i++) {
      names[i] = columns.get(i).name();
      if (encode.columns().contains(names[i])) {
        List<String> own = labels(names[i]);
        sizes[i] = own.size();
        if (own.isEmpty()) {
          throw broken("column \"" + names[i] + "\" has no labels");
        }
        for (String label : own) {
          after.add(Column.number(names[i] + "=" + label));
        }
      } else {
        after.add(columns.get(i));
      }
    }
    return new EncodeOp(sizes, names);
  }

  /** Texts are counted where rows are read, since what steps compute with are numbers. */
  private void texts(FittedStep.Text text, List<Column> after) {
    if (!ops.isEmpty() || !bags.isEmpty()) {
      throw broken("texts are read after another step");
    }
    for (FittedStep.TextColumn column : text.columns()) {
      ColumnType type = columns.get(index(column.column())).type();
      if (type != ColumnType.TEXT
          || column.runs().isEmpty()
          || Set.copyOf(column.runs()).size() < column.runs().size()
          || bags.put(column.column(), new GramBag(column)) != null) {
        throw broken("the runs of column \"" + column.column() + "\", which holds " + type);
      }
    }
    Map<String, FittedStep.TextColumn> read = new HashMap<>();
    text.columns().forEach(c -> read.put(c.column(), c));
    for (Column column : columns) {
      FittedStep.TextColumn own = read.get(column.name());
      if (own == null) {
        after.add(column);
      } else {
        own.features().forEach(name -> after.add(Column.number(name)));
        counted.addAll(own.features());
      }
    }
  }

  private Op calendar(FittedStep.Calendar calendar, List<Column> after) {
    @Nullable FittedStep.CalendarColumn[] all = new FittedStep.CalendarColumn[columns.size()];
    for (FittedStep.CalendarColumn column : calendar.columns()) {
      int i = index(column.column());
      if (columns.get(i).type() != ColumnType.TIME || all[i] != null) {
        throw broken("column \"" + column.column() + "\" is no column of times, or comes twice");
      }
      all[i] = column;
    }
    for (int i = 0; i < all.length; i++) {
      FittedStep.CalendarColumn column = all[i];
      if (column == null) {
        after.add(columns.get(i));
      } else {
        CalendarOp.features(column).forEach(name -> after.add(Column.number(name)));
      }
    }
    return new CalendarOp(all);
  }

  private Op missing(FittedStep.MissingIndicators step, List<Column> after) {
    step.columns()
        .forEach(name -> after.add(Column.number(FittedStep.MissingIndicators.feature(name))));
    int[] watched = step.columns().stream().mapToInt(this::index).toArray();
    return new MissingOp(columns.size(), watched);
  }

  private Op input(FittedStep.Input input, List<Column> after) {
    if (!input.name().matches("[A-Za-z][A-Za-z0-9_-]{0,63}")
        || input.name().equals(Step.Input.MAIN)
        || input.columns().isEmpty()
        || aside.put(input.name(), input.columns()) != null) {
      throw broken("an input \"" + input.name() + "\" of the columns " + input.columns());
    }
    List<Integer> at = new ArrayList<>();
    for (String name : input.columns()) {
      int i = index(name);
      ColumnType type = after.get(i).type();
      if (type == ColumnType.CATEGORY) {
        at.add(i);
      } else if (type != ColumnType.NUMBER) {
        throw broken("column \"" + name + "\" of input \"" + input.name() + "\" holds " + type);
      }
      after.set(i, new Column(name, ASIDE, Unit.NONE));
    }
    return new IdsOp(
        ints(at),
        at.stream().mapToInt(i -> labels(columns.get(i).name()).size()).toArray(),
        at.stream().map(i -> columns.get(i).name()).toArray(String[]::new));
  }

  private Op scale(FittedStep.Scale scale) {
    int n = scale.columns().size();
    int[] at = new int[n];
    double[] offsets = new double[n];
    double[] factors = new double[n];
    for (int i = 0; i < n; i++) {
      FittedStep.Line column = scale.columns().get(i);
      at[i] = index(column.column(), true);
      offsets[i] = column.offset();
      factors[i] = column.factor();
    }
    return new ScaleOp(at, offsets, factors, scale.clip());
  }

  private Op conditions(FittedStep.Conditions step, List<Column> after) {
    int[] settings = step.settings().stream().mapToInt(s -> index(s.column(), true)).toArray();
    step.readings().forEach(name -> index(name, true));
    if (step.conditions().isEmpty()) {
      throw broken("there is no operating condition");
    }
    for (FittedStep.Condition c : step.conditions()) {
      int readings = step.readings().size();
      if (c.centre().size() != settings.length
          || c.offsets().size() != readings
          || c.factors().size() != readings) {
        throw broken("an operating condition has too few or too many numbers");
      }
    }
    Set<String> away = new HashSet<>();
    step.settings().forEach(s -> away.add(s.column()));
    List<Integer> from = new ArrayList<>();
    List<Integer> reading = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      // Readings that stand in for missing settings are settings and readings at a time.
      if (!away.contains(name) || step.readings().contains(name)) {
        from.add(i);
        reading.add(step.readings().indexOf(name));
        after.add(columns.get(i));
      }
    }
    return new ConditionsOp(step, settings, ints(from), ints(reading));
  }

  private Op trends(Step.Trends spec) {
    List<Integer> numbers = new ArrayList<>();
    List<Integer> passing = new ArrayList<>();
    int age = -1;
    for (int i = 0; i < columns.size(); i++) {
      switch (columns.get(i).type()) {
        case NUMBER -> numbers.add(i);
        case CATEGORY, TEXT, TIME, IMAGE -> passing.add(i);
        case AGE -> age = age < 0 ? i : age;
      }
    }
    long state =
        numbers.size() * (4L + spec.line() + 2L * spec.weights().size() + spec.baselines().size());
    if (state > 64L * MOST_FEATURES) {
      throw broken("a line over " + spec.line() + " rows");
    }
    return new TrendsOp(spec, ints(numbers), ints(passing), age);
  }

  private Op interactions(FittedStep.Interactions step, List<Column> after) {
    int products = step.products().size();
    int n = products + step.quotients().size();
    int[] left = new int[n];
    int[] right = new int[n];
    double[] least = new double[n];
    for (int i = 0; i < n; i++) {
      boolean product = i < products;
      FittedStep.Pair pair = product ? step.products().get(i) : step.quotients().get(i - products);
      left[i] = index(pair.left(), true);
      right[i] = index(pair.right(), true);
      least[i] = product ? 0 : pair.least();
      if (!product && pair.least() == 0) {
        throw broken("a quotient by \"" + pair.right() + "\" is not kept away from 0");
      }
      after.add(Column.number(pair.left() + (product ? " * " : " / ") + pair.right()));
    }
    return new InteractionsOp(columns.size(), left, right, least);
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
