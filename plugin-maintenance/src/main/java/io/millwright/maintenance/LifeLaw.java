package io.millwright.maintenance;

/** The laws that lives are fitted with. */
public enum LifeLaw {
  /** Exponential: parameter {@code mean}. */
  EXPONENTIAL,
  /** Weibull: parameters {@code eta}, the scale, and {@code beta}, the shape. */
  WEIBULL,
  /**
   * Weibull with a threshold before which nothing fails: {@code eta}, {@code beta} and {@code
   * gamma}. The likelihood is followed for shapes of 1 and more, where it is bounded.
   */
  WEIBULL3,
  /** Lognormal: parameters {@code mu} and {@code sigma} of the logarithm. */
  LOGNORMAL,
  /** Normal, for wear that is far from 0: parameters {@code mean} and {@code sigma}. */
  NORMAL,
  /**
   * A mixture of two Weibulls: {@code share} of the first, which fails sooner, then {@code eta1},
   * {@code beta1}, {@code eta2}, {@code beta2}.
   */
  MIXTURE
}
