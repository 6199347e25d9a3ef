package io.millwright.supplychain;

/**
 * The classical methods that a combination is chosen from. All but the first and the last see the
 * series without its seasons, which are put back into the forecast.
 */
public enum ForecastMethod {
  /** The value one season ago; without a season, the last value. */
  SEASONAL_NAIVE,
  /** Simple exponential smoothing. */
  SIMPLE,
  /** Holt's linear trend. */
  HOLT,
  /** A trend that fades (Gardner and McKenzie 1985). */
  DAMPED,
  /** The standard Theta method (Assimakopoulos and Nikolopoulos 2000). */
  THETA,
  /** The dynamic optimised Theta method (Fiorucci et al. 2016). */
  DYNAMIC_THETA,
  /** Complex exponential smoothing (Svetunkov, Kourentzes and Ord 2022). */
  COMPLEX,
  /**
   * Exponential smoothing with error, trend and season chosen by AICc (Hyndman and Khandakar 2008),
   * on the series as it is where it has one season of at most 24 periods.
   */
  ETS,
  /** Size over interval, each smoothed (Croston 1972). */
  CROSTON,
  /** Croston's method without its bias (Syntetos and Boylan 2005). */
  SBA,
  /** Size times probability, each smoothed, fading while nothing is sold (Teunter et al. 2011). */
  TSB
}
