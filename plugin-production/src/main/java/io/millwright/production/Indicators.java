package io.millwright.production;

import java.util.List;
import java.util.Optional;

/** Key performance indicators of ISO 22400-2. Thread-safe; nothing is random. */
public interface Indicators {

  /**
   * All indicators whose elements are known, in the order of the standard. Intervals at 90 %:
   * ratios of pieces by Clopper and Pearson (1934), mean time between and to failures by the
   * chi-squared distribution of a Poisson count, mean time to repair by Student's t on logarithms,
   * the factors of OEE together by the delta method on logarithms.
   *
   * @param elements the elements
   * @return the indicators
   */
  List<Indicator> of(UnitElements elements);

  /**
   * The loss tree.
   *
   * @param elements the elements
   * @return the tree, or empty without planned busy time, production time, planned run time per
   *     item and quantities
   */
  Optional<LossTree> losses(UnitElements elements);
}
