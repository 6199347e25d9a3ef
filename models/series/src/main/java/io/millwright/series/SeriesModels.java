package io.millwright.series;

import io.millwright.api.series.SeriesModel;
import io.millwright.series.internal.Inside;
import io.millwright.series.internal.PatchModel;
import java.util.List;

/**
 * The pre-trained series model of this artifact, and what any {@link SeriesModel} is good for
 * beside forecasts: gap filling (imputation) and anomaly scores. It was trained on drawn series
 * alone; its card stands in its bundle. Stateless and thread-safe; all answers are deterministic.
 */
public final class SeriesModels {

  private SeriesModels() {}

  /**
   * The model of this artifact: a small transformer over patches of the latest 192 periods, joined
   * with the seasons of the whole history (after Nie et al. 2023, "A time series is worth 64
   * words"; half a million weights, 2 MB, plain Java). One run foretells 48 periods; longer
   * horizons follow from its medians.
   *
   * @return the model; opening takes some milliseconds, so hold on to it
   */
  public static SeriesModel standard() {
    return new PatchModel();
  }

  /**
   * Fills gaps: what the periods before and those after a gap say of it, each counting more the
   * nearer it is.
   *
   * @param model the model
   * @param values the series, NaN where missing; at least one value known
   * @param seasons the lengths of seasons that may be there; empty for none
   * @return the series without gaps; known values are as they were
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} when nothing is known
   */
  public static double[] filled(SeriesModel model, double[] values, List<Integer> seasons) {
    return Inside.filled(model, values, seasons);
  }

  /**
   * Anomaly scores: how far each value lies from what the model foretold one period before, in half
   * widths of the 80 % band: up to 1 within the band, from about 4 on strange. Strange values are
   * left out of the history of later ones, unless four come one after the other: then the series
   * has changed. Where most values are the same, as of demand now and then, the band is at least as
   * wide as the deviation of all values before.
   *
   * @param model the model
   * @param values the series, NaN where missing
   * @param seasons the lengths of seasons that may be there; empty for none
   * @return a score for each value, from 0 to 1000; NaN for missing values and for the first eight
   */
  public static double[] strangeness(SeriesModel model, double[] values, List<Integer> seasons) {
    return Inside.strangeness(model, values, seasons);
  }
}
