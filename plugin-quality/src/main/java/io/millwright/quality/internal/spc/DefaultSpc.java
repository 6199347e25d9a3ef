package io.millwright.quality.internal.spc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Monitor;
import io.millwright.quality.Adjustment;
import io.millwright.quality.BaselineCheck;
import io.millwright.quality.CapabilityPlan;
import io.millwright.quality.ChartConstants;
import io.millwright.quality.ChartCosts;
import io.millwright.quality.ChartDesign;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ControlChart;
import io.millwright.quality.MultivariateSpc;
import io.millwright.quality.PhaseOne;
import io.millwright.quality.ProcessCapability;
import io.millwright.quality.Reading;
import io.millwright.quality.Spc;
import java.time.Clock;
import java.util.List;

/** Statistical process control. */
public final class DefaultSpc implements Spc {

  private final Clock clock;

  /**
   * With a clock for what is made.
   *
   * @param clock the clock
   */
  public DefaultSpc(Clock clock) {
    this.clock = clock;
  }

  @Override
  public PhaseOne<ControlChart> phaseOne(
      ChartPlan plan, Adjustment adjustment, List<Reading> baseline, int rounds) {
    if (!(adjustment instanceof Adjustment.AsIs) && plan instanceof ChartPlan.Attributes) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "counts are charted as they are, but the adjustment is "
              + adjustment
              + "\nMaybe use a p' or u' chart where counts vary more than their law");
    }
    if (adjustment instanceof Adjustment.Residual && Estimates.size(plan) > 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "residuals are of single readings, but the subgroups have "
              + Estimates.size(plan)
              + "\nMaybe chart the means of subgroups as single readings");
    }
    return Rounds.of(
        baseline,
        rounds,
        Estimates.FEWEST,
        out -> Estimates.chart(plan, adjustment, baseline, out, clock.instant()),
        ChartKernel::new);
  }

  @Override
  public BaselineCheck examine(List<Double> values) {
    return Examination.of(values);
  }

  @Override
  public Monitor<Reading, ChartPoint> monitor(ControlChart chart) {
    return ChartMonitor.of(chart);
  }

  @Override
  public MultivariateSpc multivariate() {
    return new DefaultMultivariateSpc(clock);
  }

  @Override
  public ProcessCapability capability(List<Double> values, CapabilityPlan plan) {
    return Capabilities.of(values, plan);
  }

  @Override
  public ChartConstants constants(int size) {
    if (size < 2 || size > ChartPlan.LARGEST_SIZE) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "size is " + size + ", but must lie between 2 and " + ChartPlan.LARGEST_SIZE);
    }
    return Constants.of(size);
  }

  @Override
  public ChartDesign design(ChartCosts costs) {
    return Duncan.design(costs);
  }
}
