package io.millwright.supplychain;

import io.millwright.api.Trained;
import java.util.List;

/** A trained forecaster with covariates. Immutable and thread-safe. */
public interface CovariateModel extends Trained<DrivenSeries, Forecast> {

  /**
   * What was chosen: a line for each covariate, one for new articles, and those of {@link
   * ForecastModel#choice}.
   *
   * @return the text
   */
  String choice();

  /**
   * What each covariate does.
   *
   * @return one for each covariate, in the order of their names
   */
  List<CovariateEffect> effects();
}
