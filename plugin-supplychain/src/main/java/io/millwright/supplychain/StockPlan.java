package io.millwright.supplychain;

import io.millwright.api.Flag;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * When to order and how much (inventory policy): as soon as stock on hand and on order, less what
 * is owed, is at or below the reorder point, order up to the other level.
 *
 * @param reorderPoint order when the position is at or below it
 * @param orderUpTo what the position is then brought to
 * @param cost the expected cost of a period
 * @param fillRate the expected share of demand that is met at once
 * @param flags {@link Flag#REVIEW} when the level is beyond anything that the history can justify:
 *     twice the most that it ever had over lead time and one period; or when the demand forecast is
 *     below zero
 * @param terms the lots that orders come in
 * @param service what is expected of the plan, from playing it on demand drawn from the forecast;
 *     empty where no terms asked for that
 */
public record StockPlan(
    double reorderPoint,
    double orderUpTo,
    double cost,
    double fillRate,
    Set<Flag> flags,
    StockTerms terms,
    Optional<StockService> service) {

  /**
   * A plan without terms.
   *
   * @param reorderPoint order when the position is at or below it
   * @param orderUpTo what the position is then brought to
   * @param cost the expected cost of a period
   * @param fillRate the expected share of demand that is met at once
   * @param flags what to know of it
   */
  public StockPlan(
      double reorderPoint, double orderUpTo, double cost, double fillRate, Set<Flag> flags) {
    this(reorderPoint, orderUpTo, cost, fillRate, flags, StockTerms.none(), Optional.empty());
  }

  /**
   * A plan without flags.
   *
   * @param reorderPoint order when the position is at or below it
   * @param orderUpTo what the position is then brought to
   * @param cost the expected cost of a period
   * @param fillRate the expected share of demand that is met at once
   */
  public StockPlan(double reorderPoint, double orderUpTo, double cost, double fillRate) {
    this(reorderPoint, orderUpTo, cost, fillRate, Set.of());
  }

  /** Checks and copies. */
  public StockPlan {
    flags = Set.copyOf(flags);
    Objects.requireNonNull(terms, "terms");
    Objects.requireNonNull(service, "service");
    if (!(reorderPoint <= orderUpTo)) {
      throw new IllegalArgumentException("orders below " + reorderPoint + " up to " + orderUpTo);
    }
  }

  /**
   * What to order now, where an order can be placed.
   *
   * @param position stock on hand and on order, less what is owed
   * @return the quantity, 0 for none
   */
  public double order(double position) {
    return position <= reorderPoint ? terms.rounded(orderUpTo - position) : 0;
  }
}
