package io.millwright.maintenance.internal.health;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.monitoring.ProcessModel;
import io.millwright.runtime.monitoring.ProcessPoint;
import io.millwright.runtime.monitoring.ProcessWatch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits of readings, and of what of them was not to be expected where a method beside PCA was
 * chosen: each then has half of the false alarms. Immutable and thread-safe.
 *
 * @param process limits of the readings
 * @param residuals what was not to be expected, or null for PCA alone
 * @param unexpected limits of it
 */
record Limits(
    ProcessModel process, @Nullable Residuals residuals, @Nullable ProcessModel unexpected) {

  Limits {
    if ((residuals == null) != (unexpected == null)
        || (residuals != null
            && unexpected != null
            && residuals.used().length != unexpected.variables())) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          "the limits are of other columns than the residuals\nMaybe train the model again");
    }
  }

  Watch begin() {
    return new Watch(this);
  }

  /**
   * What is said of a reading.
   *
   * @param readings by PCA
   * @param index the health
   * @param ratio the largest statistic over its limit
   * @param level the statistics added, which change points are looked for in
   * @param contributions of each column to the largest
   */
  record Point(
      ProcessPoint readings,
      double index,
      double ratio,
      double level,
      List<Double> contributions) {}

  /** One process under watch, in constant time and memory; not thread-safe. */
  static final class Watch {
    private final Limits limits;
    private final ProcessWatch process;
    private final @Nullable ProcessWatch unexpected;
    private final float[] window;
    private int known;

    Watch(Limits limits) {
      this.limits = limits;
      process = limits.process().begin();
      ProcessModel model = limits.unexpected();
      unexpected = model == null ? null : model.begin();
      Residuals residuals = limits.residuals();
      window = new float[residuals == null ? 0 : residuals.window() * residuals.used().length];
    }

    /** Readings that lack a value, and those soon after them, are judged by PCA alone. */
    Point take(double[] row) {
      ProcessPoint point = process.take(row);
      double index = process.health(point);
      double level = point.t2() + point.spe();
      Residuals residuals = limits.residuals();
      if (residuals == null || unexpected == null || !push(residuals, row)) {
        return new Point(point, index, point.ratio(), level, point.contributions());
      }
      ProcessPoint other = unexpected.take(residuals.of(window, 1)[0]);
      List<Double> contributions = point.contributions();
      if (other.ratio() > point.ratio()) {
        Double[] all = new Double[row.length];
        Arrays.fill(all, 0.0);
        for (int i = 0; i < residuals.used().length; i++) {
          all[residuals.used()[i]] = other.contributions().get(i);
        }
        contributions = List.of(all);
      }
      return new Point(
          point,
          Math.min(index, unexpected.health(other)),
          Math.max(point.ratio(), other.ratio()),
          level + other.t2() + other.spe(),
          contributions);
    }

    /** Whether the window is whole. */
    private boolean push(Residuals residuals, double[] row) {
      int[] used = residuals.used();
      if (!Arrays.stream(used).allMatch(j -> Double.isFinite(row[j]))) {
        known = 0;
        return false;
      }
      int p = used.length;
      System.arraycopy(window, p, window, 0, window.length - p);
      Residuals.standardise(
          row, used, residuals.mean(), residuals.scale(), window, window.length - p);
      known = Math.min(residuals.window(), known + 1);
      return known == residuals.window();
    }

    double[] memory() {
      double[] first = process.memory();
      if (unexpected == null) {
        return first;
      }
      double[] second = unexpected.memory();
      double[] all = Arrays.copyOf(first, first.length + second.length + window.length + 1);
      System.arraycopy(second, 0, all, first.length, second.length);
      for (int i = 0; i < window.length; i++) {
        all[first.length + second.length + i] = window[i];
      }
      all[all.length - 1] = known;
      return all;
    }

    /** Goes on from as many numbers as {@link #memory} has. */
    void restore(double[] all) {
      int first = process.memory().length;
      process.restore(Arrays.copyOf(all, first));
      if (unexpected != null) {
        int second = first + unexpected.memory().length;
        unexpected.restore(Arrays.copyOfRange(all, first, second));
        for (int i = 0; i < window.length; i++) {
          window[i] = (float) all[second + i];
        }
        known = (int) all[all.length - 1];
      }
    }
  }
}
