package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.List;

/**
 * The models of stock that have an exact answer, for demand of a known distribution (Snyder and
 * Shen, Fundamentals of Supply Chain Theory, 2nd edition 2019, chapters 3 to 5). Pure and
 * thread-safe. Invalid numbers are refused with {@link io.millwright.api.ErrorCode#BAD_OPTION}.
 */
public interface StockModels {

  /**
   * A quantity and its cost.
   *
   * @param quantity how much
   * @param cost the cost per unit of time, or expected per period
   */
  record Lot(double quantity, double cost) {}

  /**
   * Two levels and their cost.
   *
   * @param low s or r: order at or below it
   * @param high S, or r + Q: what an order brings the position to
   * @param cost the expected cost per period or per unit of time; NaN where a method does not give
   *     it
   */
  record Levels(double low, double high, double cost) {}

  /**
   * Orders over time and their cost.
   *
   * @param orders how much to order in each period
   * @param cost the cost over all periods
   */
  record Lots(List<Double> orders, double cost) {
    /** Copies. */
    public Lots {
      orders = List.copyOf(orders);
    }
  }

  /**
   * The economic order quantity (Harris 1913), for steady demand.
   *
   * @param rate the demand per unit of time
   * @param costs holding per unit and time; order per order
   * @param owed whether demand may be owed, at the shortage's cost per unit and time
   * @return quantity and cost per unit of time
   */
  Lot economicOrder(double rate, StockCosts costs, boolean owed);

  /**
   * The economic order quantity where larger orders make all units cheaper.
   *
   * @param rate the demand per unit of time
   * @param order the cost of an order
   * @param holdingRate the cost of holding a unit for a unit of time, as a share of its price
   * @param from the least quantity of each price, beginning with 0, rising
   * @param prices the prices, falling
   * @return quantity and cost per unit of time, the goods included
   */
  Lot discounted(
      double rate, double order, double holdingRate, List<Double> from, List<Double> prices);

  /**
   * The cheapest orders for known demand (Wagner and Whitin 1958). What is ordered in a period
   * meets its demand; what is left at its end costs holding.
   *
   * @param demand the demand of each period, not negative
   * @param costs holding per unit and period; order per order
   * @return the orders and their cost over all periods
   */
  Lots lots(List<Double> demand, StockCosts costs);

  /**
   * What a period's orders cost.
   *
   * @param holding for a unit left at its end, 0 or more
   * @param order for an order in it, 0 or more
   * @param price for a unit ordered in it, 0 or more
   */
  record PeriodCosts(double holding, double order, double price) {
    /**
     * Checks.
     *
     * @throws MillwrightException with {@link ErrorCode#BAD_OPTION}
     */
    public PeriodCosts {
      for (double cost : new double[] {holding, order, price}) {
        if (!(cost >= 0) || Double.isInfinite(cost)) {
          throw new MillwrightException(
              ErrorCode.BAD_OPTION,
              "a period costs "
                  + holding
                  + " for holding, "
                  + order
                  + " for an order and "
                  + price
                  + " for a unit\nMaybe use numbers of 0 or more");
        }
      }
    }
  }

  /**
   * The cheapest orders for known demand where costs change from period to period (Wagner and
   * Whitin 1958): an order may be early because it is cheap now.
   *
   * @param demand the demand of each period, not negative
   * @param costs one for each period
   * @return the orders and their cost over all periods, the goods included
   */
  Lots varyingLots(List<Double> demand, List<PeriodCosts> costs);

  /**
   * The base stock that costs least: the critical quantile of the demand over lead time and one
   * period. With a lead time of 0 it is the newsvendor, for demand of any distribution; uniform,
   * lognormal and discrete demand have no lead time.
   *
   * @param demand the demand of one period
   * @param leadTime how many periods an order takes
   * @param costs holding and shortage per unit and period
   * @return level and expected cost of a period
   */
  Lot baseStock(Demand demand, int leadTime, StockCosts costs);

  /**
   * The (s, S) policy under periodic review without lead time: exact for Poisson demand (Zheng and
   * Federgruen 1991), by the power approximation for normal demand (Ehrhardt and Mosier 1984,
   * without its correction for small orders), whose cost is not given.
   *
   * @param demand the demand of one period
   * @param costs all three
   * @return the levels
   */
  Levels reorder(Demand demand, StockCosts costs);

  /**
   * The (r, Q) policy under continuous review: exact for Poisson demand (Federgruen and Zheng 1992)
   * and for normal demand over the lead time (Zheng 1992).
   *
   * @param demand the demand per unit of time
   * @param leadTime how long an order takes, in units of time
   * @param costs holding and shortage per unit and time, order per order
   * @return r and r + Q with the expected cost per unit of time
   */
  Levels reorderPoint(Demand demand, double leadTime, StockCosts costs);

  /**
   * The economic production quantity (Taft 1918): what is made arrives little by little.
   *
   * @param rate the demand per unit of time
   * @param production what is made per unit of time, more than the demand
   * @param costs holding per unit and time; order per set-up
   * @return quantity and cost per unit of time
   */
  Lot production(double rate, double production, StockCosts costs);

  /**
   * The economic order quantity where larger orders make the units beyond each quantity cheaper
   * (incremental discounts).
   *
   * @param rate the demand per unit of time
   * @param order the cost of an order
   * @param holdingRate the cost of holding a unit for a unit of time, as a share of its mean price
   * @param from the least quantity of each price, beginning with 0, rising
   * @param prices the prices, falling
   * @return quantity and cost per unit of time, the goods included
   */
  Lot discountedSteps(
      double rate, double order, double holdingRate, List<Double> from, List<Double> prices);

  /**
   * The economic order quantity where the supplier is down at times, for exponential times up and
   * down (Berk and Arreola-Risa 1994). Demand that comes while there is neither stock nor supplier
   * is lost.
   *
   * @param rate the demand per unit of time
   * @param costs holding per unit and time; shortage per unit; order per order
   * @param failure failures per unit of time while the supplier is up
   * @param recovery recoveries per unit of time while it is down
   * @return quantity and cost per unit of time
   */
  Lot disruptedOrder(double rate, StockCosts costs, double failure, double recovery);

  /**
   * The base stock for steady demand and a supplier that is down at times, in periods (Tomlin 2006;
   * Snyder and Shen 2019, section 9.2).
   *
   * @param demand the demand of each period
   * @param costs holding and shortage per unit and period
   * @param failure the probability that a period down follows one up
   * @param recovery the probability that a period up follows one down
   * @return level and expected cost of a period
   */
  Lot disruptedBaseStock(double demand, StockCosts costs, double failure, double recovery);

  /**
   * The economic order quantity where what arrives differs from what was ordered by an addend.
   *
   * @param rate the demand per unit of time
   * @param costs holding per unit and time; order per order
   * @param mean the mean of the addend, negative where some is lost
   * @param deviation its standard deviation
   * @return quantity to order and expected cost per unit of time
   */
  Lot yieldAdded(double rate, StockCosts costs, double mean, double deviation);

  /**
   * The economic order quantity where what arrives is a share of what was ordered.
   *
   * @param rate the demand per unit of time
   * @param costs holding per unit and time; order per order
   * @param mean the mean share, positive
   * @param deviation its standard deviation
   * @return quantity to order and expected cost per unit of time
   */
  Lot yieldMultiplied(double rate, StockCosts costs, double mean, double deviation);

  /**
   * One article of a joint order.
   *
   * @param rate the demand per unit of time
   * @param holding the cost of holding a unit for a unit of time
   * @param order what it adds to the cost of an order it is part of
   */
  record JointItem(double rate, double holding, double order) {}

  /**
   * Joint orders.
   *
   * @param cycle the time between orders
   * @param multiples with every how many orders each article is ordered
   * @param cost the cost per unit of time
   */
  record JointLots(double cycle, List<Integer> multiples, double cost) {
    /** Copies. */
    public JointLots {
      multiples = List.copyOf(multiples);
    }
  }

  /**
   * Joint replenishment by the heuristic of Silver (1976).
   *
   * @param order the cost that all articles of an order share
   * @param items the articles, at least one
   * @return the cycle and how often each article takes part
   */
  JointLots joint(double order, List<JointItem> items);
}
