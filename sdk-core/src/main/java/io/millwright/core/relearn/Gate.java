package io.millwright.core.relearn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * The written rule by which a challenger is promoted. On the same rows, which neither learnt from:
 * its mean loss is not worse than the champion's by more than {@code margin} (a share of the
 * champion's), with 95 % confidence over the paired differences; its intervals hold what they
 * promise, within {@code coverageSlack}; and no group's mean loss is worse by more than {@code
 * groupMargin}. To be of use it must also be better by {@code gain}.
 *
 * @param margin the share of the champion's loss by which the upper confidence bound may exceed it
 * @param gain the share of the champion's loss that the challenger must save on average
 * @param coverageSlack by how much coverage of 90 % intervals may fall short
 * @param groupMargin the share by which a group's loss may grow
 * @param leastRows how many judged rows there must be
 */
public record Gate(
    double margin, double gain, double coverageSlack, double groupMargin, int leastRows) {

  /** Checks. */
  public Gate {
    if (!(margin >= 0) || !(coverageSlack >= 0) || !(groupMargin >= 0) || leastRows < 10) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a gate with margin "
              + margin
              + ", coverage slack "
              + coverageSlack
              + ", group margin "
              + groupMargin
              + ", "
              + leastRows
              + " rows\nMaybe use Gate.standard()");
    }
  }

  /**
   * Not worse by 2 %, better by 1 %, coverage at most 5 points short, no group worse by 20 %, on
   * 100 rows or more.
   *
   * @return the gate
   */
  public static Gate standard() {
    return new Gate(0.02, 0.01, 0.05, 0.20, 100);
  }
}
