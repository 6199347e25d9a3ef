package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.runtime.network.InputSpec;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Views;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fitted preparation made ready to compute. Immutable but for a cache of the last table's layout;
 * thread-safe; shared by all streams.
 */
public final class PreparationPlan {

  private final Schema inputs;
  private final Schema needed;
  private final boolean[] numeric;
  private final boolean[] time;
  private final @Nullable GramBag[] bags;
  private final Map<String, Double>[] codes;
  private final Op[] ops;
  private final int[] stateAt;
  private final int opState;
  private final int widest;
  private final List<String> features;
  private final int window;
  private final int width;
  private final int main;
  private final List<InputSpec> given;
  private final @Nullable PictureOp picture;
  private final Views views;

  /** Written without a lock: a layout is immutable, and whoever finds another one makes its own. */
  private volatile @Nullable Layout lastLayout;

  /** Where the inputs stand in tables with a schema. */
  private record Layout(Schema schema, int[] columns) {}

  private PreparationPlan(Schema inputs, PlanBuilder built) {
    this.inputs = inputs;
    this.needed =
        new Schema(inputs.columns().stream().filter(c -> c.type() != ColumnType.AGE).toList());
    int n = inputs.size();
    numeric = new boolean[n];
    time = new boolean[n];
    bags = new GramBag[n];
    codes = newCodes(n);
    for (int i = 0; i < n; i++) {
      Column column = inputs.columns().get(i);
      numeric[i] = column.type().isNumeric();
      time[i] = column.type() == ColumnType.TIME;
      bags[i] = built.bag(column.name());
      codes[i] = new HashMap<>();
      List<String> labels = built.labels(column.name());
      for (int k = 0; k < labels.size(); k++) {
        codes[i].put(labels.get(k), (double) k);
      }
    }
    ops = built.ops().toArray(new Op[0]);
    stateAt = new int[ops.length];
    // The first number of the state counts the rows.
    int at = 1;
    for (int i = 0; i < ops.length; i++) {
      stateAt[i] = at;
      at += ops[i].state;
    }
    opState = at;
    widest = built.widest();
    features = built.columns().stream().map(Column::name).toList();
    window = built.window();
    picture = built.picture();
    width = picture == null ? features.size() : picture.size();
    main = width - built.aside().values().stream().mapToInt(List::size).sum();
    given = given(built.aside());
    io.millwright.api.learn.Views asked = built.views();
    views = picture == null || asked == null ? Views.ONE : Views.of(picture.shape(), asked);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<String, Double>[] newCodes(int n) {
    return new Map[n];
  }

  static PreparationPlan of(FittedPreparation fitted) {
    PlanBuilder builder = new PlanBuilder(fitted.inputs().columns());
    fitted.steps().forEach(builder::add);
    builder.finish();
    return new PreparationPlan(fitted.inputs(), builder);
  }

  /** The columns needed of a table. */
  public Schema inputs() {
    return inputs;
  }

  private List<InputSpec> given(Map<String, List<String>> aside) {
    List<InputSpec> all = new ArrayList<>();
    if (picture != null) {
      all.add(InputSpec.of(picture.shape()));
    } else if (main > 0) {
      all.add(InputSpec.of(new Shape(window, main)));
    }
    aside.forEach((name, columns) -> all.add(new InputSpec(name, new Shape(0, columns.size()))));
    return List.copyOf(all);
  }

  /**
   * What the network gets: a sequence when there is a window, an image, or else a vector; all
   * inputs one after the other as one vector, where there are several.
   */
  public Shape shape() {
    return given.size() == 1
        ? given.get(0).shape()
        : new Shape(0, given.stream().mapToInt(i -> i.shape().size()).sum());
  }

  /** The inputs of the network, the main one first. */
  public List<InputSpec> given() {
    return given;
  }

  /** How many of the values of a row belong to the main input; they come first. */
  public int main() {
    return main;
  }

  /** The names of the features of one row; of images only the column's. */
  public List<String> features() {
    return features;
  }

  /** The number of values that one row gives. */
  public int width() {
    return width;
  }

  /** The views that each network is asked for; of all but images there is one. */
  public Views views() {
    return views;
  }

  /** Starts a sequence. */
  public PreparedStream stream() {
    return new PreparedStream(this);
  }

  /**
   * The features of all rows of a sequence, by one pass of a stream.
   *
   * @return {@code [rows * width]}, row by row
   */
  public float[] rows(Table sequence, Notes notes) {
    int[] layout = layout(sequence.schema());
    notes.alone(false);
    float[] all = new float[Math.multiplyExact(sequence.rows(), width)];
    if (picture != null) {
      for (int row = 0; row < sequence.rows(); row++) {
        notes.at(row);
        picture.apply(sequence.image(row, layout[0]), all, row * width, notes);
      }
      return all;
    }
    double[] state = start(0);
    double[] x = new double[widest];
    double[] y = new double[widest];
    for (int row = 0; row < sequence.rows(); row++) {
      double[] out = step(sequence, row, layout, state, x, y, notes);
      for (int i = 0; i < width; i++) {
        all[row * width + i] = (float) out[i];
      }
    }
    return all;
  }

  /**
   * The network's input for one row that is a sequence of its own.
   *
   * @return as many values as {@link #shape} has
   */
  public float[] row(Table table, int row, Notes notes) {
    float[] values = new float[shape().size()];
    row(table, row, notes, values, 0);
    return values;
  }

  /** The same, written into an array, for batches. */
  public void row(Table table, int row, Notes notes, float[] target, int offset) {
    notes.alone(true);
    if (picture != null) {
      notes.at(row);
      picture.apply(table.image(row, layout(table.schema())[0]), target, offset, notes);
      return;
    }
    double[] out =
        step(
            table,
            row,
            layout(table.schema()),
            start(0),
            new double[widest],
            new double[widest],
            notes);
    int at = offset;
    for (int k = 0; k < Math.max(1, window); k++) {
      for (int i = 0; i < main; i++) {
        target[at++] = (float) out[i];
      }
    }
    for (int i = main; i < width; i++) {
      target[at++] = (float) out[i];
    }
    if (window > 1) {
      notes.flag(io.millwright.api.Flag.SHORT_HISTORY);
    }
  }

  /**
   * Checks that tables with a schema can be prepared. A column of age may be absent: the unit then
   * counts as new at its first row.
   *
   * @throws MillwrightException with all columns that are missing or have another type or unit
   */
  public void check(Schema schema) {
    List<Finding> findings = schema.obstaclesTo(needed);
    if (!findings.isEmpty()) {
      throw MillwrightException.of("the table", findings);
    }
  }

  /** How many rows the main input has; 0 where it is the newest row or an image. */
  public int window() {
    return window;
  }

  /** Whether every step could have written its part of a state. */
  boolean accepts(double[] state) {
    for (int i = 0; i < ops.length; i++) {
      if (!ops[i].accepts(state, stateAt[i])) {
        return false;
      }
    }
    return true;
  }

  int opState() {
    return opState;
  }

  int widest() {
    return widest;
  }

  /** The state of a sequence without rows, with some room behind it. */
  double[] start(int extra) {
    double[] state = new double[opState + extra];
    start(state);
    return state;
  }

  /** Makes a state that of a sequence without rows. */
  void start(double[] state) {
    Arrays.fill(state, 0);
    for (int i = 0; i < ops.length; i++) {
      ops[i].start(state, stateAt[i]);
    }
  }

  /** Where the inputs stand; looked up once for each schema. */
  // The same schema object means the same layout; only another object is worth a comparison.
  @SuppressWarnings("ReferenceEquality")
  int[] layout(Schema schema) {
    Layout last = lastLayout;
    if (last != null && last.schema == schema) {
      return last.columns;
    }
    if (last == null || !last.schema.equals(schema)) {
      check(schema);
    }
    int[] columns = inputs.names().stream().mapToInt(schema::indexOf).toArray();
    lastLayout = new Layout(schema, columns);
    return columns;
  }

  /** Reads and computes one row; gives whichever of the two arrays holds the result. */
  double[] step(
      Table table,
      int row,
      int[] layout,
      double[] state,
      double[] first,
      double[] second,
      Notes notes) {
    double[] x = first;
    notes.at(row);
    if (picture != null) {
      float[] values = new float[width];
      picture.apply(table.image(row, layout[0]), values, 0, notes);
      for (int i = 0; i < width; i++) {
        x[i] = values[i];
      }
      state[0]++;
      return x;
    }
    int to = 0;
    for (int i = 0; i < layout.length; i++) {
      GramBag bag = bags[i];
      if (bag != null) {
        bag.count(table.label(row, layout[i]), x, to, notes);
        to += bag.size();
      } else if (numeric[i]) {
        x[to++] = layout[i] < 0 ? state[0] : table.number(row, layout[i]);
      } else if (time[i]) {
        x[to++] = millis(table.time(row, layout[i]));
      } else {
        x[to++] = code(i, table.label(row, layout[i]));
      }
    }
    return computed(x, second, state, notes);
  }

  /**
   * Computes one row that was read before; not for plans that read texts.
   *
   * @param cells a number for each input: the reading, or the code of the label
   * @param newborn the place of the age where it counts from the first row on, or -1
   */
  double[] step(double[] cells, int newborn, double[] state, double[] x, double[] y, Notes notes) {
    System.arraycopy(cells, 0, x, 0, cells.length);
    if (newborn >= 0) {
      x[newborn] = state[0];
    }
    notes.at(0);
    return computed(x, y, state, notes);
  }

  /**
   * The code of a label.
   *
   * @param input which of the inputs
   * @param label the label, or null for none
   * @return its number; NaN for none, -1 for one that training did not have
   */
  public double code(int input, @Nullable String label) {
    if (label == null) {
      return Double.NaN;
    }
    Double code = codes[input].get(label);
    return code == null ? -1 : code;
  }

  private double[] computed(double[] first, double[] second, double[] state, Notes notes) {
    double[] x = first;
    double[] y = second;
    state[0]++;
    for (int i = 0; i < ops.length; i++) {
      if (ops[i].inPlace()) {
        ops[i].apply(x, x, state, stateAt[i], notes);
      } else {
        ops[i].apply(x, y, state, stateAt[i], notes);
        double[] swap = x;
        x = y;
        y = swap;
      }
    }
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += x[i] * 0;
    }
    if (sum != 0) {
      hopeless(x, notes);
    }
    return x;
  }

  /** A finite value times 0 is 0, any other NaN: one sum tells whether there is one. */
  private void hopeless(double[] x, Notes notes) {
    notes.giveUp();
    for (int i = 0; i < features.size() && notes.wants(); i++) {
      if (Double.isNaN(x[i]) || Double.isInfinite(x[i])) {
        notes.find(
            Double.isNaN(x[i]) ? ErrorCode.MISSING_VALUE : ErrorCode.BAD_VALUE,
            notes.place(features.get(i)),
            "the feature is " + x[i],
            "put the step Clean before the others, so that missing and infinite values are"
                + " replaced.");
      }
    }
  }

  /** A time as a number; NaN where it is missing. */
  static double millis(long time) {
    return time == Table.NO_TIME ? Double.NaN : time;
  }

  static boolean isReading(Column column) {
    return column.type() == ColumnType.NUMBER;
  }

  @Override
  public String toString() {
    return inputs.names()
        + " to "
        + shape()
        + " by "
        + Arrays.stream(ops).map(o -> o.getClass().getSimpleName()).toList();
  }
}
