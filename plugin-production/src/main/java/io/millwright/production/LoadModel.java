package io.millwright.production;

import io.millwright.api.Trained;
import java.util.List;

/** A predictor of the load that was just trained. Immutable and thread-safe. */
public interface LoadModel extends Trained<LoadSeries, LoadForecast> {

  /**
   * What was chosen for each distance, and why.
   *
   * @return a line for each distance
   */
  String choice();

  /**
   * Judges by rolling origins: every period from one on, at every distance that was learnt, beside
   * persistence, the seasonal naive methods of a day and of a week, and the mean of the same place
   * of the last weeks.
   *
   * @param series the load with what came to pass
   * @param from the first period that is judged, counted from 0; those before it are history
   * @return a score for each method and distance
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} when the history before it is too short
   */
  List<LoadScore> judge(LoadSeries series, int from);
}
