package io.millwright.supplychain;

import io.millwright.api.data.Series;
import java.util.List;

/**
 * What the links of a chain lose by not telling each other (supply chain coordination). Obtained
 * from {@link SupplyChain#coordination}. Thread-safe; the same data give the same answers.
 */
public interface SupplyCoordination {

  /**
   * The bullwhip effect as it was recorded: how much more orders vary than the demand that they
   * answer, link by link, each course over its own mean (ratio of squared coefficients of
   * variation; Lee, Padmanabhan and Whang 1997). Periods that any course lacks are left out.
   *
   * @param courses demand of customers first, then the orders of each link up the chain; at least
   *     two, of one frequency
   * @return one ratio for each link, with its 95 % interval by a moving-block bootstrap, and last
   *     that of the whole chain
   * @throws io.millwright.api.MillwrightException when there are fewer than 12 periods that all
   *     have, or a course does not vary or has no positive mean, naming it
   */
  List<Bullwhip> bullwhip(List<Series> courses);

  /**
   * What sharing the customers' demand saves: the history is played through a chain of links that
   * order up to a level from a moving average, once from the orders that each link receives, once
   * from the customers' demand (Chen, Drezner, Ryan and Simchi-Levi 2000).
   *
   * @param demand the demand of customers; gaps are filled
   * @param chain the links
   * @return what each link's orders and stocks are, without and with sharing
   * @throws io.millwright.api.MillwrightException when the demand is too short for the chain
   */
  SharingValue sharing(Series demand, SharingChain chain);

  /**
   * Merges what partners forecast of the same demand (forecast combination, Bates and Granger
   * 1969): each partner's usual bias is taken off where that helps, and weights are equal unless
   * unequal ones, or one partner alone, would have been surely better at what is known.
   *
   * @param came what came in the known periods, NaN where missing; at least 1
   * @param partners what each said of these and says of the next ones
   * @return the merged forecast, and how it was merged
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#WRONG_SHAPE} when a partner speaks of other periods, naming it
   */
  MergedForecast merge(List<Double> came, List<PartnerForecast> partners);
}
