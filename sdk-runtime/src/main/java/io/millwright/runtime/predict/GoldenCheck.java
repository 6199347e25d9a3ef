package io.millwright.runtime.predict;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.api.head.FittedHead;
import io.millwright.runtime.bundle.Golden;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.prepare.Notes;
import io.millwright.runtime.prepare.PreparationPlan;
import io.millwright.runtime.prepare.PreparedStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Proves when a model is opened that a runtime gives the answers of the training: every golden
 * sample goes through preparation and network, and each averaged output must agree to within 1e-5
 * times the larger of 1 and its size.
 */
public final class GoldenCheck {

  private static final double TOLERANCE = 1e-5;

  private GoldenCheck() {}

  /**
   * Checks.
   *
   * @param model the model with its golden samples
   * @param head what outputs mean
   * @param runtime the name of the runtime, for the error
   * @param members one pass for each member
   * @throws MillwrightException with {@link ErrorCode#WRONG_ANSWERS} at the first sample that
   *     differs; with {@link ErrorCode#JOB_CANCELLED} when the thread is interrupted
   */
  public static void check(
      Model model, FittedHead<?, ?> head, String runtime, List<? extends ForwardPass> members) {
    Ensemble ensemble = Ensemble.of(model, head, members);
    PreparationPlan plan = model.preparation().plan();
    for (int i = 0; i < model.golden().size(); i++) {
      heed();
      Golden golden = model.golden().get(i);
      double[] got = ensemble.run(input(plan, golden.rows()), 1);
      if (got.length != golden.outputs().size()) {
        throw wrong(
            runtime,
            i,
            "gives " + got.length + " outputs, but " + golden.outputs().size() + " are recorded");
      }
      for (int k = 0; k < got.length; k++) {
        double expected = golden.outputs().get(k);
        // Written so that NaN fails.
        if (!(Math.abs(got[k] - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
          throw wrong(
              runtime,
              i,
              "gives " + got[k] + " as output " + k + ", but " + expected + " is recorded");
        }
      }
    }
  }

  /**
   * Checks a network that gives answers rather than outputs, such as an exported graph.
   *
   * @param model the model with its golden samples
   * @param runtime what is checked, for the error
   * @param pass gives answers
   * @param reading makes an answer of an averaged output
   * @throws MillwrightException with {@link ErrorCode#WRONG_ANSWERS}
   */
  public static void checkAnswers(
      Model model, String runtime, ForwardPass pass, DoubleUnaryOperator reading) {
    PreparationPlan plan = model.preparation().plan();
    double unit = Math.abs(reading.applyAsDouble(1) - reading.applyAsDouble(0));
    for (int i = 0; i < model.golden().size(); i++) {
      heed();
      Golden golden = model.golden().get(i);
      float[] got = pass.run(input(plan, golden.rows()), 1);
      for (int k = 0; k < got.length; k++) {
        double output = golden.outputs().get(k);
        double expected = reading.applyAsDouble(output);
        double allowed =
            TOLERANCE * Math.max(unit * Math.max(1, Math.abs(output)), Math.abs(expected));
        if (!(Math.abs(got[k] - expected) <= allowed)) {
          throw wrong(
              runtime,
              i,
              "gives " + got[k] + " as answer " + k + ", but " + expected + " is right");
        }
      }
    }
  }

  /**
   * The averaged outputs of a model for rows: what a golden sample records.
   *
   * @param model the model
   * @param ensemble its members
   * @param rows the encoded input, at least one row
   */
  public static List<Double> outputs(Model model, Ensemble ensemble, Table rows) {
    double[] outputs = ensemble.run(input(model.preparation().plan(), rows), 1);
    return Arrays.stream(outputs).boxed().toList();
  }

  private static float[] input(PreparationPlan plan, Table rows) {
    Notes notes = new Notes();
    PreparedStream stream = plan.stream();
    for (int row = 0; row < rows.rows(); row++) {
      stream.push(rows, row, notes);
    }
    return stream.latest();
  }

  /** Ends an opening that nobody waits for any more, between two samples. */
  private static void heed() {
    if (Thread.currentThread().isInterrupted()) {
      throw new MillwrightException(
          ErrorCode.JOB_CANCELLED,
          "the model was not opened: this thread was interrupted while golden samples were computed"
              + "\nMaybe the work was cancelled; the flag is still set, so clear it before trying"
              + " again.");
    }
  }

  private static MillwrightException wrong(String runtime, int sample, String what) {
    return new MillwrightException(
        ErrorCode.WRONG_ANSWERS,
        runtime
            + ", golden sample "
            + sample
            + ": it "
            + what
            + "\nMaybe another runtime or version of it answers rightly; until then this one must"
            + " not be trusted with the model");
  }
}
