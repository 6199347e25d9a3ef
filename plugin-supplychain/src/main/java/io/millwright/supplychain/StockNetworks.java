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
   * @param suppliers the names of sites that it needs parts of, each once
   * @param holding the cost of a unit of its stock per unit of time
   * @param processing how long it works, in whole units of time
   * @param inbound how long suppliers outside take, 0 for none
   * @param outbound within how long it must serve customers outside; ignored for a site that others
   *     need
   * @param deviation the standard deviation of outside demand per unit of time, 0 for none
   * @param bound how many deviations of demand it must be able to meet, at most 10
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
   * @param bound no service times cost less; the cost itself where they are proven to be the best
   */
  record Guarantees(List<Integer> times, List<Double> stocks, double cost, double bound) {

    /**
     * Service times that are proven to be the best.
     *
     * @param times one for each site
     * @param stocks the safety stock of each
     * @param cost the cost of safety stocks per unit of time
     */
    public Guarantees(List<Integer> times, List<Double> stocks, double cost) {
      this(times, stocks, cost, cost);
    }

    /** Copies. */
    public Guarantees {
      times = List.copyOf(times);
      stocks = List.copyOf(stocks);
    }
  }

  /**
   * Guaranteed service (Graves and Willems 2000): exact on trees, whatever way their arcs point,
   * serial systems, assemblies and distributions included. In networks with several ways between
   * two sites, promises along the arcs beyond a tree are tried one by one, which is exact as well;
   * where these are too many, they are improved one at a time, and the bound is that of the tree. A
   * site takes one unit of each supplier, so that one reached by two ways needs two.
   *
   * @param sites the sites, of which none needs itself through others
   * @return the service times that cost least, with a bound
   */
  Guarantees guaranteed(List<Site> sites);

  /**
   * A part of an assembly, or its product.
   *
   * @param name its name
   * @param feeds the name of what it becomes part of, one unit in each; empty for the product
   * @param holding what a unit costs here beyond its parts: the echelon's holding cost, per unit of
   *     time, positive
   * @param leadTime how long an order of it takes when all its parts are there, positive
   */
  record Component(String name, String feeds, double holding, double leadTime) {}

  /**
   * An assembly under stochastic service (Rosling 1989, by {@link #serial}): parts by the time they
   * take until they are in the product are a serial system. An order of a part also waits until the
   * parts that take longer are as far as it would be (balanced base stock).
   *
   * @param components the product and all parts
   * @param demand the demand of the product per unit of time, Poisson or normal
   * @param shortage the cost of a product owed, per unit of time
   * @return the levels, in the order given, and their cost
   */
  Echelons assembly(List<Component> components, Demand demand, double shortage);

  /**
   * What a warehouse serves.
   *
   * @param name its name
   * @param demand its Poisson demand per unit of time
   * @param holding the cost of a unit on its shelf per unit of time
   * @param shortage the cost of a unit owed per unit of time
   * @param leadTime how long a unit takes that the warehouse has
   */
  record Retailer(String name, double demand, double holding, double shortage, double leadTime) {}

  /**
   * Base stocks of a warehouse and its retailers.
   *
   * @param central the warehouse's
   * @param levels the retailers', in the order given
   * @param fills the share of each retailer's demand that is met at once
   * @param cost the expected cost of shelves and of what is owed per unit of time
   */
  record Shared(double central, List<Double> levels, List<Double> fills, double cost) {
    /** Copies. */
    public Shared {
      levels = List.copyOf(levels);
      fills = List.copyOf(fills);
    }
  }

  /**
   * A warehouse and its retailers (distribution system under stochastic service): each demand is
   * ordered at once, the warehouse serves first come, first served, and what it owes falls on the
   * retailers by lot (Simon 1971, Graves 1985). All levels of the warehouse are tried, so that the
   * answer is exact for Poisson demand.
   *
   * @param holding the cost of a unit at the warehouse per unit of time
   * @param leadTime how long the warehouse's own orders take
   * @param retailers what it serves
   * @return the levels that cost least
   */
  Shared distribution(double holding, double leadTime, List<Retailer> retailers);

  /**
   * A site of a distribution tree.
   *
   * @param name its name
   * @param supplier the name of the site that it is served from; empty for the one at the root
   * @param demand the Poisson demand of its own customers per unit of time, 0 for none
   * @param holding the cost of a unit on its shelf per unit of time
   * @param shortage the cost of a unit owed to its own customers per unit of time; 0 where only a
   *     fill rate is asked
   * @param fill the least share of its own customers' demand that must be met at once, below 1; 0
   *     for none
   * @param leadTime how long a unit takes that its supplier has
   */
  record Branch(
      String name,
      String supplier,
      double demand,
      double holding,
      double shortage,
      double fill,
      double leadTime) {}

  /**
   * Base stocks of a distribution tree.
   *
   * @param levels one for each site, in the order given
   * @param fills the share of orders at each site, its customers' and those of the sites it serves,
   *     that is met at once
   * @param cost the expected cost of shelves and of what is owed to customers per unit of time
   * @param proven whether no levels cost less
   */
  record BaseStocks(List<Double> levels, List<Double> fills, double cost, boolean proven) {
    /** Copies. */
    public BaseStocks {
      levels = List.copyOf(levels);
      fills = List.copyOf(fills);
    }
  }

  /**
   * A distribution tree of any depth under stochastic service (METRIC and its exact forms:
   * Sherbrooke 1968, Simon 1971, Graves 1985): each demand is ordered at once, every site serves
   * first come, first served, and what it owes falls on whom it serves by lot. Exact for Poisson
   * demand and lead times that stand. Levels are searched whole, with what a site costs that is
   * owed nothing as a bound; where that would take more than some seconds, they are improved one at
   * a time, and are not proven.
   *
   * @param sites the sites, one of them the root
   * @return the levels that cost least among those that reach the fill rates
   */
  BaseStocks tree(List<Branch> sites);

  /**
   * What given levels of a distribution tree cost, and the fill rates they reach.
   *
   * @param sites the sites, one of them the root
   * @param levels a whole number for each site, in the order given
   * @return the same levels with their fill rates and cost; never proven
   */
  BaseStocks tree(List<Branch> sites, List<Double> levels);
}
