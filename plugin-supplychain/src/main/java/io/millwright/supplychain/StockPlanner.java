package io.millwright.supplychain;

import io.millwright.api.Predictor;
import io.millwright.api.data.Series;

/**
 * Orders that follow from forecasts. Levels come from the quantiles of the demand over lead time
 * and one period, as the forecast measured them on sums. Thread-safe; nothing is random.
 */
public interface StockPlanner {

  /**
   * How much to have for a single season that cannot be ordered for again: the newsvendor (Arrow,
   * Harris and Marschak 1951), the critical quantile of the demand.
   *
   * @param forecast the forecast
   * @param periods over how many periods the season goes, from the first forecast period on
   * @param costs holding for a unit left over, shortage for one missing; an order's own cost plays
   *     no part
   * @return a plan with both levels at the quantity
   */
  StockPlan season(Forecast forecast, int periods, StockCosts costs);

  /**
   * Levels for the next period. Without a cost of orders it is a base stock: the quantile of the
   * demand over lead time and one period at the critical ratio, or the least level that reaches the
   * fill rate. With a cost of orders it is the (s, S) policy that costs least if demand goes on as
   * in the periods after the lead time (Zheng and Federgruen 1991, on the forecast's distribution).
   *
   * <p>An article on {@link StockTerms} has the levels that cost least, or the least that reach its
   * target, when played on 200 courses of demand and lead times drawn from the forecast; its plan
   * carries what was seen there. A target that no stock reaches on these terms, such as of goods
   * that perish before the next order can come, is refused.
   *
   * @param forecast the forecast; its horizon must hold the longest lead time and the periods from
   *     one order to the next
   * @param item the article
   * @return the plan
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} when the horizon is too short
   */
  StockPlan plan(Forecast forecast, StockItem item);

  /**
   * Plays the last periods of a history: at each a forecast is made from what was known then, a
   * plan follows, and the demand that came is met from stock. It begins with a full stock, and the
   * periods until the first order could arrive do not count.
   *
   * @param model the forecaster; for an honest answer it must not have learnt from these periods
   * @param history the demand; missing periods count as none
   * @param item the article
   * @param periods how many of the last periods count
   * @return what would have happened
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#OUT_OF_RANGE} for a negative demand, naming series and period,
   *     {@link io.millwright.api.ErrorCode#TOO_FEW_DATA} when the history is too short
   */
  StockRun simulate(Predictor<Series, Forecast> model, Series history, StockItem item, int periods);
}
