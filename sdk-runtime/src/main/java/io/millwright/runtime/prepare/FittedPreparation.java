package io.millwright.runtime.prepare;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import io.millwright.runtime.network.InputSpec;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Views;
import java.util.ArrayList;
import java.util.List;

/**
 * A preparation with what it learnt from training data, as plain data: what a bundle stores. To use
 * it often, hold on to its {@link #plan}: every other method here makes a new one.
 *
 * @param inputs the columns needed of a table, which may hold others and in another order
 * @param steps the steps, first to last
 */
public record FittedPreparation(Schema inputs, List<FittedStep> steps) {

  /** Copies. */
  public FittedPreparation {
    steps = List.copyOf(steps);
  }

  /**
   * The result of fitting.
   *
   * @param preparation what was learnt
   * @param report what was found in the training data, and which rows of them must not be learnt
   *     from
   */
  public record Fit(FittedPreparation preparation, CleaningReport report) {}

  /**
   * Learns from training data.
   *
   * @param preparation what to do
   * @param schema the columns of the tables
   * @param sequences the training data, one table for each sequence; independent records are
   *     sequences of one row
   * @throws io.millwright.api.MillwrightException with all problems found
   */
  public static Fit fit(Preparation preparation, Schema schema, List<Table> sequences) {
    return fit(preparation, schema, sequences, Answers.none(), () -> {});
  }

  /**
   * Learns from training data whose answers are known.
   *
   * @param answers what some steps choose by
   * @param pulse called again and again; what it throws ends the fitting and is thrown here
   * @throws io.millwright.api.MillwrightException with all problems found
   */
  public static Fit fit(
      Preparation preparation,
      Schema schema,
      List<Table> sequences,
      Answers answers,
      Runnable pulse) {
    return PictureFitter.concerns(preparation, schema)
        ? PictureFitter.fit(preparation, schema, sequences)
        : Fitter.fit(preparation, schema, sequences, answers, pulse);
  }

  /**
   * What training data answer.
   *
   * @param labels for each sequence and row a number, or the index of a class; NaN for none. Empty
   *     when nothing is known
   * @param classes how many classes there are; 0 for a quantity
   */
  public record Answers(List<double[]> labels, int classes) {
    /** Copies the list. */
    public Answers {
      labels = List.copyOf(labels);
    }

    /** Nothing is known. */
    public static Answers none() {
      return new Answers(List.of(), 0);
    }
  }

  /** The steps made ready to compute: immutable, thread-safe, to be kept. */
  public PreparationPlan plan() {
    return PreparationPlan.of(this);
  }

  /** What the network gets; all inputs one after the other, where there are several. */
  public Shape shape() {
    return plan().shape();
  }

  /** The inputs of the network, the main one first. */
  public List<InputSpec> given() {
    return plan().given();
  }

  /** Whether a known formula is to be added at the outputs. */
  public boolean hasBase() {
    return baseAt() >= 0;
  }

  /** The column of the formula; only with {@link #hasBase}. */
  public Column base() {
    return inputs.column(((FittedStep.Input) steps.get(baseAt())).columns().get(0));
  }

  private int baseAt() {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof FittedStep.Input input && input.name().equals(Step.Base.INPUT)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The same with its base on the scale of outputs.
   *
   * @param offset what is subtracted
   * @param factor what the rest is multiplied by
   */
  public FittedPreparation withBase(double offset, double factor) {
    int at = baseAt();
    String column = base().name();
    FittedStep scale =
        new FittedStep.Scale(List.of(new FittedStep.Line(column, offset, factor)), 0);
    List<FittedStep> all = new ArrayList<>(steps);
    boolean scaled =
        at + 1 < steps.size()
            && steps.get(at + 1) instanceof FittedStep.Scale s
            && s.columns().size() == 1
            && s.columns().get(0).column().equals(column);
    if (scaled) {
      all.set(at + 1, scale); // a parent's, whose head had another scale
    } else {
      all.add(at + 1, scale);
    }
    return new FittedPreparation(inputs, all);
  }

  /** The names of the features of one row. */
  public List<String> features() {
    return plan().features();
  }

  /** The number of features of one row. */
  public int width() {
    return plan().width();
  }

  /**
   * The same, asked for several views of each image.
   *
   * @param asked the views
   */
  public FittedPreparation with(io.millwright.api.learn.Views asked) {
    if (asked.single()) {
      return this;
    }
    List<FittedStep> all = new ArrayList<>(steps);
    all.add(new FittedStep.Views(asked));
    return new FittedPreparation(inputs, all);
  }

  /** The views that each network is asked for; of all but images there is one. */
  public Views views() {
    return plan().views();
  }

  /** Starts a sequence. */
  public PreparedStream stream() {
    return plan().stream();
  }

  /** The features of all rows of a sequence, row by row. */
  public float[] rows(Table sequence, Notes notes) {
    return plan().rows(sequence, notes);
  }

  /**
   * Checks that tables with a schema can be prepared.
   *
   * @throws io.millwright.api.MillwrightException with all columns that are missing or have another
   *     type or unit
   */
  public void check(Schema schema) {
    plan().check(schema);
  }
}
