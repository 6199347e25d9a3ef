package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.List;

/**
 * A serial chain of links that order up to a level once a period.
 *
 * @param leadTimes periods from order to receipt, review period included, of each link, the one
 *     next to the customers first; each 1 to 100
 * @param memory over how many periods each link averages, 2 to 1000
 * @param serviceLevel the probability of no shortage that safety stocks are for, between 0.5 and 1
 */
public record SharingChain(List<Integer> leadTimes, int memory, double serviceLevel) {

  /** Checks and copies. */
  public SharingChain {
    leadTimes = List.copyOf(leadTimes);
    boolean sound =
        !leadTimes.isEmpty()
            && leadTimes.stream().allMatch(l -> l >= 1 && l <= 100)
            && memory >= 2
            && memory <= 1000
            && serviceLevel > 0.5
            && serviceLevel < 1;
    if (!sound) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "lead times "
              + leadTimes
              + ", memory "
              + memory
              + ", service level "
              + serviceLevel
              + "\nMaybe lead times of 1 or more, a memory of 8 and a level of 0.95");
    }
  }
}
