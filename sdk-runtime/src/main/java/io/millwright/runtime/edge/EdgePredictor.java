package io.millwright.runtime.edge;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.PlainData;
import io.millwright.api.head.FittedHead;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.QuantityNumbers;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.plain.JavaForward;
import io.millwright.runtime.predict.GoldenCheck;
import io.millwright.runtime.predict.RecentFlags;
import io.millwright.runtime.prepare.Notes;
import io.millwright.runtime.prepare.PreparationPlan;
import io.millwright.runtime.prepare.PreparedStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Allocation-free inference: a model that answers numbers or classes of rows or of sequences, in
 * plain Java. Cells are set one by one, then the row is answered; cells keep their values until
 * they are set again. After warm-up an answer makes no garbage. Answers, intervals and flags are
 * those of {@link io.millwright.api.Predictor}, to the last digits.
 *
 * <p>Used by one thread at a time; a second thread opens its own. Deterministic, but for {@link
 * #push(Duration)}.
 */
public final class EdgePredictor {

  private static final double TINY = 1e-12;

  private final ModelInfo info;
  private final PreparationPlan plan;
  private final PreparedStream stream;
  private final Notes notes = Notes.quiet();
  private final RecentFlags recent;
  private final FittedHead<?, ?> head;
  private final JavaForward[] passes;
  private final double[] shares;
  private final boolean alike;
  private final @Nullable QuantityNumbers quantity;
  private final double inverse;
  private final int negative;
  private final double[] threshold;
  private final boolean[] numeric;
  private final double[] cells;
  private int newborn;
  private final float[] input;
  private final float[] outputs;
  private final double[] said;
  private final double[] probabilities;
  private boolean sequence;
  private boolean answered;
  private int members;
  private double value = Double.NaN;
  private double low = Double.NaN;
  private double high = Double.NaN;
  private boolean atLimit;
  private boolean review;
  private int best = -1;

  private EdgePredictor(Model model, FittedHead<?, ?> head, double level) {
    info = Bundles.info(model);
    plan = model.preparation().plan();
    stream = plan.stream();
    recent = new RecentFlags(plan.window());
    this.head = head;
    List<NetworkPlan> plans = Bundles.plans(model);
    List<JavaForward> forward = new ArrayList<>();
    for (int m = 0; m < plans.size(); m++) {
      forward.add(new JavaForward(plans.get(m), model.members().get(m)));
    }
    GoldenCheck.check(model, head, "plain Java", forward);
    passes = forward.toArray(JavaForward[]::new);
    shares = model.shares();
    alike = model.blend().voices().isEmpty();
    PlainData data = model.head().data();
    boolean number = model.head().kind().equals("quantity");
    quantity = number ? QuantityNumbers.of(model.head(), level) : null;
    PlainData calibration = data.part("calibration");
    inverse = number || calibration.has("none") ? 0 : 1 / calibration.number("temperature");
    threshold = new double[] {Double.NaN, Double.NaN, Double.NaN};
    int against = -1;
    if (!number && data.has("threshold")) {
      PlainData t = data.part("threshold");
      against = model.head().classes().indexOf(t.text("negative"));
      threshold[0] = t.number("value");
      threshold[1] = t.has("reviewFrom") ? t.number("reviewFrom") : Double.NaN;
      threshold[2] = t.has("reviewTo") ? t.number("reviewTo") : Double.NaN;
    }
    negative = against;
    List<Column> columns = model.preparation().inputs().columns();
    numeric = new boolean[columns.size()];
    cells = new double[columns.size()];
    newborn = -1;
    for (int c = 0; c < cells.length; c++) {
      numeric[c] = columns.get(c).type().isNumeric();
      cells[c] = Double.NaN;
      newborn = columns.get(c).type() == ColumnType.AGE ? c : newborn;
    }
    input = new float[plan.shape().size()];
    outputs = new float[head.outputs()];
    said = new double[head.outputs()];
    probabilities = new double[model.head().classes().size()];
  }

  /**
   * Opens a model.
   *
   * @param bundle where it is read from
   * @param level the level of intervals, between 0 and 1, such as 0.9
   * @return the predictor
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED} for a model of images or texts,
   *     one that answers no number and no class, or one that a plug-in composed; with {@link
   *     ErrorCode#BAD_OPTION} for another level; as opening any bundle
   */
  public static EdgePredictor open(ModelSource bundle, double level) {
    if (!(level > 0 && level < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "level is " + level + "\nMaybe 0.9 is meant");
    }
    if (BundleReader.isComposed(bundle)) {
      throw unsupported("it is composed by a plug-in");
    }
    Model model = BundleReader.read(bundle);
    String kind = model.head().kind();
    if (!kind.equals("quantity") && !kind.equals("classes")) {
      throw unsupported("it answers with \"" + kind + "\", which is neither a number nor a class");
    }
    if (model.preparation().inputs().columns().stream()
        .anyMatch(c -> c.type() == ColumnType.IMAGE)) {
      throw unsupported("its input is an image");
    }
    if (model.preparation().inputs().columns().stream()
        .anyMatch(c -> c.type() == ColumnType.TEXT)) {
      throw unsupported("it reads the words of a text");
    }
    FittedHead<?, ?> head =
        model
            .head()
            .known()
            .<FittedHead<?, ?>>map(h -> model.head().fitted(h))
            .orElseThrow(() -> unsupported("its plug-in brought its head"));
    return new EdgePredictor(model, head, level);
  }

  private static MillwrightException unsupported(String why) {
    return new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "the model cannot answer without garbage: "
            + why
            + "\nMaybe open it by Millwright.open, which makes some");
  }

  /** {@return what the model is; its inputs are the columns to set} */
  public ModelInfo info() {
    return info;
  }

  /**
   * Where a column stands.
   *
   * @param name the name of a column of the model's inputs
   * @return its place, for {@link #set}
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} when there is no such column
   */
  public int column(String name) {
    int at = info.inputs().indexOf(name);
    if (at < 0) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "there is no column \"" + name + "\"\nMaybe one of " + info.inputs().names());
    }
    return at;
  }

  /**
   * Sets a cell of the row.
   *
   * @param column a place of a column of numbers
   * @param reading the reading in the column's unit; NaN where it is missing
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} for a column of labels
   */
  public void set(int column, double reading) {
    if (!numeric[column]) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "column \""
              + info.inputs().columns().get(column).name()
              + "\" holds labels, but "
              + reading
              + " was set\nMaybe another column is meant");
    }
    cells[column] = reading;
    newborn = column == newborn ? -1 : newborn; // from now on the caller knows the age
  }

  /**
   * Sets a cell of the row.
   *
   * @param column a place of a column of labels
   * @param label the label; null where it is missing
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} for a column of numbers
   */
  public void set(int column, @Nullable String label) {
    if (numeric[column]) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "column \""
              + info.inputs().columns().get(column).name()
              + "\" holds numbers, but \""
              + label
              + "\" was set\nMaybe another column is meant");
    }
    cells[column] = plan.code(column, label);
  }

  /**
   * Answers the row as one that stands alone. Ends the sequence of {@link #push}.
   *
   * @return whether there is an answer; false where the model abstains
   */
  public boolean predict() {
    restart();
    return next(false, Long.MAX_VALUE);
  }

  /**
   * Answers the sequence with the row as its next one.
   *
   * @return whether there is an answer; false where the model abstains
   */
  public boolean push() {
    return next(true, Long.MAX_VALUE);
  }

  /**
   * The same within a time: of an ensemble of like members as many answer as begin in time, one at
   * the least, and the answer is their mean. Intervals are those of all members; with folds they
   * were measured on single members, so they hold for fewer as well. A model of different networks
   * is asked whole.
   *
   * @param within the time
   * @return whether there is an answer; {@link #members} says of how many
   */
  public boolean push(Duration within) {
    return next(true, within.toNanos());
  }

  /** Begins another sequence, as if no row had been pushed. */
  public void restart() {
    stream.restart();
    recent.clear();
  }

  private boolean next(boolean inSequence, long nanos) {
    long begin = nanos == Long.MAX_VALUE ? 0 : System.nanoTime();
    sequence = inSequence;
    answered = false;
    value = Double.NaN;
    low = Double.NaN;
    high = Double.NaN;
    atLimit = false;
    review = false;
    best = -1;
    members = 0;
    notes.clear();
    stream.push(cells, newborn, notes);
    recent.add(notes);
    if (notes.hopeless()) {
      return false;
    }
    stream.latest(input);
    Arrays.fill(said, 0);
    double counted = 0;
    for (int m = 0; m < passes.length; m++) {
      if (m > 0 && alike && nanos != Long.MAX_VALUE && System.nanoTime() - begin >= nanos) {
        break;
      }
      passes[m].run(input, 1, outputs);
      head.say(outputs, 0, said, 0, shares[m]);
      counted += shares[m];
      members++;
    }
    for (int k = 0; k < said.length; k++) {
      said[k] = members == passes.length ? said[k] : said[k] / counted;
      if (!(Math.abs(said[k]) < Double.POSITIVE_INFINITY)) {
        return false;
      }
    }
    QuantityNumbers numbers = quantity;
    if (numbers != null) {
      quantity(numbers);
    } else {
      classes();
    }
    answered = true;
    return true;
  }

  private void quantity(QuantityNumbers numbers) {
    double unlimited = numbers.unlimited(said[said.length / 2]);
    value = numbers.limited(unlimited);
    atLimit = numbers.atLimit(unlimited);
    if (numbers.measured()) {
      // What an unknown label does would have to be asked of the whole model.
      boolean open = !sequence && notes.has(Flag.UNKNOWN_CATEGORY);
      low = open ? numbers.lowest() : numbers.from(value);
      high = open ? Double.POSITIVE_INFINITY : numbers.to(value);
    }
  }

  private void classes() {
    int n = probabilities.length;
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < n; k++) {
      probabilities[k] = inverse == 0 ? said[k] : inverse * Math.log(Math.max(TINY, said[k]));
      largest = Math.max(largest, probabilities[k]);
    }
    double sum = 0;
    for (int k = 0; k < n && inverse != 0; k++) {
      probabilities[k] = Math.exp(probabilities[k] - largest);
      sum += probabilities[k];
    }
    best = 0;
    for (int k = 0; k < n; k++) {
      probabilities[k] = inverse == 0 ? probabilities[k] : probabilities[k] / sum;
      best = probabilities[k] > probabilities[best] ? k : best;
    }
    value = probabilities[best];
    if (negative >= 0) {
      double risk = 1 - probabilities[negative];
      review = risk >= threshold[1] && risk < threshold[2];
    }
  }

  /** {@return the number, or the probability of the best class; NaN without an answer} */
  public double value() {
    return value;
  }

  /**
   * {@return the lower end of the interval; NaN without an answer or measurement, or of classes;
   * open where a row by itself has a label that training did not have}
   */
  public double low() {
    return low;
  }

  /** {@return the upper end of the interval, infinite for "at least"; NaN as {@link #low}} */
  public double high() {
    return high;
  }

  /** {@return the label of the best class; empty without an answer, or for a number} */
  public String label() {
    return best < 0 ? "" : info.classes().get(best);
  }

  /**
   * The probability of a class.
   *
   * @param place its place among the classes of {@link #info}
   * @return the probability; NaN without an answer
   */
  public double probability(int place) {
    return answered ? probabilities[place] : Double.NaN;
  }

  /**
   * Whether the risk is at or above the model's decision threshold.
   *
   * @return false without an answer, or for a model without a threshold
   */
  public boolean alarm() {
    return answered && negative >= 0 && 1 - probabilities[negative] >= threshold[0];
  }

  /**
   * Whether a flag stands by the last row; of a sequence also by rows not long before.
   *
   * @param flag the flag
   * @return whether it is set
   */
  public boolean has(Flag flag) {
    return switch (flag) {
      case AT_LIMIT -> atLimit;
      case REVIEW -> review;
      default -> sequence ? recent.has(flag) : notes.has(flag);
    };
  }

  /** {@return of how many members the last answer is the mean; 0 without an answer} */
  public int members() {
    return answered ? members : 0;
  }
}
