package io.millwright.maintenance;

import io.millwright.api.Uncertainties;
import io.millwright.api.plan.LifeDistribution;
import java.util.List;

/**
 * Reliability from life data (Meeker and Escobar 1998): laws of life by maximum likelihood with any
 * censoring, survival functions, regressions, repairable systems and what replacement costs.
 * Obtained from {@link Maintenance#reliability}; thread-safe and deterministic.
 */
public interface Reliability {

  /**
   * Fits a law by maximum likelihood, with bounds by profile likelihood.
   *
   * @param lives failures and censored lives; as many failures as the law has parameters, at
   *     different times
   * @param plan law, level and resamples
   * @return the fit
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} when they are too few, with {@link
   *     io.millwright.api.ErrorCode#DIVERGED} when the likelihood has no largest value
   */
  LifeFit fit(List<Life> lives, LifePlan plan);

  /**
   * The nonparametric survival function: Kaplan and Meier's (1958), or Turnbull's (1976) when lives
   * are censored to the left or in intervals.
   *
   * @param lives failures and censored lives
   * @param level the level of the intervals
   * @return a point for each time with failures
   */
  List<SurvivalPoint> survival(List<Life> lives, double level);

  /**
   * Fits modes that compete.
   *
   * @param lives failures that name their mode, and censored lives
   * @param plan law, level and resamples
   * @return a fit for each mode, and the life of the unit
   */
  CompetingModes competing(List<Life> lives, LifePlan plan);

  /**
   * Accelerated life: log life = b0 + b x + sigma e, by maximum likelihood.
   *
   * @param lives with covariates: the logarithm of a stress for the inverse power law, 11604.52 /
   *     kelvin for Arrhenius's with b in electron volts
   * @param law exponential, Weibull or lognormal
   * @param level the level of the bounds
   * @return the regression
   */
  LifeRegression accelerated(List<Life> lives, LifeLaw law, double level);

  /**
   * Proportional hazards (Cox 1972): hazard = baseline exp(b x), by partial likelihood with Efron's
   * treatment of ties (1977) and Breslow's baseline.
   *
   * @param lives failures at known times and running lives, with covariates
   * @param level the level of the bounds
   * @return the regression
   */
  LifeRegression proportionalHazards(List<Life> lives, double level);

  /**
   * Systems that are repaired: the power-law process and the mean cumulative function.
   *
   * @param histories at least 2 repairs altogether
   * @param level the level of bounds and intervals
   * @return both
   */
  RepairableFit repairable(List<RepairHistory> histories, double level);

  /**
   * The cheapest intervals of replacement.
   *
   * @param life the law of life
   * @param costs what replacing costs
   * @return run to failure, age, block and minimal repair
   */
  ReplacementPolicies policies(LifeDistribution life, ReplacementCosts costs);

  /**
   * Fault tree analysis (IEC 61025): exact by a binary decision diagram (Bryant 1986), with minimal
   * cut sets (Rauzy 1993) and importance measures. Deterministic.
   *
   * @param tree the tree
   * @return the probability at the top, cut sets and importances
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#OUT_OF_RANGE} when its diagram needs more than three million
   *     nodes
   */
  FaultTreeAnalysis faultTree(FaultTree tree);

  /**
   * A predicted remaining life as a law of life, for {@link PolicyMachine#remaining} and plans:
   * through the quantiles of a prediction, with Weibull tails. Where quantiles stand still at the
   * longest life that a model tells, the law goes on as before them.
   *
   * @param uncertainty the calibrated quantiles of a prediction
   * @return the law, from now on
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#OUT_OF_RANGE} when fewer than two quantiles differ, as for a
   *     life that is only known to be long
   */
  LifeDistribution predicted(Uncertainties uncertainty);

  /**
   * Weibull's law (1951) with known parameters, for policies and plans.
   *
   * @param scale the characteristic life eta, above 0
   * @param shape beta, from 0.1 to 100; above 1 the hazard rises with age
   * @return the law
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} when a parameter is outside
   */
  LifeDistribution weibull(double scale, double shape);
}
