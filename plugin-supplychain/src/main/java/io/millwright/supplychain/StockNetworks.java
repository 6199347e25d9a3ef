package io.millwright.supplychain;

import java.util.List;

/**
 * Stock at several echelons, with exact answers (Snyder and Shen 2019, chapter 6). Pure and
 * thread-safe. Invalid numbers are refused with {@link io.millwright.api.ErrorCode#BAD_OPTION}.
 */
public interface StockNetworks {

  /**
   * A stage of a serial system.
   *
   * @param holding what a unit costs here beyond what it costs one stage upstream: the echelon's
   *     holding cost, per unit of time
   * @param leadTime how long an order of it takes when upstream has stock, positive
   */
  record Stage(double holding, double leadTime) {}

  /**
   * Echelon base stocks.
   *
   * @param levels one for each stage, in the order given
   * @param cost the expected cost per unit of time, goods on their way left out
   */
  record Echelons(List<Double> levels, double cost) {
    /** Copies. */
    public Echelons {
      levels = List.copyOf(levels);
    }
  }

  /**
   * A serial system under stochastic service (Clark and Scarf 1960, by the recursion of Chen and
   * Zheng 1994): exact for Poisson demand, on a grid of a tenth of the deviation for normal demand.
   *
   * @param stages the stages, the one that meets demand first
   * @param demand the demand per unit of time, Poisson or normal
   * @param shortage the cost of a unit owed at the first stage, per unit of time
   * @return the levels and their cost
   */
  Echelons serial(List<Stage> stages, Demand demand, double shortage);

  /**
   * A site under guaranteed service.
   *
   * @param name its name
   * @param suppliers the names of sites that it needs parts of
   * @param holding the cost of a unit of its stock per unit of time
   * @param processing how long it works, in whole units of time
   * @param inbound how long suppliers outside take, 0 for none
   * @param outbound within how long it must serve customers outside; ignored for a site that others
   *     need
   * @param deviation the standard deviation of outside demand per unit of time, 0 for none
   * @param bound how many deviations of demand it must be able to meet
   */
  record Site(
      String name,
      List<String> suppliers,
      double holding,
      int processing,
      int inbound,
      int outbound,
      double deviation,
      double bound) {
    /** Copies. */
    public Site {
      suppliers = List.copyOf(suppliers);
    }
  }

  /**
   * Service times.
   *
   * @param times one for each site, in the order given: within how long it serves
   * @param stocks the safety stock of each
   * @param cost the cost of safety stocks per unit of time
   */
  record Guarantees(List<Integer> times, List<Double> stocks, double cost) {
    /** Copies. */
    public Guarantees {
      times = List.copyOf(times);
      stocks = List.copyOf(stocks);
    }
  }

  /**
   * Guaranteed service (Graves and Willems 2000): exact on trees, whatever way their arcs point,
   * serial systems, assemblies and distributions included. Networks with circles of arcs are
   * refused.
   *
   * @param sites the sites; together they are one tree or several
   * @return the service times that cost least
   */
  Guarantees guaranteed(List<Site> sites);
}
