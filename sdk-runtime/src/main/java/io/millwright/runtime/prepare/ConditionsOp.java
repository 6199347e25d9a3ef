package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import java.util.List;

/** Standardises readings by the operating condition whose centre is nearest. */
final class ConditionsOp extends Op {

  private final int[] settings;
  private final double[] offsets;
  private final double[] factors;
  private final double[][] centres;
  private final double[] reach;
  private final int[] from;
  private final int[] reading;
  private final double[][] means;
  private final double[][] scales;

  /**
   * @param settings the columns of the settings
   * @param from the columns that are left, in order
   * @param reading for each of these its place among the readings; -1 for one that passes
   */
  ConditionsOp(FittedStep.Conditions step, int[] settings, int[] from, int[] reading) {
    super(0);
    this.settings = settings;
    this.from = from;
    this.reading = reading;
    offsets = step.settings().stream().mapToDouble(FittedStep.Line::offset).toArray();
    factors = step.settings().stream().mapToDouble(FittedStep.Line::factor).toArray();
    int n = step.conditions().size();
    centres = new double[n][];
    reach = new double[n];
    means = new double[n][];
    scales = new double[n][];
    for (int k = 0; k < n; k++) {
      FittedStep.Condition condition = step.conditions().get(k);
      centres[k] = array(condition.centre());
      reach[k] = condition.reach();
      means[k] = array(condition.offsets());
      scales[k] = array(condition.factors());
    }
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  void apply(double[] x, double[] y, double[] s, int at, Notes notes) {
    int best = settings.length == 0 ? 0 : nearest(x, notes);
    double[] mean = means[best];
    double[] scale = scales[best];
    for (int i = 0; i < from.length; i++) {
      double v = x[from[i]];
      int r = reading[i];
      y[i] = r < 0 ? v : (v - mean[r]) * scale[r];
    }
  }

  private int nearest(double[] x, Notes notes) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    boolean known = false;
    for (int k = 0; k < centres.length; k++) {
      double d = 0;
      for (int j = 0; j < settings.length; j++) {
        double v = x[settings[j]];
        // A setting that is missing does not decide.
        if (!Double.isNaN(v) && !Double.isInfinite(v)) {
          double z = (v - offsets[j]) * factors[j] - centres[k][j];
          d += z * z;
          known = true;
        }
      }
      if (d < least) {
        least = d;
        best = k;
      }
    }
    if (!known || least > reach[best] * reach[best]) {
      notes.flag(Flag.UNKNOWN_CONDITION);
      if (notes.wants()) {
        notes.find(
            ErrorCode.OUT_OF_RANGE,
            notes.place(),
            known
                ? "the operating condition is far from every one seen in training"
                : "the operating condition is missing",
            "");
      }
    }
    return best;
  }
}
