package io.millwright.production;

import java.util.List;

/**
 * Who makes what (generalised assignment).
 *
 * @param runs the runs
 * @param open lines that are open, by period
 * @param balances stock and backlog by product and period, as expected
 * @param cost all of it
 * @param energy kWh in all
 * @param scrap rejected pieces in all
 */
public record Allocation(
    List<Run> runs,
    List<Open> open,
    List<Balance> balances,
    double cost,
    double energy,
    double scrap) {

  /**
   * A run of a product on a line.
   *
   * @param line the line
   * @param product the product
   * @param period the period, from 0
   * @param hours how long
   * @param speed the mean speed
   * @param good good pieces, as expected
   * @param energy kWh
   */
  public record Run(
      String line,
      String product,
      int period,
      double hours,
      double speed,
      double good,
      double energy) {}

  /**
   * A line that is open.
   *
   * @param line the line
   * @param period the period, from 0
   */
  public record Open(String line, int period) {}

  /**
   * What is there and owed.
   *
   * @param product the product
   * @param period the period, from 0
   * @param stock pieces at its end
   * @param owed pieces owed at its end
   */
  public record Balance(String product, int period, double stock, double owed) {}

  /** Copies. */
  public Allocation {
    runs = List.copyOf(runs);
    open = List.copyOf(open);
    balances = List.copyOf(balances);
  }
}
