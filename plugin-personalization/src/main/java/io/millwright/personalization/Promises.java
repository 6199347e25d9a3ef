package io.millwright.personalization;

import io.millwright.api.Job;
import io.millwright.api.Optimizer;
import io.millwright.api.plan.WorkLoad;
import io.millwright.api.plan.WorkOrder;
import io.millwright.api.plan.WorkPlan;
import java.util.List;
import java.util.Map;

/** Customised production: from a configuration to an order, a date and a stock. Thread-safe. */
public interface Promises {

  /**
   * The work that a configuration takes.
   *
   * @param model the product
   * @param configuration for each feature the choice; must be valid
   * @param rules routing and bill of materials
   * @param id the order's name
   * @param quantity how many pieces
   * @param release the first tick of work
   * @return the order; materials are those that are bought or taken from stock, bills resolved
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#NO_SOLUTION} when the configuration breaks rules, named; {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} when bills of materials or steps form a ring, named
   */
  WorkOrder order(
      ProductModel model,
      Map<String, String> configuration,
      ProductionRules rules,
      String id,
      double quantity,
      long release);

  /**
   * Plans by dispatching: orders in their order, each step as early as resource and predecessors
   * allow. For hosts without the scheduling area.
   *
   * @return the optimizer, which proves nothing
   */
  Optimizer<WorkLoad, WorkPlan> dispatching();

  /**
   * Promises a date for one more order: available to promise from stock and coming receipts,
   * capable to promise from the plan, and its quantiles by simulation of the plan's sequence with
   * durations and receipts that vary.
   *
   * @param order the new order
   * @param situation what is promised already, what there is, and how much things vary
   * @param planner plans the orders; asked once, for the sequence
   * @param key the key of all randomness
   * @return the job
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#NO_SOLUTION} when a material is neither in stock nor coming
   */
  Job<Promise> promise(
      WorkOrder order, Situation situation, Optimizer<WorkLoad, WorkPlan> planner, long key);

  /**
   * How much stock variants need, held as variants or as the common modules they are finished from
   * (risk pooling, Eppen 1979; postponement), by simulation on demand that was forecast together.
   *
   * @param demand for each variant the simulated demands over its lead time; the same place is the
   *     same scenario, so that they may move together
   * @param module for each variant the module that it is finished from
   * @param fillRate the share of demand to meet at once, above 0 and below 1
   * @return the stock of each, and where holding the module saves
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#WRONG_SHAPE} when variants have different numbers of scenarios
   */
  VariantStock stock(Map<String, List<Double>> demand, Map<String, String> module, double fillRate);

  /**
   * What is promised, what there is, and how much things vary.
   *
   * @param load the orders promised before, in that order, and the capacity
   * @param stock for each item what is in stock
   * @param receipts what will come
   * @param variation for each resource the coefficient of variation of its durations; 0 where it is
   *     absent. Durations are taken as lognormal with the planned mean
   * @param scenarios how many courses are simulated, 100 to 100,000
   */
  record Situation(
      WorkLoad load,
      Map<String, Double> stock,
      List<Receipt> receipts,
      Map<String, Double> variation,
      int scenarios) {
    /** Copies. */
    public Situation {
      stock = Map.copyOf(stock);
      receipts = List.copyOf(receipts);
      variation = Map.copyOf(variation);
    }
  }

  /**
   * A receipt of material.
   *
   * @param item the item
   * @param quantity how much
   * @param at the planned tick
   * @param delay the mean delay beyond it in ticks, exponential; 0 for none
   */
  record Receipt(String item, double quantity, long at, double delay) {}

  /**
   * A date.
   *
   * @param available the tick at which all material is there by plan (available to promise)
   * @param planned the tick at which it is done by plan (capable to promise)
   * @param order the new order
   * @param ends the simulated ends, rising
   */
  record Promise(long available, long planned, WorkOrder order, List<Double> ends) {
    /** Copies. */
    public Promise {
      ends = List.copyOf(ends);
    }

    /**
     * The tick by which the order is done with a probability.
     *
     * @param probability above 0 and below 1
     * @return the tick
     */
    public double quantile(double probability) {
      if (!(probability > 0 && probability < 1)) {
        throw new io.millwright.api.MillwrightException(
            io.millwright.api.ErrorCode.BAD_OPTION,
            "the probability is " + probability + "\nMaybe use 0.9");
      }
      int at = (int) Math.ceil(probability * (ends.size() + 1)) - 1;
      return ends.get(Math.max(0, Math.min(ends.size() - 1, at)));
    }
  }

  /**
   * Stock of variants and modules at one fill rate.
   *
   * @param variants for each variant the stock that it needs alone
   * @param modules for each module the stock that serves all its variants
   * @param saving for each module the share of stock that pooling saves
   */
  record VariantStock(
      Map<String, Double> variants, Map<String, Double> modules, Map<String, Double> saving) {
    /** Copies. */
    public VariantStock {
      variants = Map.copyOf(variants);
      modules = Map.copyOf(modules);
      saving = Map.copyOf(saving);
    }
  }
}
