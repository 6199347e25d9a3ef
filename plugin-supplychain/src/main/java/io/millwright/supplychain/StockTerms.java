package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The terms on which an article can be ordered and kept (ordering constraints, perishability, lead
 * time uncertainty): built from {@link #none} by its methods.
 *
 * @param every every how many periods an order can be placed (review period), 1 or more
 * @param minimum the least that an order can be of, 0 for any
 * @param multiple what orders are whole multiples of, such as a container or a pallet; 0 for any
 * @param shelfLife for how many periods goods can be used, that of their arrival included; 0 when
 *     they keep. The oldest are used first
 * @param waste what a unit costs that has to be thrown away
 * @param leadTimes how probable it is that an order takes 0, 1, 2, … periods; empty when it always
 *     takes the article's lead time. Orders may overtake each other
 * @param cycle the share of review periods that must pass without a shortage (cycle service), which
 *     then decides instead of the cost of shortage; or empty
 * @param ready the share of periods at whose end there must be stock left (ready rate); or empty
 */
public record StockTerms(
    int every,
    double minimum,
    double multiple,
    int shelfLife,
    double waste,
    List<Double> leadTimes,
    OptionalDouble cycle,
    OptionalDouble ready) {

  private static final StockTerms NONE =
      new StockTerms(1, 0, 0, 0, 0, List.of(), OptionalDouble.empty(), OptionalDouble.empty());

  private static final int MOST = 999;

  /**
   * Checks and copies.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION}
   */
  public StockTerms {
    leadTimes = List.copyOf(leadTimes);
    check(every >= 1 && every <= MOST, "orders are placed every " + every + " periods", "1 to 999");
    check(minimum >= 0 && Double.isFinite(minimum), "the least order is " + minimum, "0 or more");
    check(
        multiple >= 0 && Double.isFinite(multiple),
        "orders are multiples of " + multiple,
        "a positive number, or 0 for any quantity");
    check(
        shelfLife >= 0 && shelfLife <= MOST,
        "goods can be used for " + shelfLife + " periods",
        "1 to 999, or 0 when they keep");
    check(waste >= 0 && Double.isFinite(waste), "a unit thrown away costs " + waste, "0 or more");
    double sum = 0;
    for (double p : leadTimes) {
      check(p >= 0 && p <= 1, "a lead time has the probability " + p, "numbers from 0 to 1");
      sum += p;
    }
    check(
        leadTimes.isEmpty() || Math.abs(sum - 1) < 1e-6,
        "the probabilities of lead times " + leadTimes + " add up to " + sum,
        "numbers that add up to 1");
    check(leadTimes.size() <= MOST, leadTimes.size() + " lead times are given", "at most 999");
    share(cycle, "the cycle service");
    share(ready, "the ready rate");
    check(
        cycle.isEmpty() || ready.isEmpty(),
        "both a cycle service and a ready rate are asked for",
        "one of them");
  }

  private static void share(OptionalDouble share, String what) {
    check(
        share.isEmpty() || (share.getAsDouble() > 0 && share.getAsDouble() < 1),
        what + " is " + (share.isPresent() ? share.getAsDouble() : 0),
        "a number between 0 and 1");
  }

  private static void check(boolean sound, String what, String use) {
    if (!sound) {
      throw new MillwrightException(ErrorCode.BAD_OPTION, what + "\nMaybe use " + use);
    }
  }

  /**
   * No terms: orders of any size in every period, goods keep, lead times are fixed.
   *
   * @return the terms
   */
  public static StockTerms none() {
    return NONE;
  }

  /**
   * The same with a rhythm of review.
   *
   * @param periods every how many periods an order can be placed
   * @return the new terms
   */
  public StockTerms every(int periods) {
    return new StockTerms(periods, minimum, multiple, shelfLife, waste, leadTimes, cycle, ready);
  }

  /**
   * The same with lots.
   *
   * @param least the least that an order can be of, 0 for any
   * @param whole what orders are whole multiples of, 0 for any
   * @return the new terms
   */
  public StockTerms lots(double least, double whole) {
    return new StockTerms(every, least, whole, shelfLife, waste, leadTimes, cycle, ready);
  }

  /**
   * The same for goods that perish.
   *
   * @param periods for how many periods they can be used, that of their arrival included
   * @param cost what a unit costs that has to be thrown away
   * @return the new terms
   */
  public StockTerms perishing(int periods, double cost) {
    return new StockTerms(every, minimum, multiple, periods, cost, leadTimes, cycle, ready);
  }

  /**
   * The same with lead times by chance.
   *
   * @param probabilities how probable it is that an order takes 0, 1, 2, … periods
   * @return the new terms
   */
  public StockTerms leadTimes(List<Double> probabilities) {
    return new StockTerms(every, minimum, multiple, shelfLife, waste, probabilities, cycle, ready);
  }

  /**
   * The same with a cycle service that must be reached.
   *
   * @param share the share of review periods without a shortage, between 0 and 1
   * @return the new terms
   */
  public StockTerms cycleService(double share) {
    return new StockTerms(
        every,
        minimum,
        multiple,
        shelfLife,
        waste,
        leadTimes,
        OptionalDouble.of(share),
        OptionalDouble.empty());
  }

  /**
   * The same with a ready rate that must be reached.
   *
   * @param share the share of periods at whose end stock is left, between 0 and 1
   * @return the new terms
   */
  public StockTerms readyRate(double share) {
    return new StockTerms(
        every,
        minimum,
        multiple,
        shelfLife,
        waste,
        leadTimes,
        OptionalDouble.empty(),
        OptionalDouble.of(share));
  }

  /**
   * What is ordered where a quantity is wanted.
   *
   * @param wanted the quantity wanted
   * @return the least allowed quantity that is no smaller; 0 when nothing is wanted
   */
  public double rounded(double wanted) {
    if (!(wanted > 0)) {
      return 0;
    }
    double least = Math.max(wanted, minimum);
    return multiple > 0 ? multiple * Math.ceil(least / multiple - 1e-9) : least;
  }
}
