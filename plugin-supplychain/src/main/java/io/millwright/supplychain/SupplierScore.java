package io.millwright.supplychain;

import java.util.Objects;

/**
 * The score of one supplier by its records (perfect order fulfilment, as in the SCOR model), each
 * figure with its 95 % interval: shares by Jeffreys' prior, lead times by Student's t on
 * logarithms.
 *
 * @param supplier its name
 * @param deliveries how many records there are
 * @param perfect the probability that a delivery is on time, complete and good: the score
 * @param onTime the probability that it is on time
 * @param good the share of delivered pieces that are good; pieces of one delivery count as far as
 *     they differ from those of others
 * @param leadTime the median time from order to receipt
 * @param leadTimeSpread the factor between that and the time that 84 % stay below; NaN for a single
 *     record
 */
public record SupplierScore(
    String supplier,
    int deliveries,
    Estimate perfect,
    Estimate onTime,
    Estimate good,
    Estimate leadTime,
    double leadTimeSpread) {

  /** Checks. */
  public SupplierScore {
    Objects.requireNonNull(supplier, "supplier");
    Objects.requireNonNull(perfect, "perfect");
    Objects.requireNonNull(onTime, "onTime");
    Objects.requireNonNull(good, "good");
    Objects.requireNonNull(leadTime, "leadTime");
  }
}
