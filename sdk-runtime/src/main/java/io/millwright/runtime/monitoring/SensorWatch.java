package io.millwright.runtime.monitoring;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the sensors of one machine reading by reading, in constant time and memory. Begun by
 * {@link SensorModel#begin}; not thread-safe.
 */
public final class SensorWatch {

  static final double WEIGHT = 0.1;
  static final double CONFIDENCE = 0.95;

  /** A run this many times the longest of training, and at least so long, is stuck. */
  private static final double RUNS = 2;

  private static final int SHORTEST_RUN = 8;

  /** Consecutive differences with so many times their usual variance are noise. */
  private static final double NOISE = 6;

  private static final double MOST_SQUARE = 30;

  private static final int ROWS = 11;
  private static final int SMOOTH = 0;
  private static final int LAST = 1;
  private static final int RUN = 2;
  private static final int GONE = 3;
  private static final int BEFORE = 4;
  private static final int SCATTER = 5;
  private static final int COUNT = 6;
  private static final int TIMES = 7;
  private static final int SUM = 8;
  private static final int PRODUCT = 9;
  private static final int LEVEL = 10;

  private final SensorModel model;

  /** What is remembered of each sensor; {@link #LEVEL} is its smoothed reading. */
  private final double[][] memory;

  SensorWatch(SensorModel model) {
    this.model = model;
    memory = new double[ROWS][model.sensors()];
    Arrays.fill(memory[LAST], Double.NaN);
    Arrays.fill(memory[BEFORE], Double.NaN);
    Arrays.fill(memory[SCATTER], 1);
  }

  /** The sum of squared errors, each in its own deviation. */
  static double index(double[] smooth) {
    double sum = 0;
    for (int j = 0; j < smooth.length; j++) {
      sum += smooth[j] * smooth[j];
    }
    return sum;
  }

  /**
   * Takes one reading in.
   *
   * @param reading one number for each sensor; NaN for missing
   * @return what it says
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} when the number of sensors
   *     differs; nothing is taken in
   */
  public SensorReport take(double[] reading) {
    int p = model.sensors();
    if (reading.length != p) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "the reading has "
              + reading.length
              + " numbers, but the model knows "
              + p
              + " sensors\nMaybe write NaN for what is missing");
    }
    boolean[] gone = new boolean[p];
    double[] z = new double[p];
    for (int j = 0; j < p; j++) {
      gone[j] = !Double.isFinite(reading[j]);
      z[j] = gone[j] ? 0 : (reading[j] - model.mean[j]) / model.scale[j];
      memory[GONE][j] = gone[j] ? memory[GONE][j] + 1 : 0;
      memory[RUN][j] = gone[j] ? 0 : reading[j] == memory[LAST][j] ? memory[RUN][j] + 1 : 1;
      memory[LAST][j] = reading[j];
    }
    // Missing sensors first, so that the others are judged by what was read.
    double[] filled = virtual(z, gone);
    double[] level = memory[LEVEL];
    for (int j = 0; j < p; j++) {
      level[j] += WEIGHT * (filled[j] - level[j]);
    }
    double[] now = errors(filled);
    double[] smooth = errors(level);
    for (int j = 0; j < p; j++) {
      memory[SMOOTH][j] = smooth[j];
      double before = memory[BEFORE][j];
      if (!gone[j] && Double.isFinite(before)) {
        double d = (now[j] * model.error[j] - before) / model.step[j];
        // One jump is no noise: each difference counts only up to a bound.
        memory[SCATTER][j] += WEIGHT * (Math.min(MOST_SQUARE, d * d) - memory[SCATTER][j]);
      }
      memory[BEFORE][j] = gone[j] ? Double.NaN : now[j] * model.error[j];
    }
    return judge(reading, filled, gone);
  }

  /** Errors of the estimates, each in its own deviation. */
  private double[] errors(double[] z) {
    double[] e = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      double sum = 0;
      double[] row = model.precision[j];
      for (int k = 0; k < z.length; k++) {
        sum += row[k] * z[k];
      }
      e[j] = sum / row[j] / model.error[j];
    }
    return e;
  }

  /** Standard readings with some estimated from the others, by Gauss and Seidel. */
  private double[] virtual(double[] z, boolean[] out) {
    double[] full = z.clone();
    boolean any = false;
    for (int j = 0; j < z.length; j++) {
      if (out[j]) {
        full[j] = 0;
        any = true;
      }
    }
    for (int round = 0; any && round < 60; round++) {
      double change = 0;
      for (int j = 0; j < z.length; j++) {
        if (out[j]) {
          double sum = 0;
          double[] row = model.precision[j];
          for (int k = 0; k < z.length; k++) {
            sum += k == j ? 0 : row[k] * full[k];
          }
          double value = -sum / row[j];
          change = Math.max(change, Math.abs(value - full[j]));
          full[j] = value;
        }
      }
      if (change < 1e-9) {
        break;
      }
    }
    return full;
  }

  private SensorReport judge(double[] reading, double[] filled, boolean[] gone) {
    int p = reading.length;
    @Nullable SensorFault[] faults = new @Nullable SensorFault[p];
    int[] others = new int[p];
    Arrays.fill(others, -1);
    boolean[] out = new boolean[p];
    for (int j = 0; j < p; j++) {
      if (gone[j]) {
        faults[j] = SensorFault.MISSING;
      } else if (memory[RUN][j] > Math.max(SHORTEST_RUN, RUNS * model.run[j])) {
        faults[j] = SensorFault.STUCK;
      }
      out[j] = faults[j] != null;
    }
    double[] level = memory[LEVEL];
    // A stuck sensor must not make the others look wrong.
    int worst = worst(errors(virtual(level, out)), out, true);
    boolean machine = false;
    if (worst >= 0) {
      double[] without = errors(virtual(level, plus(out, worst)));
      if (worst(without, plus(out, worst), false) < 0) {
        faults[worst] = kind(worst);
        out[worst] = true;
      } else {
        int other = exchanged(level, worst, out);
        if (other >= 0) {
          faults[worst] = SensorFault.SWAPPED;
          faults[other] = SensorFault.SWAPPED;
          others[worst] = other;
          others[other] = worst;
          out[worst] = true;
          out[other] = true;
        } else {
          machine = true;
        }
      }
    }
    int loud = -1;
    for (int j = 0; j < p; j++) {
      boolean scatters = memory[SCATTER][j] > NOISE && faults[j] == null;
      if (scatters && (loud < 0 || own(j) > own(loud))) {
        loud = j;
      }
    }
    // A single loud sensor also disturbs the estimates of others: the loudest on its own counts.
    if (loud >= 0) {
      faults[loud] = SensorFault.NOISY;
      out[loud] = true;
    }
    trend(faults);
    return report(reading, filled, faults, others, out, machine);
  }

  private double own(int j) {
    return memory[SCATTER][j] * model.precision[j][j];
  }

  private static boolean[] plus(boolean[] set, int member) {
    boolean[] more = set.clone();
    more[member] = true;
    return more;
  }

  /** The sensor whose removal explains most, among those beyond their limit; or -1. */
  private int worst(double[] smooth, boolean[] out, boolean strict) {
    int worst = -1;
    double most = 0;
    for (int j = 0; j < smooth.length; j++) {
      double size = Math.abs(smooth[j]);
      if (!out[j] && size > (strict ? 1 : 1.3) * model.smoothLimit[j]) {
        double e = size * model.error[j];
        double explained = e * e * model.precision[j][j];
        if (explained > most) {
          most = explained;
          worst = j;
        }
      }
    }
    return worst;
  }

  /** With whom a sensor was exchanged, or -1: after changing back, all agree as ever. */
  private int exchanged(double[] level, int sensor, boolean[] out) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    double raw = level[sensor] * model.scale[sensor] + model.mean[sensor];
    for (int j = 0; j < level.length; j++) {
      if (j == sensor || out[j]) {
        continue;
      }
      double[] back = level.clone();
      double other = level[j] * model.scale[j] + model.mean[j];
      back[sensor] = (other - model.mean[sensor]) / model.scale[sensor];
      back[j] = (raw - model.mean[j]) / model.scale[j];
      double[] e = errors(back);
      double index = index(e);
      if (worst(e, out, false) < 0 && index < least) {
        least = index;
        best = j;
      }
    }
    return best;
  }

  /** A line through the errors since the sensor began to lie tells drift from bias. */
  private SensorFault kind(int j) {
    if (memory[SCATTER][j] > NOISE) {
      return SensorFault.NOISY;
    }
    double n = memory[COUNT][j];
    if (n < 8) {
      return SensorFault.BIASED;
    }
    double middle = (n - 1) / 2;
    double slope =
        (memory[PRODUCT][j] - middle * memory[SUM][j]) / (memory[TIMES][j] - n * middle * middle);
    double moved = Math.abs(slope) * n;
    return moved > 0.5 * Math.abs(memory[SUM][j] / n) && moved > 1
        ? SensorFault.DRIFTING
        : SensorFault.BIASED;
  }

  private void trend(@Nullable SensorFault[] faults) {
    for (int j = 0; j < faults.length; j++) {
      boolean off = Math.abs(memory[SMOOTH][j]) > 0.5 * model.smoothLimit[j];
      if (!off) {
        memory[COUNT][j] = 0;
        memory[TIMES][j] = 0;
        memory[SUM][j] = 0;
        memory[PRODUCT][j] = 0;
        continue;
      }
      double t = memory[COUNT][j]++;
      memory[TIMES][j] += t * t;
      memory[SUM][j] += memory[SMOOTH][j];
      memory[PRODUCT][j] += t * memory[SMOOTH][j];
    }
  }

  private SensorReport report(
      double[] reading,
      double[] filled,
      @Nullable SensorFault[] faults,
      int[] others,
      boolean[] out,
      boolean machine) {
    double[] estimate = virtual(filled, out);
    List<SensorVerdict> verdicts = new ArrayList<>();
    List<Double> replaced = new ArrayList<>();
    for (int j = 0; j < reading.length; j++) {
      double value = reading[j];
      SensorFault fault = faults[j];
      if (fault != null) {
        value = estimate[j] * model.scale[j] + model.mean[j];
        verdicts.add(
            new SensorVerdict(j, fault, others[j], value, model.error[j] * model.scale[j]));
      }
      replaced.add(value);
    }
    return new SensorReport(verdicts, machine, replaced);
  }

  /**
   * The memory of the watch.
   *
   * @return some numbers, always as many
   */
  public double[] memory() {
    double[] flat = new double[ROWS * model.sensors()];
    for (int r = 0; r < ROWS; r++) {
      System.arraycopy(memory[r], 0, flat, r * model.sensors(), model.sensors());
    }
    return flat;
  }

  /**
   * Goes on from a memory.
   *
   * @param flat that of a watch of the same model
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE} when it does not fit
   */
  public void restore(double[] flat) {
    if (flat.length != ROWS * model.sensors()) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          "the memory of the sensors has "
              + flat.length
              + " numbers\nMaybe it belongs to another model");
    }
    for (int r = 0; r < ROWS; r++) {
      System.arraycopy(flat, r * model.sensors(), memory[r], 0, model.sensors());
    }
  }
}
