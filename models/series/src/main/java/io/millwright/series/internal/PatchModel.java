package io.millwright.series.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.series.SeriesModel;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.runtime.predict.ComposedModels;
import java.util.Arrays;
import java.util.List;

/**
 * The series model: one run of the network foretells {@link Window#STEPS} periods; what lies
 * further ahead follows from the medians as if they had come, with bands that keep what was
 * uncertain before. Immutable and thread-safe.
 */
public final class PatchModel implements SeriesModel {

  private static final int MEDIAN = SeriesBundle.PROBABILITIES.indexOf(0.5);

  private final FittedNetwork network;
  private final String id;

  /** The model of this artifact; for {@link java.util.ServiceLoader}. */
  public PatchModel() {
    this(ModelSource.resource(PatchModel.class, "series.mwb"));
  }

  /** A model from elsewhere. */
  public PatchModel(ModelSource bundle) {
    ComposedModel model = SeriesBundle.read(bundle);
    this.network = SeriesBundle.network(model);
    this.id = "patches-1@" + ComposedModels.info(model).digest();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<Double> probabilities() {
    return SeriesBundle.PROBABILITIES;
  }

  @Override
  public double[][] quantiles(double[] history, List<Integer> seasons, int horizon) {
    check(history, horizon);
    int[] lengths = seasons.stream().mapToInt(Integer::intValue).toArray();
    double[] known = sinceTheFirst(history);
    double[][] all = new double[horizon][];
    double[] before = new double[SeriesBundle.PROBABILITIES.size()];
    for (int from = 0; from < horizon; from += Window.STEPS) {
      int count = Math.min(Window.STEPS, horizon - from);
      double[][] block = block(Window.of(known, lengths), count);
      double[] longer = Arrays.copyOf(known, known.length + count);
      for (int h = 0; h < count; h++) {
        double median = block[h][MEDIAN];
        longer[known.length + h] = median;
        all[from + h] = block[h].clone();
        for (int q = 0; q < before.length; q++) {
          all[from + h][q] =
              median + Math.signum(q - MEDIAN) * Math.hypot(block[h][q] - median, before[q]);
        }
      }
      for (int q = 0; q < before.length; q++) {
        before[q] = Math.abs(all[from + count - 1][q] - all[from + count - 1][MEDIAN]);
      }
      known = longer;
    }
    return all;
  }

  private static void check(double[] history, int horizon) {
    if (horizon < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the horizon is " + horizon + ", but must be at least 1\nMaybe ask for the next period");
    }
    boolean known = false;
    for (int t = 0; t < history.length; t++) {
      if (Double.isInfinite(history[t])) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "value "
                + t
                + " of the history is "
                + history[t]
                + "\nMaybe give NaN where it is missing");
      }
      known |= !Double.isNaN(history[t]);
    }
    if (!known) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "none of "
              + history.length
              + " values of the history is known\nMaybe another column was"
              + " meant");
    }
  }

  private static double[] sinceTheFirst(double[] history) {
    int first = 0;
    while (Double.isNaN(history[first])) {
      first++;
    }
    return first == 0 ? history : Arrays.copyOfRange(history, first, history.length);
  }

  private double[][] block(Window window, int count) {
    int each = SeriesBundle.PROBABILITIES.size();
    double[][] block = new double[count][each];
    float[] said = new float[Window.STEPS * each];
    if (!window.isFlat()) {
      float[] input = new float[Window.INPUTS];
      window.input(input, 0);
      said = network.outputs(input, 1);
    }
    for (int h = 0; h < count; h++) {
      for (int q = 0; q < each; q++) {
        block[h][q] = window.value(said[h * each + q], h);
      }
      Arrays.sort(block[h]);
    }
    return block;
  }
}
