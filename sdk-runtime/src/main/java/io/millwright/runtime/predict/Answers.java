package io.millwright.runtime.predict;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Target;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.TargetData;
import io.millwright.runtime.calibrate.Calibrated;
import io.millwright.runtime.prepare.Notes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Turns averaged outputs into outcomes, by a model's target and calibration. Thread-safe.
 *
 * @param <V> one answer
 */
abstract class Answers<V> {

  final ModelInfo info;

  Answers(ModelInfo info) {
    this.info = info;
  }

  /**
   * How a model answers.
   *
   * @throws MillwrightException with {@link ErrorCode#WRONG_BUNDLE} when the target is of another
   *     kind or unit than the model, with {@link ErrorCode#BAD_BUNDLE} when the calibration is
   */
  static <V> Answers<V> of(Target<V> target, Model model, ModelInfo info) {
    if (target instanceof Target.Quantity<V> t && model.target() instanceof TargetData.Quantity d) {
      if (!t.unit().equals(d.unit())) {
        throw new MillwrightException(
            ErrorCode.WRONG_BUNDLE,
            "the model answers in "
                + d.unit()
                + ", but "
                + t.unit()
                + " was asked for"
                + "\nMaybe open it with the task of the plug-in that trained it");
      }
      if (model.calibrated() instanceof Calibrated.Classes) {
        throw contradiction("a quantity", model.calibrated());
      }
      return new OfQuantity<>(t, d, model, info);
    }
    if (target instanceof Target.Category<V> t && model.target() instanceof TargetData.Category d) {
      if (model.calibrated() instanceof Calibrated.Quantity) {
        throw contradiction("classes", model.calibrated());
      }
      return new OfCategory<>(t, d, model.calibrated(), info);
    }
    throw new MillwrightException(
        ErrorCode.WRONG_BUNDLE,
        "the model answers with "
            + (model.target() instanceof TargetData.Category ? "classes" : "a quantity")
            + ", but the task expects the other\nMaybe open it with the task that trained it");
  }

  private static MillwrightException contradiction(String answers, Calibrated calibrated) {
    return new MillwrightException(
        ErrorCode.BAD_BUNDLE,
        "the model answers with "
            + answers
            + ", but its calibration is "
            + calibrated.getClass().getSimpleName()
            + "\nMaybe the bundle was put together from two models");
  }

  /** The outcome of one input from its part of the averaged outputs. */
  final Outcome<V> answer(double[] said, int row, Set<Flag> flags) {
    int n = outputs();
    for (int i = row * n; i < (row + 1) * n; i++) {
      double value = said[i];
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        return new Outcome.Abstention<>(
            ErrorCode.BAD_VALUE,
            List.of(
                new Finding(
                    ErrorCode.BAD_VALUE,
                    "output " + (i - row * n),
                    "the network gave " + value,
                    "check the input for values far outside the training data.")),
            info);
      }
    }
    return prediction(said, row, flags);
  }

  /** The outcome of an input that cannot be answered. */
  final Outcome<V> abstain(Notes notes) {
    List<Finding> findings = new ArrayList<>(notes.findings());
    if (findings.isEmpty()) {
      findings.add(
          new Finding(
              ErrorCode.MISSING_VALUE, "row", "holds no usable value", "check the data source."));
    }
    return new Outcome.Abstention<>(findings.get(0).code(), findings, info);
  }

  /** The outcome of an input without rows. */
  final Outcome<V> empty() {
    return new Outcome.Abstention<>(
        ErrorCode.TOO_FEW_DATA,
        List.of(
            new Finding(
                ErrorCode.TOO_FEW_DATA, "input", "has no rows", "give at least one reading.")),
        info);
  }

  abstract int outputs();

  abstract Outcome<V> prediction(double[] said, int row, Set<Flag> flags);

  /**
   * The number that is explained.
   *
   * @param which the class, ignored for a quantity
   */
  abstract double number(double[] said, int row, int which);

  /** The most probable class, 0 for a quantity. */
  abstract int best(double[] said, int row);

  private static final class OfQuantity<V> extends Answers<V> {
    private final Target.Quantity<V> target;
    private final TargetData.Quantity data;
    private final Calibrated calibrated;
    private final int outputs;
    private final Uncertainties none;

    OfQuantity(Target.Quantity<V> target, TargetData.Quantity data, Model model, ModelInfo info) {
      super(info);
      this.target = target;
      this.data = data;
      calibrated = model.calibrated();
      outputs = Ensemble.outputs(model.loss(), data);
      none = Uncertainties.none(calibrated instanceof Calibrated.None n ? n.why() : "-");
    }

    @Override
    int outputs() {
      return outputs;
    }

    private double unlimited(double[] said, int row) {
      return data.offset() + data.scale() * said[row * outputs + outputs / 2];
    }

    private double limited(double value) {
      return Math.max(data.low(), Math.min(data.high(), value));
    }

    @Override
    Outcome<V> prediction(double[] said, int row, Set<Flag> flags) {
      double unlimited = unlimited(said, row);
      double value = limited(unlimited);
      Uncertainties uncertainties = none;
      if (calibrated instanceof Calibrated.Quantity q) {
        uncertainties = q.uncertainties(value, data.unit(), data.low(), data.high());
      }
      Set<Flag> all = flags;
      boolean atLeast = unlimited >= data.high();
      if (atLeast) {
        all = EnumSet.of(Flag.AT_LIMIT);
        all.addAll(flags);
      }
      return new Outcome.Prediction<>(target.value().of(value, atLeast), uncertainties, all, info);
    }

    @Override
    double number(double[] said, int row, int which) {
      return limited(unlimited(said, row));
    }

    @Override
    int best(double[] said, int row) {
      return 0;
    }
  }

  private static final class OfCategory<V> extends Answers<V> {
    private final Target.Category<V> target;
    private final TargetData.Category data;
    private final Calibrated calibrated;
    private final Uncertainties none;

    OfCategory(
        Target.Category<V> target,
        TargetData.Category data,
        Calibrated calibrated,
        ModelInfo info) {
      super(info);
      this.target = target;
      this.data = data;
      this.calibrated = calibrated;
      none = Uncertainties.none(calibrated instanceof Calibrated.None n ? n.why() : "-");
    }

    @Override
    int outputs() {
      return data.labels().size();
    }

    private double[] probabilities(double[] said, int row) {
      int n = outputs();
      double[] raw = new double[n];
      System.arraycopy(said, row * n, raw, 0, n);
      return calibrated instanceof Calibrated.Classes c ? c.probabilities(raw) : raw;
    }

    @Override
    Outcome<V> prediction(double[] said, int row, Set<Flag> flags) {
      double[] probabilities = probabilities(said, row);
      List<Double> list = new ArrayList<>(probabilities.length);
      for (double p : probabilities) {
        list.add(p);
      }
      Uncertainties uncertainties = none;
      if (calibrated instanceof Calibrated.Classes c) {
        uncertainties = c.uncertainties(probabilities, data.labels());
      }
      ClassScores scores = new ClassScores(data.labels(), list, data.threshold());
      Set<Flag> all = flags;
      if (scores.review()) {
        all = EnumSet.of(Flag.REVIEW);
        all.addAll(flags);
      }
      return new Outcome.Prediction<>(target.value().apply(scores), uncertainties, all, info);
    }

    @Override
    double number(double[] said, int row, int which) {
      return probabilities(said, row)[which];
    }

    @Override
    int best(double[] said, int row) {
      double[] p = probabilities(said, row);
      int best = 0;
      for (int i = 1; i < p.length; i++) {
        if (p[i] > p[best]) {
          best = i;
        }
      }
      return best;
    }
  }
}
