package io.millwright.runtime.monitoring;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Follows one process reading by reading, in constant time and memory. Begun by {@link
 * ProcessModel#begin}; not thread-safe.
 */
public final class ProcessWatch {

  private final ProcessModel model;
  private final double[] standard;
  private final double[] smooth;
  private boolean begun;

  ProcessWatch(ProcessModel model) {
    this.model = model;
    standard = new double[model.whitening().size()];
    smooth = new double[model.whitening().size()];
  }

  /**
   * Takes one reading in.
   *
   * @param reading one number for each variable of the model; NaN for missing, which counts as what
   *     the others say of it
   * @return what it says
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} when the number of variables
   *     differs; nothing is taken in
   */
  public ProcessPoint take(double[] reading) {
    if (reading.length != model.variables()) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "the reading has "
              + reading.length
              + " numbers, but the model knows "
              + model.variables()
              + " variables\nMaybe write NaN for what is missing");
    }
    Whitening whitening = model.whitening();
    int[] used = model.used();
    double[] chosen = new double[used.length];
    boolean[] missing = new boolean[used.length];
    for (int i = 0; i < used.length; i++) {
      chosen[i] = reading[used[i]];
      missing[i] = !Double.isFinite(chosen[i]);
    }
    double[] now = new double[used.length];
    whitening.standardise(chosen, now);
    whitening.shift(standard, now, !begun);
    whitening.fill(standard, missing);
    begun = true;
    double[] components = whitening.components(standard);
    double t2 = 0;
    double spe = 0;
    double slow = 0;
    double weight = model.plan().smoothing();
    for (int c = 0; c < components.length; c++) {
      double square = components[c] * components[c];
      if (c < whitening.retained()) {
        t2 += square;
      } else {
        spe += square;
      }
      smooth[c] += weight * (components[c] - smooth[c]);
      slow += smooth[c] * smooth[c];
    }
    double ratio = (t2 + spe) / model.limit(0);
    double calm = ratio;
    boolean bySlow = false;
    if (model.statistics() > 1) {
      calm = slow / model.limit(1);
      bySlow = calm > ratio;
      ratio = Math.max(ratio, calm);
    }
    double[] parts = whitening.contributions(bySlow ? smooth : components);
    double[] all = new double[model.variables()];
    for (int i = 0; i < used.length; i++) {
      all[used[i]] = parts[i];
    }
    List<Double> contributions = new ArrayList<>(all.length);
    for (double part : all) {
      contributions.add(part);
    }
    return new ProcessPoint(t2, spe, ratio, Math.sqrt(calm), contributions);
  }

  /**
   * Health of the process as last read: 1 while its smoothed statistic is at most the median of
   * normal readings, 0.5 where it reaches its limit, towards 0 far beyond it.
   *
   * @param point the last point
   * @return the index, above 0 and at most 1
   */
  public double health(ProcessPoint point) {
    int last = model.statistics() - 1;
    double usual = Math.min(0.95, Math.sqrt(model.typical(last) / model.limit(last)));
    return 1 / (1 + Math.max(0, point.distance() - usual) / (1 - usual));
  }

  /**
   * The memory of the watch.
   *
   * @return some numbers, always as many
   */
  public double[] memory() {
    double[] memory = Arrays.copyOf(standard, 2 * standard.length + 1);
    System.arraycopy(smooth, 0, memory, standard.length, smooth.length);
    memory[memory.length - 1] = begun ? 1 : 0;
    return memory;
  }

  /**
   * Goes on from a memory.
   *
   * @param memory that of a watch of the same model
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE} when it does not fit
   */
  public void restore(double[] memory) {
    if (memory.length != 2 * standard.length + 1
        || !Arrays.stream(memory).allMatch(Double::isFinite)) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          "the memory of the watch has "
              + memory.length
              + " numbers, or some that are not finite\nMaybe it belongs to another model");
    }
    System.arraycopy(memory, 0, standard, 0, standard.length);
    System.arraycopy(memory, standard.length, smooth, 0, smooth.length);
    begun = memory[memory.length - 1] != 0;
  }
}
