package io.millwright.production;

import java.util.List;

/**
 * A master production schedule.
 *
 * @param lots what is made
 * @param stocks stock and backlog at the ends of periods, all items and periods
 * @param loads time of the work centres, all of them and all periods
 * @param moves what leaves on lanes
 * @param costs the cost by kind: set-up, holding, backlog, overtime, outsourcing, transport,
 *     safety, change
 * @param cost all of it
 */
public record ProductionPlan(
    List<Lot> lots,
    List<Stock> stocks,
    List<Load> loads,
    List<Move> moves,
    List<Cost> costs,
    double cost) {

  /**
   * A lot; a work order of the plant follows from it.
   *
   * @param item the item
   * @param resource the work centre
   * @param period the period, from 0
   * @param quantity how much
   * @param setup whether it is set up for in this period; otherwise the set-up was carried over
   */
  public record Lot(String item, String resource, int period, double quantity, boolean setup) {}

  /**
   * A stock.
   *
   * @param item the item
   * @param period the period, from 0
   * @param stock units at its end
   * @param owed units owed at its end
   * @param bought units bought in it
   */
  public record Stock(String item, int period, double stock, double owed, double bought) {}

  /**
   * The load of a work centre.
   *
   * @param resource the work centre
   * @param period the period, from 0
   * @param used its time in use, set-ups included
   * @param capacity its regular time
   * @param overtime time beyond it
   */
  public record Load(String resource, int period, double used, double capacity, double overtime) {}

  /**
   * A transport.
   *
   * @param from the item there
   * @param to the item here
   * @param period the period in which it leaves, from 0
   * @param quantity how much
   */
  public record Move(String from, String to, int period, double quantity) {}

  /**
   * A part of the cost.
   *
   * @param kind its name
   * @param value the cost
   */
  public record Cost(String kind, double value) {}

  /** Copies. */
  public ProductionPlan {
    lots = List.copyOf(lots);
    stocks = List.copyOf(stocks);
    loads = List.copyOf(loads);
    moves = List.copyOf(moves);
    costs = List.copyOf(costs);
  }
}
