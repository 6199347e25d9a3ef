package io.millwright.maintenance.internal.reliability;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainties;
import io.millwright.api.plan.LifeDistribution;
import io.millwright.maintenance.CompetingModes;
import io.millwright.maintenance.FaultTree;
import io.millwright.maintenance.FaultTreeAnalysis;
import io.millwright.maintenance.Life;
import io.millwright.maintenance.LifeFit;
import io.millwright.maintenance.LifeLaw;
import io.millwright.maintenance.LifePlan;
import io.millwright.maintenance.LifeRegression;
import io.millwright.maintenance.Reliability;
import io.millwright.maintenance.RepairHistory;
import io.millwright.maintenance.RepairableFit;
import io.millwright.maintenance.ReplacementCosts;
import io.millwright.maintenance.ReplacementPolicies;
import io.millwright.maintenance.SurvivalPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reliability from life data. */
public final class DefaultReliability implements Reliability {

  /** Has no settings. */
  public DefaultReliability() {}

  @Override
  public LifeFit fit(List<Life> lives, LifePlan plan) {
    return Fits.fit(lives, plan);
  }

  @Override
  public List<SurvivalPoint> survival(List<Life> lives, double level) {
    level(level);
    return Survival.of(lives, level);
  }

  @Override
  public CompetingModes competing(List<Life> lives, LifePlan plan) {
    List<String> modes =
        lives.stream().filter(l -> !l.right()).map(Life::mode).distinct().sorted().toList();
    if (modes.size() < 2 || modes.contains("")) {
      throw new MillwrightException(
          ErrorCode.BAD_LABEL,
          "the failures name the modes "
              + modes
              + ", but two or more must compete, and every failure name its own"
              + "\nMaybe fit one law to all");
    }
    Map<String, LifeFit> fits = new LinkedHashMap<>();
    List<LifeDistribution> laws = new ArrayList<>();
    double sum = 0;
    for (String mode : modes) {
      List<Life> own = new ArrayList<>();
      for (Life l : lives) {
        boolean other = !l.right() && !l.mode().equals(mode);
        if (other && l.from() == 0) {
          // Found failed by another mode at some time before: nothing is known of this one.
          continue;
        }
        own.add(
            other
                ? new Life(l.from(), Double.POSITIVE_INFINITY, l.count(), "", l.covariates())
                : l);
      }
      LifeFit fit = Fits.fit(own, plan);
      fits.put(mode, fit);
      laws.add(fit.distribution());
      sum += fit.logLikelihood();
    }
    double scale = lives.stream().mapToDouble(l -> l.right() ? l.from() : l.to()).max().orElse(1);
    return new CompetingModes(fits, sum, FittedLife.first(laws, scale));
  }

  @Override
  public LifeRegression accelerated(List<Life> lives, LifeLaw law, double level) {
    level(level);
    return Regressions.accelerated(lives, law, level);
  }

  @Override
  public LifeRegression proportionalHazards(List<Life> lives, double level) {
    level(level);
    return Cox.fit(lives, level);
  }

  @Override
  public RepairableFit repairable(List<RepairHistory> histories, double level) {
    level(level);
    return Repairs.of(histories, level);
  }

  @Override
  public ReplacementPolicies policies(LifeDistribution life, ReplacementCosts costs) {
    return Replacement.of(life, costs);
  }

  @Override
  public LifeDistribution weibull(double scale, double shape) {
    if (!(scale > 0) || Double.isInfinite(scale) || !(shape >= 0.1 && shape <= 100)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a Weibull law has the scale "
              + scale
              + " and the shape "
              + shape
              + "\nMaybe the order is: scale, shape");
    }
    return new WeibullLife(scale, shape);
  }

  private static void level(double level) {
    if (!(level > 0 && level < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the level is " + level + ", but must lie between 0 and 1");
    }
  }

  @Override
  public FaultTreeAnalysis faultTree(FaultTree tree) {
    return FaultTrees.analyze(tree);
  }

  @Override
  public LifeDistribution predicted(Uncertainties uncertainty) {
    return PredictedLife.of(uncertainty);
  }
}
