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

  /** One reading moves a level no further than one so far off, so that a wild one is forgotten. */
  private static final double MOST_STEP = 20;

  /** Deviations beyond which squares would leave nothing of what the other sensors say. */
  private static final double FAR = 1e6;

  /** The readings by which is judged who lies. */
  static final int WINDOW = 16;

  /** A multiple of the window, from which counting begins anew. */
  private static final int MOST_TAKEN = WINDOW << 20;

  private static final int ROWS = 10;
  private static final int LAST = 0;
  private static final int RUN = 1;
  private static final int BEFORE = 2;
  private static final int SCATTER = 3;
  private static final int LEVEL = 4;

  /** 1 for sensors that were stuck at the last reading. */
  private static final int HELD = 5;

  /** How long a smoothed error has been large, and sums over the errors since. */
  private static final int COUNT = 6;

  private static final int SUM = 7;
  private static final int PRODUCT = 8;
  private static final int SQUARES = 9;

  private final SensorModel model;

  /** What is remembered of each sensor; {@link #LEVEL} is its smoothed reading. */
  private final double[][] memory;

  /** The last readings in standard units, what is missing or stuck filled in; a ring. */
  private final double[][] window;

  /** Their conditions. */
  private final int[] conditions = new int[WINDOW];

  private int taken;

  SensorWatch(SensorModel model) {
    this.model = model;
    memory = new double[ROWS][model.sensors()];
    window = new double[WINDOW][model.sensors()];
    Arrays.fill(memory[LAST], Double.NaN);
    Arrays.fill(memory[BEFORE], Double.NaN);
    Arrays.fill(memory[SCATTER], 1);
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
    boolean[] out = new boolean[p];
    int condition = model.conditions.of(reading, model.common);
    double[] z = model.conditions.standard(reading, condition);
    for (int j = 0; j < p; j++) {
      z[j] = Math.max(-FAR, Math.min(FAR, z[j]));
    }
    boolean news = false;
    for (int j = 0; j < p; j++) {
      gone[j] = !Double.isFinite(reading[j]);
      memory[RUN][j] = gone[j] ? 0 : reading[j] == memory[LAST][j] ? memory[RUN][j] + 1 : 1;
      memory[LAST][j] = reading[j];
      boolean stuck = memory[RUN][j] > Math.max(SHORTEST_RUN, RUNS * model.run[j]);
      news |= stuck && memory[HELD][j] == 0;
      memory[HELD][j] = stuck ? 1 : 0;
      out[j] = gone[j] || stuck;
    }
    // Missing and stuck sensors first, so that the others are judged by what was read.
    double[] filled = model.filled(z, out);
    double[] level = memory[LEVEL];
    window[taken % WINDOW] = filled;
    conditions[taken % WINDOW] = condition;
    taken = taken + 1 < 2 * MOST_TAKEN ? taken + 1 : MOST_TAKEN;
    int known = Math.min(taken, WINDOW);
    if (news) {
      for (int t = 0; t < known; t++) {
        window[t] = model.filled(window[t], out);
      }
      System.arraycopy(model.filled(level, out), 0, level, 0, p);
    }
    for (int j = 0; j < p; j++) {
      level[j] += WEIGHT * Math.max(-MOST_STEP, Math.min(MOST_STEP, filled[j] - level[j]));
    }
    double[] now = errors(filled);
    for (int j = 0; j < p; j++) {
      double before = memory[BEFORE][j];
      if (!out[j] && Double.isFinite(before)) {
        double d = (now[j] * model.error[j] - before) / model.step[j];
        // One jump is no noise: each difference counts only up to a bound.
        memory[SCATTER][j] += WEIGHT * (Math.min(MOST_SQUARE, d * d) - memory[SCATTER][j]);
      }
      memory[BEFORE][j] = out[j] || news ? Double.NaN : now[j] * model.error[j];
      memory[SCATTER][j] = news ? 1 : memory[SCATTER][j];
    }
    trend(now, out);
    return judge(reading, condition, filled, gone, out);
  }

  /** Sums over the errors of sensors that have been off for some time, for slow drifts. */
  private void trend(double[] now, boolean[] out) {
    double[] smooth = errors(memory[LEVEL]);
    for (int j = 0; j < now.length; j++) {
      if (out[j] || Math.abs(smooth[j]) < 0.5 * model.smoothLimit[j]) {
        for (int row = COUNT; row <= SQUARES; row++) {
          memory[row][j] = 0;
        }
        continue;
      }
      memory[PRODUCT][j] += memory[COUNT][j]++ * now[j];
      memory[SUM][j] += now[j];
      memory[SQUARES][j] += now[j] * now[j];
    }
  }

  /** Whether the errors of a sensor have moved along a line since it was off. */
  private boolean drifts(int j) {
    double n = memory[COUNT][j];
    return SensorSuspects.line(n, memory[SUM][j], memory[PRODUCT][j], memory[SQUARES][j]).drifts();
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

  private SensorReport judge(
      double[] reading, int condition, double[] filled, boolean[] gone, boolean[] out) {
    int p = reading.length;
    @Nullable SensorFault[] faults = new @Nullable SensorFault[p];
    int[] others = new int[p];
    Arrays.fill(others, -1);
    for (int j = 0; j < p; j++) {
      faults[j] = gone[j] ? SensorFault.MISSING : out[j] ? SensorFault.STUCK : null;
    }
    boolean machine = false;
    if (suspicious(out)) {
      SensorSuspects suspects =
          new SensorSuspects(
              model, Arrays.copyOf(window, Math.min(taken, WINDOW)), conditions, out);
      if (suspects.exchanged()) {
        int one = suspects.first();
        int other = suspects.second();
        faults[one] = SensorFault.SWAPPED;
        faults[other] = SensorFault.SWAPPED;
        others[one] = other;
        others[other] = one;
        out[one] = true;
        out[other] = true;
      } else if (suspects.single()) {
        int liar = suspects.first();
        SensorFault kind = suspects.kind(taken % WINDOW);
        faults[liar] = kind == SensorFault.BIASED && drifts(liar) ? SensorFault.DRIFTING : kind;
        out[liar] = true;
      } else {
        machine = suspects.machine();
      }
    }
    return report(reading, condition, filled, faults, others, out, machine);
  }

  /** Whether a smoothed error or the scatter of a sensor is beyond its limit. */
  private boolean suspicious(boolean[] out) {
    double[] smooth = errors(memory[LEVEL]);
    for (int j = 0; j < smooth.length; j++) {
      if (!out[j] && (Math.abs(smooth[j]) > model.smoothLimit[j] || memory[SCATTER][j] > NOISE)) {
        return true;
      }
    }
    return false;
  }

  private SensorReport report(
      double[] reading,
      int condition,
      double[] filled,
      @Nullable SensorFault[] faults,
      int[] others,
      boolean[] out,
      boolean machine) {
    double[] estimate = model.filled(filled, out);
    double[] deviations = model.deviations(out);
    List<SensorVerdict> verdicts = new ArrayList<>();
    List<Double> replaced = new ArrayList<>();
    for (int j = 0; j < reading.length; j++) {
      double value = reading[j];
      SensorFault fault = faults[j];
      if (fault != null) {
        value = model.conditions.reading(estimate[j], condition, j);
        verdicts.add(new SensorVerdict(j, fault, others[j], value, deviations[j]));
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
    int p = model.sensors();
    double[] flat = new double[length()];
    for (int r = 0; r < ROWS + WINDOW; r++) {
      System.arraycopy(r < ROWS ? memory[r] : window[r - ROWS], 0, flat, r * p, p);
    }
    int at = (ROWS + WINDOW) * p;
    for (int t = 0; at + t < flat.length - 1; t++) {
      flat[at + t] = conditions[t];
    }
    flat[flat.length - 1] = taken;
    return flat;
  }

  /** Conditions are remembered where there are some. */
  private int length() {
    return (ROWS + WINDOW) * model.sensors() + (model.conditions.count() > 1 ? WINDOW : 0) + 1;
  }

  /**
   * Goes on from a memory.
   *
   * @param flat that of a watch of the same model
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE} when it does not fit
   */
  public void restore(double[] flat) {
    int p = model.sensors();
    double count = flat.length == 0 ? -1 : flat[flat.length - 1];
    if (flat.length != length() || !(count >= 0 && count < 2 * MOST_TAKEN)) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          "the memory of the sensors has "
              + flat.length
              + " numbers\nMaybe it belongs to another model");
    }
    for (int r = 0; r < ROWS + WINDOW; r++) {
      System.arraycopy(flat, r * p, r < ROWS ? memory[r] : window[r - ROWS], 0, p);
    }
    int at = (ROWS + WINDOW) * p;
    for (int t = 0; at + t < flat.length - 1; t++) {
      conditions[t] = Math.floorMod((int) flat[at + t], model.conditions.count());
    }
    taken = (int) count;
  }
}
