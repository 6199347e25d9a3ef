package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How one article is kept in stock (ISA-95: a material definition's inventory). Stock is looked at
 * at the beginning of every period; what is ordered then is there {@code leadTime} periods later,
 * before that period's demand.
 *
 * @param leadTime how many periods an order takes, 0 or more
 * @param costs what it costs
 * @param fillRate the share of demand that must be met from stock at once, which then decides
 *     instead of the cost of shortage; or empty
 * @param lost whether demand that is not met is lost; otherwise it is owed
 * @param terms on which terms it can be ordered and kept
 */
public record StockItem(
    int leadTime, StockCosts costs, OptionalDouble fillRate, boolean lost, StockTerms terms) {

  /**
   * An article that can be ordered at any time in any quantity, and keeps.
   *
   * @param leadTime how many periods an order takes, 0 or more
   * @param costs what it costs
   * @param fillRate the share of demand that must be met from stock at once, or empty
   * @param lost whether demand that is not met is lost
   */
  public StockItem(int leadTime, StockCosts costs, OptionalDouble fillRate, boolean lost) {
    this(leadTime, costs, fillRate, lost, StockTerms.none());
  }

  /**
   * Checks.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION}
   */
  public StockItem {
    Objects.requireNonNull(costs, "costs");
    Objects.requireNonNull(terms, "terms");
    if (leadTime < 0 || leadTime > 999) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the lead time is " + leadTime + ", but must be 0 to 999 periods");
    }
    if (fillRate.isPresent() && !(fillRate.getAsDouble() > 0 && fillRate.getAsDouble() < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the fill rate is " + fillRate.getAsDouble() + ", but must lie between 0 and 1");
    }
    if (fillRate.isPresent() && (terms.cycle().isPresent() || terms.ready().isPresent())) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a fill rate is asked for beside a cycle service or a ready rate\nMaybe ask for one");
    }
  }

  /**
   * An article whose unmet demand is owed.
   *
   * @param leadTime how many periods an order takes
   * @param costs what it costs
   * @return the article
   */
  public static StockItem of(int leadTime, StockCosts costs) {
    return new StockItem(leadTime, costs, OptionalDouble.empty(), false);
  }

  /**
   * The same with a fill rate that must be reached.
   *
   * @param share between 0 and 1
   * @return the new article
   */
  public StockItem fill(double share) {
    return new StockItem(leadTime, costs, OptionalDouble.of(share), lost, terms);
  }

  /**
   * The same where demand that is not met is lost.
   *
   * @return the new article
   */
  public StockItem lostSales() {
    return new StockItem(leadTime, costs, fillRate, true, terms);
  }

  /**
   * The same on terms.
   *
   * @param how how it can be ordered and kept
   * @return the new article
   */
  public StockItem on(StockTerms how) {
    return new StockItem(leadTime, costs, fillRate, lost, how);
  }

  /**
   * The longest that an order takes.
   *
   * @return periods
   */
  public int longestLeadTime() {
    return terms.leadTimes().isEmpty() ? leadTime : terms.leadTimes().size() - 1;
  }
}
