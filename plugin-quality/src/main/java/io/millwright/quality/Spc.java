package io.millwright.quality;

import io.millwright.api.Monitor;
import java.util.List;

/**
 * Statistical process control: control charts, capability, and the design of a chart by its cost.
 * Obtained from {@link Quality#spc}; thread-safe. All limits have constants computed from their
 * definitions, not from tables.
 */
public interface Spc {

  /**
   * Draws the limits of a control chart from readings of a time when the process ran well (phase
   * I), and leaves out what lies beyond them, round after round: no more than half of the readings.
   * A moving range never spans a reading that was left out.
   *
   * @param plan the kind of chart
   * @param adjustment what is done to values before they are charted
   * @param baseline the readings, at least 10; of a self-starting chart any number
   * @param rounds how often readings beyond the limits are left out at most; 0 for never
   * @return the chart, what was left out, and each reading under the last limits
   * @throws io.millwright.api.MillwrightException with all readings that cannot be used; with
   *     {@link io.millwright.api.ErrorCode#BAD_VALUE} when nothing varies
   */
  PhaseOne<ControlChart> phaseOne(
      ChartPlan plan, Adjustment adjustment, List<Reading> baseline, int rounds);

  /**
   * Draws limits from all readings as they are: nothing is left out.
   *
   * @param plan the kind of chart
   * @param baseline the readings, at least 10
   * @return the chart
   * @throws io.millwright.api.MillwrightException as {@link #phaseOne}
   */
  default ControlChart chart(ChartPlan plan, List<Reading> baseline) {
    return phaseOne(plan, new Adjustment.AsIs(), baseline, 0).chart();
  }

  /**
   * Looks whether single readings are independent and normal, as the limits of charts assume, and
   * says in words what to do when they are not.
   *
   * @param values readings in the order of time, at least 20
   * @return figures, the adjustment to use, and words
   */
  BaselineCheck examine(List<Double> values);

  /**
   * A monitor that charts reading after reading, for any number of signals that share the limits. A
   * missing or impossible reading has no point but an abstention. It breaks every run, and a moving
   * range never spans it; averages and sums go on from where they stood. The monitor's memory is
   * saved and restored together with equal limits only.
   *
   * @param chart the chart
   * @return a monitor without any signal in it; the caller closes it
   */
  Monitor<Reading, ChartPoint> monitor(ControlChart chart);

  /**
   * Charts of several related variables at once.
   *
   * @return the way to them
   */
  MultivariateSpc multivariate();

  /**
   * How well a process keeps within its limits of specification.
   *
   * @param values readings of a process in control in the order of time, at least 10
   * @param plan limits, target, law and level
   * @return the indices with their intervals
   * @throws io.millwright.api.MillwrightException when values are missing or never vary, or do not
   *     fit the law
   */
  ProcessCapability capability(List<Double> values, CapabilityPlan plan);

  /**
   * The constants of control charts.
   *
   * @param size the readings of a subgroup, 2 to {@link ChartPlan#LARGEST_SIZE}
   * @return c4, d2, d3 and what follows from them
   */
  ChartConstants constants(int size);

  /**
   * The x-bar chart that costs least: size of subgroups, time between them and width of limits
   * (Duncan 1956).
   *
   * @param costs what faults, samples and searches cost
   * @return the design
   */
  ChartDesign design(ChartCosts costs);
}
