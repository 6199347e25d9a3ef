package io.millwright.quality.internal.sampling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.AcceptancePlan;
import io.millwright.quality.SamplingPlans;
import java.util.ArrayList;
import java.util.List;

/** Acceptance sampling. */
public final class DefaultSamplingPlans implements SamplingPlans {

  /** Has no settings. */
  public DefaultSamplingPlans() {}

  @Override
  public AcceptancePlan.Attributes iso2859(long lot, Level level, double aql, boolean tightened) {
    return Iso2859.plan(lot, level, aql, tightened);
  }

  @Override
  public AcceptancePlan.Variables iso3951(
      long lot, Level level, double aql, boolean tightened, boolean sigmaKnown) {
    if (!(aql <= 10)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the AQL is "
              + aql
              + " %, but plans by variables go up to 10 %"
              + "\nMaybe inspect by attributes");
    }
    AcceptancePlan.Attributes like = Iso2859.plan(lot, level, aql, tightened);
    double good = Curves.share(like, 0.95);
    double bad = Curves.share(like, 0.10);
    return Search.variables(new Risks(good, 0.05, bad, 0.10), sigmaKnown);
  }

  @Override
  public AcceptancePlan.Attributes attributes(Risks risks) {
    return Search.attributes(risks);
  }

  @Override
  public AcceptancePlan.Variables variables(Risks risks, boolean sigmaKnown) {
    return Search.variables(risks, sigmaKnown);
  }

  @Override
  public List<OcPoint> curve(AcceptancePlan plan, long lot, List<Double> shares) {
    if (lot != 0 && lot < plan.sample()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the lot has "
              + lot
              + " parts, but the sample "
              + plan.sample()
              + "\nMaybe inspect the whole lot");
    }
    List<OcPoint> points = new ArrayList<>();
    for (double share : shares) {
      if (!(share >= 0 && share <= 1)) {
        throw new MillwrightException(
            ErrorCode.OUT_OF_RANGE,
            "a share of defectives is " + share + ", but must lie between 0 and 1");
      }
      double accepted = Curves.accepted(plan, lot, share);
      double left = lot == 0 ? 1 : 1 - (double) plan.sample() / lot;
      points.add(
          new OcPoint(
              share,
              accepted,
              accepted * share * left,
              lot == 0 ? Double.NaN : plan.sample() + (1 - accepted) * (lot - plan.sample())));
    }
    return points;
  }
}
