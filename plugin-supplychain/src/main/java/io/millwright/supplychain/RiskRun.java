package io.millwright.supplychain;

import java.util.List;
import java.util.Objects;

/**
 * What was lost in the replications of a study (loss distribution).
 *
 * @param replications how many were played
 * @param loss the mean loss of margin over the whole time
 * @param loss95 the loss that 95 % of the replications stay below (value at risk)
 * @param fillRate the share of demand that was met
 * @param anyLoss the share of replications in which anything was lost
 * @param suppliers what each supplier's failures cost: the loss less that without its failures, by
 *     common random numbers; the dearest first
 */
public record RiskRun(
    int replications,
    Estimate loss,
    double loss95,
    Estimate fillRate,
    Estimate anyLoss,
    List<BySupplier> suppliers) {

  /** Copies. */
  public RiskRun {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(fillRate, "fillRate");
    Objects.requireNonNull(anyLoss, "anyLoss");
    suppliers = List.copyOf(suppliers);
  }

  /**
   * One supplier.
   *
   * @param supplier its name
   * @param loss what its failures cost over the whole time
   */
  public record BySupplier(String supplier, Estimate loss) {
    /** Checks. */
    public BySupplier {
      Objects.requireNonNull(supplier, "supplier");
      Objects.requireNonNull(loss, "loss");
    }
  }
}
