package io.millwright.supplychain;

import java.util.List;
import java.util.Objects;

/**
 * What hangs on one supplier (risk exposure, Simchi-Levi, Schmidt and Wei 2014).
 *
 * @param supplier its name
 * @param items the items that it supplies
 * @param products the products with demand that cannot be met in full for ever without it
 * @param runShort those of them that run short before a failure of mean length is over, the first
 *     one first; empty when stocks outlast it
 * @param atRisk the margin of a period that is lost while it is away and stocks are empty
 * @param timeToSurvive how long all demand is met without it (TTS), infinite when for ever
 * @param timeToRecover its mean time to recover (TTR)
 * @param lossOfOne what one failure of that length loses, begun with full stocks
 */
public record SupplierExposure(
    String supplier,
    List<String> items,
    List<String> products,
    List<String> runShort,
    double atRisk,
    double timeToSurvive,
    double timeToRecover,
    double lossOfOne) {

  /** Copies. */
  public SupplierExposure {
    Objects.requireNonNull(supplier, "supplier");
    items = List.copyOf(items);
    products = List.copyOf(products);
    runShort = List.copyOf(runShort);
  }

  /**
   * Whether a failure of mean length is felt.
   *
   * @return true when the time to survive is less than the time to recover
   */
  public boolean isExposed() {
    return timeToSurvive < timeToRecover;
  }
}
