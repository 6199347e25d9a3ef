package io.millwright.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.plan.LifeDistribution;
import io.millwright.api.plan.TimeDistribution;
import java.util.Objects;

/**
 * How a machine breaks down (operation-dependent failures, Buzacott and Hanifin 1978): it ages
 * while it works, a repair is done where the work was left, in working time of the machine, and
 * makes it as good as new.
 *
 * @param life the working ticks from new to a failure
 * @param age the working ticks since the last repair when planning begins, 0 or more
 * @param repair the working ticks that a repair takes
 */
public record Breakdowns(LifeDistribution life, double age, TimeDistribution repair) {

  /** Checks. */
  public Breakdowns {
    Objects.requireNonNull(life, "life");
    Objects.requireNonNull(repair, "repair");
    if (!(age >= 0) || age == Double.POSITIVE_INFINITY) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the age of a machine is " + age + " ticks\nMaybe use 0 for a new one");
    }
  }
}
