package io.millwright.maintenance.internal.health;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.maintenance.HealthMethod;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a reading was not to be expected by the readings before and beside it. A window is {@code
 * [readings, columns]}, row-major, the oldest first, in standard units. Immutable and thread-safe.
 *
 * @param method by what it is expected
 * @param used which columns of a reading, ascending
 * @param mean of each of them
 * @param scale of each of them
 * @param window how many readings one answer needs, the newest counted
 * @param linear weights {@code [column][(window - 1) * columns + 1]} of the forecast, the constant
 *     last; empty for an autoencoder
 * @param network what is added to the forecast, or the autoencoder
 */
record Residuals(
    HealthMethod method,
    int[] used,
    double[] mean,
    double[] scale,
    int window,
    double[][] linear,
    @Nullable FittedNetwork network) {

  /** Deviations at which a reading is cut off, so that a wild one does not reach far. */
  private static final double FAR = 20;

  private static final int LONGEST = 64;

  /** Standard units of one reading, all of whose used columns are known. */
  static void standardise(
      double[] reading, int[] used, double[] mean, double[] scale, float[] into, int at) {
    for (int i = 0; i < used.length; i++) {
      double v = (reading[used[i]] - mean[i]) / scale[i];
      into[at + i] = (float) Math.max(-FAR, Math.min(FAR, v));
    }
  }

  /** The residual of the newest reading of each window. */
  double[][] of(float[] windows, int count) {
    int p = used.length;
    int d = window * p;
    double[][] residuals = new double[count][p];
    for (int r = 0; r < count; r++) {
      int newest = r * d + d - p;
      for (int j = 0; j < p; j++) {
        double told = 0;
        if (linear.length > 0) {
          double[] weights = linear[j];
          told = weights[d - p];
          for (int i = 0; i < d - p; i++) {
            told += weights[i] * windows[r * d + i];
          }
        }
        residuals[r][j] = windows[newest + j] - told;
      }
    }
    if (network != null) {
      int in = network.inputs();
      float[] inputs = new float[count * in];
      for (int r = 0; r < count; r++) {
        System.arraycopy(windows, r * d, inputs, r * in, in);
      }
      float[] outputs = network.outputs(inputs, count);
      for (int r = 0; r < count; r++) {
        for (int j = 0; j < p; j++) {
          residuals[r][j] -= outputs[r * p + j];
        }
      }
    }
    return residuals;
  }

  void write(SortedMap<String, String> texts, SortedMap<String, List<Double>> numbers) {
    texts.put("method", method.name());
    numbers.put("expected/used", Arrays.stream(used).mapToObj(j -> (double) j).toList());
    numbers.put("expected/mean", Arrays.stream(mean).boxed().toList());
    numbers.put("expected/scale", Arrays.stream(scale).boxed().toList());
    numbers.put("expected/window", List.of((double) window));
    if (linear.length > 0) {
      numbers.put(
          "expected/linear",
          Arrays.stream(linear).flatMapToDouble(Arrays::stream).boxed().toList());
    }
  }

  static Residuals read(
      String method,
      SortedMap<String, List<Double>> numbers,
      int columns,
      @Nullable FittedNetwork network) {
    HealthMethod known =
        Arrays.stream(HealthMethod.values())
            .filter(m -> m.name().equals(method) && m != HealthMethod.PCA)
            .findFirst()
            .orElseThrow(() -> bad("its method is \"" + method + "\""));
    double[] places = numbers(numbers, "used");
    int p = places.length;
    int[] used = new int[p];
    for (int i = 0; i < p; i++) {
      used[i] = (int) places[i];
      if (used[i] != places[i] || used[i] < (i == 0 ? 0 : used[i - 1] + 1) || used[i] >= columns) {
        throw bad("its columns are " + Arrays.toString(places) + " of " + columns);
      }
    }
    double[] mean = numbers(numbers, "mean");
    double[] scale = numbers(numbers, "scale");
    double window = numbers(numbers, "window")[0];
    if (mean.length != p || scale.length != p || Arrays.stream(scale).anyMatch(s -> !(s > 0))) {
      throw bad("its columns have no scales");
    }
    if (window != Math.rint(window) || window < 1 || window > LONGEST) {
      throw bad("its window has " + window + " readings");
    }
    int before = ((int) window - 1) * p;
    double[][] linear = {};
    if (known != HealthMethod.AUTOENCODER) {
      double[] flat = numbers(numbers, "linear");
      if (flat.length != p * (before + 1)) {
        throw bad("its forecast has " + flat.length + " weights");
      }
      linear = new double[p][];
      for (int j = 0; j < p; j++) {
        linear[j] = Arrays.copyOfRange(flat, j * (before + 1), (j + 1) * (before + 1));
      }
    }
    boolean whole = known == HealthMethod.AUTOENCODER;
    int size = whole ? before + p : before;
    if ((network == null) != (known == HealthMethod.FORECAST)
        || (network != null && (network.inputs() != size || network.outputs() != p))) {
      throw bad("its network does not fit");
    }
    return new Residuals(known, used, mean, scale, (int) window, linear, network);
  }

  private static double[] numbers(SortedMap<String, List<Double>> all, String name) {
    List<Double> values = all.get("expected/" + name);
    if (values == null || values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
      throw bad("its numbers \"" + name + "\" are missing or not finite");
    }
    return values.stream().mapToDouble(v -> v).toArray();
  }

  private static MillwrightException bad(String why) {
    return new MillwrightException(
        ErrorCode.BAD_BUNDLE, "the model of health is damaged: " + why + "\nMaybe train it again");
  }
}
