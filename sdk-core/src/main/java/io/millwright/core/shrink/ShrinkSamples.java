package io.millwright.core.shrink;

import io.millwright.api.data.Table;
import java.util.Objects;
import java.util.Optional;

/**
 * The rows that a model is made smaller by.
 *
 * @param learnt rows to learn again from and to measure intervals on, with the column that is
 *     answered; the rows that the model learnt from are right
 * @param judged rows that neither model learns from, by which both are compared
 * @param target the column that is answered; empty cells do not count
 * @param group the column of what belongs together, such as a machine; a sequence for a model of
 *     windows. Empty when all rows are one sequence, or each stands for itself
 */
public record ShrinkSamples(Table learnt, Table judged, String target, Optional<String> group) {

  /** Checks. */
  public ShrinkSamples {
    Objects.requireNonNull(learnt, "learnt");
    Objects.requireNonNull(judged, "judged");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(group, "group");
  }

  /**
   * Rows without groups.
   *
   * @param learnt rows to learn again from
   * @param judged rows that neither model learns from
   * @param target the column that is answered
   * @return the samples
   */
  public static ShrinkSamples of(Table learnt, Table judged, String target) {
    return new ShrinkSamples(learnt, judged, target, Optional.empty());
  }

  /**
   * The same with groups.
   *
   * @param column the column of what belongs together
   * @return the new samples
   */
  public ShrinkSamples group(String column) {
    return new ShrinkSamples(learnt, judged, target, Optional.of(column));
  }
}
